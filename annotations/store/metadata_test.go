package store

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
	"glossator/index"
)

func edit(t testing.TB, s *Store, who annotations.Asker, id string, number int64, values index.Values) Metadata {
	t.Helper()
	return must[Metadata](t)(s.EditMetadata(t.Context(), who.User, id, MetadataEdit{Values: values, Number: number}))
}

// TestEditOutlivesImports holds the rule that an import fills in what nobody has
// said: what a person has set stays, also where they have emptied it.
func TestEditOutlivesImports(t *testing.T) {
	s := open(t)
	edith := join(t, s, "Edith", annotations.Editor)
	d := agreement("a", "Agrement")
	d.Aliases, d.Status = []string{"A 1"}, "in force"
	put(t, s, Taken, d, articles("a", "en", "Text."))
	after := edit(t, s, edith, "a", 0, index.Values{
		"title": {" The   Agreement "}, "organisation": nil, "parties": {"Republic of Korea", "USA", "South Korea", "Atlantis"}, "status": {"in force"},
	})
	if diff := cmp.Diff([]string{"title", "organisation", "parties"}, after.Edited); diff != "" {
		t.Errorf("edited (-want +got):\n%s", diff)
	}
	d.ShortTitle, d.Status, d.Parties = "Agr", "ended", []string{"FRA"}
	put(t, s, Redescribed, d)
	put(t, s, Unchanged, d)
	put(t, s, Added, d, articles("a", "en", "Other text."))
	want := d
	want.Title, want.Organisation, want.Parties = "The Agreement", "", []string{"KOR", "USA", "Atlantis"}
	got := must[Metadata](t)(s.Metadata(t.Context(), annotations.Asker{}, "a"))
	if diff := cmp.Diff(want, got.Document); diff != "" {
		t.Errorf("after the import (-want +got):\n%s", diff)
	}
	library := must[[]index.Document](t)(s.Library(t.Context(), annotations.Asker{}))
	if diff := cmp.Diff([]index.Document{want}, library); diff != "" {
		t.Errorf("the library (-want +got):\n%s", diff)
	}
	changes := must[[]index.Change](t)(s.Changes(t.Context(), after.Number-1, nil, 100))
	if len(changes) != 1 || changes[0].Document.Title != "The Agreement" || len(changes[0].Passages) != 2 {
		t.Errorf("the index is told %+v", changes)
	}
}

func TestEditConflicts(t *testing.T) {
	s := open(t)
	edith, otto := join(t, s, "Edith", annotations.Editor), join(t, s, "Otto", annotations.Editor)
	put(t, s, Taken, agreement("a", "Agreement"))
	read := must[Metadata](t)(s.Metadata(t.Context(), edith, "a")).Number
	edit(t, s, otto, "a", read, index.Values{"title": {"His title"}})
	edit(t, s, edith, "a", read, index.Values{"remarks": {"Hers, of another field"}})
	edit(t, s, edith, "a", read, index.Values{"title": {"His title"}, "remarks": {"Hers, of another field"}})
	_, err := s.EditMetadata(t.Context(), edith.User, "a", MetadataEdit{
		Values: index.Values{"title": {"Her title"}, "shortTitle": {"Hers"}}, Number: read,
	})
	wantError(t, err, ErrConflict)
	if !strings.Contains(err.Error(), "changed title since") {
		t.Errorf("the conflict says %q", err)
	}
	got := must[Metadata](t)(s.Metadata(t.Context(), edith, "a")).Document
	if got.Title != "His title" || got.ShortTitle != "" || got.Remarks != "Hers, of another field" {
		t.Errorf("the metadata are %+v", got)
	}
}

func TestEditRefuses(t *testing.T) {
	s := open(t)
	put(t, s, Taken, agreement("a", "Agreement"))
	mark := must[int64](t)(s.Mark(t.Context()))
	for _, values := range map[string]index.Values{
		"no title":       {"title": {" "}},
		"no kind":        {"kind": nil},
		"unknown kind":   {"kind": {"song"}},
		"unknown field":  {"colour": {"red"}},
		"id":             {"id": {"b"}},
		"date":           {"signed": {"2001-02-30"}},
		"address":        {"address": {"javascript:alert(1)"}},
		"about nobody":   {"about": {"b"}},
		"its own heir":   {"supersededBy": {"a"}},
		"several values": {"title": {"a", "b"}},
		"a long value":   {"remarks": {strings.Repeat("x", 3000)}},
		"good and bad":   {"remarks": {"good"}, "signed": {"bad"}},
	} {
		_, err := s.EditMetadata(t.Context(), "", "a", MetadataEdit{Values: values})
		wantError(t, err, ErrInvalid)
	}
	_, err := s.EditMetadata(t.Context(), "", "b", MetadataEdit{})
	wantError(t, err, ErrNotFound)
	if got := must[Metadata](t)(s.Metadata(t.Context(), annotations.Asker{}, "a")).Document; got.Remarks != "" {
		t.Errorf("something was written: %+v", got)
	}
	if now := must[int64](t)(s.Mark(t.Context())); now != mark {
		t.Errorf("the mark went from %d to %d", mark, now)
	}
}

func TestMetadataHistory(t *testing.T) {
	s := open(t)
	edith := join(t, s, "Edith", annotations.Editor)
	put(t, s, Taken, agreement("a", "Agreement"))
	first := must[Metadata](t)(s.Metadata(t.Context(), edith, "a"))
	edit(t, s, edith, "a", 0, index.Values{"title": {"Other"}, "parties": {"France", "USSR"}})
	edit(t, s, edith, "a", 0, index.Values{"title": {"Other"}})
	restored := must[Metadata](t)(s.RestoreMetadata(t.Context(), edith.User, "a", first.Number))
	if diff := cmp.Diff(first.Document, restored.Document); diff != "" {
		t.Errorf("what was restored (-want +got):\n%s", diff)
	}
	history := must[[]MetadataChange](t)(s.MetadataHistory(t.Context(), annotations.Asker{}, "a"))
	for i := range history {
		if history[i].At == 0 {
			t.Error("an entry has no time")
		}
		history[i].At, history[i].Number = 0, 0
	}
	none := []string{}
	want := []MetadataChange{
		{Deed: DeedRestore, Who: edith.User, Changes: []FieldChange{
			{"title", []string{"Other"}, []string{"Agreement"}}, {"parties", []string{"FRA", "SUN"}, none},
		}},
		{Deed: DeedEdit, Who: edith.User, Changes: []FieldChange{
			{"title", []string{"Agreement"}, []string{"Other"}}, {"parties", none, []string{"FRA", "SUN"}},
		}},
		{Deed: DeedImport, Changes: []FieldChange{
			{"title", none, []string{"Agreement"}}, {"kind", none, []string{index.Treaty}},
			{"organisation", none, []string{"Test Organisation"}}, {"signed", none, []string{"2001-11-23"}},
		}},
	}
	if diff := cmp.Diff(want, history); diff != "" {
		t.Errorf("the history (-want +got):\n%s", diff)
	}
	_, err := s.RestoreMetadata(t.Context(), edith.User, "a", 1000)
	wantError(t, err, ErrNotFound)
	_, err = s.MetadataHistory(t.Context(), annotations.Asker{}, "b")
	wantError(t, err, ErrNotFound)
}

// TestDigestStandsAside holds that a digest is a commentary from the day on
// which the text that it digests is here.
func TestDigestStandsAside(t *testing.T) {
	s := open(t)
	digest := agreement("digest-a", "Agreement (digest)")
	digest.Digest, digest.About = true, "a"
	put(t, s, Taken, digest, articles("digest-a", "en", "In short."))
	put(t, s, Taken, agreement("a", "Agreement"), articles("a", "en", "At length."))
	put(t, s, Unchanged, digest)
	digest.Kind = index.Commentary
	got := must[Metadata](t)(s.Metadata(t.Context(), annotations.Asker{}, "digest-a"))
	if diff := cmp.Diff(digest, got.Document); diff != "" {
		t.Errorf("the digest (-want +got):\n%s", diff)
	}
	if len(got.Edited) > 0 {
		t.Errorf("nobody edited %v", got.Edited)
	}
}

func TestCorrectLanguage(t *testing.T) {
	s := open(t)
	edith := join(t, s, "Edith", annotations.Editor)
	english, wrong := articles("a", "en", "Text."), articles("a", "fr", "Textus.", "Alter.")
	put(t, s, Taken, agreement("a", "Agreement"), english, wrong)
	n := must[annotations.Annotation](t)(s.CreateAnnotation(t.Context(), edith, NewAnnotation{Version: wrong.ID, Targets: []annotations.Target{{Start: 0, End: 9}}, Note: "n"}))
	id := must[string](t)(s.CorrectLanguage(t.Context(), edith.User, wrong.ID, "LA"))
	detail := must[DocumentDetail](t)(s.Document(t.Context(), edith, "a"))
	if diff := cmp.Diff([]string{"en", "la"}, detail.Languages); diff != "" {
		t.Errorf("the languages (-want +got):\n%s", diff)
	}
	changes := must[[]index.Change](t)(s.Changes(t.Context(), must[int64](t)(s.Mark(t.Context()))-1, nil, 100))
	if len(changes) != 1 || !slices.Equal(changes[0].Drop, []string{wrong.ID}) || len(changes[0].Passages) != 3 {
		t.Errorf("the index is told %+v", changes)
	}
	for _, p := range changes[0].Passages {
		if p.Version == wrong.ID || p.Superseded {
			t.Errorf("the index is told of %s in %s as superseded: %v", p.Provision, p.Version, p.Superseded)
		}
	}
	right := must[*index.Version](t)(s.Version(t.Context(), edith, id))
	if right.Language != "la" || right.Text != wrong.Text || right.ID == wrong.ID {
		t.Errorf("the corrected version is %+v", right)
	}
	for _, v := range detail.Versions {
		if v.ID == wrong.ID && (v.Current || v.Corrected != id) {
			t.Errorf("the wrong version is %+v", v)
		}
	}
	margin := must[[]Placed](t)(s.AnnotationsOf(t.Context(), edith, id))
	if len(margin) != 1 || margin[0].ID != n.ID || margin[0].Placement.State != annotations.Same {
		t.Errorf("the margin has %+v", margin)
	}
	late := must[annotations.Annotation](t)(s.CreateAnnotation(t.Context(), edith, NewAnnotation{Version: wrong.ID, Targets: []annotations.Target{{Start: 0, End: 7}}, Note: "late"}))
	put(t, s, Unchanged, agreement("a", "Agreement"), wrong)
	_, err := s.CorrectLanguage(t.Context(), edith.User, wrong.ID, "it")
	wantError(t, err, ErrConflict)
	_, err = s.CorrectLanguage(t.Context(), edith.User, id, "klingonese")
	wantError(t, err, ErrInvalid)
	_, err = s.CorrectLanguage(t.Context(), edith.User, "none", "it")
	wantError(t, err, ErrNotFound)
	back := must[string](t)(s.CorrectLanguage(t.Context(), edith.User, id, "fr"))
	if back != wrong.ID {
		t.Errorf("corrected back it is %s, want %s", back, wrong.ID)
	}
	margin = must[[]Placed](t)(s.AnnotationsOf(t.Context(), edith, back))
	if len(margin) != 2 {
		t.Errorf("the margin has %+v without %s", margin, late.ID)
	}
	into := must[string](t)(s.CorrectLanguage(t.Context(), edith.User, back, "en"))
	detail = must[DocumentDetail](t)(s.Document(t.Context(), edith, "a"))
	if diff := cmp.Diff([]string{"en"}, detail.Languages); diff != "" || detail.Versions[0].ID != into || !detail.Versions[0].Current {
		t.Errorf("the versions are %+v %s", detail.Versions, diff)
	}
	put(t, s, Added, agreement("a", "Agreement"), articles("a", "fr", "Texte."), articles("a", "en", "Newer."))
	history := must[[]MetadataChange](t)(s.MetadataHistory(t.Context(), edith, "a"))
	if h := history[0]; h.Deed != DeedLanguage || h.Was != "fr" || h.Became != "en" || h.Version != wrong.ID || len(h.Changes) != 0 {
		t.Errorf("the last entry is %+v", h)
	}
}
