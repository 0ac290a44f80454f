package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/annotations"
)

// beginSession signs in a user and returns the token and the asker of the session.
func beginSession(t *testing.T, s *Store, user annotations.User, old string) (string, annotations.Asker) {
	t.Helper()
	token, _, err := s.BeginSession(t.Context(), user, "by password", old, "Lantern/1.0", "192.0.2.7")
	if err != nil {
		t.Fatal(err)
	}
	_, id, err := s.SessionUser(t.Context(), token, "192.0.2.7")
	if err != nil {
		t.Fatal(err)
	}
	return token, annotations.Asker{User: user.ID, Role: user.Role, Session: id, Address: "192.0.2.7"}
}

func TestSessions(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna := must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Member))
	bert := must[annotations.User](t)(s.CreateUser(ctx, "Bert", password, annotations.Member))
	first, _ := beginSession(t, s, anna, "")
	second, here := beginSession(t, s, anna, first)
	other, _ := beginSession(t, s, anna, "")
	berts, elsewhere := beginSession(t, s, bert, "")
	good := func(token string) bool {
		user, _, err := s.SessionUser(ctx, token, "192.0.2.7")
		return err == nil && user.ID != ""
	}
	if good(first) || !good(second) || !good(other) || good("") || good(hash(second)) {
		t.Error("after signing in again: the old session is good, or one of the new is not")
	}
	sessions := must[[]Session](t)(s.OwnSessions(ctx, here))
	want := []Session{{Device: "Lantern/1.0", Address: "192.0.2.7", Current: true}, {Device: "Lantern/1.0", Address: "192.0.2.7"}}
	if diff := cmp.Diff(want, sessions, cmpopts.IgnoreFields(Session{}, "ID", "Created", "Used", "Expires"),
		cmpopts.SortSlices(func(a, _ Session) bool { return a.Current })); diff != "" {
		t.Errorf("sessions (-want +got):\n%s", diff)
	}
	wantError(t, s.EndSession(ctx, elsewhere, here.Session), ErrNotFound)
	if err := s.EndOtherSessions(ctx, here); err != nil {
		t.Fatal(err)
	}
	if good(other) || !good(second) || !good(berts) {
		t.Error("ending the others: one is left, or too many have ended")
	}
	if err := s.EndSession(ctx, here, here.Session); err != nil || good(second) {
		t.Errorf("the session has not ended: %v", err)
	}
	if _, err := s.writer.Exec("UPDATE sessions SET expires = 1"); err != nil {
		t.Fatal(err)
	}
	if good(berts) {
		t.Error("a session is good after it has expired")
	}
}

func TestUseIsNoted(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna := must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Member))
	token, here := beginSession(t, s, anna, "")
	if _, err := s.writer.Exec("UPDATE sessions SET used = 1"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.SessionUser(ctx, token, "192.0.2.9"); err != nil {
		t.Fatal(err)
	}
	if one := must[[]Session](t)(s.OwnSessions(ctx, here))[0]; one.Used == 1 || one.Address != "192.0.2.9" {
		t.Errorf("after it was used: %+v", one)
	}
}

func TestChangePassword(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna := must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Member))
	kept, here := beginSession(t, s, anna, "")
	ended, _ := beginSession(t, s, anna, "")
	wantError(t, s.ChangePassword(ctx, here, "not the password", "another password"), ErrForbidden)
	wantError(t, s.ChangePassword(ctx, here, password, "short"), ErrInvalid)
	if err := s.ChangePassword(ctx, here, password, "another password"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.SessionUser(ctx, kept, ""); err != nil {
		t.Errorf("the session in which the password was changed: %v", err)
	}
	_, _, err := s.SessionUser(ctx, ended, "")
	wantError(t, err, ErrNotFound)
	must[annotations.User](t)(s.SignIn(ctx, "Anna", "another password", ""))
}

func TestTokens(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna, bert := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Member)
	made, secret, err := s.CreateToken(ctx, anna, " script ", annotations.ScopeRead, 30)
	if err != nil || !strings.HasPrefix(secret, TokenPrefix) || made.Expires-made.Created != 30*24*3600*1000 {
		t.Fatalf("made %+v, %q, %v", made, secret, err)
	}
	user, token, err := s.TokenUser(ctx, secret)
	if err != nil || user.ID != anna.User || token.Scope != annotations.ScopeRead {
		t.Errorf("the token acts as %+v, %+v, %v", user, token, err)
	}
	tokens := must[[]Token](t)(s.Tokens(ctx, anna))
	if len(tokens) != 1 || tokens[0].Name != "script" || tokens[0].Revoked != 0 || tokens[0].Used == 0 {
		t.Errorf("tokens %+v", tokens)
	}
	wantError(t, s.RevokeToken(ctx, bert, made.ID), ErrNotFound)
	if err := s.RevokeToken(ctx, anna, made.ID); err != nil {
		t.Fatal(err)
	}
	_, expired, err := s.CreateToken(ctx, anna, "old", annotations.ScopeEverything, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.writer.Exec("UPDATE tokens SET expires = 1 WHERE name = 'old'"); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{secret, expired, "", "glo_x"} {
		_, _, err := s.TokenUser(ctx, bad)
		wantError(t, err, ErrNotFound)
	}
	for _, bad := range []struct {
		asker       annotations.Asker
		name, scope string
		days        int
		kind        error
	}{
		{annotations.Asker{}, "script", annotations.ScopeRead, 1, ErrForbidden},
		{anna, " ", annotations.ScopeRead, 1, ErrInvalid},
		{anna, strings.Repeat("x", 201), annotations.ScopeRead, 1, ErrInvalid},
		{anna, "script", "all", 1, ErrInvalid},
		{anna, "script", annotations.ScopeRead, -1, ErrInvalid},
		{anna, "script", annotations.ScopeRead, 100_000, ErrInvalid},
	} {
		_, _, err := s.CreateToken(ctx, bad.asker, bad.name, bad.scope, bad.days)
		wantError(t, err, bad.kind)
	}
}

func TestSharesExpire(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna := join(t, s, "Anna", annotations.Member)
	search := must[annotations.SavedSearch](t)(s.CreateSavedSearch(ctx, anna, "Lanterns", "", "q=lantern"))
	_, token, err := s.CreateShare(ctx, anna, search.ID, 7)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.SharedSearch(ctx, token); err != nil {
		t.Errorf("before it expires: %v", err)
	}
	if _, err := s.writer.Exec("UPDATE shares SET expires = 1"); err != nil {
		t.Fatal(err)
	}
	_, _, err = s.SharedSearch(ctx, token)
	wantError(t, err, ErrNotFound)
	_, _, err = s.CreateShare(ctx, anna, search.ID, -1)
	wantError(t, err, ErrInvalid)
}

// Everything that matters is in the audit log, and nothing secret.
func TestAudit(t *testing.T) {
	s, ctx := open(t), t.Context()
	user := must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Administrator))
	_, failed := s.SignIn(ctx, "Anna", "my secret passphrase", "192.0.2.8")
	wantError(t, failed, ErrCredentials)
	_, failed = s.SignIn(ctx, "a passphrase for a name", "x", "192.0.2.8")
	wantError(t, failed, ErrCredentials)
	cookie, anna := beginSession(t, s, user, "")
	made, secret, err := s.CreateToken(ctx, anna, "nightly", annotations.ScopeRead, 1)
	if err != nil {
		t.Fatal(err)
	}
	search := must[annotations.SavedSearch](t)(s.CreateSavedSearch(ctx, anna, "Lanterns", "", "q=lantern"))
	share, link, err := s.CreateShare(ctx, anna, search.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range []func(context.Context) error{
		func(ctx context.Context) error { return s.RecordExport(ctx, anna, "/api/annotations") },
		func(ctx context.Context) error { return s.RevokeShare(ctx, anna, search.ID, share.ID) },
		func(ctx context.Context) error { return s.DeleteSavedSearch(ctx, anna, search.ID) },
		func(ctx context.Context) error { return s.RevokeToken(ctx, anna, made.ID) },
		func(ctx context.Context) error { return s.ChangePassword(ctx, anna, password, "another password") },
		func(ctx context.Context) error { return s.EndSession(ctx, anna, anna.Session) },
	} {
		if err := do(ctx); err != nil {
			t.Fatal(err)
		}
	}
	const at = "192.0.2.7"
	want := []AuditEntry{
		{Deed: didSignOut, Who: "Anna", Address: at},
		{Deed: didChangePassword, Who: "Anna", Address: at, Subject: "Anna"},
		{Deed: didRevokeToken, Who: "Anna", Address: at, Subject: made.ID},
		{Deed: didDeleteSearch, Who: "Anna", Address: at, Subject: search.ID},
		{Deed: didUnshare, Who: "Anna", Address: at, Subject: share.ID, Detail: "to the saved search " + search.ID},
		{Deed: didExport, Who: "Anna", Address: at, Detail: "/api/annotations"},
		{Deed: didShare, Who: "Anna", Address: at, Subject: share.ID, Detail: "to the saved search " + search.ID},
		{Deed: didMakeToken, Who: "Anna", Address: at, Subject: made.ID, Detail: "scope read"},
		{Deed: didSignIn, Who: "Anna", Address: at, Detail: "by password"},
		{Deed: didFailToSignIn, Address: "192.0.2.8"},
		{Deed: didFailToSignIn, Address: "192.0.2.8", Subject: "Anna"},
		{Deed: didMakeAccount, Subject: "Anna", Detail: "administrator"},
	}
	entries := must[[]AuditEntry](t)(s.Audit(ctx, anna, AuditFilter{}, 100))
	if diff := cmp.Diff(want, entries, cmpopts.IgnoreFields(AuditEntry{}, "Number", "At")); diff != "" {
		t.Errorf("the audit log (-want +got):\n%s", diff)
	}
	for _, e := range entries {
		for _, word := range []string{"passphrase", "lantern", "Lanterns", cookie, secret, link} {
			if strings.Contains(e.Who+e.Subject+e.Detail, word) {
				t.Errorf("the audit log tells %q: %+v", word, e)
			}
		}
	}
	if got := must[[]AuditEntry](t)(s.Audit(ctx, anna, AuditFilter{Before: entries[8].Number, Deed: didFailToSignIn}, 1)); len(got) != 1 || got[0] != entries[9] {
		t.Errorf("filtered: %+v", got)
	}
	if got := must[[]AuditEntry](t)(s.Audit(ctx, anna, AuditFilter{Who: "anna"}, 100)); len(got) != 9 {
		t.Errorf("%d entries by Anna, want 9", len(got))
	}
	_, err = s.Audit(ctx, join(t, s, "Edith", annotations.Editor), AuditFilter{}, 1)
	wantError(t, err, ErrForbidden)
	_, err = s.Audit(ctx, anna.Within(annotations.ScopeRead), AuditFilter{}, 1)
	wantError(t, err, ErrForbidden)
}

// Old entries of the audit log go, what is left keeps its numbers, and the log
// tells of it once.
func TestShortenAudit(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna := annotations.Asker{Role: annotations.Administrator}
	for _, what := range []string{"/api/annotations", "/api/codebook", "/api/audit/export"} {
		if err := s.RecordExport(ctx, anna, what); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.writer.ExecContext(ctx, "UPDATE audit SET at = 1000 WHERE number < 3"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.ShortenAudit(ctx, time.UnixMilli(2000)); err != nil {
			t.Fatal(err)
		}
	}
	want := []AuditEntry{
		{Number: 4, Deed: didShorten, Detail: "2 entries from before 1970-01-01 removed"},
		{Number: 3, Deed: didExport, Detail: "/api/audit/export"},
	}
	if diff := cmp.Diff(want, must[[]AuditEntry](t)(s.Audit(ctx, anna, AuditFilter{}, 10)), cmpopts.IgnoreFields(AuditEntry{}, "At")); diff != "" {
		t.Errorf("the audit log (-want +got):\n%s", diff)
	}
}
