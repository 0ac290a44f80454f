package api

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
)

func TestPasskeySite(t *testing.T) {
	const none, local = "", "http://127.0.0.1:8080"
	for _, test := range []struct{ public, asked, id, origin, obstacle string }{
		{"https://Gloss.example.org", "https://gloss.example.org", "gloss.example.org", "https://gloss.example.org", none},
		{"https://gloss.example.org:8443", local, "gloss.example.org", "https://gloss.example.org:8443", none},
		{"https://192.0.2.7", "https://192.0.2.7", none, none, "has a number"},
		{"https://[2001:db8::7]:8443", "https://localhost", none, none, "has a number"},
		{local, "http://localhost:8080", "localhost", "http://localhost:8080", none},
		{local, "http://Gloss.localhost:8080", "gloss.localhost", "http://gloss.localhost:8080", none},
		{"", "https://localhost", "localhost", "https://localhost", none},
		{local, local, none, none, "open this Glossator as http://localhost:8080"},
		{local, "http://[::1]:80", none, none, "open this Glossator as http://localhost:80"},
		{local, "http://127.0.0.1", none, none, "open this Glossator as http://localhost"},
		{"http://gloss.example.org", "http://gloss.example.org", none, none, "by HTTPS only"},
		{local, "https://gloss.example.org", none, none, "setting url"},
		{local, "http://localhost.example.org", none, none, "by HTTPS only"},
		{local, "http://192.0.2.7", none, none, "by HTTPS only"},
	} {
		var public *url.URL
		if test.public != "" {
			public, _ = url.Parse(test.public)
		}
		id, origin, err := passkeySite(public, test.asked)
		if id != test.id || origin != test.origin || (err != nil) != (test.obstacle != "") {
			t.Errorf("%s, asked for at %s: %q, %q, %v", test.public, test.asked, id, origin, err)
		}
		if err != nil && (!errors.Is(err, errNoPasskeys) || !strings.Contains(err.Error(), test.obstacle)) {
			t.Errorf("%s, asked for at %s: %v, want %q", test.public, test.asked, err, test.obstacle)
		}
	}
	if _, _, err := passkeySite(nil, "http://%zz"); !errors.Is(err, errRequest) {
		t.Errorf("an address that cannot be read: %v", err)
	}
}

func TestCeremonies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := freshCeremonies(t)
		begin := func(challenge string) string {
			sealed, err := c.begin("me", &webauthn.SessionData{Challenge: challenge, Expires: time.Now().Add(time.Minute)})
			if err != nil {
				t.Fatal(err)
			}
			return sealed
		}
		first, late := begin("first"), begin("late")
		if begun, err := c.end("me", first); err != nil || begun.Challenge != "first" {
			t.Errorf("ended %+v, %v", begun, err)
		}
		for _, wrong := range []struct{ holder, sealed string }{
			{"me", first}, {"you", late}, {"me", "A" + late}, {"me", late[:len(late)-4]}, {"me", ""}, {"me", "!"}, {"", late},
		} {
			if _, err := c.end(wrong.holder, wrong.sealed); !errors.Is(err, errCeremony) {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
		if _, err := freshCeremonies(t).end("me", late); !errors.Is(err, errCeremony) {
			t.Errorf("after a new start: %v", err)
		}
		time.Sleep(time.Minute)
		if _, err := c.end("me", late); !errors.Is(err, errCeremony) {
			t.Errorf("too late: %v", err)
		}
		now := time.Now()
		for i := range mostEnded + 1 {
			err := c.spend(fmt.Sprint(i), now.Add(time.Minute), now)
			if full := i >= mostEnded; full != errors.Is(err, errTooMany) {
				t.Fatalf("the %dth: %v", i, err)
			}
		}
		time.Sleep(time.Minute)
		if _, err := c.end("me", begin("later")); err != nil || len(c.ended) != 1 {
			t.Errorf("when all have expired: %v, %d are kept", err, len(c.ended))
		}
	})
}

// freshCeremonies are those of a process that has just begun.
func freshCeremonies(t *testing.T) *ceremonies {
	t.Helper()
	seal, err := newSeal()
	if err != nil {
		t.Fatal(err)
	}
	return newCeremonies(seal)
}
