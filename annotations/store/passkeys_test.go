package store

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"glossator/annotations"
)

// keyOf is a credential with an id, as an authenticator that counts makes it.
func keyOf(id string) Credential {
	return Credential{ID: []byte(id), PublicKey: []byte("a key"), SignCount: 1, Flags: 1 | 1<<2, Transports: []string{"usb", "nfc"}}
}

// audited returns the deeds and details of the newest entries of the audit log.
func audited(t *testing.T, s *Store, n int) []string {
	t.Helper()
	entries, err := s.Audit(t.Context(), annotations.Asker{User: "x", Role: annotations.Administrator}, AuditFilter{}, n)
	if err != nil {
		t.Fatal(err)
	}
	said := []string{}
	for _, e := range entries {
		said = append(said, strings.TrimSuffix(fmt.Sprintf("%s: %s", e.Deed, e.Detail), ": "))
	}
	return said
}

func TestPasskeys(t *testing.T) {
	s, ctx := open(t), t.Context()
	user := must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Administrator))
	_, anna := beginSession(t, s, user, "")
	_, bert := beginSession(t, s, must[annotations.User](t)(s.CreateUser(ctx, "Bert", password, annotations.Member)), "")

	handle := must[[]byte](t)(s.Handle(ctx, anna))
	if again := must[[]byte](t)(s.Handle(ctx, anna)); len(handle) != handleLength || string(again) != string(handle) {
		t.Errorf("the handle %x became %x", handle, again)
	}
	if other := must[[]byte](t)(s.Handle(ctx, bert)); string(other) == string(handle) {
		t.Error("two users have one handle")
	}
	lamp := must[Passkey](t)(s.AddPasskey(ctx, anna, keyOf("lamp"), "  Lamp on\tthe pier "))
	synced := keyOf("phone")
	synced.Flags |= backedUp
	phone := must[Passkey](t)(s.AddPasskey(ctx, anna, synced, "Phone"))
	if lamp.Name != "Lamp on the pier" || lamp.Synced || lamp.Used != 0 || !phone.Synced {
		t.Errorf("added %+v and %+v", lamp, phone)
	}
	byName := cmpopts.SortSlices(func(a, b Passkey) bool { return a.Name < b.Name })
	if diff := cmp.Diff([]Passkey{lamp, phone}, must[[]Passkey](t)(s.Passkeys(ctx, anna)), byName); diff != "" {
		t.Errorf("passkeys (-want +got):\n%s", diff)
	}
	byID := cmpopts.SortSlices(func(a, b Credential) bool { return string(a.ID) < string(b.ID) })
	if diff := cmp.Diff([]Credential{keyOf("lamp"), synced}, must[[]Credential](t)(s.Credentials(ctx, anna)), byID); diff != "" {
		t.Errorf("credentials (-want +got):\n%s", diff)
	}
	if people := must[[]Person](t)(s.People(ctx, anna)); people[0].Passkeys != 2 || people[1].Passkeys != 0 {
		t.Errorf("administrators see %+v", people)
	}

	for _, name := range []string{" ", strings.Repeat("x", 101), "a\x00b"} {
		_, err := s.AddPasskey(ctx, anna, keyOf("other"), name)
		wantError(t, err, ErrInvalid)
		wantError(t, s.RenamePasskey(ctx, anna, lamp.ID, name), ErrInvalid)
	}
	_, err := s.AddPasskey(ctx, bert, keyOf("lamp"), "Not mine")
	wantError(t, err, ErrConflict)
	_, err = s.AddPasskey(ctx, anna, Credential{}, "Nothing")
	wantError(t, err, ErrInvalid)
	wantError(t, s.RenamePasskey(ctx, bert, lamp.ID, "Mine"), ErrNotFound)
	wantError(t, s.RemovePasskey(ctx, bert, lamp.ID), ErrNotFound)
	if err := s.RenamePasskey(ctx, anna, lamp.ID, "Lantern"); err != nil {
		t.Fatal(err)
	}
	if err := s.RemovePasskey(ctx, anna, phone.ID); err != nil {
		t.Fatal(err)
	}
	if left := must[[]Passkey](t)(s.Passkeys(ctx, anna)); len(left) != 1 || left[0].Name != "Lantern" {
		t.Errorf("left are %+v", left)
	}
	if diff := cmp.Diff([]string{"passkey removed", "passkey added", "passkey added"}, audited(t, s, 3)); diff != "" {
		t.Errorf("the audit log (-want +got):\n%s", diff)
	}

	for i := 1; i < mostPasskeys; i++ {
		must[Passkey](t)(s.AddPasskey(ctx, anna, keyOf(fmt.Sprint("key ", i)), "One more"))
	}
	_, err = s.AddPasskey(ctx, anna, keyOf("one too many"), "One too many")
	wantError(t, err, ErrConflict, "remove one")
	_, err = s.Handle(ctx, anna)
	wantError(t, err, ErrConflict)
}

// Whoever finds a browser in which somebody signed in long ago can neither add a
// passkey nor remove one.
func TestPasskeysNeedConfirmation(t *testing.T) {
	s, ctx := open(t), t.Context()
	user := must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Member))
	_, anna := beginSession(t, s, user, "")
	lamp := must[Passkey](t)(s.AddPasskey(ctx, anna, keyOf("lamp"), "Lamp"))
	back := func(minutes int64) {
		if _, err := s.writer.Exec("UPDATE sessions SET created = created - ?, confirmed = confirmed - ?", minutes*60_000, minutes*60_000); err != nil {
			t.Fatal(err)
		}
	}
	refused := func(asker annotations.Asker) {
		t.Helper()
		_, err := s.Handle(ctx, asker)
		wantError(t, err, ErrUnconfirmed)
		wantError(t, s.RemovePasskey(ctx, asker, lamp.ID), ErrUnconfirmed)
	}
	byToken := annotations.Asker{User: anna.User, Role: anna.Role}
	refused(byToken)
	wantError(t, s.Confirm(ctx, byToken, password), ErrForbidden, "session")
	back(11)
	refused(anna)
	must[Passkey](t)(s.AddPasskey(ctx, anna, keyOf("begun in time"), "Begun in time"))
	back(5)
	_, err := s.AddPasskey(ctx, anna, keyOf("begun too late"), "Begun too late")
	wantError(t, err, ErrUnconfirmed)
	wantError(t, s.Confirm(ctx, anna, "not the password"), ErrForbidden)
	refused(anna)
	if err := s.Confirm(ctx, anna, password); err != nil {
		t.Fatal(err)
	}
	must[[]byte](t)(s.Handle(ctx, anna))
	if err := s.RemovePasskey(ctx, anna, lamp.ID); err != nil {
		t.Error(err)
	}
	back(11)
	refused(anna)
}

func TestSignInByPasskey(t *testing.T) {
	s, ctx := open(t), t.Context()
	admin := join(t, s, "Carl", annotations.Administrator)
	user := must[annotations.User](t)(s.CreateUser(ctx, "Anna", password, annotations.Member))
	_, anna := beginSession(t, s, user, "")
	_, bert := beginSession(t, s, must[annotations.User](t)(s.CreateUser(ctx, "Bert", password, annotations.Member)), "")
	annas, berts := must[[]byte](t)(s.Handle(ctx, anna)), must[[]byte](t)(s.Handle(ctx, bert))
	lamp := must[Passkey](t)(s.AddPasskey(ctx, anna, keyOf("lamp"), "Lamp"))
	uncounted := keyOf("phone")
	uncounted.SignCount = 0
	must[Passkey](t)(s.AddPasskey(ctx, anna, uncounted, "Phone"))

	found, credential, err := s.PasskeyUser(ctx, annas, []byte("lamp"))
	if err != nil || found != user || cmp.Diff(keyOf("lamp"), credential) != "" {
		t.Errorf("found %+v with %+v, %v", found, credential, err)
	}
	for _, wrong := range []struct{ handle, credential string }{
		{string(berts), "lamp"}, {string(annas), "torch"}, {"", "lamp"}, {"nobody", "lamp"},
	} {
		_, _, err := s.PasskeyUser(ctx, []byte(wrong.handle), []byte(wrong.credential))
		wantError(t, err, ErrNotFound)
	}

	signIn := func(id string, count uint32) error {
		c := keyOf(id)
		c.SignCount, c.Flags = count, c.Flags|backedUp
		got, err := s.SignInByPasskey(ctx, c, "192.0.2.7")
		if err == nil && got != user {
			t.Errorf("signed in as %+v", got)
		}
		return err
	}
	for range 2 {
		if err := signIn("phone", 0); err != nil {
			t.Errorf("a passkey that does not count: %v", err)
		}
	}
	if err := signIn("lamp", 5); err != nil {
		t.Fatal(err)
	}
	if got := must[[]Passkey](t)(s.Passkeys(ctx, anna)); got[0].Used == 0 || got[1].Used == 0 || !got[0].Synced {
		t.Errorf("after signing in %+v", got)
	}
	for _, count := range []uint32{5, 4, 0} {
		wantError(t, signIn("lamp", count), ErrCredentials)
		want := fmt.Sprintf("sign-in failed: by the passkey %s: its count was %d after 5, there may be a copy of it", lamp.ID, count)
		if got := audited(t, s, 1)[0]; got != want {
			t.Errorf("the audit log tells %q, want %q", got, want)
		}
	}
	if err := signIn("lamp", 6); err != nil {
		t.Errorf("the passkey itself, afterwards: %v", err)
	}
	wantError(t, signIn("torch", 1), ErrNotFound)

	if err := s.Disable(ctx, admin, user.ID); err != nil {
		t.Fatal(err)
	}
	_, _, err = s.PasskeyUser(ctx, annas, []byte("lamp"))
	wantError(t, err, ErrNotFound)
	wantError(t, signIn("lamp", 7), ErrNotFound)
	wantError(t, s.RefusePasskey(ctx, user.ID, "192.0.2.7", "by a passkey"), ErrCredentials)
	if got := audited(t, s, 1)[0]; got != "sign-in failed: by a passkey" {
		t.Errorf("the audit log tells %q", got)
	}
}

// TestOneWayInStays: who has no password keeps one way into their account.
func TestOneWayInStays(t *testing.T) {
	s, ctx := open(t), t.Context()
	user := must[Admitted](t)(s.Admit(ctx, Claimant{
		Issuer: "https://login.example", Subject: "1", Names: []string{"Anna"}, Welcome: true, Roles: map[string]bool{annotations.Administrator: true},
	}, "", "")).User
	_, anna := beginSession(t, s, user, "")
	identity := must[[]Identity](t)(s.Identities(ctx, anna))[0]
	wantError(t, s.Disconnect(ctx, anna, identity.ID), ErrConflict, "only way")
	lamp := must[Passkey](t)(s.AddPasskey(ctx, anna, keyOf("lamp"), "Lamp"))
	if err := s.Disconnect(ctx, anna, identity.ID); err != nil {
		t.Error(err)
	}
	wantError(t, s.RemovePasskey(ctx, anna, lamp.ID), ErrConflict, "only way")
	if left := must[[]Passkey](t)(s.Passkeys(ctx, anna)); len(left) != 1 {
		t.Errorf("left are %v", left)
	}
}
