package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

func TestPutDocument(t *testing.T) {
	s := open(t)
	d := agreement("a", "Agreement")
	d.Aliases, d.Parties = []string{"ETS 0"}, []string{"FRA", "DEU"}
	first, french, second := articles("a", "en", "First.", "More."), articles("a", "fr", "Premier."), articles("a", "en", "Second.")
	put(t, s, Taken, d, first)
	put(t, s, Unchanged, d, first)
	put(t, s, Unchanged, d)
	put(t, s, Added, d, first, french)
	put(t, s, Added, d, second, second)
	put(t, s, Unchanged, d, first, french, second)
	d.Status = "in force"
	put(t, s, Redescribed, d, first)
	put(t, s, Unchanged, d, first)

	detail, err := s.Document(t.Context(), annotations.Asker{}, "a")
	if err != nil {
		t.Fatal(err)
	}
	var imported []int64
	for i := range detail.Versions {
		imported = append(imported, detail.Versions[i].Imported)
		detail.Versions[i].Imported = 0
	}
	length := func(v index.Version) int { return len([]rune(v.Text)) }
	want := DocumentDetail{
		DocumentSummary: DocumentSummary{Document: d, Year: 2001, Languages: []string{"en", "fr"}, Passages: 2, Length: length(second)},
		Versions: []VersionSummary{
			{ID: second.ID, Number: 2, Language: "en", Source: "a.txt", Format: "text", Length: length(second), Passages: 1, Articles: 1, Current: true},
			{ID: first.ID, Number: 1, Language: "en", Source: "a.txt", Format: "text", Length: length(first), Passages: 2, Articles: 2},
			{ID: french.ID, Number: 1, Language: "fr", Source: "a.txt", Format: "text", Length: length(french), Passages: 1, Articles: 1, Current: true},
		},
	}
	if diff := cmp.Diff(want, detail); diff != "" {
		t.Errorf("the document (-want +got):\n%s", diff)
	}
	for _, at := range imported {
		if at == 0 {
			t.Error("a version has no time of import")
		}
	}
	if got := must[Counts](t)(s.Counts(t.Context())); got != (Counts{Documents: 1, Versions: 3, Passages: 2}) {
		t.Errorf("counts: %+v", got)
	}
}

func TestPutDocumentRefuses(t *testing.T) {
	s := open(t)
	broken := articles("a", "en", "First.", "Second.")
	broken.Blocks = broken.Blocks[:2]
	nameless := articles("a", "", "First.")
	for name, test := range map[string]struct {
		d index.Document
		v index.Version
	}{
		"no id":       {agreement("", "Agreement"), articles("a", "en", "First.")},
		"no title":    {agreement("a", " "), articles("a", "en", "First.")},
		"broken":      {agreement("a", "Agreement"), broken},
		"no language": {agreement("a", "Agreement"), nameless},
		"no text":     {agreement("a", "Agreement"), index.Version{Language: "en", SHA256: "0"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.PutDocument(t.Context(), test.d, []index.Version{test.v})
			wantError(t, err, ErrInvalid)
		})
	}
	if got := must[Counts](t)(s.Counts(t.Context())); got != (Counts{}) {
		t.Errorf("something was taken: %+v", got)
	}
}

// TestLibrary holds that the state of the library tells of every change of what
// is known of documents, and of nothing else.
func TestLibrary(t *testing.T) {
	s := open(t)
	state := must[LibraryState](t)(s.LibraryState(t.Context()))
	changed := func(want bool) {
		t.Helper()
		now := must[LibraryState](t)(s.LibraryState(t.Context()))
		if (now != state) != want {
			t.Errorf("the state was %v and is %v", state, now)
		}
		state = now
	}
	second, first := agreement("b", "Second"), agreement("a", "First")
	put(t, s, Taken, second, articles("b", "en", "Text."))
	changed(true)
	put(t, s, Taken, first)
	changed(true)
	put(t, s, Added, first, articles("a", "en", "Text."))
	changed(false)
	first.Aliases = []string{"ETS 0"}
	put(t, s, Redescribed, first)
	changed(true)
	got := must[[]index.Document](t)(s.Library(t.Context(), annotations.Asker{}))
	if diff := cmp.Diff([]index.Document{first, second}, got); diff != "" {
		t.Errorf("the library (-want +got):\n%s", diff)
	}
}

// TestPaged finds the versions that have pages, and what their documents say of how
// they were read.
func TestPaged(t *testing.T) {
	s := open(t)
	paged, plain := articles("a", "en", "First."), articles("a", "fr", "Premier.")
	paged.Format, paged.Pages = "pdf", []index.Page{{Start: 0, Name: "7"}, {Start: 4, Name: "8"}}
	paged.Remarks = []string{"2 lines were left out"}
	put(t, s, Taken, agreement("a", "Agreement"), paged, plain)
	found := must[map[string]*index.Version](t)(s.Paged(t.Context(), annotations.Asker{}, []string{paged.ID, plain.ID, "none"}))
	if len(found) != 1 || found[paged.ID] == nil {
		t.Fatalf("%v has pages", found)
	}
	var pages []string
	for _, at := range []int{0, 3, 4, 9} {
		pages = append(pages, found[paged.ID].PageAt(at))
	}
	if diff := cmp.Diff([]string{"7", "7", "8", "8"}, pages); diff != "" || plain.PageAt(0) != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	detail := must[DocumentDetail](t)(s.Document(t.Context(), annotations.Asker{}, "a"))
	if diff := cmp.Diff([][]string{paged.Remarks, nil}, [][]string{detail.Versions[0].Remarks, detail.Versions[1].Remarks}); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestVersion(t *testing.T) {
	s := open(t)
	want := articles("a", "en", "Größe, 尺寸 and 𝄞.", "Second.")
	want.Remarks = []string{"the menu was left out", "it was read as Windows-1252"}
	put(t, s, Taken, agreement("a", "Agreement"), want)
	for range 2 {
		got := must[*index.Version](t)(s.Version(t.Context(), annotations.Asker{}, want.ID))
		want.Number, want.Imported = 1, got.Imported
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Errorf("the version (-want +got):\n%s", diff)
		}
	}
	_, err := s.Version(t.Context(), annotations.Asker{}, "x")
	wantError(t, err, ErrNotFound, `"x"`)
	_, err = s.Document(t.Context(), annotations.Asker{}, "x")
	wantError(t, err, ErrNotFound, `"x"`)
}

func TestVersionsBeyondTheCache(t *testing.T) {
	s := open(t)
	var ids []string
	const kept = 3
	for i := range kept + 4 {
		v := articles("a", "en", strings.Repeat("x", versionsMemory/(kept+1)+i))
		put(t, s, []Outcome{Taken, Added}[min(i, 1)], agreement("a", "Agreement"), v)
		ids = append(ids, v.ID)
	}
	for range 2 {
		for i, id := range ids {
			v := must[*index.Version](t)(s.Version(t.Context(), annotations.Asker{}, id))
			if v.ID != id || v.Number != i+1 || !strings.HasSuffix(v.Text, "\n"+strings.Repeat("x", versionsMemory/(kept+1)+i)) {
				t.Errorf("version %d is %s, number %d", i, v.ID, v.Number)
			}
		}
	}
	if n := s.versions.order.Len(); n != kept || n != len(s.versions.byID) {
		t.Errorf("the cache holds %d and %d versions; want %d", n, len(s.versions.byID), kept)
	}
}

func TestDocuments(t *testing.T) {
	s := open(t)
	for _, d := range []index.Document{
		{ID: "z", Title: "Convention on Cybercrime", ShortTitle: "Budapest Convention", Aliases: []string{"ETS 185"}, Kind: index.Treaty, Organisation: "Council of Europe"},
		{ID: "b", Title: "Wales Summit Declaration", ShortTitle: "A Declaration", Kind: index.Declaration, Organisation: "NATO"},
		{ID: "c", Title: "élément 100%_vrai", Kind: index.Treaty},
	} {
		put(t, s, Taken, d)
	}
	for _, test := range []struct {
		filter DocumentFilter
		want   string
		total  int
	}{
		{DocumentFilter{}, "z c b", 3},
		{DocumentFilter{Limit: 2}, "z c", 3},
		{DocumentFilter{Limit: 2, Offset: 2}, "b", 3},
		{DocumentFilter{Limit: 2, Offset: 9}, "", 3},
		{DocumentFilter{Kind: index.Treaty}, "z c", 2},
		{DocumentFilter{Text: "cybercrime CONVENTION"}, "z", 1},
		{DocumentFilter{Text: "ets 185"}, "z", 1},
		{DocumentFilter{Text: "council"}, "z", 1},
		{DocumentFilter{Text: "elem"}, "c", 1},
		{DocumentFilter{Text: "ÉLÉMENT"}, "c", 1},
		{DocumentFilter{Text: "%_"}, "c", 1},
		{DocumentFilter{Text: "0_v"}, "", 0},
		{DocumentFilter{Text: "nato convention"}, "", 0},
	} {
		page, total, err := s.Documents(t.Context(), annotations.Asker{}, test.filter)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, d := range page {
			ids = append(ids, d.ID)
		}
		if got := strings.Join(ids, " "); got != test.want || total != test.total {
			t.Errorf("%+v: %q of %d; want %q of %d", test.filter, got, total, test.want, test.total)
		}
	}
}
