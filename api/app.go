package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// An app is the built browser app, in memory.
type app struct {
	files map[string]*packed // by path, with a leading slash
	// What the reader is made of: values of the Link header (see announce), and the
	// style sheets that index.html does not ask for itself, in their order.
	links, styles []string
}

// fileTypes are the files an app may consist of, by extension, and whether they
// get smaller by compression.
var fileTypes = map[string]struct {
	contentType string
	compress    bool
}{
	".css":         {"text/css; charset=utf-8", true},
	".html":        {"text/html; charset=utf-8", true},
	".ico":         {"image/x-icon", true},
	".js":          {"text/javascript; charset=utf-8", true},
	".json":        {"application/json", true},
	".map":         {"application/json", true},
	".png":         {"image/png", false},
	".svg":         {"image/svg+xml", true},
	".txt":         {"text/plain; charset=utf-8", true},
	".webmanifest": {"application/manifest+json", true},
	".webp":        {"image/webp", false},
	".woff2":       {"font/woff2", false},
	".xml":         {"application/xml", true},
}

// Names under assets/ hold a hash of the content; other files may change under
// their name.
const (
	foreverPublic = "public, max-age=31536000, immutable"
	askAgain      = "no-cache"
)

// loadApp reads the files of the app. A file may have a second one beside it that
// is the same in Brotli, under its name with ".br".
func loadApp(files fs.FS) (*app, error) {
	a := &app{files: map[string]*packed{}}
	if files == nil {
		return a, nil
	}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		kind, known := fileTypes[path.Ext(name)]
		if err != nil || entry.IsDir() || !known {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		cache := askAgain
		if strings.HasPrefix(name, "assets/") {
			cache = foreverPublic
		}
		sum := sha256.Sum256(content)
		file := pack(kind.contentType, cache, hex.EncodeToString(sum[:8]), content, kind.compress)
		if inBr, err := fs.ReadFile(files, name+".br"); err == nil && file.smaller != nil {
			file.smaller[inBrotli] = func() []byte { return inBr }
		}
		a.files["/"+name] = file
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("api: reading the files of the app: %w", err)
	}
	reader, err := screenFiles(files, "src/reader/Reader.tsx")
	if err == nil {
		a.links, err = screenLinks(files, reader)
	}
	if err != nil {
		return nil, fmt.Errorf("api: reading what the app is made of: %w", err)
	}
	for _, name := range reader {
		if index := a.files["/index.html"]; isStyle(name) && index != nil && !bytes.Contains(index.plain, []byte("/"+name)) {
			a.styles = append(a.styles, name)
		}
	}
	return a, nil
}

// operators are addresses that are answered to operators alone, elsewhere. A probe
// that asks for them here must not take a screen for a sign of health.
var operators = []string{"/healthz", "/readyz", "/metrics"}

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Glossator</title>
<h1>Glossator is running, its pages are not built</h1>
<p>Run <code>make build</code> and start it again. The API is at <a href="/api/openapi.yaml">/api/openapi.yaml</a>.</p>
</html>
`

// serve answers with a file of the app, or with index.html for the address of a
// screen, which the app itself understands.
func (a *app) serve(c echo.Context) error {
	if method := c.Request().Method; method != http.MethodGet && method != http.MethodHead {
		c.Response().Header().Set(echo.HeaderAllow, "GET, HEAD")
		return echo.ErrMethodNotAllowed
	}
	name := c.Request().URL.Path
	if file, ok := a.files[name]; ok && name != "/index.html" {
		return file.serve(c)
	}
	if _, file := fileTypes[path.Ext(name)]; file && name != "/index.html" || strings.HasPrefix(name, "/assets/") || slices.Contains(operators, name) {
		return echo.ErrNotFound
	}
	index, ok := a.files["/index.html"]
	if !ok {
		return c.HTML(http.StatusServiceUnavailable, notBuilt)
	}
	return index.serve(c)
}
