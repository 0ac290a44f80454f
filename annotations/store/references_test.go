package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

// readAll reads the references of all versions and returns how many were read.
func readAll(t *testing.T, s *Store) int {
	t.Helper()
	for n := 0; ; n++ {
		more, err := s.ReadReferences(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return n
		}
	}
}

// mentionsOf returns where the mentions stand that name a document in a way.
func mentionsOf(t *testing.T, s *Store, namings []Naming, in ...string) []string {
	t.Helper()
	mentions, err := s.Mentions(t.Context(), annotations.Asker{}, namings, in)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, m := range mentions {
		words := []rune(m.Words)[m.Reference.Start-m.WordsAt : m.Reference.End-m.WordsAt]
		list = append(list, m.Document+" "+m.Pinpoint+": "+string(words))
	}
	return list
}

func TestMentions(t *testing.T) {
	s := open(t)
	put(t, s, Taken, agreement("pier", "Pier Protocol"), articles("pier", "en",
		"Article 2 of this Protocol and Article 3 of the Harbour Accord.", "Rest."))
	note := agreement("note", "A note")
	note.Kind = index.Commentary
	put(t, s, Taken, note, articles("note", "en", "As Article 5 says, and Article 6 of the Accord."))

	state, err := s.ReadingState(t.Context())
	if err != nil || state.Unread != 2 {
		t.Fatalf("before reading: %+v, %v", state, err)
	}
	if n := readAll(t, s); n != 2 {
		t.Errorf("%d versions were read, want 2", n)
	}
	namings, err := s.Namings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	accord := Naming{index.Named, "Harbour Accord"}
	if diff := cmp.Diff([]Naming{accord, {index.Named, "test"}, {index.Spoken, "accord"}}, namings); diff != "" {
		t.Errorf("namings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"pier art. 1: Article 3"}, mentionsOf(t, s, []Naming{accord})); diff != "" {
		t.Errorf("by name (-want +got):\n%s", diff)
	}
	want := []string{"note art. 1: Article 1", "note art. 1: Article 5", "note art. 1: Article 6"}
	if diff := cmp.Diff(want, mentionsOf(t, s, nil, "note")); diff != "" {
		t.Errorf("by the commentary (-want +got):\n%s", diff)
	}

	// A new version takes the place of the one before, and another kind is read anew.
	put(t, s, Added, agreement("pier", "Pier Protocol"), articles("pier", "en", "Article 4 of the Harbour Accord.", "Rest."))
	note.Kind = index.Declaration
	put(t, s, Redescribed, note)
	if n := readAll(t, s); n != 2 {
		t.Errorf("%d versions were read again, want 2", n)
	}
	if diff := cmp.Diff([]string{"pier art. 1: Article 4"}, mentionsOf(t, s, []Naming{accord}, "note")); diff != "" {
		t.Errorf("after the changes (-want +got):\n%s", diff)
	}
	if state, err = s.ReadingState(t.Context()); err != nil || state.Unread != 0 {
		t.Errorf("after reading: %+v, %v", state, err)
	}
}
