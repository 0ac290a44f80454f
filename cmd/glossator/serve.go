package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"glossator/annotations/store"
	"glossator/annotations/watch"
	"glossator/api"
	"glossator/frontend"
	"glossator/index"
	"glossator/index/bleve"
	"glossator/index/catalogue"
)

type serveCommand struct {
	Listen  string `help:"Address to listen on." default:"127.0.0.1:8080" env:"GLOSSATOR_LISTEN"`
	URL     string `help:"Address that people use, if it is another: behind a proxy, say." env:"GLOSSATOR_URL"`
	Closed  bool   `help:"Let only people with an account read and search." env:"GLOSSATOR_CLOSED"`
	Private string `help:"Address for operators alone, such as 127.0.0.1:9090: health, metrics, profiles." env:"GLOSSATOR_PRIVATE"`
	Digests bool   `help:"Load our digests of the known instruments." default:"true" negatable:"" env:"GLOSSATOR_DIGESTS"`

	security
	tracing
	schedule
	auditing
	openID
	mailing

	EmbeddedIn []string `help:"Origins of the sites that may show Glossator in a frame, such as https://faculty.example.org; none if not said." env:"GLOSSATOR_EMBEDDED_IN" placeholder:"ORIGIN,..."`
	SearchRate uint     `help:"Searches that an account or a stranger's address may make in a second, after four times as many at once; 0 for no limit." default:"50" env:"GLOSSATOR_SEARCH_RATE"`

	HypothesisClient string `help:"Address of the folder with the files of the Hypothesis client; with it pages can embed the client." env:"GLOSSATOR_HYPOTHESIS_CLIENT" placeholder:"URL"`
}

// Validate refuses settings that do not go together.
func (c serveCommand) Validate() error {
	return errors.Join(c.security.Validate(), c.openID.Validate(), c.mailing.Validate(), c.auditing.Validate())
}

// collectAt is by how many percent what is in memory may grow before it is
// collected, unless GOGC says otherwise. Most of what is kept are lists of numbers,
// which are quickly passed over.
const collectAt = 75

// Run serves until ctx ends. Then requests under way end, the index and the
// store are closed, and the log of the database is written into it: in ten
// seconds.
func (c serveCommand) Run(ctx context.Context, line *commandLine) (err error) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	unclean := store.Unclean(line.Data)
	s, err := store.Open(ctx, line.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if unclean {
		slog.Info("the last stop was not clean: looking whether the database is whole")
		if err := s.Sound(ctx); err != nil {
			return err
		}
	}
	if c.Digests {
		if err := loadDigests(ctx, s); err != nil {
			return err
		}
	}
	opened, err := openSoundIndex(ctx, line.Data, s)
	if errors.Is(err, errIndexInUse) {
		return fmt.Errorf("the folder %s is in use: is Glossator running already? %w", line.Data, err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()

	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", c.Listen, err)
	}
	defer listener.Close()
	address, err := c.address(listener)
	if err != nil {
		return err
	}
	listener, redirect, err := c.secured(listener, line.Data, address)
	if err != nil {
		return err
	}
	provider, err := c.provider(address)
	if err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	letters, err := c.letters(address, registry)
	if err != nil {
		return err
	}
	engine := measured(opened, registry)
	handler, err := c.handler(s, engine, address, provider, letters, registry) //nolint:contextcheck // nothing is waited for
	if err != nil {
		return err
	}
	handler, lastTraces, err := c.traced(ctx, handler)
	if err != nil {
		return err
	}
	defer lastTraces()
	if err := greet(ctx, s, address); err != nil {
		return err
	}

	// Whoever is still answered may need what runs beside: that stops when the
	// last answer is out.
	group, beside := errgroup.WithContext(context.WithoutCancel(ctx))
	serving, stop := context.WithCancel(ctx)
	defer stop()
	context.AfterFunc(beside, stop)
	if c.Private != "" {
		operators, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Private)
		if err != nil {
			return fmt.Errorf("listening on %s: %w", c.Private, err)
		}
		slog.Info("operators ask here", "address", "http://"+operators.Addr().String())
		group.Go(func() error {
			return serve(beside, operators, private(s, engine, line.Data, registry), operatorsDrainTime) //nolint:contextcheck // a figure is read for whoever asks
		})
	}
	if c.TLSRedirect != "" {
		group.Go(func() error { return lead(beside, c.TLSRedirect, redirect) })
	}
	group.Go(func() error {
		return follow(beside, s, engine, func(ctx context.Context) error { return opened.revive(ctx, line.Data, s) })
	})
	group.Go(func() error {
		return (&watch.Watcher{Store: s, Engine: engine, Synonyms: &watch.Synonyms{Store: s}}).Run(beside)
	})
	group.Go(func() error { return readReferences(beside, s) })
	group.Go(func() error { return tally(beside, s) })
	group.Go(func() error { return readAhead(beside, s) })
	if letters != nil {
		group.Go(func() error { return letters.Run(beside, s) })
	}
	if provider != nil {
		group.Go(func() error { return reach(beside, provider) })
	}
	if c.BackupDir != "" {
		group.Go(func() error { return c.keepBackups(beside, s) })
	}
	if c.AuditDays > 0 {
		group.Go(func() error { return c.shortenAudit(beside, s) })
	}
	group.Go(func() error { return serve(serving, listener, handler, drainTime) })
	if err := group.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	slog.Info("stopped")
	return nil
}

// address returns the address that people use. It has no path: pages name each
// other from the root.
func (c serveCommand) address(listener net.Listener) (*url.URL, error) {
	given := c.URL
	if given == "" {
		given = c.site(listener)
	}
	address, err := url.Parse(given)
	if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" || strings.Trim(address.RequestURI(), "/") != "" {
		return nil, fmt.Errorf("%q is not an address such as https://glossator.example.org", given)
	}
	return address, nil
}

func (c serveCommand) handler(s *store.Store, engine index.Engine, address *url.URL, provider *api.OpenID, letters *api.Letters, registry prometheus.Registerer) (http.Handler, error) {
	return api.New(api.Config{
		Store:    s,
		Engine:   engine,
		Frontend: frontend.Dist(),
		Logger:   slog.Default(),
		Open:     !c.Closed,
		Secure:   address.Scheme == "https",
		Proxies:  c.networks(),
		Address:  address,
		Version:  version,
		Metrics:  registry,
		Complete: catalogue.Complete,

		OpenID:     provider,
		Letters:    letters,
		Limits:     c.limits(),
		EmbeddedIn: c.EmbeddedIn,

		HypothesisClient: c.HypothesisClient,
	})
}

// limits bound how often strangers and accounts may ask.
func (c serveCommand) limits() api.Limits {
	l := api.Limits{SignIn: api.Rate{Burst: 10, Every: 30 * time.Second}}
	if c.SearchRate > 0 {
		l.Search = api.Rate{Burst: 4 * int(c.SearchRate), Every: time.Second / time.Duration(c.SearchRate)}
	}
	return l
}

// greet prints where Glossator is and, while there is no account, the link that
// makes the first.
func greet(ctx context.Context, s *store.Store, address *url.URL) error {
	greeting := fmt.Sprintf("Glossator is at %s\n", address)
	token, needed, err := s.SetupToken(ctx)
	if err != nil {
		return err
	}
	if needed {
		link := address.JoinPath("setup")
		link.RawQuery = url.Values{"token": {token}}.Encode()
		greeting += fmt.Sprintf("There is no account yet. This link, good until the next start, makes the first one:\n%s\n", link)
	}
	_, err = os.Stdout.WriteString(greeting)
	return err
}

// The index rests after it has taken in writes, so that those that come close
// together are taken in at once: each time costs it and the searches after it the
// same, for one write or for twenty. It rests restPerSync times as long as that took,
// which is longer the busier the machine is, within bounds: what was written is to be
// found before its writer looks for it.
const (
	shortestRest = 50 * time.Millisecond
	longestRest  = 100 * time.Millisecond
	restPerSync  = 5
)

// follow keeps the index up with the store, and returns when ctx ends.
func follow(ctx context.Context, s *store.Store, engine index.Engine, revive func(context.Context) error) error {
	return again(ctx, "the index is behind", 5*time.Second, func() error {
		began := time.Now()
		if err := keepUp(ctx, s, engine, revive); err != nil {
			return err
		}
		took := time.Since(began)
		rested := time.Now().Add(min(max(restPerSync*took, shortestRest), longestRest))
		mark, err := engine.Mark(ctx)
		if err != nil {
			return err
		}
		if err := s.Wait(ctx, mark); err != nil {
			return err
		}
		return sleep(ctx, time.Until(rested))
	})
}

// keepUp brings the index up to the store. One that hangs is begun anew by revive.
func keepUp(ctx context.Context, s *store.Store, engine index.Engine, revive func(context.Context) error) error {
	err := index.Sync(ctx, engine, s, nil)
	if !errors.Is(err, bleve.ErrHung) {
		return err
	}
	slog.Error("the index hangs: it is given up and built anew", "reason", err)
	if err := revive(ctx); err != nil {
		return err
	}
	return index.Sync(ctx, engine, s, nil)
}

// restBetweenReadings keeps whoever annotates from having all texts looked through
// for new ones after each word.
const restBetweenReadings = time.Second

// readReferences reads the references of new texts, one text after the other,
// until ctx ends.
func readReferences(ctx context.Context, s *store.Store) error {
	return again(ctx, "references are not read", time.Minute, func() error {
		mark, err := s.Mark(ctx)
		for more := err == nil; more && err == nil; {
			more, err = s.ReadReferences(ctx)
		}
		if err != nil {
			return err
		}
		rested := time.Now().Add(restBetweenReadings)
		if err := s.Wait(ctx, mark); err != nil {
			return err
		}
		return sleep(ctx, time.Until(rested))
	})
}

// restBetweenTallies keeps whoever annotates a long text from having it counted
// after each word.
const restBetweenTallies = 30 * time.Second

// tally counts what is tagged and used before somebody asks for it, until ctx ends.
func tally(ctx context.Context, s *store.Store) error {
	return again(ctx, "what is tagged is not counted", time.Minute, func() error {
		mark, err := s.Mark(ctx)
		if err != nil {
			return err
		}
		if err := s.CountAhead(ctx); err != nil {
			return err
		}
		if err := s.Wait(ctx, mark); err != nil {
			return err
		}
		return sleep(ctx, restBetweenTallies)
	})
}

// readAhead reads what pages of hits will show of annotations, once: the first
// searches need not wait for it.
func readAhead(ctx context.Context, s *store.Store) error {
	if err := s.HoldBriefs(ctx); err != nil && ctx.Err() == nil {
		slog.Warn("annotations are not read ahead", "reason", err)
	}
	return nil
}

// again does something again and again until ctx ends. A failure is logged, and
// tried again after a pause: everything else goes on without it.
func again(ctx context.Context, failed string, pause time.Duration, do func() error) error {
	for {
		err := do()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			slog.Error(failed, "reason", err, "next try", pause)
			if err := sleep(ctx, pause); err != nil {
				return err
			}
		}
	}
}

// sleep waits; it fails if ctx ends before.
func sleep(ctx context.Context, pause time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}
