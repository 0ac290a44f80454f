package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"glossator/annotations/store"
	"glossator/index"
	"glossator/index/catalogue"
	"glossator/index/fetch"
	"glossator/index/importer"
)

type fetchCommand struct {
	Names        []string `arg:"" optional:"" help:"Instruments, by any of their names or ids; all that have an address if there are none."`
	AllowPrivate bool     `help:"Also ask servers on this machine and in private networks."`
}

// Run brings official texts from the addresses of the catalogue into the store.
func (c fetchCommand) Run(ctx context.Context, line *commandLine) error {
	texts, err := textsOf(c.Names)
	if err != nil {
		return err
	}
	return withStore(ctx, line.Data, func(s *store.Store) error {
		shown := newProgress(os.Stderr, "texts")
		f := &fetcher{store: s, get: &fetch.Fetcher{Agent: agent(), AllowPrivate: c.AllowPrivate}}
		fetched := f.all(ctx, texts, shown.step)
		shown.end()
		failed := printFetched(os.Stdout, fetched)
		if len(fetched) < len(texts) {
			return errors.Join(indexNow(context.WithoutCancel(ctx), line.Data, s),
				fmt.Errorf("interrupted after %d of %d texts; fetch again to bring the rest", len(fetched), len(texts)))
		}
		if err := indexNow(ctx, line.Data, s); err != nil {
			return err
		}
		if failed > 0 {
			return fmt.Errorf("%d of %d texts were not brought; what was there is as it was", failed, len(fetched))
		}
		return nil
	})
}

// agent is how a fetch tells a server who asks.
func agent() string {
	return "Glossator/" + version + " (fetches official texts of agreements when a researcher asks for them)"
}

// textsOf returns the texts of the named instruments, each once; of all for no
// names.
func textsOf(names []string) ([]catalogue.Text, error) {
	if len(names) == 0 {
		return catalogue.Texts(), nil
	}
	var texts []catalogue.Text
	seen := map[string]bool{}
	for _, name := range names {
		instrument, ok := catalogue.Find(name)
		if !ok {
			return nil, fmt.Errorf("the catalogue has no instrument %q; it has %s", name, strings.Join(knownIDs(), ", "))
		}
		found := len(texts)
		for _, text := range catalogue.Texts() {
			if text.Document == instrument.ID && !seen[text.Address] {
				seen[text.Address] = true
				texts = append(texts, text)
			}
		}
		if len(texts) == found && !seen[instrument.ID] {
			return nil, fmt.Errorf("the catalogue does not know where the text of %q is%s; save it and import the file", instrument.Name(), page(instrument))
		}
		seen[instrument.ID] = true
	}
	return texts, nil
}

// page tells of the page about an instrument, if one is known.
func page(d index.Document) string {
	if d.Address == "" {
		return ""
	}
	return ", only a page about it: " + d.Address
}

func knownIDs() []string {
	var ids []string
	for _, d := range catalogue.Instruments() {
		ids = append(ids, d.ID)
	}
	return ids
}

// A fetcher brings texts into a store.
type fetcher struct {
	store *store.Store
	get   *fetch.Fetcher
}

// A fetched says what became of a text. err says why it was not brought and what
// to do; outcome is empty then.
type fetched struct {
	catalogue.Text
	outcome string
	sha256  string
	err     error
}

// all brings one text after another; it ends early, after a whole text, if ctx
// does.
func (f *fetcher) all(ctx context.Context, texts []catalogue.Text, progress func(done, total int, name string)) []fetched {
	report := make([]fetched, 0, len(texts))
	for i, text := range texts {
		one := f.one(ctx, text)
		if ctx.Err() != nil {
			break
		}
		report = append(report, one)
		if progress != nil {
			progress(i+1, len(texts), text.Document)
		}
	}
	return report
}

// one brings a text, unless it is as it was when it was brought last. The store
// is changed at the end and at once.
func (f *fetcher) one(ctx context.Context, text catalogue.Text) fetched {
	report := fetched{Text: text}
	known, err := f.store.Fetched(ctx, text.Address)
	if err != nil {
		report.err = err
		return report
	}
	got, err := f.get.Get(ctx, text.Address, fetch.Known{ETag: known.ETag, Modified: known.Modified})
	switch {
	case err != nil:
		report.err = err
		return report
	case got.Unchanged:
		report.outcome, report.sha256 = importer.Unchanged, known.SHA256
		return report
	}
	report.sha256 = got.SHA256
	report.outcome, report.err = f.take(ctx, text, got)
	return report
}

// take reads what was brought and stores it as the current version of the
// instrument's text.
func (f *fetcher) take(ctx context.Context, text catalogue.Text, got fetch.Result) (outcome string, err error) {
	instrument, _ := catalogue.Find(text.Document)
	meta := importer.Metadata{Document: index.Document{ID: text.Document}, Language: text.Language}
	document, versions, err := importer.Parse(text.Document+extension(got.Type), got.Data, meta)
	if err != nil {
		return "", fmt.Errorf("what is there, %s, cannot be read: %w", orUnnamed(got.Type), err)
	}
	if err := looksLike(instrument, versions[0]); err != nil {
		return "", err
	}
	for i := range versions {
		versions[i].Source = text.Address
	}
	// What a page says of itself is about the page; the catalogue knows the instrument.
	known, err := f.store.Known(ctx, document.ID)
	if err != nil {
		return "", err
	}
	document = index.Document{ID: document.ID}.Over(known)
	catalogue.Complete(&document)
	done, err := f.store.PutDocument(ctx, document, versions)
	if err != nil {
		return "", err
	}
	return string(done), f.store.PutFetch(ctx, store.Fetch{
		Address: text.Address, ETag: got.ETag, Modified: got.Modified, SHA256: got.SHA256, Version: versions[0].ID,
	})
}

// extension is how the name of a file of a media type ends, "" if the type does
// not tell: then the bytes do.
func extension(kind string) string {
	return map[string]string{
		"text/html": ".html", "application/xhtml+xml": ".xhtml", "application/pdf": ".pdf", "text/plain": ".txt", "text/markdown": ".md",
		"application/xml": ".xml", "text/xml": ".xml",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	}[kind]
}

func orUnnamed(kind string) string {
	if kind == "" {
		return "of a type that the server does not name"
	}
	return kind
}

func articlesIn(v index.Version) int {
	n := 0
	for _, p := range v.Provisions {
		if p.Kind == index.Article {
			n++
		}
	}
	return n
}

// Bounds of looksLike.
const (
	shortestText = 1500 // code points
	opening      = 6000 // code points in which a text names itself
	namedWords   = 0.7  // part of the longer words of the title
)

// looksLike returns an error if a text can hardly be that of an instrument:
// addresses come to lead elsewhere, and a page that tells of a treaty must not
// be cited as the treaty.
func looksLike(d index.Document, v index.Version) error {
	length := utf8.RuneCountInString(v.Text)
	if length < shortestText {
		return fmt.Errorf("what is there has %d characters, which is a notice and not the text; open the address in a browser, save the text, and import that", length)
	}
	if want := digestArticles(d.ID); d.Kind != index.Commentary && want >= 8 && articlesIn(v) < want/2 {
		return fmt.Errorf("what is there has %d articles, and the instrument %d: it is a page about it or another text; look at it, and import the text if you have it",
			articlesIn(v), want)
	}
	if !strings.HasPrefix(v.Language, "en") {
		return nil // the catalogue has English titles
	}
	text := v.Text
	if length > opening {
		text = string([]rune(text)[:opening])
	}
	if !names(d, plainWords(text)) {
		return fmt.Errorf("what is there does not name %s where a text names itself: it may be another one; look at it, and import it if it is right", d.Name())
	}
	return nil
}

// names reports whether words have a name of the instrument or most of the words
// of its title.
func names(d index.Document, words []string) bool {
	text := " " + strings.Join(words, " ") + " "
	for _, name := range append([]string{d.Title, d.ShortTitle}, d.Aliases...) {
		if called := plainWords(name); len(called) > 1 && strings.Contains(text, " "+strings.Join(called, " ")+" ") {
			return true
		}
	}
	all, found := 0, 0
	for _, word := range plainWords(d.Title) {
		if utf8.RuneCountInString(word) < 4 {
			continue
		}
		all++
		if strings.Contains(text, " "+word+" ") {
			found++
		}
	}
	return all > 1 && float64(found) >= namedWords*float64(all)
}

// plainWords returns the words of a text in lower case and without accents.
func plainWords(text string) []string {
	folded := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// digestArticles returns how many articles our digest of an instrument has, 0 if
// there is none.
func digestArticles(id string) int {
	for _, digest := range catalogue.Digests() {
		if digest.Name != store.DigestPrefix+id+".md" {
			continue
		}
		_, versions, err := importer.Parse(digest.Name, digest.Data, importer.Metadata{})
		if err == nil {
			return articlesIn(versions[0])
		}
	}
	return 0
}

// printFetched prints what became of each text and returns how many were not
// brought.
func printFetched(w io.Writer, report []fetched) (failed int) {
	counts := map[string]int{}
	for _, one := range report {
		if one.err != nil {
			failed++
			fmt.Fprintf(w, "failed     %s (%s): %s\n           %s\n", one.Document, one.Language, one.err, one.Address)
			continue
		}
		counts[one.outcome]++
		fmt.Fprintf(w, "%-10s %s (%s): SHA-256 %s\n           %s\n", one.outcome, one.Document, one.Language, one.sha256, one.Address)
	}
	fmt.Fprintf(w, "%d taken, %d new versions, %d unchanged, %d failed\n",
		counts[importer.Taken], counts[importer.Version], counts[importer.Unchanged]+counts[importer.Metadated], failed)
	return failed
}
