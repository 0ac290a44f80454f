package mail

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"glossator/mail/mailtest"
)

func posting(t *testing.T, server *mailtest.Server) *Post {
	t.Helper()
	p, err := New(Config{Address: server.Address, From: "Glossator <glossator@site.example>"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var letter = Letter{To: "ada@harbour.example", Subject: "A new lamp", Text: "Dear Ada,\n\nthe pier has a läntern.\n"}

func TestSend(t *testing.T) {
	server := mailtest.Start(t)
	if err := posting(t, server).Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(mailtest.Letter(letter), <-server.Letters); diff != "" {
		t.Error(diff)
	}
}

// TestRefused: what fails for good is told from what may pass, and neither tells to
// whom the letter is.
func TestRefused(t *testing.T) {
	server := mailtest.Start(t)
	p := posting(t, server)
	for answer, final := range map[string]bool{"450 the box is busy": false, "550 no such box as <Ada@Harbour.example>": true} {
		server.Refuse(1, answer)
		err := p.Send(t.Context(), letter)
		if err == nil || errors.Is(err, ErrRefused) != final || !strings.Contains(err.Error(), "box") {
			t.Errorf("%s: %v", answer, err)
		} else if strings.Contains(strings.ToLower(err.Error()), letter.To) {
			t.Errorf("%s: it is told to whom: %v", answer, err)
		}
	}
	p, err := New(Config{Address: "127.0.0.1:1", From: "x@site.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Send(t.Context(), letter); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("where no server is: %v", err)
	}
}

func TestNew(t *testing.T) {
	for _, c := range []Config{{}, {Address: "mail.example"}, {Address: "mail.example:x", From: "a@b.example"}, {Address: "mail.example:25", From: "nobody"}} {
		if _, err := New(c); err == nil {
			t.Errorf("%+v is taken", c)
		}
	}
}
