package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"glossator/annotations"
	"glossator/index"
)

// open opens an empty store for a test.
func open(t testing.TB) *Store {
	t.Helper()
	return reopen(t, t.TempDir())
}

func reopen(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// agreement returns a document.
func agreement(id, title string) index.Document {
	return index.Document{ID: id, Title: title, Kind: index.Treaty, Organisation: "Test Organisation", Signed: "2001-11-23"}
}

// articles returns a version of a document with these articles under one
// chapter: each a heading, "Article 1", and a line.
func articles(document, language string, lines ...string) index.Version {
	v := index.Version{Document: document, Language: language, Source: document + ".txt", Format: "text"}
	var text []string
	at := 0
	block := func(line string, provision int, heading bool) {
		end := at + utf8.RuneCountInString(line)
		v.Blocks = append(v.Blocks, index.Block{Span: index.Span{Start: at, End: end}, Provision: provision, Heading: heading})
		text = append(text, line)
		at = end + 1
	}
	v.Provisions = []index.Provision{{Kind: index.Chapter, Number: "I", Heading: "Of the test", Parent: -1}}
	block("Chapter I Of the test", 0, true)
	for i, line := range lines {
		start := at
		block("Article "+strconv.Itoa(i+1), i+1, true)
		block(line, i+1, false)
		v.Provisions = append(v.Provisions, index.Provision{
			Span: index.Span{Start: start, End: at - 1}, Kind: index.Article, Number: strconv.Itoa(i + 1), Parent: 0, Passage: true,
		})
	}
	v.Provisions[0].Span = index.Span{Start: 0, End: at - 1}
	index.Identify(v.Provisions)
	v.Text = strings.Join(text, "\n")
	sum := sha256.Sum256([]byte(language + v.Text))
	v.SHA256 = hex.EncodeToString(sum[:])
	v.ID = index.VersionID(document, language, v.SHA256)
	return v
}

func put(t testing.TB, s *Store, want Outcome, d index.Document, vs ...index.Version) {
	t.Helper()
	got, err := s.PutDocument(t.Context(), d, vs)
	if err != nil || got != want {
		t.Fatalf("PutDocument: %q, %v; want %q", got, err, want)
	}
}

const password = "correct horse battery"

// join makes an account and returns it as an asker.
func join(t testing.TB, s *Store, name, role string) annotations.Asker {
	t.Helper()
	user := annotations.User{ID: newID(), Name: name, Role: role, Created: now()}
	err := s.write(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return insertUser(ctx, tx, user, decoy) })
	if err != nil {
		t.Fatal(err)
	}
	return annotations.Asker{User: user.ID, Role: user.Role}
}

// wantError fails unless err is of the kind and says all of the words.
func wantError(t testing.TB, err, kind error, words ...string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("error %v; want %v", err, kind)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q does not say %q", err, word)
		}
	}
}

func must[T any](t testing.TB) func(value T, err error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestOpenAgain(t *testing.T) {
	dir := t.TempDir()
	s := reopen(t, dir)
	put(t, s, Taken, agreement("a", "Agreement"), articles("a", "en", "Nothing is agreed."))
	if err := s.SetSetting(t.Context(), "index generation", "gen-1"); err != nil {
		t.Fatal(err)
	}
	again := reopen(t, dir)
	if got := must[Counts](t)(again.Counts(t.Context())); got.Documents != 1 || got.Passages != 1 {
		t.Errorf("counts after opening again: %+v", got)
	}
	if got := must[string](t)(again.Setting(t.Context(), "index generation")); got != "gen-1" {
		t.Errorf("setting after opening again: %q", got)
	}
	if got := must[string](t)(again.Setting(t.Context(), "never set")); got != "" {
		t.Errorf("a setting that was never set: %q", got)
	}
}

func TestOpenPathWithOddCharacters(t *testing.T) {
	dir := t.TempDir() + "/a b?c=1#d%20e"
	s := reopen(t, dir)
	put(t, s, Taken, agreement("a", "Agreement"))
	if got := must[Counts](t)(reopen(t, dir).Counts(t.Context())); got.Documents != 1 {
		t.Errorf("counts after opening again: %+v", got)
	}
}

func TestOpenAtTheSameTime(t *testing.T) {
	dir := t.TempDir()
	const stores = 6
	opened := make(chan error)
	for range stores {
		go func() {
			s, err := Open(context.Background(), dir)
			if err == nil {
				err = s.Close()
			}
			opened <- err
		}()
	}
	for range stores {
		if err := <-opened; err != nil {
			t.Error(err)
		}
	}
}

func TestOpenRefusesAFile(t *testing.T) {
	if _, err := Open(t.Context(), "store_test.go"); err == nil {
		t.Error("a file was opened as a data folder")
	}
}

func TestWriteIsCarriedThrough(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		cancel()
		return putSetting(ctx, tx, "a", "b")
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := must[string](t)(s.Setting(t.Context(), "a")); got != "b" {
		t.Errorf("the setting is %q", got)
	}
	if err := s.SetSetting(ctx, "a", "c"); !errors.Is(err, context.Canceled) {
		t.Errorf("beginning to write with a cancelled context: %v", err)
	}
}

func TestWait(t *testing.T) {
	dir := t.TempDir()
	here, there := reopen(t, dir), reopen(t, dir)
	for i, writer := range []*Store{here, there} {
		done := make(chan error)
		after := must[int64](t)(here.Mark(t.Context()))
		go func() { done <- here.Wait(context.Background(), after) }()
		put(t, writer, Taken, agreement(fmt.Sprint("d", i), "Agreement"))
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := here.Wait(ctx, 100); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting with a cancelled context: %v", err)
	}
}
