package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/watch"
	"glossator/index"
	"glossator/index/query"
)

const (
	feedEntries = 200  // sightings in a feed, at most
	feedText    = 1000 // code points of a passage in an entry, at most
)

// An atomFeed is a feed as RFC 4287 has it.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   atomAuthor  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Content atomText `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// feed serves what a shared search has found since it was saved, the newest
// first, and last of all the search itself. Whoever asks sees what a stranger
// may see: programs that read feeds do not sign in.
func (s *Server) feed(c echo.Context, _ annotations.Asker) error {
	ctx, token := c.Request().Context(), c.Param("token")
	saved, owner, err := s.Store.SharedSearch(ctx, token)
	if err != nil {
		return err
	}
	sightings, err := s.Store.Sightings(ctx, saved.ID, feedEntries)
	if err != nil {
		return err
	}
	site := s.site(c)
	entries, err := s.sightingEntries(ctx, site, sightings)
	if err != nil {
		return err
	}
	first, err := searchEntry(site, token, saved, owner)
	if err != nil {
		return err
	}
	entries = append(entries, first)
	page := site + "/s/" + token
	feed := atomFeed{
		ID: uniform("search", saved.ID), Title: saved.Name, Subtitle: saved.Description, Updated: entries[0].Updated,
		Author: atomAuthor{owner}, Entries: entries,
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: page + "/feed.atom"},
			{Rel: "alternate", Type: "text/html", Href: page},
		},
	}
	content, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return fmt.Errorf("writing a feed: %w", err)
	}
	content = append([]byte(xml.Header), content...)
	sum := sha256.Sum256(content)
	return pack("application/atom+xml; charset=utf-8", askAgain, hex.EncodeToString(sum[:8]), content, true).serve(c)
}

// site returns what the addresses of this installation begin with, as seen by
// whoever asks.
func (s *Server) site(c echo.Context) string {
	scheme := "http"
	if s.Secure || s.byTLS(c.Request()) {
		scheme = "https"
	}
	return scheme + "://" + c.Request().Host
}

// searchEntry is the search itself, at the time it was saved.
func searchEntry(site, token string, saved annotations.SavedSearch, owner string) (atomEntry, error) {
	asked, err := watch.Read(saved.Address, nil, nil)
	if err != nil {
		return atomEntry{}, fmt.Errorf("reading the search %s: %w", saved.ID, err)
	}
	return atomEntry{
		ID: uniform("saved", saved.ID), Title: saved.Name, Updated: stamp(saved.Created),
		Link:    atomLink{Rel: "alternate", Type: "text/html", Href: site + "/s/" + token},
		Content: atomText{"text", fmt.Sprintf("%s saved this search. It finds: %s.", owner, query.Explain(asked.All))},
	}, nil
}

func (s *Server) sightingEntries(ctx context.Context, site string, sightings []annotations.Sighting) ([]atomEntry, error) {
	stranger := annotations.Asker{}
	ids := make([]string, len(sightings))
	for i, sighting := range sightings {
		ids[i] = sighting.Document
	}
	slices.Sort(ids)
	documents, err := s.Store.DocumentsByID(ctx, stranger, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	versions := map[string][]index.Passage{}
	entries := make([]atomEntry, 0, len(sightings)+1)
	for _, sighting := range sightings {
		if versions[sighting.Version] == nil {
			v, err := s.Store.Version(ctx, stranger, sighting.Version)
			if err != nil {
				return nil, err
			}
			versions[sighting.Version] = v.Passages()
		}
		for _, p := range versions[sighting.Version] {
			if p.Provision == sighting.Provision {
				entries = append(entries, sightingEntry(site, sighting, documents[sighting.Document], p))
			}
		}
	}
	return entries, nil
}

func sightingEntry(site string, sighting annotations.Sighting, d store.DocumentSummary, p index.Passage) atomEntry {
	address := site + readPath(d.ID, url.Values{"version": {p.Version}, "at": {p.Provision}})
	return atomEntry{
		ID:    uniform("sighting", sighting.Search, p.ID()),
		Title: d.Name() + ", " + p.Pinpoint, Updated: stamp(sighting.Seen),
		Link:    atomLink{Rel: "alternate", Type: "text/html", Href: address},
		Content: atomText{"text", opening(p.Text, feedText)},
	}
}

// opening returns the first limit code points of text, "…" after them if there
// are more.
func opening(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return string(runes[:limit]) + "…"
}

// stamp writes milliseconds UTC as RFC 3339 does.
func stamp(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }

// uniform returns a name for a thing that is the same wherever and whenever the
// feed is read: a UUID of version 8 (RFC 9562) made of its ids.
func uniform(kind string, ids ...string) string {
	sum := sha256.New()
	sum.Write([]byte("glossator " + kind))
	for _, id := range ids {
		sum.Write([]byte("\x00" + id))
	}
	u := sum.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
