package main

import (
	"net/http"
	"path/filepath"
	"regexp"
	"testing"

	"glossator/mail/mailtest"
)

// TestLetterAfterKill: a letter that was acknowledged while the mail server took
// none is sent by the server that starts after a kill, and its link is good.
func TestLetterAfterKill(t *testing.T) {
	data, post := filepath.Join(t.TempDir(), "data"), mailtest.Start(t)
	token := scribe(t, data, "administrator")
	flags := []string{"--no-digests", "--smtp-address", post.Address, "--smtp-from", "glossator@site.example"}
	s := serveData(t, data, token, flags...)
	post.Refuse(1000, "450 the box is busy")
	invitation := map[string]any{"role": "member", "mail": "eve@harbour.example"}
	if _, err := s.call(http.MethodPost, "/api/people/invitations", invitation, nil); err != nil {
		t.Fatal(err)
	}
	s.kill()
	post.Refuse(0, "")
	s = serveData(t, data, token, flags...)
	letter := <-post.Letters
	link := regexp.MustCompile(`/enter/(\w+)`).FindStringSubmatch(letter.Text)
	if letter.To != "eve@harbour.example" || link == nil {
		t.Fatalf("the letter is %+v", letter)
	}
	var entry struct{ Role string }
	if s.get("/api/entry/"+link[1], &entry); entry.Role != "member" {
		t.Errorf("its link leads to %+v", entry)
	}
	s.stop()
}
