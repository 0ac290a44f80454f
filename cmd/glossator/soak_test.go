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

// patience is how often a client of the soak asks again when it is told to wait.
const patience = 5

// soak sends targets again and again from four clients for a time, and returns
// how many were answered and how often a client was told to wait, by Retry-After:
// it does, as on a machine that has no processor to spare. What is answered badly,
// or not at last, fails the test.
func soak(t *testing.T, targets []target, long time.Duration) (answered, waited int) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), long)
	defer stop()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var clients sync.WaitGroup
	var mu sync.Mutex
	for first := range 4 {
		clients.Go(func() {
			for i := first; ctx.Err() == nil; i += 4 {
				waits, err := insist(context.WithoutCancel(ctx), client, targets[i%len(targets)])
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				answered++
				waited += waits
				mu.Unlock()
			}
		})
	}
	clients.Wait()
	return answered, waited
}

// insist sends a target, again when it is told to wait. It returns how often it was.
func insist(ctx context.Context, client *http.Client, x target) (waits int, err error) {
	for ; ; waits++ {
		status, wait, err := send(ctx, client, x)
		if err != nil {
			return waits, err
		}
		if status < http.StatusBadRequest {
			return waits, nil
		}
		if wait == 0 || waits == patience {
			return waits, fmt.Errorf("%s %s: %d after %d waits", x.Method, x.URL, status, waits)
		}
		if err := sleep(ctx, wait); err != nil {
			return waits, err
		}
	}
}

// send sends a target and returns the status of the answer, which is read to its
// end, and after what time it says to try again, 0 if it does not.
func send(ctx context.Context, client *http.Client, x target) (status int, wait time.Duration, err error) {
	body, err := base64.StdEncoding.DecodeString(x.Body)
	if err != nil {
		return 0, 0, err
	}
	request, err := http.NewRequestWithContext(ctx, x.Method, x.URL, bytes.NewReader(body))
	if err != nil {
		return 0, 0, err
	}
	request.Header = x.Header
	answer, err := client.Do(request)
	if err != nil {
		return 0, 0, err
	}
	defer answer.Body.Close()
	seconds, _ := strconv.Atoi(answer.Header.Get("Retry-After")) // 0 if it is not there
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, time.Duration(seconds) * time.Second, err
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
		answered, waited := soak(t, targets, duration)
		s.caughtUp()
		now = footprintAt(t, operators)
		t.Logf("%v: %d answered, %d told to wait, %v", time.Duration(round+1)*duration, answered, waited, now)
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
