package transfer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"glossator/annotations"
	"glossator/annotations/anchor"
	"glossator/annotations/interchange"
	"glossator/annotations/store"
	"glossator/index"
)

// ErrPlace is returned, wrapped with the reason, for annotations from elsewhere
// that have no place here.
var ErrPlace = errors.New("the annotation has no place here")

// ContainerPath is what the addresses of annotations begin with, after the site.
const ContainerPath = "/annotations/"

// A Standing is where pointers lead: to stretches of one version, to it as a
// whole, or to another annotation.
type Standing struct {
	Document, Version string
	Targets           []annotations.Target // in the order of the text; none: the whole
	ReplyTo           string               // id of an annotation; the rest is empty then
}

// Onto makes a record stand there.
func (at Standing) Onto(r *interchange.Record) {
	r.Document, r.Version, r.ReplyTo = at.Document, at.Version, at.ReplyTo
	r.Target, r.More = annotations.Target{}, nil
	if len(at.Targets) > 0 {
		r.Target, r.More = at.Targets[0], at.Targets[1:]
	}
}

// A Finder finds where annotations from elsewhere stand. It remembers what
// addresses lead to, and is for one request or file.
type Finder struct {
	Store *store.Store
	Asker annotations.Asker
	// Site is the address of this installation. Without one, an address of the
	// reader leads to the document wherever it runs.
	Site   string
	Prefer string // id of the version to be looked in first, "" for the current ones
	Units  bool   // whether positions are in UTF-16 code units

	known   map[place]lead
	version string       // the one looked in before
	text    *anchor.Text // its text
	near    *anchor.Finder
}

// A place is what a pointer names.
type place struct{ source, language string }

// A lead is where a place was found to lead, or ErrPlace.
type lead struct {
	source
	err error
}

// Record returns where a record from elsewhere stands. One in our own form
// stands where it says, if the version is here and reads so, and else where its
// words are. The errors are those of Pointers.
func (f *Finder) Record(ctx context.Context, r interchange.Record) (Standing, error) {
	if r.ReplyTo != "" {
		return Standing{ReplyTo: r.ReplyTo}, nil
	}
	if len(r.Pointers) > 0 {
		return f.Pointers(ctx, r.Pointers)
	}
	pointers := []annotations.Pointer{{Source: "urn:glossator:version:" + r.Version}}
	if r.Target != (annotations.Target{}) {
		pointers = nil
		for _, t := range append([]annotations.Target{r.Target}, r.More...) {
			pointers = append(pointers, annotations.Pointer{Source: "urn:glossator:version:" + r.Version, Selectors: []annotations.Selector{
				{Kind: annotations.TextPosition, Start: t.Start, End: t.End},
				{Kind: annotations.TextQuote, Exact: t.Exact, Prefix: t.Prefix, Suffix: t.Suffix},
			}})
		}
	}
	at, err := f.Pointers(ctx, pointers)
	if !errors.Is(err, store.ErrNotFound) || r.Document == "" {
		return at, err
	}
	for i := range pointers {
		pointers[i].Source, pointers[i].Language = "urn:glossator:document:"+r.Document, r.Language
	}
	return f.Pointers(ctx, pointers)
}

// Pointers returns where pointers lead; ErrPlace, wrapped with the reason, if
// they lead nowhere, to several versions, or if it is not clear where, and
// store.ErrNotFound if they name a version that is not here.
func (f *Finder) Pointers(ctx context.Context, pointers []annotations.Pointer) (Standing, error) {
	if len(pointers) == 1 {
		if id := f.annotationAt(pointers[0].Source); id != "" {
			return Standing{ReplyTo: id}, nil
		}
	}
	var at Standing
	var in *index.Version
	prefer := f.Prefer
	for _, p := range pointers {
		v, target, err := f.find(ctx, p, prefer)
		if err != nil {
			return Standing{}, err
		}
		if in != nil && in.ID != v.ID {
			return Standing{}, fmt.Errorf("%w: its targets are in several versions; make an annotation for each", ErrPlace)
		}
		in, prefer = v, v.ID
		if target != (annotations.Target{}) {
			at.Targets = append(at.Targets, target)
		}
	}
	at.Document, at.Version = in.Document, in.ID
	var err error
	at.Targets, err = f.merged(in, at.Targets)
	return at, err
}

// Versions returns the ids of the versions of which an IRI means one; ErrPlace,
// wrapped with the reason, if it leads nowhere.
func (f *Finder) Versions(ctx context.Context, iri string) ([]string, error) {
	from, err := f.source(ctx, place{source: iri})
	return from.versions, err
}

// merged returns stretches of a version in the order of the text, those that
// overlap as one.
func (f *Finder) merged(v *index.Version, targets []annotations.Target) ([]annotations.Target, error) {
	slices.SortFunc(targets, func(a, b annotations.Target) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var found []annotations.Target
	for _, t := range targets {
		last := len(found) - 1
		if last < 0 || t.Start >= found[last].End {
			found = append(found, t)
			continue
		}
		both, err := f.textOf(v).Select(found[last].Start, max(t.End, found[last].End))
		if err != nil {
			return nil, fmt.Errorf("joining stretches: %w", err)
		}
		found[last] = both
	}
	return found, nil
}

// textOf returns the text of a version to look in.
func (f *Finder) textOf(v *index.Version) *anchor.Text {
	if f.version != v.ID {
		f.version, f.text, f.near = v.ID, anchor.NewText(v.Text), nil
	}
	return f.text
}

// annotationAt returns the id of the annotation that an IRI names, "" if it
// names something else.
func (f *Finder) annotationAt(iri string) string {
	if id, ok := strings.CutPrefix(iri, "urn:glossator:annotation:"); ok {
		return unescaped(id)
	}
	if id, ok := strings.CutPrefix(iri, f.Site+ContainerPath); ok && !strings.ContainsAny(id, "/?#") {
		return unescaped(id)
	}
	return ""
}

func unescaped(segment string) string {
	plain, err := url.PathUnescape(segment)
	if err != nil {
		return ""
	}
	return plain
}

// A source is what an IRI leads to: versions of which one is meant, others that
// are meant only where they are preferred, and a provision, "" if none is named.
type source struct {
	versions, others []string
	provision        string
}

// find returns where a pointer leads: the version, and the stretch, which is
// empty if all of it is meant.
func (f *Finder) find(ctx context.Context, p annotations.Pointer, prefer string) (*index.Version, annotations.Target, error) {
	from, err := f.source(ctx, place{p.Source, p.Language})
	if err != nil {
		return nil, annotations.Target{}, err
	}
	if slices.Contains(from.versions, prefer) || slices.Contains(from.others, prefer) {
		from.versions = []string{prefer}
	}
	selectors := p.Selectors
	if from.provision != "" && (len(selectors) == 0 || slices.ContainsFunc(selectors, isQuote)) {
		selectors = append(slices.Clone(selectors), annotations.Selector{Kind: annotations.Fragment, Fragment: from.provision})
	}
	var failure error
	var found *index.Version
	var target annotations.Target
	for _, id := range from.versions {
		v, err := f.Store.Version(ctx, f.Asker, id)
		if err != nil {
			return nil, target, err
		}
		here, err := f.inVersion(v, f.points(v, selectors))
		switch {
		case err != nil:
			failure = errors.Join(failure, err)
			continue
		case found != nil && len(selectors) > 0:
			return nil, target, fmt.Errorf("%w: the words are in the versions %s (%s) and %s (%s); give one of these as the source: %s",
				ErrPlace, found.ID, found.Language, v.ID, v.Language, "urn:glossator:version:"+found.ID)
		case found == nil:
			found, target = v, here
		}
		if len(selectors) == 0 {
			break
		}
	}
	if found == nil {
		return nil, target, failure
	}
	return found, target, nil
}

// points returns selectors with their positions in code points.
func (f *Finder) points(v *index.Version, selectors []annotations.Selector) []annotations.Selector {
	if !f.Units {
		return selectors
	}
	found := slices.Clone(selectors)
	for i, s := range found {
		if s.Kind == annotations.TextPosition {
			found[i].Start, found[i].End = pointsIn(v.Text, s.Start), pointsIn(v.Text, s.End)
		}
	}
	return found
}

// pointsIn returns a place in a text, in UTF-16 code units, in code points; -1 if
// it is past the end or within a character.
func pointsIn(text string, unit int) int {
	n := 0
	for _, r := range text {
		if unit <= 0 {
			break
		}
		unit--
		n++
		if r > 0xffff {
			unit--
		}
	}
	if unit != 0 {
		return -1
	}
	return n
}

func isQuote(s annotations.Selector) bool { return s.Kind == annotations.TextQuote }

// inVersion returns the stretch of a version that selectors mean, the zero
// Target without any.
func (f *Finder) inVersion(v *index.Version, selectors []annotations.Selector) (annotations.Target, error) {
	if len(selectors) == 0 {
		return annotations.Target{}, nil
	}
	text := f.textOf(v)
	span, err := text.Find(selectors, func(id string) (anchor.Span, bool) {
		i := v.Named(id)
		if i < 0 {
			return anchor.Span{}, false
		}
		return anchor.Span{Start: v.Provisions[i].Start, End: v.Provisions[i].End}, true
	})
	if err != nil {
		return annotations.Target{}, fmt.Errorf("%w: version %s: %w%s", ErrPlace, v.ID, err, f.hint(text, selectors, err))
	}
	target, err := text.Select(span.Start, span.End)
	if err != nil {
		return annotations.Target{}, fmt.Errorf("%w: version %s: %w", ErrPlace, v.ID, err)
	}
	return target, nil
}

// hint tells of words that are not in the text looked in which are most like them.
func (f *Finder) hint(text *anchor.Text, selectors []annotations.Selector, err error) string {
	i := slices.IndexFunc(selectors, isQuote)
	if !errors.Is(err, anchor.ErrNotFound) || i < 0 {
		return ""
	}
	if f.near == nil {
		f.near = anchor.NewFinder(text)
	}
	nearest := f.near.Nearest(selectors[i].Exact, 1)
	if len(nearest) == 0 {
		return ""
	}
	like, err := text.Select(nearest[0].Start, nearest[0].End)
	if err != nil {
		return ""
	}
	return "; the nearest words there are “" + like.Exact + "”"
}

// source returns what an IRI leads to: a version, a document of ours by its URN
// or its address in the app, or a page whose address is that of the official text
// of a document or of the source of a version.
func (f *Finder) source(ctx context.Context, at place) (source, error) {
	if before, known := f.known[at]; known {
		return before.source, before.err
	}
	from, err := f.look(ctx, at)
	if err == nil || errors.Is(err, ErrPlace) {
		if f.known == nil {
			f.known = map[place]lead{}
		}
		f.known[at] = lead{from, err}
	}
	return from, err
}

func (f *Finder) look(ctx context.Context, at place) (source, error) {
	if id, ok := strings.CutPrefix(at.source, "urn:glossator:version:"); ok {
		return source{versions: []string{unescaped(id)}}, nil
	}
	if id, ok := strings.CutPrefix(at.source, "urn:glossator:document:"); ok {
		id, provision, _ := strings.Cut(id, "#")
		return f.document(ctx, unescaped(id), unescaped(provision), at.language)
	}
	address, err := url.Parse(at.source)
	if err != nil || address.Host == "" {
		return source{}, fmt.Errorf("%w: there is nothing here that is called %q", ErrPlace, at.source)
	}
	if f.Site == "" {
		from, err := f.elsewhere(ctx, address, at.language)
		if _, id, ok := strings.Cut(address.EscapedPath(), "/read/"); ok && errors.Is(err, ErrPlace) {
			return f.document(ctx, unescaped(id), provisionAt(address), at.language)
		}
		return from, err
	}
	if ours, ok := strings.CutPrefix(at.source, f.Site); ok && strings.HasPrefix(ours, "/") {
		return f.ours(ctx, address, at.language)
	}
	return f.elsewhere(ctx, address, at.language)
}

// provisionAt returns the provision that an address of the app names.
func provisionAt(address *url.URL) string {
	return cmp.Or(address.Fragment, address.Query().Get("at"))
}

// ours reads an address of the app or of the API.
func (f *Finder) ours(ctx context.Context, address *url.URL, language string) (source, error) {
	for _, prefix := range []string{"/read/", "/library/", "/api/documents/"} {
		if id, ok := strings.CutPrefix(address.EscapedPath(), prefix); ok {
			if version := address.Query().Get("version"); version != "" {
				return source{versions: []string{version}, provision: provisionAt(address)}, nil
			}
			return f.document(ctx, unescaped(id), provisionAt(address), language)
		}
	}
	if id, ok := strings.CutPrefix(address.EscapedPath(), "/api/versions/"); ok {
		id, rest, _ := strings.Cut(id, "/")
		provision, _ := strings.CutPrefix(rest, "passages/")
		return source{versions: []string{unescaped(id)}, provision: unescaped(provision)}, nil
	}
	return source{}, fmt.Errorf("%w: %s is not the address of a text; those are %s/read/…", ErrPlace, address, f.Site)
}

// document returns the current versions of a document: those in a language if
// there are any, otherwise all of them.
func (f *Finder) document(ctx context.Context, id, provision, language string) (source, error) {
	detail, err := f.Store.Document(ctx, f.Asker, id)
	if errors.Is(err, store.ErrNotFound) {
		return source{}, fmt.Errorf("%w: there is no document %q", ErrPlace, id)
	}
	if err != nil {
		return source{}, err
	}
	from := source{provision: provision}
	var current []string
	for _, v := range detail.Versions {
		if v.Current {
			current = append(current, v.ID)
		}
		if v.Current && (language == "" || primary(v.Language) == primary(language)) {
			from.versions = append(from.versions, v.ID)
		} else {
			from.others = append(from.others, v.ID)
		}
	}
	if len(from.versions) == 0 {
		from.versions = current
	}
	if len(from.versions) == 0 {
		return source{}, fmt.Errorf("%w: the document %q has no text", ErrPlace, id)
	}
	return from, nil
}

// primary returns the language of a tag: "en" of "en-GB".
func primary(tag string) string {
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return language
}

// elsewhere returns the current texts of what came from an address, or of which
// the official text is there.
func (f *Finder) elsewhere(ctx context.Context, address *url.URL, language string) (source, error) {
	page := *address
	page.Fragment = ""
	known, err := f.Store.VersionsFrom(ctx, f.Asker, []string{page.String(), address.String()})
	if err != nil {
		return source{}, err
	}
	var from source
	add := func(document, language string) error {
		found, err := f.document(ctx, document, "", language)
		if err != nil && !errors.Is(err, ErrPlace) {
			return err
		}
		for _, id := range found.versions {
			if !slices.Contains(from.versions, id) {
				from.versions = append(from.versions, id)
			}
		}
		from.others = append(from.others, found.others...)
		return nil
	}
	for _, id := range known {
		v, err := f.Store.Version(ctx, f.Asker, id)
		if err != nil {
			return source{}, err
		}
		if err := add(v.Document, v.Language); err != nil {
			return source{}, err
		}
	}
	library, err := f.Store.Library(ctx, f.Asker)
	if err != nil {
		return source{}, err
	}
	for _, d := range library {
		if d.Address == "" || plainAddress(d.Address) != plainAddress(page.String()) {
			continue
		}
		if err := add(d.ID, language); err != nil {
			return source{}, err
		}
	}
	if len(from.versions) == 0 {
		return source{}, fmt.Errorf("%w: no text here comes from %s; import it first, or annotate it where it is kept", ErrPlace, page.String())
	}
	return from, nil
}

// plainAddress returns an address without what often differs and seldom matters:
// the scheme, a fragment and a last slash.
func plainAddress(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	rest, _, _ = strings.Cut(rest, "#")
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}
