package api_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
	"time"

	"glossator/annotations"
)

type feed struct {
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Content string `xml:"content"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func (s *site) feed(path string) feed {
	s.t.Helper()
	response, body := s.get("stranger", path)
	if response.StatusCode != http.StatusOK {
		s.t.Fatalf("status %d: %s", response.StatusCode, body)
	}
	var f feed
	if err := xml.Unmarshal(body, &f); err != nil {
		s.t.Fatal(err)
	}
	return f
}

func TestFeed(t *testing.T) {
	s, ctx := newSite(t), t.Context()
	ada, _, err := s.store.TokenUser(ctx, s.tokens["ada"])
	if err != nil {
		t.Fatal(err)
	}
	asker := annotations.Asker{User: ada.ID, Role: ada.Role}
	search, err := s.store.CreateSavedSearch(ctx, asker, "Security <of> information", "", "q=%22information+security%22")
	if err != nil {
		t.Fatal(err)
	}
	_, token, err := s.store.CreateShare(ctx, asker, search.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	path := "/s/" + token + "/feed.atom"

	before := s.feed(path)
	if len(before.Entries) != 1 || before.Entries[0].Title != "Security <of> information" || !strings.Contains(before.Entries[0].Content, "ada saved this search. It finds: ") {
		t.Errorf("a new search has the feed %+v", before)
	}

	sighting := annotations.Sighting{
		Search: search.ID, Document: "harbour-accord", Version: s.version("harbour-accord"), Provision: "art2",
		Number: 1, Seen: time.Date(2030, 2, 3, 4, 5, 6, 0, time.UTC).UnixMilli(),
	}
	if err := s.store.Sight(ctx, search, 10, []annotations.Sighting{sighting}); err != nil {
		t.Fatal(err)
	}
	after := s.feed(path)
	if len(after.Entries) != 2 {
		t.Fatalf("after a sighting the feed is %+v", after)
	}
	entry := after.Entries[0]
	if entry.Title != "Harbour Accord, art. 2" || !strings.Contains(entry.Content, "Information security is a matter of all harbours.") {
		t.Errorf("the entry is %+v", entry)
	}
	if want := s.URL + "/read/harbour-accord?at=art2&version=" + sighting.Version; entry.Link.Href != want {
		t.Errorf("the entry leads to %s, want %s", entry.Link.Href, want)
	}
	if after.Updated != entry.Updated || after.ID != before.ID || after.Entries[1].ID != before.Entries[0].ID || entry.ID == after.Entries[1].ID {
		t.Errorf("ids or times are wrong: %+v and %+v", before, after)
	}
	if after.Links[0].Rel != "self" || after.Links[0].Href != s.URL+path {
		t.Errorf("the feed's links are %+v", after.Links)
	}
}
