package anchor

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

// The names that cases.json has for errors.
var named = map[string]error{"range": ErrRange, "blank": ErrBlank, "notFound": ErrNotFound, "ambiguous": ErrAmbiguous}

type cases struct {
	Select []struct {
		Name, Text string
		Start, End int
		Want       annotations.Target
		Error      string
	}
	Locate []struct {
		Name, Text string
		Target     annotations.Target
		Want       Span
		Error      string
	}
}

func TestCases(t *testing.T) {
	data, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var all cases
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Select) < 20 || len(all.Locate) < 20 {
		t.Fatalf("only %d and %d cases", len(all.Select), len(all.Locate))
	}
	for _, c := range all.Select {
		got, err := NewText(c.Text).Select(c.Start, c.End)
		if !errors.Is(err, named[c.Error]) {
			t.Errorf("select, %s: %v, want %q", c.Name, err, c.Error)
		}
		if diff := cmp.Diff(c.Want, got); diff != "" {
			t.Errorf("select, %s: -want +got\n%s", c.Name, diff)
		}
		once, again := Select(c.Text, c.Start, c.End)
		if diff := cmp.Diff(got, once); diff != "" || fmt.Sprint(again) != fmt.Sprint(err) {
			t.Errorf("select once, %s: %v, want %v, -want +got\n%s", c.Name, again, err, diff)
		}
	}
	for _, c := range all.Locate {
		got, err := NewText(c.Text).Locate(c.Target)
		if !errors.Is(err, named[c.Error]) {
			t.Errorf("locate, %s: %v, want %q", c.Name, err, c.Error)
		}
		if diff := cmp.Diff(c.Want, got); diff != "" {
			t.Errorf("locate, %s: -want +got\n%s", c.Name, diff)
		}
	}
}

func TestLocateFindsWhatSelectGave(t *testing.T) {
	const words = "Each Party may. Each Party may not. 😀 Each Party may."
	text, length := NewText(words), utf8.RuneCountInString(words)
	for start := range length {
		for end := start + 1; end <= length; end++ {
			target, err := text.Select(start, end)
			once, again := Select(words, start, end)
			if diff := cmp.Diff(target, once); diff != "" || fmt.Sprint(again) != fmt.Sprint(err) {
				t.Fatalf("once from %d to %d: %v, want %v, -want +got\n%s", start, end, again, err, diff)
			}
			if errors.Is(err, ErrBlank) {
				continue
			}
			got, locateErr := text.Locate(target)
			if err != nil || locateErr != nil || got != (Span{start, end}) {
				t.Fatalf("from %d to %d: %v, then %v, %v", start, end, err, got, locateErr)
			}
		}
	}
}
