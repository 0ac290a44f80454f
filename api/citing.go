package api

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/index"
)

// mostPlaces is how many places that cite a provision one answer tells, of each
// sort.
const mostPlaces = 100

type citationsAnswer struct {
	Provision  string       `json:"provision"`
	Pinpoint   string       `json:"pinpoint"`
	Label      string       `json:"label"`
	Commentary placesAnswer `json:"commentary"`
	Citations  placesAnswer `json:"citations"`
	Here       placesAnswer `json:"here"`
	Unread     int          `json:"unread"`
}

type placesAnswer struct {
	Total  int           `json:"total"`
	Places []placeAnswer `json:"places"`
}

type placeAnswer struct {
	Document  string `json:"document"`
	Name      string `json:"name"`
	Digest    bool   `json:"digest"`
	Version   string `json:"version"`
	Named     bool   `json:"named"`
	Language  string `json:"language"`
	Provision string `json:"provision"`
	Pinpoint  string `json:"pinpoint"`
	Text      string `json:"text"`
	index.Span
	Cited string `json:"cited"`
}

func (s *Server) citationsOf(c echo.Context, asker annotations.Asker) error {
	ctx := c.Request().Context()
	v, i, err := s.provisionOf(ctx, asker, c)
	if err != nil {
		return err
	}
	known, err := s.known.of(ctx, s, asker)
	if err != nil {
		return err
	}
	a := citationsAnswer{Provision: v.Provisions[i].ID, Pinpoint: v.Pinpoint(i), Label: v.Label(i), Unread: known.reading.Unread}
	found, places, err := s.Store.References(ctx, asker, v.ID)
	if err != nil {
		return err
	}
	a.Here = hereCiting(found, places, known.documents[v.Document], i)
	incoming, err := s.incoming(ctx, asker, known, v)
	if err != nil {
		return err
	}
	var sorted [2][]placeAnswer
	seen := map[string]bool{}
	for _, m := range incoming {
		cited := citedWithin(v, places.Covers(places.Foreign(m.Reference)), i)
		key := m.Version + "/" + m.Provision
		if cited < 0 || seen[key] {
			continue
		}
		seen[key] = true
		sort := known.sort(m)
		sorted[sort] = append(sorted[sort], answerPlace(known, m, v.Pinpoint(cited)))
	}
	a.Commentary, a.Citations = first(sorted[commentary]), first(sorted[citation])
	if err := s.nameVersions(ctx, asker, a.Commentary.Places, a.Citations.Places); err != nil {
		return err
	}
	return answerJSON(c, http.StatusOK, a)
}

func first(all []placeAnswer) placesAnswer {
	return placesAnswer{Total: len(all), Places: some(all[:min(len(all), mostPlaces)])}
}

// citedWithin returns the first of the cited provisions that is the provision i
// or within it; i itself if one is around it within its passage; else -1.
func citedWithin(v *index.Version, cited []int, i int) int {
	for _, at := range cited {
		if v.PassageAround(at) == v.PassageAround(i) && (at == i || isBelow(v, at, i) || isBelow(v, i, at)) {
			return at
		}
	}
	return -1
}

// isBelow reports whether provision i is somewhere below provision around.
func isBelow(v *index.Version, i, around int) bool {
	for i = v.Provisions[i].Parent; i >= 0; i = v.Provisions[i].Parent {
		if i == around {
			return true
		}
	}
	return false
}

func answerPlace(known *knownNames, m store.Mention, cited string) placeAnswer {
	document := known.documents[m.Document]
	return placeAnswer{
		Document: m.Document, Name: document.Name(), Digest: document.Digest, Version: m.Version, Language: m.Language,
		Provision: m.Provision, Pinpoint: m.Pinpoint, Text: m.Words,
		Span:  index.Span{Start: m.Reference.Start - m.WordsAt, End: m.Reference.End - m.WordsAt},
		Cited: cited,
	}
}

// hereCiting returns the places of a version itself that refer to a provision of
// it, each passage once.
func hereCiting(found []index.Reference, places *index.Places, from index.Document, i int) placesAnswer {
	v := places.Version()
	quoter := index.NewQuoter(v)
	var all []placeAnswer
	seen := map[int]bool{}
	for _, r := range found {
		if r.Abroad(from.Kind) || from.Kind == index.Commentary && r.Of == index.Unsaid {
			continue
		}
		cited := citedWithin(v, places.Covers(places.Own(r)), i)
		if cited < 0 || seen[r.Provision] || v.PassageAround(r.Provision) == v.PassageAround(cited) {
			continue
		}
		seen[r.Provision] = true
		one := placeAnswer{
			Document: from.ID, Name: from.Name(), Digest: from.Digest, Version: v.ID, Language: v.Language,
			Provision: v.Provisions[r.Provision].ID, Pinpoint: v.Pinpoint(r.Provision), Cited: v.Pinpoint(cited),
		}
		if len(all) < mostPlaces {
			words, at := quoter.Quote(r)
			one.Text, one.Span = words, index.Span{Start: r.Start - at, End: r.End - at}
		}
		all = append(all, one)
	}
	return first(all)
}

// nameVersions finds out which places need their version in a link.
func (s *Server) nameVersions(ctx context.Context, asker annotations.Asker, lists ...[]placeAnswer) error {
	details := map[string][]store.VersionSummary{}
	for _, places := range lists {
		for i, place := range places {
			versions, known := details[place.Document]
			if !known {
				detail, err := s.Store.Document(ctx, asker, place.Document)
				if err != nil {
					return err
				}
				versions = detail.Versions
				details[place.Document] = versions
			}
			places[i].Named = mustName(versions, place.Version)
		}
	}
	return nil
}

// incoming returns the mentions that are of the document of v, of each citing
// document in one language: that of v, else English, else the first; of several
// editions of one document those in the first.
func (s *Server) incoming(ctx context.Context, asker annotations.Asker, known *knownNames, v *index.Version) ([]store.Mention, error) {
	all, err := s.Store.Mentions(ctx, asker, known.namings[v.Document], known.about[v.Document])
	if err != nil {
		return nil, err
	}
	chosen := map[string]string{} // by edition: document and language
	for _, m := range all {
		if m.Document != v.Document {
			edition, own := known.edition(m.Document), m.Document+" "+m.Language
			if chosen[edition] == "" || better(m, chosen[edition], v.Language) {
				chosen[edition] = own
			}
		}
	}
	kept := slices.DeleteFunc(all, func(m store.Mention) bool {
		return chosen[known.edition(m.Document)] != m.Document+" "+m.Language || !known.means(m, v.Document)
	})
	slices.SortStableFunc(kept, func(a, b store.Mention) int {
		return cmp.Or(cmp.Compare(known.edition(a.Document), known.edition(b.Document)), cmp.Compare(a.Reference.Start, b.Reference.Start))
	})
	return kept, nil
}

// better reports whether a mention's document and language are to be preferred
// to what was chosen before.
func better(m store.Mention, before, language string) bool {
	document, spoken, _ := strings.Cut(before, " ")
	if m.Language != spoken {
		return m.Language == language || spoken != language && m.Language == "en"
	}
	return len(m.Document) < len(document)
}

// knownNames is what is known for following references both ways.
type knownNames struct {
	names     *index.Names
	documents map[string]index.Document
	namings   map[string][]store.Naming // of each document
	about     map[string][]string       // for each document, the commentaries on it
	library   store.LibraryState
	reading   store.ReadingState
}

func (k *knownNames) tag() string {
	return fmt.Sprint(k.library.Documents, ".", k.library.Number, ".", k.reading.Read, ".", k.reading.Last, ".", k.reading.Unread)
}

// sort tells whether a mention stands in a commentary.
func (k *knownNames) sort(m store.Mention) int {
	if k.documents[m.Document].Kind == index.Commentary {
		return commentary
	}
	return citation
}

// edition is the same for all editions of a document.
func (k *knownNames) edition(id string) string {
	root, _, _ := strings.Cut(id, ".")
	return root + " " + k.documents[id].Title
}

// means reports whether a mention that was found for a document is of it.
func (k *knownNames) means(m store.Mention, document string) bool {
	if m.Reference.Of != index.Unsaid && m.Reference.Of != index.Spoken {
		return true
	}
	main, others, ok := k.names.Whom(k.documents[m.Document], m.Reference)
	return ok && (main.ID == document || slices.ContainsFunc(others, func(d index.Document) bool { return d.ID == document }))
}

// subject returns the id of what a digest is about: the instrument that it
// digests or, if that is a commentary, what the commentary is about.
func (s *Server) subject(documents map[string]index.Document, digested string) string {
	known := documents[digested]
	if known.Kind == "" {
		known = index.Document{ID: digested}
		s.Complete(&known)
	}
	if known.Kind != index.Commentary {
		return digested
	}
	return known.About
}

// knownCache keeps the knownNames for as long as they are true.
type knownCache struct {
	mu   sync.Mutex
	made *knownNames
}

func (c *knownCache) of(ctx context.Context, s *Server, asker annotations.Asker) (*knownNames, error) {
	names, err := s.cited.of(ctx, s, asker)
	if err != nil {
		return nil, err
	}
	library, err := s.Store.LibraryState(ctx)
	if err != nil {
		return nil, err
	}
	reading, err := s.Store.ReadingState(ctx)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made != nil && c.made.names == names && c.made.library == library && c.made.reading == reading {
		return c.made, nil
	}
	made := &knownNames{
		names: names, documents: map[string]index.Document{}, namings: map[string][]store.Naming{}, about: map[string][]string{},
		library: library, reading: reading,
	}
	documents, err := s.Store.Library(ctx, asker)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		made.documents[d.ID] = d
	}
	for id, d := range made.documents {
		if d.Kind == index.Commentary && d.Digest {
			d.About = s.subject(made.documents, d.About)
			made.documents[id] = d
		}
	}
	for _, d := range made.documents {
		if main, others, ok := names.About(d.About); ok && d.Kind == index.Commentary {
			for _, about := range append(others, main) {
				made.about[about.ID] = append(made.about[about.ID], d.ID)
			}
		}
	}
	namings, err := s.Store.Namings(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range namings {
		if main, others, ok := names.Meant(n.Of, n.Name); ok {
			for _, meant := range append(others, main) {
				made.namings[meant.ID] = append(made.namings[meant.ID], n)
			}
		}
	}
	c.made = made
	return made, nil
}
