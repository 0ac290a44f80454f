package store

import (
	"testing"

	"glossator/annotations"
)

func TestPeople(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna, bert := join(t, s, "Anna", annotations.Administrator), join(t, s, "Bert", annotations.Member)
	if err := s.SetSiteRole(ctx, anna, bert.User, annotations.Editor); err != nil {
		t.Fatal(err)
	}
	people := must[[]Person](t)(s.People(ctx, anna))
	if len(people) != 2 || people[1].Name != "Bert" || people[1].Role != annotations.Editor || people[1].Disabled != 0 {
		t.Errorf("people %+v", people)
	}
	wantError(t, s.SetSiteRole(ctx, anna, bert.User, "king"), ErrInvalid)
	wantError(t, s.SetSiteRole(ctx, anna, "x", annotations.Editor), ErrNotFound)
	wantError(t, s.SetSiteRole(ctx, anna, anna.User, annotations.Member), ErrConflict, "left")
	wantError(t, s.Disable(ctx, anna, anna.User), ErrConflict, "left")
	wantError(t, s.Disable(ctx, anna, "x"), ErrNotFound)
	for _, other := range []annotations.Asker{{}, bert, anna.Within(annotations.ScopeAnnotate)} {
		_, err := s.People(ctx, other)
		wantError(t, err, ErrForbidden)
		_, err = s.Entries(ctx, other)
		wantError(t, err, ErrForbidden)
		_, _, err = s.InvitePerson(ctx, other, annotations.Member, 1, "")
		wantError(t, err, ErrForbidden)
		_, _, err = s.ResetLink(ctx, other, anna.User, 1)
		wantError(t, err, ErrForbidden)
		wantError(t, s.SetSiteRole(ctx, other, bert.User, annotations.Administrator), ErrForbidden)
		wantError(t, s.Disable(ctx, other, anna.User), ErrForbidden)
		wantError(t, s.Enable(ctx, other, anna.User), ErrForbidden)
		wantError(t, s.RevokeEntry(ctx, other, "x"), ErrForbidden)
	}
}

func TestDisabled(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna := join(t, s, "Anna", annotations.Administrator)
	user := must[annotations.User](t)(s.CreateUser(ctx, "Bert", password, annotations.Member))
	cookie, bert := beginSession(t, s, user, "")
	_, secret, err := s.CreateToken(ctx, bert, "script", annotations.ScopeRead, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Disable(ctx, anna, user.ID); err != nil {
		t.Fatal(err)
	}
	_, _, err = s.SessionUser(ctx, cookie, "")
	wantError(t, err, ErrNotFound)
	_, _, err = s.TokenUser(ctx, secret)
	wantError(t, err, ErrNotFound)
	_, err = s.SignIn(ctx, "Bert", password, "")
	wantError(t, err, ErrCredentials)
	if err := s.Enable(ctx, anna, user.ID); err != nil {
		t.Fatal(err)
	}
	must[annotations.User](t)(s.SignIn(ctx, "Bert", password, ""))
	if _, _, err := s.TokenUser(ctx, secret); err != nil {
		t.Errorf("the token of an account that is enabled again: %v", err)
	}
}

func TestEntries(t *testing.T) {
	s, ctx := open(t), t.Context()
	anna := join(t, s, "Anna", annotations.Administrator)
	invite := func() (Entry, string) {
		e, token, err := s.InvitePerson(ctx, anna, annotations.Editor, 14, "")
		if err != nil {
			t.Fatal(err)
		}
		return e, token
	}
	_, token := invite()
	_, err := s.Enter(ctx, token, "Bert", "short", "")
	wantError(t, err, ErrInvalid)
	_, err = s.Enter(ctx, token, "anna", password, "")
	wantError(t, err, ErrConflict)
	bert := must[annotations.User](t)(s.Enter(ctx, token, "Bert", password, "192.0.2.7"))
	if bert.Role != annotations.Editor || bert.Name != "Bert" {
		t.Errorf("made %+v", bert)
	}
	_, err = s.Enter(ctx, token, "Carl", password, "")
	wantError(t, err, ErrNotFound)

	revoked, gone := invite()
	if err := s.RevokeEntry(ctx, anna, revoked.ID); err != nil {
		t.Fatal(err)
	}
	wantError(t, s.RevokeEntry(ctx, anna, revoked.ID), ErrNotFound)
	late, expired := invite()
	if _, err := s.writer.Exec("UPDATE entries SET expires = 1 WHERE id = ?", late.ID); err != nil {
		t.Fatal(err)
	}
	_, replaced, err := s.ResetLink(ctx, anna, bert.ID, 2)
	if err != nil {
		t.Fatal(err)
	}
	_, reset, err := s.ResetLink(ctx, anna, bert.ID, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{gone, expired, replaced, "", "x", hash(reset)} {
		_, err := s.Entry(ctx, bad)
		wantError(t, err, ErrNotFound)
		_, err = s.Enter(ctx, bad, "Carl", password, "")
		wantError(t, err, ErrNotFound)
	}
	if open := must[[]Entry](t)(s.Entries(ctx, anna)); len(open) != 1 || open[0].Name != "Bert" || open[0].Creator != "Anna" || open[0].Role != "" {
		t.Errorf("links %+v", open)
	}
	cookie, _ := beginSession(t, s, bert, "")
	must[annotations.User](t)(s.SignIn(ctx, "Bert", password, ""))
	if got := must[annotations.User](t)(s.Enter(ctx, reset, "", "another password", "")); got != bert {
		t.Errorf("reset the password of %+v", got)
	}
	_, _, err = s.SessionUser(ctx, cookie, "")
	wantError(t, err, ErrNotFound)
	_, err = s.SignIn(ctx, "Bert", password, "")
	wantError(t, err, ErrCredentials)
	must[annotations.User](t)(s.SignIn(ctx, "Bert", "another password", ""))
	_, _, err = s.ResetLink(ctx, anna, "x", 2)
	wantError(t, err, ErrNotFound)
	_, _, err = s.InvitePerson(ctx, anna, "king", 2, "")
	wantError(t, err, ErrInvalid)
	_, _, err = s.InvitePerson(ctx, anna, annotations.Member, 0, "")
	wantError(t, err, ErrInvalid)
}
