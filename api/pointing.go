package api

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
	"glossator/annotations/store"
	"glossator/index"
)

// errPlace is for annotations from outside that have no place here.
var errPlace = errors.New("the annotation has no place here")

// A standing is where pointers lead: to stretches of one version, to it as a
// whole, or to another annotation.
type standing struct {
	document, version string
	targets           []annotations.Target // in the order of the text; none: the whole
	replyTo           string               // id of an annotation; the rest is empty then
}

// A finder finds where annotations from outside stand.
type finder struct {
	*Server
	asker  annotations.Asker
	site   string // address of this installation
	prefer string // id of the version to be looked in first, "" for the current ones
	units  bool   // whether positions are in UTF-16 code units
}

// stand returns where pointers lead; errPlace, wrapped with the reason, if they
// lead nowhere, to several versions, or if it is not clear where.
func (f *finder) stand(ctx context.Context, pointers []annotations.Pointer) (standing, error) {
	if len(pointers) == 1 {
		if id := f.annotationAt(pointers[0].Source); id != "" {
			return standing{replyTo: id}, nil
		}
	}
	var at standing
	var in *index.Version
	for _, p := range pointers {
		v, target, err := f.find(ctx, p)
		if err != nil {
			return standing{}, err
		}
		if in != nil && in.ID != v.ID {
			return standing{}, fmt.Errorf("%w: its targets are in several versions; make an annotation for each", errPlace)
		}
		in, f.prefer = v, v.ID
		if target != (annotations.Target{}) {
			at.targets = append(at.targets, target)
		}
	}
	at.document, at.version = in.Document, in.ID
	var err error
	at.targets, err = merged(in, at.targets)
	return at, err
}

// merged returns stretches of a version in the order of the text, those that
// overlap as one.
func merged(v *index.Version, targets []annotations.Target) ([]annotations.Target, error) {
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
		both, err := anchor.NewText(v.Text).Select(found[last].Start, max(t.End, found[last].End))
		if err != nil {
			return nil, fmt.Errorf("joining stretches: %w", err)
		}
		found[last] = both
	}
	return found, nil
}

// annotationAt returns the id of the annotation that an IRI names, "" if it
// names something else.
func (f *finder) annotationAt(iri string) string {
	if id, ok := strings.CutPrefix(iri, "urn:glossator:annotation:"); ok {
		return unescaped(id)
	}
	if id, ok := strings.CutPrefix(iri, f.site+protocolPath); ok && !strings.ContainsAny(id, "/?#") {
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

// A source is what an IRI leads to: versions of which one is meant, and a
// provision in it, "" if none is named.
type source struct {
	versions  []string
	provision string
}

// find returns where a pointer leads: the version, and the stretch, which is
// empty if all of it is meant.
func (f *finder) find(ctx context.Context, p annotations.Pointer) (*index.Version, annotations.Target, error) {
	from, err := f.source(ctx, p)
	if err != nil {
		return nil, annotations.Target{}, err
	}
	selectors := p.Selectors
	if from.provision != "" && (len(selectors) == 0 || slices.ContainsFunc(selectors, isQuote)) {
		selectors = append(slices.Clone(selectors), annotations.Selector{Kind: annotations.Fragment, Fragment: from.provision})
	}
	var failure error
	var found *index.Version
	var target annotations.Target
	for _, id := range from.versions {
		v, err := f.Store.Version(ctx, f.asker, id)
		if err != nil {
			return nil, target, err
		}
		here, err := inVersion(v, f.points(v, selectors))
		switch {
		case err != nil:
			failure = errors.Join(failure, err)
			continue
		case found != nil && len(selectors) > 0:
			return nil, target, fmt.Errorf("%w: the words are in the versions %s (%s) and %s (%s); give one of these as the source: %s",
				errPlace, found.ID, found.Language, v.ID, v.Language, "urn:glossator:version:"+found.ID)
		case found == nil:
			found, target = v, here
		}
		if id == f.prefer || len(selectors) == 0 {
			break
		}
	}
	if found == nil {
		return nil, target, failure
	}
	return found, target, nil
}

// points returns selectors with their positions in code points.
func (f *finder) points(v *index.Version, selectors []annotations.Selector) []annotations.Selector {
	if !f.units {
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

func isQuote(s annotations.Selector) bool { return s.Kind == annotations.TextQuote }

// inVersion returns the stretch of a version that selectors mean, the zero
// Target without any.
func inVersion(v *index.Version, selectors []annotations.Selector) (annotations.Target, error) {
	if len(selectors) == 0 {
		return annotations.Target{}, nil
	}
	text := anchor.NewText(v.Text)
	span, err := text.Find(selectors, func(id string) (anchor.Span, bool) {
		i := slices.IndexFunc(v.Provisions, func(p index.Provision) bool { return p.ID == id })
		if i < 0 {
			return anchor.Span{}, false
		}
		return anchor.Span{Start: v.Provisions[i].Start, End: v.Provisions[i].End}, true
	})
	if err != nil {
		return annotations.Target{}, fmt.Errorf("%w: version %s: %w%s", errPlace, v.ID, err, hint(text, selectors, err))
	}
	target, err := text.Select(span.Start, span.End)
	if err != nil {
		return annotations.Target{}, fmt.Errorf("%w: version %s: %w", errPlace, v.ID, err)
	}
	return target, nil
}

// hint tells of words that are not in a text which are most like them.
func hint(text *anchor.Text, selectors []annotations.Selector, err error) string {
	i := slices.IndexFunc(selectors, isQuote)
	if !errors.Is(err, anchor.ErrNotFound) || i < 0 {
		return ""
	}
	nearest := anchor.NewFinder(text).Nearest(selectors[i].Exact, 1)
	if len(nearest) == 0 {
		return ""
	}
	like, err := text.Select(nearest[0].Start, nearest[0].End)
	if err != nil {
		return ""
	}
	return "; the nearest words there are “" + like.Exact + "”"
}

// source returns what the IRI of a pointer leads to: a version, a document of
// ours by its URN or its address in the app, or a page whose address is that of
// the official text of a document or of the source of a version.
func (f *finder) source(ctx context.Context, p annotations.Pointer) (source, error) {
	if id, ok := strings.CutPrefix(p.Source, "urn:glossator:version:"); ok {
		return source{versions: []string{unescaped(id)}}, nil
	}
	if id, ok := strings.CutPrefix(p.Source, "urn:glossator:document:"); ok {
		id, provision, _ := strings.Cut(id, "#")
		return f.document(ctx, unescaped(id), unescaped(provision), p.Language)
	}
	address, err := url.Parse(p.Source)
	if err != nil || address.Host == "" {
		return source{}, fmt.Errorf("%w: there is nothing here that is called %q", errPlace, p.Source)
	}
	if ours, ok := strings.CutPrefix(p.Source, f.site); ok && strings.HasPrefix(ours, "/") {
		return f.ours(ctx, address, p.Language)
	}
	return f.elsewhere(ctx, address, p.Language)
}

// ours reads an address of the app or of the API.
func (f *finder) ours(ctx context.Context, address *url.URL, language string) (source, error) {
	for _, prefix := range []string{"/read/", "/library/", "/api/documents/"} {
		if id, ok := strings.CutPrefix(address.EscapedPath(), prefix); ok {
			at := address.Query()
			provision := at.Get("at")
			if address.Fragment != "" {
				provision = address.Fragment
			}
			if version := at.Get("version"); version != "" {
				return source{versions: []string{version}, provision: provision}, nil
			}
			return f.document(ctx, unescaped(id), provision, language)
		}
	}
	if id, ok := strings.CutPrefix(address.EscapedPath(), "/api/versions/"); ok {
		id, rest, _ := strings.Cut(id, "/")
		provision, _ := strings.CutPrefix(rest, "passages/")
		return source{versions: []string{unescaped(id)}, provision: unescaped(provision)}, nil
	}
	return source{}, fmt.Errorf("%w: %s is not the address of a text; those are %s/read/…", errPlace, address, f.site)
}

// document returns the current versions of a document: those in a language if
// there are any, otherwise all of them.
func (f *finder) document(ctx context.Context, id, provision, language string) (source, error) {
	detail, err := f.Store.Document(ctx, f.asker, id)
	if errors.Is(err, store.ErrNotFound) {
		return source{}, fmt.Errorf("%w: there is no document %q", errPlace, id)
	}
	if err != nil {
		return source{}, err
	}
	from := source{provision: provision}
	var others []string
	for _, v := range detail.Versions {
		switch {
		case v.ID == f.prefer:
			return source{versions: []string{v.ID}, provision: provision}, nil
		case v.Current && language != "" && primary(v.Language) != primary(language):
			others = append(others, v.ID)
		case v.Current:
			from.versions = append(from.versions, v.ID)
		}
	}
	if len(from.versions) == 0 {
		from.versions = others
	}
	if len(from.versions) == 0 {
		return source{}, fmt.Errorf("%w: the document %q has no text", errPlace, id)
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
func (f *finder) elsewhere(ctx context.Context, address *url.URL, language string) (source, error) {
	page := *address
	page.Fragment = ""
	known, err := f.Store.VersionsFrom(ctx, f.asker, []string{page.String(), address.String()})
	if err != nil {
		return source{}, err
	}
	var from source
	add := func(document, language string) error {
		found, err := f.document(ctx, document, "", language)
		if err != nil && !errors.Is(err, errPlace) {
			return err
		}
		from.versions = each(append(from.versions, found.versions...))
		return nil
	}
	for _, id := range known {
		v, err := f.Store.Version(ctx, f.asker, id)
		if err != nil {
			return source{}, err
		}
		if err := add(v.Document, v.Language); err != nil {
			return source{}, err
		}
	}
	library, err := f.Store.Library(ctx, f.asker)
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
		return source{}, fmt.Errorf("%w: no text here comes from %s; import it first, or annotate it where it is kept", errPlace, page.String())
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
