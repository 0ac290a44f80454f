package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"glossator/annotations/store"
)

// stop ends the server as an operator does and waits until it has.
func (s *server) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		s.t.Fatalf("the server did not stop well: %v\n%s", err, s.log)
	}
}

// scribe makes an account in a data folder and returns a token of it.
func scribe(t *testing.T, data, role string) string {
	t.Helper()
	run(t, "a long enough password\n", "user", "add", "--data", data, "--role", role, "scribe")
	return strings.TrimSpace(run(t, "", "token", "add", "--data", data, "scribe", "test"))
}

// aVersion returns a version of a document that is there.
func (s *server) aVersion() string {
	s.t.Helper()
	var page struct{ Documents []struct{ ID string } }
	s.get("/api/documents?size=1", &page)
	var document struct{ Versions []struct{ ID string } }
	s.get("/api/documents/"+page.Documents[0].ID, &document)
	return document.Versions[0].ID
}

// TestStop stops the server while a request is under way: it is answered, nobody
// else is, the log of the database is written into it, and what was acknowledged
// is there and found at the next start.
func TestStop(t *testing.T) {
	data := t.TempDir()
	token := scribe(t, data, "member")
	s := serveData(t, data, token)
	note, err := json.Marshal(map[string]any{"version": s.aVersion(), "targets": []map[string]int{{"start": 0, "end": 5}}, "note": "lantern", "visibility": "public"})
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimPrefix(s.url, "http://")
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	answers := bufio.NewReader(connection)
	answered := func(want int) {
		t.Helper()
		answer, err := http.ReadResponse(answers, nil)
		if err != nil || answer.StatusCode != want {
			t.Errorf("the request under way is answered %v, %v, want %d", answer, err, want)
		}
	}
	fmt.Fprintf(connection, "POST /api/annotations HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", address, token, len(note))
	answered(http.StatusContinue)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for {
		other, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
		if err != nil {
			break
		}
		_ = other.Close()
	}
	_, _ = connection.Write(note)
	answered(http.StatusCreated)
	if err := s.cmd.Wait(); err != nil || !strings.Contains(s.log.String(), "msg=stopped") {
		t.Fatalf("the server did not stop well: %v\n%s", err, s.log)
	}
	if log, err := os.Stat(filepath.Join(data, store.File+"-wal")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log of the database stays: %v %v", log, err)
	}
	again := serveData(t, data, token)
	again.caughtUp()
	if n := found(again, "has:note"); n != 1 {
		t.Errorf("search finds %d passages with notes, want 1", n)
	}
}

// TestCutOff: a request that does not end keeps the server no longer than it may.
func TestCutOff(t *testing.T) {
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	begun, cut := make(chan struct{}), make(chan struct{})
	endless := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
		close(cut)
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, listener, endless, time.Millisecond) }()
	go func() {
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String(), nil)
		if answer, err := http.DefaultClient.Do(request); err == nil {
			_ = answer.Body.Close()
		}
	}()
	<-begun
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v, want %v", err, context.Canceled)
	}
	<-cut
}

// TestLog: each line is an object, the id that an answer carries is in the log,
// and nothing there opens a door or says what somebody looked for.
func TestLog(t *testing.T) {
	data := t.TempDir()
	token := scribe(t, data, "member")
	s := serveData(t, data, token, "--log-format", "json", "--log-level", "debug")
	var saved struct{ ID string }
	if _, err := s.call(http.MethodPost, "/api/searches", map[string]string{"name": "mine", "address": "q=veryprivatequery"}, &saved); err != nil {
		t.Fatal(err)
	}
	var shared struct{ Token, Path, Feed string }
	if _, err := s.call(http.MethodPost, "/api/searches/"+saved.ID+"/shares", nil, &shared); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/api/search?q=veryprivatequery", "/api/search?q=veryprivatequery%20AND", "/search?q=veryprivatequery", shared.Path, shared.Feed,
		"/api/shared/" + shared.Token, "/s/veryprivatequery/feed.atom", "/veryprivatequery", "/api/veryprivatequery",
	} {
		_, _ = s.call(http.MethodGet, path, nil, nil)
	}
	for _, password := range []string{"a long enough password", "veryprivatequery"} {
		_, _ = s.call(http.MethodPost, "/api/session", map[string]string{"name": "scribe", "password": password}, nil)
	}
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/api/documents/nowhere", nil)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	var problem struct{ Request string }
	if err := errors.Join(json.NewDecoder(answer.Body).Decode(&problem), answer.Body.Close()); err != nil {
		t.Fatal(err)
	}
	s.stop()
	log := s.log.String()
	id := answer.Header.Get("X-Request-Id")
	if id == "" || problem.Request != id || !strings.Contains(log, `"request":"`+id+`"`) {
		t.Errorf("the answer carries %q, its body %q; the log:\n%s", id, problem.Request, log)
	}
	for line := range strings.Lines(log) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not an object: %s", line)
		}
	}
	for _, secret := range []string{token, shared.Token, "veryprivatequery", "a long enough password"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log tells %q:\n%s", secret, log)
		}
	}
}
