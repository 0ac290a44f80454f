package watch_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/annotations/watch"
	"glossator/index"
	"glossator/index/bleve"
)

// A desk is a store, an index and a watcher, on real files.
type desk struct {
	*testing.T
	store   *store.Store
	engine  index.Engine
	watcher *watch.Watcher
	anna    annotations.Asker
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	s, err := store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bleve.Open(ctx, dir+"/index", bleve.Options{Database: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(engine.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	})
	anna, err := s.CreateUser(ctx, "Anna", "correct horse battery", annotations.Member)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t, s, engine, &watch.Watcher{Store: s, Engine: engine, Synonyms: &watch.Synonyms{Store: s}}, annotations.Asker{User: anna.ID, Role: anna.Role}}
}

// put writes a document of one article a line, and returns its version.
func (d *desk) put(document index.Document, lines ...string) string {
	d.Helper()
	v := index.Version{Document: document.ID, Language: "en", Source: "test", Format: "text"}
	at := 0
	for i, line := range lines {
		end := at + utf8.RuneCountInString(line)
		v.Blocks = append(v.Blocks, index.Block{Span: index.Span{Start: at, End: end}, Provision: i})
		v.Provisions = append(v.Provisions, index.Provision{
			Span: index.Span{Start: at, End: end}, Kind: index.Article, Number: fmt.Sprint(i + 1), Parent: -1, Passage: true,
		})
		if i > 0 {
			v.Text += "\n"
		}
		v.Text, at = v.Text+line, end+1
	}
	index.Identify(v.Provisions)
	sum := sha256.Sum256([]byte(v.Text))
	v.SHA256 = hex.EncodeToString(sum[:])
	if _, err := d.store.PutDocument(d.Context(), document, []index.Version{v}); err != nil {
		d.Fatal(err)
	}
	return index.VersionID(document.ID, "en", v.SHA256)
}

// annotate writes an annotation on the first code points of a version.
func (d *desk) annotate(version, visibility string, concepts ...string) {
	d.Helper()
	_, err := d.store.CreateAnnotation(d.Context(), d.anna, store.NewAnnotation{
		Version: version, Targets: []annotations.Target{{Start: 0, End: 5}}, Concepts: concepts, Note: "a remark", Visibility: visibility,
	})
	if err != nil {
		d.Fatal(err)
	}
}

// share saves a search and makes a link to it.
func (d *desk) share(address string) annotations.SavedSearch {
	d.Helper()
	saved, err := d.store.CreateSavedSearch(d.Context(), d.anna, "Search", "", address)
	if err != nil {
		d.Fatal(err)
	}
	if _, _, err := d.store.CreateShare(d.Context(), d.anna, saved.ID, 0); err != nil {
		d.Fatal(err)
	}
	return saved
}

// look brings the index up to date and looks.
func (d *desk) look() {
	d.Helper()
	if err := index.Sync(d.Context(), d.engine, d.store, nil); err != nil {
		d.Fatal(err)
	}
	if err := d.watcher.Look(d.Context()); err != nil {
		d.Fatal(err)
	}
}

// want compares what a search has found with what it must have.
func (d *desk) want(search annotations.SavedSearch, want ...string) {
	d.Helper()
	found, err := d.store.Sightings(d.Context(), search.ID, 1000)
	if err != nil {
		d.Fatal(err)
	}
	got := []string{}
	for _, f := range found {
		got = append(got, f.Document+"/"+f.Provision)
	}
	slices.Sort(got)
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		d.Errorf("found (-want +got):\n%s", diff)
	}
}

func document(id string) index.Document {
	return index.Document{ID: id, Title: "Document " + id, Kind: index.Treaty}
}

func TestWatch(t *testing.T) {
	d := newDesk(t)
	old := d.put(document("a"), "moral content of old", "nothing")
	moral, tagged := d.share("q=moral"), d.share(`q=concept:"hate+speech"`)
	titled, all := d.share("q=title:renamed&kind=treaty"), d.share("")
	d.look()
	d.want(moral)

	d.put(document("b"), "moral content", "immaterial", "a moral end")
	d.look()
	d.want(moral, "b/art1", "b/art3")
	d.want(all, "b/art1", "b/art2", "b/art3")

	d.annotate(old, annotations.Private, "hate-speech")
	d.look()
	d.want(tagged)
	d.annotate(old, annotations.Public, "hate-speech")
	d.look()
	d.want(tagged, "a/art1")
	d.want(moral, "b/art1", "b/art3")

	renamed := document("b")
	renamed.Title = "Renamed"
	d.put(renamed, "moral content", "immaterial", "a moral end")
	d.look()
	d.look()
	d.want(titled, "b/art1", "b/art2", "b/art3")
	d.want(moral, "b/art1", "b/art3")
	d.want(all, "b/art1", "b/art2", "b/art3")
}

func TestWatchRenamedConcept(t *testing.T) {
	d := newDesk(t)
	old := d.put(document("a"), "moral content of old", "nothing")
	concept, err := d.store.CreateConcept(t.Context(), d.anna, annotations.Concept{Label: "peace"})
	if err != nil {
		t.Fatal(err)
	}
	d.annotate(old, annotations.Public, concept.ID)
	search := d.share(`q=concept:armistice`)
	d.look()
	d.want(search)
	label := "armistice"
	if _, err := d.store.UpdateConcept(t.Context(), d.anna, concept.ID, store.ConceptEdit{Label: &label}); err != nil {
		t.Fatal(err)
	}
	d.look()
	d.want(search, "a/art1")
}

func TestWatchSearchesWithLinks(t *testing.T) {
	d := newDesk(t)
	d.put(document("a"), "moral content")
	search, err := d.store.CreateSavedSearch(d.Context(), d.anna, "Search", "", "q=moral")
	if err != nil {
		t.Fatal(err)
	}
	d.put(document("b"), "moral content")
	d.look()
	d.want(search)
	if _, _, err := d.store.CreateShare(d.Context(), d.anna, search.ID, 0); err != nil {
		t.Fatal(err)
	}
	d.look()
	d.want(search, "b/art1")
}

func TestWatchFindsEverythingOnce(t *testing.T) {
	d := newDesk(t)
	d.put(document("a"), "something else")
	search := d.share("q=moral")
	var want []string
	for i := range 45 {
		id := fmt.Sprintf("d%02d", i)
		d.put(document(id), "moral content", "and moral ends")
		want = append(want, id+"/art1", id+"/art2")
		if i%10 == 9 {
			d.look()
		}
	}
	d.look()
	d.want(search, want...)
}

func TestOneSearchThatFailsLeavesTheOthers(t *testing.T) {
	d := newDesk(t)
	bad, good := d.share("q=%22open"), d.share("q=moral")
	d.put(document("a"), "moral content")
	if err := index.Sync(t.Context(), d.engine, d.store, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.watcher.Look(t.Context()); err == nil {
		t.Error("a search that cannot be read was passed over in silence")
	}
	d.want(good, "a/art1")
	d.want(bad)
}

func TestRunEndsWithItsContext(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- d.watcher.Run(ctx) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Run ended with %v", err)
	}
}
