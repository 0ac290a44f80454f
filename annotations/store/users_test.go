package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"glossator/annotations"
)

func TestUsers(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	anna := must[annotations.User](t)(s.CreateUser(ctx, "  Anna  Arendt ", password, annotations.Member))
	bert := must[annotations.User](t)(s.CreateUser(ctx, "bert", "pass word 10", annotations.Editor))
	if anna.Name != "Anna Arendt" || anna.Role != annotations.Member || anna.ID == "" || anna.Created == 0 {
		t.Errorf("made %+v", anna)
	}
	if diff := cmp.Diff([]annotations.User{anna, bert}, must[[]annotations.User](t)(s.Users(ctx))); diff != "" {
		t.Errorf("users (-want +got):\n%s", diff)
	}
	if got := must[annotations.User](t)(s.User(ctx, bert.ID)); got != bert {
		t.Errorf("read %+v", got)
	}
	_, err := s.User(ctx, "x")
	wantError(t, err, ErrNotFound)
	for _, test := range []struct {
		name, password, role string
		kind                 error
	}{
		{"ANNA arendt", password, annotations.Member, ErrConflict},
		{" ", password, annotations.Member, ErrInvalid},
		{"a\x00b", password, annotations.Member, ErrInvalid},
		{strings.Repeat("x", 101), password, annotations.Member, ErrInvalid},
		{"Carl", "ninechars", annotations.Member, ErrInvalid},
		{"Carl", strings.Repeat("x", 1001), annotations.Member, ErrInvalid},
		{"Carl", password, "king", ErrInvalid},
	} {
		_, err := s.CreateUser(ctx, test.name, test.password, test.role)
		wantError(t, err, test.kind)
	}
}

func TestSignIn(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	anna := must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Member))
	if got := must[annotations.User](t)(s.SignIn(ctx, " aNNa", password)); got != anna {
		t.Errorf("signed in as %+v", got)
	}
	var said []string
	for _, try := range [][2]string{{"Anna", "wrong password"}, {"Nobody", password}, {"Anna", ""}, {"Anna", strings.Repeat("x", 2000)}} {
		_, err := s.SignIn(ctx, try[0], try[1])
		wantError(t, err, ErrCredentials)
		said = append(said, err.Error())
	}
	if diff := cmp.Diff([]string{said[0], said[0], said[0], said[0]}, said); diff != "" {
		t.Errorf("the errors differ:\n%s", diff)
	}
	if err := s.SetPassword(ctx, "ANNA", "another password"); err != nil {
		t.Fatal(err)
	}
	_, err := s.SignIn(ctx, "Anna", password)
	wantError(t, err, ErrCredentials)
	must[annotations.User](t)(s.SignIn(ctx, "Anna", "another password"))
	wantError(t, s.SetPassword(ctx, "Nobody", password), ErrNotFound, "Nobody")
	wantError(t, s.SetPassword(ctx, "Anna", "short"), ErrInvalid, "10")
	var phc string
	if err := s.reader.QueryRow("SELECT password FROM users").Scan(&phc); err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the password is kept as %q, %v", phc, err)
	}
}

func TestHashingIsBounded(t *testing.T) {
	s := open(t)
	for range hashesAtOnce {
		s.hashing <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.CreateUser(ctx, "Anna", password, annotations.Member); !errors.Is(err, context.Canceled) {
		t.Errorf("hashing without its turn: %v", err)
	}
}

func TestDecoyHasNoPassword(t *testing.T) {
	s := open(t)
	if right, err := s.verifyPassword(t.Context(), decoy, ""); right || err != nil {
		t.Errorf("the decoy: %v, %v", right, err)
	}
	if _, err := s.verifyPassword(t.Context(), "$argon2id$v=19$m=x", password); err == nil {
		t.Error("a damaged password was compared")
	}
}

func TestFirstUser(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	old, needed, err := s.SetupToken(ctx)
	if err != nil || !needed || old == "" {
		t.Fatalf("setup token %q, %v, %v", old, needed, err)
	}
	token, _, err := s.SetupToken(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", "x", old} {
		_, err := s.CreateFirstUser(ctx, wrong, "Anna", password)
		wantError(t, err, ErrForbidden)
	}
	_, err = s.CreateFirstUser(ctx, token, "Anna", "short")
	wantError(t, err, ErrInvalid)
	if needed := must[bool](t)(s.NeedsSetup(ctx)); !needed {
		t.Error("an account is there already")
	}
	anna := must[annotations.User](t)(s.CreateFirstUser(ctx, token, "Anna", password))
	if anna.Role != annotations.Administrator {
		t.Errorf("the first user is %+v", anna)
	}
	_, err = s.CreateFirstUser(ctx, token, "Bert", password)
	wantError(t, err, ErrConflict)
	if token, needed, err := s.SetupToken(ctx); err != nil || needed || token != "" {
		t.Errorf("with a user: %q, %v, %v", token, needed, err)
	}
	if needed := must[bool](t)(s.NeedsSetup(ctx)); needed {
		t.Error("no account is there")
	}
}

func TestSessions(t *testing.T) {
	s := open(t)
	sessions := s.Sessions()
	later := time.Now().Add(time.Hour)
	for token, expiry := range map[string]time.Time{"good": later, "other": later, "expired": time.Now().Add(-time.Second)} {
		if err := sessions.Commit(token, []byte("data of "+token), expiry); err != nil {
			t.Fatal(err)
		}
	}
	if err := sessions.Commit("good", []byte("new data"), later); err != nil {
		t.Fatal(err)
	}
	if n := number(t, s, "SELECT COUNT(*) FROM sessions"); n != 2 {
		t.Errorf("%d sessions are kept; want the two that have not expired", n)
	}
	for range 2 {
		if err := sessions.Delete("other"); err != nil {
			t.Fatal(err)
		}
	}
	for token, want := range map[string]string{"good": "new data", "other": "", "expired": "", "unknown": ""} {
		data, found, err := sessions.Find(token)
		if err != nil || string(data) != want || found != (want != "") {
			t.Errorf("%s: %q, %v, %v; want %q", token, data, found, err, want)
		}
	}
	var rows int
	if err := s.reader.QueryRow("SELECT COUNT(*) FROM sessions WHERE hash = ?", hash("good")).Scan(&rows); err != nil || rows != 1 {
		t.Errorf("%d sessions by the hash of the token, %v", rows, err)
	}
	if err := s.reader.QueryRow("SELECT COUNT(*) FROM sessions").Scan(&rows); err != nil || rows != 1 {
		t.Errorf("%d sessions are kept, %v", rows, err)
	}
}

func TestTokens(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	anna, bert := join(t, s, "Anna", annotations.Member), join(t, s, "Bert", annotations.Member)
	token := must[string](t)(s.CreateToken(ctx, anna, " script "))
	if !strings.HasPrefix(token, TokenPrefix) {
		t.Errorf("token %q", token)
	}
	if user := must[annotations.User](t)(s.TokenUser(ctx, token)); user.ID != anna.User {
		t.Errorf("the token acts as %+v", user)
	}
	tokens := must[[]Token](t)(s.Tokens(ctx, anna))
	if len(tokens) != 1 || tokens[0].Name != "script" || tokens[0].Revoked != 0 {
		t.Errorf("tokens %+v", tokens)
	}
	wantError(t, s.RevokeToken(ctx, bert, tokens[0].ID), ErrNotFound)
	if err := s.RevokeToken(ctx, anna, tokens[0].ID); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{token, "", "glo_x"} {
		_, err := s.TokenUser(ctx, bad)
		wantError(t, err, ErrNotFound)
	}
	_, err := s.CreateToken(ctx, annotations.Asker{}, "script")
	wantError(t, err, ErrForbidden)
	_, err = s.CreateToken(ctx, anna, " ")
	wantError(t, err, ErrInvalid)
}
