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

	"glossator/index/importer/pdf"
)

// asCommand makes the test binary behave as glossator itself, so that a test
// can kill a real process.
const asCommand = "GLOSSATOR_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	pdf.Main()
	if os.Getenv(asCommand) != "" {
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
	cmd := command(t.Context(), append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, flags...)...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, cmd: cmd, token: token, log: &complaints}
	t.Cleanup(s.kill)
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Wait()
		t.Fatalf("the server did not start: %v\n%s", err, &complaints)
	}
	s.url = strings.TrimSpace(strings.TrimPrefix(first, "Glossator is at "))
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return s
}

// kill ends the server as a power cut would: without a chance to say goodbye.
func (s *server) kill() {
	if s.cmd.ProcessState == nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	}
}

// call sends a request with a JSON body, if there is one, and decodes the
// answer into answer. It returns the status, or an error if there was no answer.
func (s *server) call(method, path string, body, answer any) (int, error) {
	var sent io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return 0, err
		}
		sent = bytes.NewReader(encoded)
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, sent)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
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
	if answer != nil && resp.StatusCode < 300 {
		return resp.StatusCode, json.Unmarshal(content, answer)
	}
	if resp.StatusCode >= 400 {
		return resp.StatusCode, fmt.Errorf("%s %s: %d %s", method, path, resp.StatusCode, content)
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
func (s *server) caughtUp() status {
	s.t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
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
