package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

func save(t *testing.T, s *Store, asker annotations.Asker, name, address string) annotations.SavedSearch {
	t.Helper()
	return must[annotations.SavedSearch](t)(s.CreateSavedSearch(t.Context(), asker, name, "", address))
}

func TestSavedSearches(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	put(t, s, Taken, agreement("a", "Agreement"), articles("a", "en", "One rule."))
	anna, bert := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Administrator)
	saved := must[annotations.SavedSearch](t)(s.CreateSavedSearch(ctx, anna, " Morals ", " why ", "?q=moral"))
	want := annotations.SavedSearch{
		ID: saved.ID, Name: "Morals", Description: "why", Address: "q=moral", Owner: anna.User,
		Created: saved.Created, Modified: saved.Modified, Seen: 1,
	}
	if diff := cmp.Diff(want, saved); diff != "" || saved.Created == 0 {
		t.Errorf("saved (-want +got):\n%s", diff)
	}
	if got := must[annotations.SavedSearch](t)(s.SavedSearch(ctx, anna, saved.ID)); got != want {
		t.Errorf("read %+v", got)
	}
	if got := must[[]annotations.SavedSearch](t)(s.SavedSearches(ctx, anna)); len(got) != 1 || got[0] != want {
		t.Errorf("listed %+v", got)
	}
	for _, asker := range []annotations.Asker{bert, {}} {
		if got := must[[]annotations.SavedSearch](t)(s.SavedSearches(ctx, asker)); len(got) != 0 {
			t.Errorf("%v sees %+v", asker, got)
		}
		_, err := s.SavedSearch(ctx, asker, saved.ID)
		wantError(t, err, ErrNotFound)
		_, err = s.UpdateSavedSearch(ctx, asker, saved.ID, "Mine", "", "")
		wantError(t, err, ErrNotFound)
		wantError(t, s.DeleteSavedSearch(ctx, asker, saved.ID), ErrNotFound)
		_, _, err = s.CreateShare(ctx, asker, saved.ID, 0)
		wantError(t, err, ErrNotFound)
		_, err = s.Shares(ctx, asker, saved.ID)
		wantError(t, err, ErrNotFound)
	}
	changed := must[annotations.SavedSearch](t)(s.UpdateSavedSearch(ctx, anna, saved.ID, "Morality", "", "q=moral"))
	if changed.Name != "Morality" || changed.Description != "" || changed.Created != saved.Created {
		t.Errorf("changed to %+v", changed)
	}
	for _, bad := range [][2]string{{"", "q=x"}, {strings.Repeat("x", 201), "q=x"}, {"x", strings.Repeat("x", 20001)}} {
		_, err := s.CreateSavedSearch(ctx, anna, bad[0], "", bad[1])
		wantError(t, err, ErrInvalid)
	}
	_, err := s.CreateSavedSearch(ctx, annotations.Asker{}, "x", "", "q=x")
	wantError(t, err, ErrForbidden)
	if err := s.DeleteSavedSearch(ctx, anna, saved.ID); err != nil {
		t.Fatal(err)
	}
	wantError(t, s.DeleteSavedSearch(ctx, anna, saved.ID), ErrNotFound)
}

func TestShares(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	anna := join(t, s, "Anna", annotations.Member)
	saved, other := save(t, s, anna, "Morals", "q=moral"), save(t, s, anna, "Others", "q=other")
	share, token, err := s.CreateShare(ctx, anna, saved.ID, 0)
	if err != nil || len(token) < 22 || share.Search != saved.ID || share.Revoked != 0 {
		t.Fatalf("shared %+v, %q, %v", share, token, err)
	}
	got, owner, err := s.SharedSearch(ctx, token)
	if err != nil || got != saved || owner != "Anna" {
		t.Errorf("the link leads to %+v of %q, %v", got, owner, err)
	}
	if watched := must[[]annotations.SavedSearch](t)(s.WatchedSearches(ctx)); len(watched) != 1 || watched[0] != saved {
		t.Errorf("watched: %+v", watched)
	}
	wantError(t, s.RevokeShare(ctx, anna, other.ID, share.ID), ErrNotFound)
	for range 2 {
		if err := s.RevokeShare(ctx, anna, saved.ID, share.ID); err != nil {
			t.Fatal(err)
		}
	}
	for _, bad := range []string{token, "", share.ID} {
		_, _, err := s.SharedSearch(ctx, bad)
		wantError(t, err, ErrNotFound)
	}
	if shares := must[[]annotations.Share](t)(s.Shares(ctx, anna, saved.ID)); len(shares) != 1 || shares[0].Revoked == 0 {
		t.Errorf("shares: %+v", shares)
	}
	if watched := must[[]annotations.SavedSearch](t)(s.WatchedSearches(ctx)); len(watched) != 0 {
		t.Errorf("watched: %+v", watched)
	}
	if err := s.DeleteSavedSearch(ctx, anna, saved.ID); err != nil {
		t.Errorf("deleting a search with links: %v", err)
	}
}

func TestSight(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	anna := join(t, s, "Anna", annotations.Member)
	saved := save(t, s, anna, "Morals", "q=moral")
	sight := func(search annotations.SavedSearch, seen int64, provisions ...string) {
		t.Helper()
		var found []annotations.Sighting
		for i, provision := range provisions {
			found = append(found, annotations.Sighting{Search: search.ID, Document: "d", Version: "v", Provision: provision, Number: seen - int64(i)})
		}
		if err := s.Sight(ctx, search, seen, found); err != nil {
			t.Fatal(err)
		}
	}
	want := func(seen int64, provisions string) {
		t.Helper()
		var got []string
		for _, f := range must[[]annotations.Sighting](t)(s.Sightings(ctx, saved.ID, 10)) {
			got = append(got, f.Provision)
		}
		search := must[annotations.SavedSearch](t)(s.SavedSearch(ctx, anna, saved.ID))
		if search.Seen != seen || strings.Join(got, " ") != provisions {
			t.Errorf("seen %d, found %q; want %d, %q", search.Seen, got, seen, provisions)
		}
	}
	sight(saved, 5, "art1", "art2")
	want(5, "art1 art2")
	sight(saved, 6, "art3") // another watcher had read the search before
	want(5, "art1 art2")
	saved.Seen = 5
	sight(saved, 9, "art2", "art4")
	want(9, "art4 art1 art2")
	if got := must[[]annotations.Sighting](t)(s.Sightings(ctx, saved.ID, 1)); len(got) != 1 || got[0].Provision != "art4" || got[0].Number != 8 || got[0].Seen == 0 {
		t.Errorf("the newest: %+v", got)
	}
	saved.Seen = 9
	must[annotations.SavedSearch](t)(s.UpdateSavedSearch(ctx, anna, saved.ID, "Others", "", "q=other"))
	want(0, "")
	sight(saved, 12, "art5") // what the old address finds
	want(0, "")
}
