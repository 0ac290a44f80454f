// Package mail sends letters by SMTP (RFC 5321), in the background: whoever
// writes one does not wait, and learns nothing of how long it takes.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	netmail "net/mail"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	smtp "github.com/wneessen/go-mail"
)

// Config says which server takes letters.
type Config struct {
	Address  string // host:port
	User     string // "" if it asks for none
	Password string
	From     string // address that letters come from, with or without a name
	// Implicit is for a server that speaks TLS from the first byte; others must
	// offer STARTTLS, but for one on this machine.
	Implicit bool
	Roots    *tls.Config // nil for what the system trusts
}

// A Letter is plain text for one address.
type Letter struct{ To, Subject, Text string }

// ErrFull means that too many letters wait.
var ErrFull = errors.New("too many letters wait to be sent")

// mostWaiting bounds how many jobs wait, to be written or to be tried again.
const mostWaiting = 500

// pauses are before each further try to send a letter.
var pauses = []time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute}

// A Post sends letters one after the other. It is safe for concurrent use.
type Post struct {
	from    string
	client  *smtp.Client
	logger  *slog.Logger
	jobs    chan job
	room    chan struct{} // holds one for each job that waits
	pauses  []time.Duration
	outcome *prometheus.CounterVec
}

// A job writes letters, or is one that was tried before.
type job struct {
	write  func(context.Context) ([]Letter, error)
	letter Letter
	tried  int
}

// New returns a post that Run sends. It fails if c cannot be right.
func New(c Config, logger *slog.Logger, metrics prometheus.Registerer) (*Post, error) {
	host, port, err := net.SplitHostPort(c.Address)
	if err != nil {
		return nil, fmt.Errorf("the mail server %q is not HOST:PORT: %w", c.Address, err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("the mail server %q has no number for a port", c.Address)
	}
	if _, err := netmail.ParseAddress(c.From); err != nil {
		return nil, fmt.Errorf("letters come from %q, which is no address: %w", c.From, err)
	}
	policy := smtp.TLSMandatory
	if at := net.ParseIP(host); host == "localhost" || at != nil && at.IsLoopback() {
		policy = smtp.TLSOpportunistic
	}
	options := []smtp.Option{smtp.WithPort(number), smtp.WithTimeout(30 * time.Second), smtp.WithTLSPolicy(policy)}
	if c.Implicit {
		options = append(options, smtp.WithSSL())
	}
	if c.Roots != nil {
		options = append(options, smtp.WithTLSConfig(c.Roots))
	}
	if c.User != "" {
		options = append(options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(c.User), smtp.WithPassword(c.Password))
	}
	client, err := smtp.NewClient(host, options...)
	if err != nil {
		return nil, fmt.Errorf("setting up mail: %w", err)
	}
	p := &Post{
		from: c.From, client: client, logger: logger, pauses: pauses,
		jobs: make(chan job, mostWaiting), room: make(chan struct{}, mostWaiting),
		outcome: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "glossator_letters_total", Help: "Letters by what became of a try to send them: sent, again, failed.",
		}, []string{"outcome"}),
	}
	if metrics != nil {
		if err := metrics.Register(p.outcome); err != nil {
			return nil, fmt.Errorf("counting letters: %w", err)
		}
	}
	return p, nil
}

// Write has letters written and sent later. ErrFull if too many wait.
func (p *Post) Write(write func(context.Context) ([]Letter, error)) error {
	return p.put(job{write: write})
}

// Send sends a letter later. ErrFull if too many wait.
func (p *Post) Send(letter Letter) error { return p.put(job{letter: letter}) }

func (p *Post) put(j job) error {
	select {
	case p.room <- struct{}{}:
		p.jobs <- j
		return nil
	default:
		return ErrFull
	}
}

// Run writes and sends until ctx ends. What waits then is lost: whoever asked for
// it asks again.
func (p *Post) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case j := <-p.jobs:
			p.do(ctx, j)
		}
	}
}

// do does a job. What is logged says neither to whom a letter is nor what is in it.
func (p *Post) do(ctx context.Context, j job) {
	if j.write != nil {
		letters, err := j.write(ctx)
		<-p.room
		if err != nil {
			p.logger.LogAttrs(ctx, slog.LevelError, "letters were not written", slog.Any("error", err))
		}
		for _, letter := range letters {
			if err := p.Send(letter); err != nil {
				p.logger.LogAttrs(ctx, slog.LevelError, "a letter was not sent", slog.Any("error", err))
			}
		}
		return
	}
	err := p.send(ctx, j.letter)
	switch {
	case err == nil:
		p.outcome.WithLabelValues("sent").Inc()
	case j.tried < len(p.pauses) && !final(err):
		p.outcome.WithLabelValues("again").Inc()
		pause := p.pauses[j.tried]
		p.logger.LogAttrs(ctx, slog.LevelWarn, "a letter is tried again", slog.Duration("in", pause), slog.Any("error", err))
		j.tried++
		time.AfterFunc(pause, func() { p.jobs <- j }) // its room is kept
		return
	default:
		p.outcome.WithLabelValues("failed").Inc()
		p.logger.LogAttrs(ctx, slog.LevelError, "a letter was not sent", slog.Int("tries", j.tried+1), slog.Any("error", err))
	}
	<-p.room
}

// final reports whether the server has refused a letter for good.
func final(err error) bool {
	var refused *smtp.SendError
	return errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode() >= 500
}

func (p *Post) send(ctx context.Context, letter Letter) error {
	m := smtp.NewMsg(smtp.WithNoDefaultUserAgent())
	if err := m.From(p.from); err != nil {
		return fmt.Errorf("the sender: %w", err)
	}
	if err := m.To(letter.To); err != nil {
		return fmt.Errorf("the addressee: %w", err)
	}
	m.Subject(letter.Subject)
	m.SetDate()
	m.SetMessageID()
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody answers that they are away
	m.SetBodyString(smtp.TypeTextPlain, letter.Text)
	return p.client.DialAndSendWithContext(ctx, m)
}
