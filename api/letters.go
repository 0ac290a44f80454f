package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"glossator/annotations/store"
	"glossator/mail"
)

// Letters sends what waits in the store, one letter after the other.
type Letters struct {
	Post   *mail.Post
	Site   *url.URL // the address that people use, where links lead
	Logger *slog.Logger
	// Pauses are before each further try to send a letter; the last one is before
	// all that come after.
	Pauses []time.Duration

	woken   chan struct{} // holds one while a letter may have come
	outcome *prometheus.CounterVec
}

// idle is how long nobody looks for letters of whose coming they were not told.
const idle = time.Hour

// longestTried is how long after it was asked for a letter is tried to be sent.
var longestTried = map[string]time.Duration{
	store.LetterPassword: store.ResetTime, store.LetterMailbox: store.MailShownIn, store.LetterInvitation: 24 * time.Hour,
}

// NewLetters returns what sends letters while Run runs. metrics may be nil.
func NewLetters(post *mail.Post, site *url.URL, logger *slog.Logger, metrics prometheus.Registerer) (*Letters, error) {
	l := &Letters{
		Post: post, Site: site, Logger: logger, woken: make(chan struct{}, 1),
		Pauses: []time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute},
		outcome: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "glossator_letters_total", Help: "Letters by what became of a try to send them: sent, again, failed.",
		}, []string{"outcome"}),
	}
	if metrics != nil {
		if err := metrics.Register(l.outcome); err != nil {
			return nil, fmt.Errorf("api: counting letters: %w", err)
		}
	}
	return l, nil
}

// wake has somebody look for letters at once.
func (l *Letters) wake() {
	select {
	case l.woken <- struct{}{}:
	default: // somebody will
	}
}

// Run sends letters until ctx ends. What waits then stays in the store, and is tried
// at once by the next to run.
func (l *Letters) Run(ctx context.Context, s *store.Store) error {
	if err := s.HastenLetters(ctx); err != nil && ctx.Err() == nil {
		l.Logger.LogAttrs(ctx, slog.LevelError, "letters wait longer", slog.Any("error", err))
	}
	for ctx.Err() == nil {
		pause, err := l.next(ctx, s)
		if err != nil && ctx.Err() == nil {
			pause = time.Minute
			l.Logger.LogAttrs(ctx, slog.LevelError, "letters are not sent", slog.Duration("next try", pause), slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
		case <-l.woken:
		case <-time.After(pause):
		}
	}
	return ctx.Err()
}

// next sends a letter if one is due; pause is how long none will be.
func (l *Letters) next(ctx context.Context, s *store.Store) (pause time.Duration, err error) {
	letter, err := s.NextLetter(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return idle, nil
	}
	if err != nil {
		return 0, err
	}
	if wait := time.Until(time.UnixMilli(letter.Due)); wait > 0 {
		return wait, nil
	}
	message, err := s.Compose(ctx, letter)
	if errors.Is(err, store.ErrNotFound) {
		return 0, s.DropLetter(ctx, letter)
	}
	if err != nil {
		return 0, err
	}
	return 0, l.settle(context.WithoutCancel(ctx), s, letter, l.Post.Send(ctx, l.written(letter.Kind, message)), ctx.Err() != nil)
}

// settle notes what became of a try to send a letter; one that was cut short is
// none. What is logged says neither to whom a letter is nor what is in it.
func (l *Letters) settle(ctx context.Context, s *store.Store, letter store.Letter, err error, cut bool) error {
	pause := l.Pauses[min(letter.Tries, len(l.Pauses)-1)]
	due := time.Now().Add(pause)
	switch {
	case err == nil:
		l.outcome.WithLabelValues("sent").Inc()
		return s.DropLetter(ctx, letter)
	case cut:
		return nil
	case errors.Is(err, mail.ErrRefused) || due.After(time.UnixMilli(letter.Created).Add(longestTried[letter.Kind])):
		l.outcome.WithLabelValues("failed").Inc()
		l.Logger.LogAttrs(ctx, slog.LevelError, "a letter was not sent", slog.Int("tries", letter.Tries+1), slog.Any("error", err))
		return s.DropLetter(ctx, letter)
	}
	l.outcome.WithLabelValues("again").Inc()
	l.Logger.LogAttrs(ctx, slog.LevelWarn, "a letter is tried again", slog.Duration("in", pause), slog.Any("error", err))
	return s.PostponeLetter(ctx, letter, due)
}

// written puts a message into words.
func (l *Letters) written(kind string, m store.Message) mail.Letter {
	letter := mail.Letter{To: m.To}
	switch kind {
	case store.LetterPassword:
		letter.Subject = "Choose a new password for Glossator"
		letter.Text = fmt.Sprintf(
			"Somebody, presumably you, has asked for a new password of the account %q.\n\nThis link leads to it, once and within %s:\n\n%s\n\n"+
				"If it was not you, do nothing: the password you have stays good.\n", m.Name, inHours(store.ResetTime), l.link("enter", m.Token))
	case store.LetterMailbox:
		letter.Subject = "Is this your address?"
		letter.Text = fmt.Sprintf(
			"Somebody with an account in Glossator, presumably you, wants letters to come here.\n\n"+
				"If that is right, open this link until %s:\n\n%s\n\nIf not, do nothing.\n", inUTC(m.Expires, "15:04 UTC on 2 January"), l.link("mail", m.Token))
	case store.LetterInvitation:
		letter.Subject = "Your account in Glossator"
		letter.Text = fmt.Sprintf(
			"%s invites you to Glossator: full-text search and annotation of international agreements.\n\n"+
				"This link makes your account, once and until %s:\n\n%s\n", m.Name, inUTC(m.Expires, "2 January 2006"), l.link("enter", m.Token))
	}
	letter.Text += "\n-- \nGlossator, " + l.Site.String() + "\n"
	return letter
}

// link is the address of a screen with a token.
func (l *Letters) link(screen, token string) string { return l.Site.JoinPath(screen, token).String() }

func inUTC(at int64, layout string) string { return time.UnixMilli(at).UTC().Format(layout) }

func inHours(d time.Duration) string {
	if d == time.Hour {
		return "an hour"
	}
	return fmt.Sprintf("%.0f hours", d.Hours())
}
