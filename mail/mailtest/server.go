// Package mailtest is a small mail server for tests: it takes every letter, or
// refuses as many as it is told.
package mailtest

import (
	"bufio"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
)

// A Letter is one that the server has taken.
type Letter struct {
	To, Subject, Text string
}

// A Server takes letters by SMTP (RFC 5321) on this machine.
type Server struct {
	Address string // HOST:PORT
	Letters chan Letter

	mu      sync.Mutex
	refusal string // answered to who is to be written to
	times   int    // how often it still is
}

// Start starts a server for the length of a test.
func Start(t testing.TB) *Server {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Address: listener.Addr().String(), Letters: make(chan Letter, 100)}
	var talking sync.WaitGroup
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
		talking.Wait()
	})
	talking.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			talking.Go(func() { s.talk(conn) })
		}
	})
	return s
}

// Refuse has the next letters refused with an answer such as "450 later".
func (s *Server) Refuse(times int, answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.times, s.refusal = times, answer
}

func (s *Server) recipient() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.times > 0 {
		s.times--
		return s.refusal
	}
	return "250 known"
}

func (s *Server) talk(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	say := func(answer string) { fmt.Fprintf(conn, "%s\r\n", answer) }
	say("220 mailtest")
	to := ""
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.TrimSpace(line)); {
		case strings.HasPrefix(verb, "RCPT TO:"):
			to = strings.Trim(line[len("RCPT TO:"):], "<>\r\n ")
			say(s.recipient())
		case verb == "DATA":
			say("354 go on")
			s.take(to, in)
			say("250 taken")
		case verb == "QUIT":
			say("221 goodbye")
			return
		default:
			say("250 well")
		}
	}
}

// take reads a letter up to the line with a dot.
func (s *Server) take(to string, in *bufio.Reader) {
	var lines strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		lines.WriteString(strings.TrimPrefix(line, "."))
	}
	message, err := mail.ReadMessage(strings.NewReader(lines.String()))
	if err != nil {
		return
	}
	text, err := io.ReadAll(quotedprintable.NewReader(message.Body))
	if err != nil {
		return
	}
	s.Letters <- Letter{to, message.Header.Get("Subject"), strings.ReplaceAll(string(text), "\r\n", "\n")}
}
