// Package api speaks HTTP: the contract openapi.yaml over the store and the
// engine, the feeds of shared searches, and the files of the browser app.
// routes.go shows every route and who may call it; errors.go is the one table
// from errors to answers.
package api

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"glossator/annotations/store"
	"glossator/annotations/watch"
	"glossator/index"
)

// Config says what a Server works with. Store, Engine and Logger must be set.
type Config struct {
	Store    *store.Store
	Engine   index.Engine
	Frontend fs.FS // the built app: index.html and what it needs; nil or empty if it is not built
	Logger   *slog.Logger
	Open     bool                  // whether strangers may read
	Secure   bool                  // whether browsers come by HTTPS: cookies are marked so, addresses in feeds begin so
	Proxies  []netip.Prefix        // whose word on where a request comes from, and whether by HTTPS, is believed
	Address  *url.URL              // that people use; nil if it is only known from what they ask
	Version  string                // of the program
	Metrics  prometheus.Registerer // where what is counted of requests can be read; nil for nowhere
	Limits   Limits

	Letters *Letters // how letters go out; nil if they do not

	OpenID *OpenID // by which provider people may sign in; nil for none

	EmbeddedIn []string // origins of the sites that may show pages of ours in a frame

	// HypothesisClient is the address of the folder with the files of the Hypothesis
	// client; "" if pages cannot embed it from here.
	HypothesisClient string

	// Complete adds what is known of an instrument from elsewhere to the
	// document of an imported file, before it is stored; nil adds nothing.
	Complete func(*index.Document)
}

// A Server answers HTTP requests. It is safe for concurrent use.
type Server struct {
	Config
	echo      *echo.Echo
	contract  *contract
	foreign   *http.CrossOriginProtection
	app       *app
	versions  *shelf
	cited     citedNames
	known     knownCache
	referring *shelf
	synonyms  *watch.Synonyms
	grants    grants
	metrics   *metrics
	limits    limits
	policy    string // of pages, for their Content-Security-Policy
	seal      seal   // of what browsers keep

	ceremonies *ceremonies

	called    store.Kept[names]
	exporting chan struct{} // one for each export that may be written at the same time
	counted   struct {      // see valuesOf
		sync.Mutex
		mark   int64
		facets []index.Facet
	}
}

// New returns a Server for c. It fails if the routes and the contract disagree
// or if the files of the app cannot be read.
func New(c Config) (*Server, error) {
	if c.Store == nil || c.Engine == nil || c.Logger == nil {
		return nil, errors.New("api: a store, an engine and a logger are needed")
	}
	if c.Complete == nil {
		c.Complete = func(*index.Document) {}
	}
	contract, err := loadContract()
	if err != nil {
		return nil, err
	}
	app, err := loadApp(c.Frontend)
	if err != nil {
		return nil, err
	}
	if c.HypothesisClient, err = clientFolder(c.HypothesisClient); err != nil {
		return nil, err
	}
	frames, err := framing(c.EmbeddedIn)
	if err != nil {
		return nil, err
	}
	seal, err := newSeal()
	if err != nil {
		return nil, err
	}
	metrics, err := newMetrics(c.Metrics)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Config:    c,
		echo:      echo.New(),
		contract:  contract,
		foreign:   http.NewCrossOriginProtection(),
		app:       app,
		versions:  newShelf(versionBytes),
		referring: newShelf(referenceBytes),
		synonyms:  &watch.Synonyms{Store: c.Store},
		metrics:   metrics,
		limits:    newLimits(c.Limits),
		policy:    policy + frames,
		seal:      seal,

		ceremonies: newCeremonies(seal),

		exporting: make(chan struct{}, 1),
	}
	s.echo.HTTPErrorHandler = s.fail
	s.echo.IPExtractor = whence(c.Proxies)
	s.echo.Use(slowest.paced, s.log, s.headers, s.doors, recovered, s.sameOrigin, s.elsewhere)
	if err := s.register(s.routes()); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }
