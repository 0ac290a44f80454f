package mail

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"glossator/mail/mailtest"
)

// A book is a log that several goroutines write; what it has is told line by line.
type book struct {
	mu    sync.Mutex
	all   bytes.Buffer
	lines chan string
}

func (b *book) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines <- string(p)
	return b.all.Write(p)
}

func posted(t *testing.T, server *mailtest.Server, pauses ...time.Duration) (*Post, *book) {
	t.Helper()
	log := &book{lines: make(chan string, 100)}
	p, err := New(Config{Address: server.Address, From: "Glossator <glossator@site.example>"}, slog.New(slog.NewTextHandler(log, nil)), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	p.pauses = pauses
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = p.Run(ctx)
	}()
	t.Cleanup(func() {
		stop()
		<-done
	})
	return p, log
}

var letter = Letter{To: "ada@harbour.example", Subject: "A new lamp", Text: "Dear Ada,\n\nthe pier has a läntern.\n"}

func TestSend(t *testing.T) {
	server := mailtest.Start(t)
	p, _ := posted(t, server)
	err := p.Write(func(context.Context) ([]Letter, error) { return []Letter{letter}, nil })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(mailtest.Letter(letter), <-server.Letters); diff != "" {
		t.Error(diff)
	}
}

// TestTriedAgain: what fails for a while is sent in the end.
func TestTriedAgain(t *testing.T) {
	server := mailtest.Start(t)
	p, log := posted(t, server, 0, 0, 0)
	server.Refuse(2, "450 the box is busy")
	if err := p.Send(letter); err != nil {
		t.Fatal(err)
	}
	<-server.Letters
	for range 2 {
		if line := <-log.lines; !strings.Contains(line, "tried again") || strings.Contains(line, "läntern") {
			t.Errorf("the log has %s", line)
		}
	}
}

// TestGivenUp: what fails for good is not tried for ever.
func TestGivenUp(t *testing.T) {
	for name, test := range map[string]struct {
		answer string
		tries  string
	}{
		"later, always": {"450 the box is busy", "tries=3"},
		"never":         {"550 no such box", "tries=1"},
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t)
			p, log := posted(t, server, 0, 0)
			server.Refuse(10, test.answer)
			if err := p.Send(letter); err != nil {
				t.Fatal(err)
			}
			line := <-log.lines
			for strings.Contains(line, "tried again") {
				line = <-log.lines
			}
			if !strings.Contains(line, "was not sent") || !strings.Contains(line, test.tries) {
				t.Errorf("the log has %s", line)
			}
		})
	}
}

func TestFull(t *testing.T) {
	p, err := New(Config{Address: "127.0.0.1:1", From: "x@site.example"}, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	for range mostWaiting {
		if err := p.Send(letter); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Send(letter); !errors.Is(err, ErrFull) {
		t.Errorf("one more: %v", err)
	}
}

func TestNew(t *testing.T) {
	for _, c := range []Config{{}, {Address: "mail.example"}, {Address: "mail.example:x", From: "a@b.example"}, {Address: "mail.example:25", From: "nobody"}} {
		if _, err := New(c, slog.New(slog.DiscardHandler), nil); err == nil {
			t.Errorf("%+v is taken", c)
		}
	}
}
