package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// A footprint is what a server takes up.
type footprint struct{ goroutines, files, memory float64 }

func (s footprint) String() string {
	return fmt.Sprintf("%.0f goroutines, %.0f files open, %.0f MB", s.goroutines, s.files, s.memory/1e6)
}

// freeAddress returns an address on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// footprintAt reads the footprint of a server at its address for operators.
func footprintAt(t *testing.T, operators string) (s footprint) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+operators+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		figure, _ := strconv.ParseFloat(value, 64)
		switch name {
		case "go_goroutines":
			s.goroutines = figure
		case "process_open_fds":
			s.files = figure
		case "process_resident_memory_bytes":
			s.memory = figure
		}
	}
	return s
}

// soak sends targets again and again from four clients for a time, and returns
// how many were answered. What is answered badly fails the test.
func soak(t *testing.T, targets []target, time time.Duration) (answered int) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time)
	defer stop()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var clients sync.WaitGroup
	var mu sync.Mutex
	for first := range 4 {
		clients.Go(func() {
			for i := first; ctx.Err() == nil; i += 4 {
				x := targets[i%len(targets)]
				body, err := base64.StdEncoding.DecodeString(x.Body)
				if err != nil {
					t.Error(err)
					return
				}
				request, err := http.NewRequestWithContext(context.WithoutCancel(ctx), x.Method, x.URL, bytes.NewReader(body))
				if err != nil {
					t.Error(err)
					return
				}
				request.Header = x.Header
				answer, err := client.Do(request)
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, answer.Body)
				_ = answer.Body.Close()
				if answer.StatusCode >= http.StatusBadRequest {
					t.Errorf("%s %s: %d", x.Method, x.URL, answer.StatusCode)
				}
				mu.Lock()
				answered++
				mu.Unlock()
			}
		})
	}
	clients.Wait()
	return answered
}

// TestSoak keeps a server busy, over the data folder GLOSSATOR_LOAD for
// GLOSSATOR_SOAK or over a few texts for seconds, and looks whether it grows
// once it is warm.
func TestSoak(t *testing.T) {
	duration, rounds := 2*time.Second, 3
	if given := os.Getenv("GLOSSATOR_SOAK"); given != "" {
		whole, err := time.ParseDuration(given)
		if err != nil {
			t.Fatal(err)
		}
		rounds = 12
		duration = whole / time.Duration(rounds)
	}
	data := t.TempDir()
	if folder := os.Getenv("GLOSSATOR_LOAD"); folder != "" {
		if err := os.CopyFS(data, os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	} else {
		run(t, "", "import", "--data", data, agreements(t, 20))
	}
	operators := freeAddress(t)
	s := serveData(t, data, scribe(t, data, "member"), "--no-digests", "--private", operators, "--trusted-proxy", "127.0.0.1", "--log-level", "error")
	s.caughtUp()
	targets := s.targets(s.texts(100), 20000, 6)

	var warm, now footprint
	for round := range rounds {
		answered := soak(t, targets, duration)
		s.caughtUp()
		now = footprintAt(t, operators)
		t.Logf("%v: %d answered, %v", time.Duration(round+1)*duration, answered, now)
		if round == rounds/3 {
			warm = now
		}
	}
	// What comes and goes with requests, and what the collector has not taken yet.
	if now.goroutines > warm.goroutines+20 || now.files > warm.files+20 || now.memory > 1.3*warm.memory+64e6 {
		t.Errorf("it grows: from %v to %v", warm, now)
	}
	s.stop()
}

// TestServeLeavesNothing: what serve starts, it ends.
func TestServeLeavesNothing(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	address, operators := freeAddress(t), freeAddress(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- serveCommand{Listen: address, Private: operators}.Run(ctx, &commandLine{Data: t.TempDir()})
	}()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for _, asked := range []string{"http://" + operators + "/readyz", "http://" + address + "/api/search?q=lantern"} {
		for {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, asked, nil)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := client.Do(request)
			if err == nil {
				_ = answer.Body.Close()
				break
			}
			select {
			case err := <-ended:
				t.Fatalf("it ended: %v", err)
			case <-time.After(10 * time.Millisecond):
			}
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
