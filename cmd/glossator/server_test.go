package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"modernc.org/sqlite"

	"glossator/index/importer/pdf"
)

// asCommand makes the test binary behave as glossator itself, so that a test
// can kill a real process.
const asCommand = "GLOSSATOR_TEST_AS_COMMAND"

// unflushed makes the command not wait until what it writes is on the disk: the
// control of tests that look for what a crash loses.
const unflushed = "GLOSSATOR_TEST_UNFLUSHED"

func TestMain(m *testing.M) {
	pdf.Main()
	if os.Getenv(asCommand) != "" {
		if os.Getenv(unflushed) != "" {
			sqlite.RegisterConnectionHook(func(connection sqlite.ExecQuerierContext, _ string) error {
				_, err := connection.ExecContext(context.Background(), "PRAGMA synchronous = OFF", nil)
				return err
			})
		}
		main()
		return
	}
	testscript.Main(m, map[string]func(){"glossator": main})
}

// command is glossator with these arguments.
func command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), asCommand+"=1")
	return cmd
}

// run runs glossator to its end and returns what it printed.
func run(t *testing.T, input string, args ...string) string {
	t.Helper()
	cmd := command(t.Context(), args...)
	cmd.Stdin = strings.NewReader(input)
	var printed, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &complaints
	if err := cmd.Run(); err != nil {
		t.Fatalf("glossator %s: %v\n%s%s", strings.Join(args, " "), err, &printed, &complaints)
	}
	return printed.String()
}

// A server is a running `glossator serve`.
type server struct {
	t     *testing.T
	cmd   *exec.Cmd
	url   string
	token string
	log   *bytes.Buffer // may be read when the server has ended
}

// serveData starts a server on a data folder; it is killed when the test ends.
func serveData(t *testing.T, data, token string, flags ...string) *server {
	t.Helper()
	s, err := startServer(t, data, token, flags...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// startServer is serveData that returns why the server does not start.
func startServer(t *testing.T, data, token string, flags ...string) (*server, error) {
	cmd := command(t.Context(), append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, flags...)...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{t: t, cmd: cmd, token: token, log: &complaints}
	t.Cleanup(s.kill)
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Wait()
		return nil, fmt.Errorf("the server did not start: %w\n%s", err, &complaints)
	}
	s.url = strings.TrimSpace(strings.TrimPrefix(first, "Glossator is at "))
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return s, nil
}

// kill ends the server as a power cut would: without a chance to say goodbye.
func (s *server) kill() {
	if s.cmd.ProcessState == nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	}
}

// A refusedError is an answer that says why something was not done.
type refusedError struct {
	status int
	words  string
}

func (e *refusedError) Error() string { return fmt.Sprintf("%d %s", e.status, e.words) }

// call sends a request with a JSON body, if there is one, and decodes the
// answer into answer. It returns the status and, from 400 on, a refusedError; 0
// if there was no answer.
func (s *server) call(method, path string, body, answer any) (int, error) {
	var sent io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return 0, err
		}
		sent = bytes.NewReader(encoded)
	}
	return s.send(method, path, "application/json", sent, answer)
}

// send is call with a body of any type.
func (s *server) send(method, path, contentType string, body io.Reader, answer any) (int, error) {
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, body)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", contentType)
	if s.token != "" {
		req.Header.Set("Authorization", "Bearer "+s.token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	if resp.StatusCode >= 400 {
		return resp.StatusCode, &refusedError{resp.StatusCode, fmt.Sprintf("%s %s: %s", method, path, content)}
	}
	if answer != nil && len(content) > 0 {
		return resp.StatusCode, json.Unmarshal(content, answer)
	}
	return resp.StatusCode, nil
}

func (s *server) get(path string, answer any) {
	s.t.Helper()
	if _, err := s.call(http.MethodGet, path, nil, answer); err != nil {
		s.t.Fatal(err)
	}
}

type status struct {
	Documents, Passages, Annotations int
	Mark, Indexed                    int64
}

// caughtUp waits until search knows every write and returns the counts.
func (s *server) caughtUp() status { return s.caughtUpWithin(2 * time.Minute) }

func (s *server) caughtUpWithin(most time.Duration) status {
	s.t.Helper()
	deadline := time.Now().Add(most)
	for {
		var now status
		s.get("/api/status", &now)
		if now.Indexed == now.Mark {
			return now
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("the index stays at %d of %d", now.Indexed, now.Mark)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// found returns how many passages a query finds.
func found(s *server, query string) int {
	s.t.Helper()
	var result struct{ Passages int }
	s.get("/api/search?q="+query, &result)
	return result.Passages
}

// sharedDir returns a folder of the corpora beside the repository. It skips the
// test where there is none, and fails it where they are required.
func sharedDir(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("GLOSSATOR_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	dir := filepath.Join(root, name)
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("GLOSSATOR_REQUIRE_SHARED") == "1" {
			t.Fatalf("the corpora are required: %v", err)
		}
		t.Skipf("needs the corpora: %v", err)
	}
	return dir
}
