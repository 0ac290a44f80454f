package api_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"glossator/annotations"
	"glossator/annotations/store"
	"glossator/api"
	"glossator/index"
	"glossator/index/bleve"
	"glossator/index/importer"
	"glossator/index/importer/pdf"
)

// people who have an account on every site, and their roles.
var people = map[string]string{
	"ada":    annotations.Member,
	"bo":     annotations.Member,
	"edith":  annotations.Editor,
	"arthur": annotations.Administrator,
}

const password = "lantern on the pier"

// A site is a server over a real store and a real engine, with two documents.
type site struct {
	*httptest.Server
	t      testing.TB
	store  *store.Store
	engine index.Engine
	router routers.Router
	tokens map[string]string // API tokens by name of user
	client *http.Client      // that keeps cookies
	log    *lines
}

// A lines is a log that several goroutines write.
type lines struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.String()
}

// built stands for a build of the app.
var built = fstest.MapFS{
	"index.html":           {Data: []byte("<!doctype html><title>Glossator</title>" + strings.Repeat("<p>quiet seas</p>", 100))},
	"assets/app-1a2b.js":   {Data: []byte("export const quiet = true")},
	"assets/sea-3c4d.svg":  {Data: []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")},
	"assets/sea-5e6f.data": {Data: []byte("no file of an app")},
}

// newSite returns an open site with people and documents. change may change
// its configuration.
func newSite(t testing.TB, change ...func(*api.Config)) *site {
	t.Helper()
	accounts, err := peopled()
	if err != nil {
		t.Fatal(err)
	}
	s := siteOn(t, accounts, change...)
	ctx := t.Context()
	users, err := s.store.Users(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range users {
		_, token, err := s.store.CreateToken(ctx, annotations.Asker{User: user.ID, Role: user.Role}, "tests", annotations.ScopeEverything, 0)
		if err != nil {
			t.Fatal(err)
		}
		s.tokens[user.Name] = token
	}
	s.put("harbour-accord.md")
	s.put("lighthouse-declaration.md")
	s.catchUp()
	return s
}

// peopled returns a database in which people have their accounts: passwords are
// costly to hash, and once is enough.
var peopled = sync.OnceValues(func() (content []byte, err error) {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "glossator-people-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := store.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	for name, role := range people {
		if _, err := s.CreateUser(ctx, name, password, role); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	if err := s.Close(); err != nil { // nothing is beside the database any more
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, store.File))
})

// emptySite returns an open site without anything.
func emptySite(t testing.TB, change ...func(*api.Config)) *site {
	t.Helper()
	return siteOn(t, nil, change...)
}

// siteOn returns an open site on a database, nil for a new one.
func siteOn(t testing.TB, database []byte, change ...func(*api.Config)) *site {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	if database != nil {
		if err := os.WriteFile(filepath.Join(dir, store.File), database, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bleve.Open(ctx, filepath.Join(dir, "index"), bleve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	log := &lines{}
	config := api.Config{
		Store: db, Engine: engine, Frontend: built, Open: true, Version: "test",
		Logger: slog.New(slog.NewTextHandler(log, nil)),
	}
	for _, c := range change {
		c(&config)
	}
	server, err := api.New(config)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{
		Server: httptest.NewServer(server), t: t, store: db, engine: engine, router: contractRouter(t),
		tokens: map[string]string{}, client: &http.Client{Jar: jar}, log: log,
	}
	t.Cleanup(func() {
		s.Close()
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// put imports a file of testdata/documents.
func (s *site) put(name string) {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/documents", name))
	if err != nil {
		s.t.Fatal(err)
	}
	document, versions, err := importer.Parse(name, data, importer.Metadata{})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.store.PutDocument(context.Background(), document, versions); err != nil {
		s.t.Fatal(err)
	}
}

// catchUp brings the index up to date and reads the references of new texts.
func (s *site) catchUp() {
	s.t.Helper()
	for more := true; more; {
		var err error
		if more, err = s.store.ReadReferences(context.Background()); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := index.Sync(context.Background(), s.engine, s.store, nil); err != nil {
		s.t.Fatal(err)
	}
}

// ask makes a request as a user, as "stranger" or as "browser".
func (s *site) ask(as string, request *http.Request) *http.Response {
	s.t.Helper()
	client := http.DefaultClient
	switch token, known := s.tokens[as]; {
	case known:
		request.Header.Set("Authorization", "Bearer "+token)
	case as == "browser":
		client = s.client
	case as != "stranger":
		s.t.Fatalf("nobody is called %q", as)
	}
	response, err := client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	return response
}

// get returns the status, the headers and the body of what is at a path.
func (s *site) get(as, path string, headers ...string) (*http.Response, []byte) {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.URL+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response := s.ask(as, request)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response, content
}

func readContract(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func contractRouter(t testing.TB) routers.Router {
	t.Helper()
	router, err := gorillamux.NewRouter(readContract(t))
	if err != nil {
		t.Fatal(err)
	}
	return router
}

func TestMain(m *testing.M) {
	pdf.Main()
	for _, text := range []string{"application/yaml", "text/markdown", "application/atom+xml", "text/csv", "text/turtle", "application/xml", "application/zip",
		"text/html", "text/javascript", "text/css"} {
		openapi3filter.RegisterBodyDecoder(text, openapi3filter.PlainBodyDecoder)
	}
	for _, json := range []string{"application/ld+json", "application/problem+json"} {
		openapi3filter.RegisterBodyDecoder(json, openapi3filter.JSONBodyDecoder)
	}
	os.Exit(m.Run())
}
