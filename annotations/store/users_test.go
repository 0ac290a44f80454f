package store

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

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
	if got := must[annotations.User](t)(s.SignIn(ctx, " aNNa", password, "")); got != anna {
		t.Errorf("signed in as %+v", got)
	}
	var said []string
	for _, try := range [][2]string{{"Anna", "wrong password"}, {"Nobody", password}, {"Anna", ""}, {"Anna", strings.Repeat("x", 2000)}} {
		_, err := s.SignIn(ctx, try[0], try[1], "192.0.2.7")
		wantError(t, err, ErrCredentials)
		said = append(said, err.Error())
	}
	if diff := cmp.Diff([]string{said[0], said[0], said[0], said[0]}, said); diff != "" {
		t.Errorf("the errors differ:\n%s", diff)
	}
	if err := s.SetPassword(ctx, "ANNA", "another password"); err != nil {
		t.Fatal(err)
	}
	_, err := s.SignIn(ctx, "Anna", password, "")
	wantError(t, err, ErrCredentials)
	must[annotations.User](t)(s.SignIn(ctx, "Anna", "another password", ""))
	wantError(t, s.SetPassword(ctx, "Nobody", password), ErrNotFound, "Nobody")
	wantError(t, s.SetPassword(ctx, "Anna", "short"), ErrInvalid, "10")
	var phc string
	if err := s.reader.QueryRow("SELECT password FROM users").Scan(&phc); err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=65536,t=3,p=4$") {
		t.Errorf("the password is kept as %q, %v", phc, err)
	}
}

// A password hashed with the parameters of before is hashed anew when its owner
// signs in, and is the same password.
func TestOldHashesAreRenewed(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Member))
	salt := []byte("sixteen bytes...")
	key := must[[]byte](t)(s.argon(ctx, password, salt, 1, 8*1024, 1, keyLength))
	encode := base64.RawStdEncoding.EncodeToString
	old := "$argon2id$v=19$m=8192,t=1,p=1$" + encode(salt) + "$" + encode(key)
	if _, err := s.writer.Exec("UPDATE users SET password = ?", old); err != nil {
		t.Fatal(err)
	}
	_, err := s.SignIn(ctx, "Anna", "a wrong password", "")
	wantError(t, err, ErrCredentials)
	for range 2 {
		must[annotations.User](t)(s.SignIn(ctx, "Anna", password, ""))
	}
	var now string
	if err := s.reader.QueryRow("SELECT password FROM users").Scan(&now); err != nil || !strings.HasPrefix(now, hashedNow) {
		t.Errorf("the password is kept as %q, %v", now, err)
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
