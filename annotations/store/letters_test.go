package store

import (
	"strings"
	"testing"
	"time"

	"glossator/annotations"
)

// TestLetters: letters stay over a stop, tell tokens that stand nowhere in the
// database, and have nothing to say once what they are about is over.
func TestLetters(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	s := reopen(t, dir)
	user := must[annotations.User](t)(s.CreateUser(ctx, "Anna", "a long enough password", annotations.Administrator))
	_, anna := beginSession(t, s, user, "")
	compose := func() (Letter, Message) {
		t.Helper()
		l := must[Letter](t)(s.NextLetter(ctx))
		return l, must[Message](t)(s.Compose(ctx, l))
	}
	silent := func(why string) {
		t.Helper()
		l := must[Letter](t)(s.NextLetter(ctx))
		if _, err := s.Compose(ctx, l); err == nil {
			t.Errorf("there is something to say though %s", why)
		}
		if err := s.DropLetter(ctx, l); err != nil {
			t.Error(err)
		}
		_, err := s.NextLetter(ctx)
		wantError(t, err, ErrNotFound, "No letter waits")
	}

	if err := s.AskMail(ctx, anna, "anna@harbour.example"); err != nil {
		t.Fatal(err)
	}
	first, before := compose()
	if err := s.PostponeLetter(ctx, first, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, dir)
	if l := must[Letter](t)(s.NextLetter(ctx)); l.Kind != LetterMailbox || l.Tries != 1 || l.Due <= now() {
		t.Errorf("after a stop there waits %+v", l)
	}
	if err := s.HastenLetters(ctx); err != nil {
		t.Fatal(err)
	}
	l, after := compose()
	if l.Due > now() || after.To != "anna@harbour.example" || after.Token == before.Token {
		t.Errorf("%+v tells %+v, before %+v", l, after, before)
	}
	_, err := s.ShowMail(ctx, before.Token, "")
	wantError(t, err, ErrNotFound, "not good")
	must[string](t)(s.ShowMail(ctx, after.Token, ""))
	silent("the address is shown")

	if err := s.AskReset(ctx, "ANNA@harbour.example", "192.0.2.7"); err != nil {
		t.Fatal(err)
	}
	_, err = s.Compose(ctx, must[Letter](t)(s.NextLetter(ctx)))
	wantError(t, err, ErrNotFound, "nothing to say")
	_, before = compose()
	_, after = compose()
	if after.Name != "Anna" || after.Token == before.Token {
		t.Errorf("the letter tells %+v, before %+v", after, before)
	}
	_, err = s.Entry(ctx, before.Token)
	wantError(t, err, ErrNotFound, "not good")
	nowhere(t, s, after.Token)
	must[annotations.User](t)(s.Enter(ctx, after.Token, "", "another long password", ""))
	silent("the link is used")
	if got := audited(t, s, 3); strings.Count(strings.Join(got, "\n"), "by mail") != 1 {
		t.Errorf("the audit log tells %q", got)
	}

	for _, becomeOne := range []bool{false, true} {
		if err := s.AskReset(ctx, "Anna", ""); err != nil {
			t.Fatal(err)
		}
		if becomeOne {
			_, err = s.Compose(ctx, must[Letter](t)(s.NextLetter(ctx)))
			wantError(t, err, ErrNotFound, "nothing to say")
		}
		if _, err := s.writer.ExecContext(ctx, "UPDATE letters SET created = created - ?", ResetTime.Milliseconds()+1); err != nil {
			t.Fatal(err)
		}
		silent("the password was forgotten long ago")
	}

	_, anna = beginSession(t, s, user, "")
	link, shown, err := s.InvitePerson(ctx, anna, annotations.Editor, 1, "bo@harbour.example")
	if err != nil {
		t.Fatal(err)
	}
	_, told := compose()
	nowhere(t, s, told.Token)
	for _, token := range []string{shown, told.Token} {
		if e, err := s.Entry(ctx, token); err != nil || e.ID != link.ID {
			t.Errorf("a link leads to %+v, %v", e, err)
		}
	}
	if err := s.RevokeEntry(ctx, anna, link.ID); err != nil {
		t.Fatal(err)
	}
	silent("the invitation is revoked")
}

// TestLettersWhenFull: a letter that becomes several does not stop all others where
// no more are taken.
func TestLettersWhenFull(t *testing.T) {
	s, ctx := open(t), t.Context()
	for _, name := range []string{"Anna", "Bo"} {
		must[annotations.User](t)(s.CreateUser(ctx, name, "a long enough password", annotations.Member))
	}
	if _, err := s.writer.ExecContext(ctx, "UPDATE users SET mail = 'pier@harbour.example'"); err != nil {
		t.Fatal(err)
	}
	for range mostLetters {
		if err := s.AskReset(ctx, "pier@harbour.example", ""); err != nil {
			t.Fatal(err)
		}
	}
	if got := must[int64](t)(s.LettersWaiting(ctx)); got != mostLetters {
		t.Errorf("%d letters wait, want %d", got, mostLetters)
	}
	wantError(t, s.AskReset(ctx, "Anna", ""), ErrFull, "Too many letters wait")
	_, err := s.Compose(ctx, must[Letter](t)(s.NextLetter(ctx)))
	wantError(t, err, ErrNotFound, "nothing to say")
}

// nowhere fails the test if a secret stands anywhere in the database.
func nowhere(t *testing.T, s *Store, secret string) {
	t.Helper()
	for table, rows := range contentOf(t, s.reader) {
		for _, row := range rows {
			for column, value := range row {
				if text, ok := value.(string); ok && strings.Contains(text, secret) {
					t.Errorf("the column %s of %s holds the secret", column, table)
				}
			}
		}
	}
}
