// Package mail sends letters by SMTP (RFC 5321).
package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"regexp"
	"strconv"
	"time"

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
}

// A Letter is plain text for one address.
type Letter struct{ To, Subject, Text string }

// ErrRefused means that the server will not take a letter, however often it is tried.
var ErrRefused = errors.New("the mail server refuses the letter")

// A Post sends letters. It is safe for concurrent use.
type Post struct {
	from   string
	client *smtp.Client
}

// New returns a post. It fails if c cannot be right; whether the server answers is
// seen by the first letter.
func New(c Config) (*Post, error) {
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
	if c.User != "" {
		options = append(options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(c.User), smtp.WithPassword(c.Password))
	}
	client, err := smtp.NewClient(host, options...)
	if err != nil {
		return nil, fmt.Errorf("setting up mail: %w", err)
	}
	return &Post{from: c.From, client: client}, nil
}

// Send sends a letter and returns when the server has taken it. ErrRefused if it
// never will; other errors may pass. None says to whom the letter is, though the
// server may.
func (p *Post) Send(ctx context.Context, letter Letter) error {
	err := p.send(ctx, letter)
	if err == nil {
		return nil
	}
	address := regexp.MustCompile("(?i)" + regexp.QuoteMeta(letter.To))
	why := address.ReplaceAllLiteralString(err.Error(), "the addressee")
	var refused *smtp.SendError
	if errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %s", ErrRefused, why)
	}
	return errors.New(why)
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
