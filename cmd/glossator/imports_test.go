package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which packages of ours each package may import. A new edge is
// a change of the design, argued for in its commit.
var mayImport = map[string][]string{
	"index/query":             {},
	"index":                   {"index/query"},
	"index/importer":          {"index", "index/importer/pdf"},
	"index/importer/pdf":      {},
	"index/catalogue":         {"index"},
	"index/fetch":             {},
	"index/export":            {"index"},
	"index/bleve":             {"index", "index/query"},
	"index/indextest":         {"index", "index/query"},
	"annotations":             {},
	"annotations/agreement":   {"annotations"},
	"annotations/anchor":      {"annotations"},
	"annotations/interchange": {"annotations", "index/export"},
	"annotations/store":       {"annotations", "annotations/agreement", "annotations/anchor", "index"},
	"annotations/transfer":    {"annotations", "annotations/anchor", "annotations/interchange", "annotations/store", "index", "index/query"},
	"annotations/watch":       {"annotations", "annotations/store", "index", "index/query"},
	"frontend":                {},
	"mail":                    {},
	"mail/mailtest":           {},
	"api": {"index/query", "index", "index/importer", "index/catalogue", "index/export", "annotations", "annotations/agreement", "annotations/anchor",
		"annotations/interchange", "annotations/store", "annotations/transfer", "annotations/watch", "frontend", "mail"},
	"cmd/glossator": {"index/query", "index", "index/importer", "index/importer/pdf", "index/catalogue", "index/fetch", "index/export", "index/bleve", "annotations",
		"annotations/anchor", "annotations/interchange", "annotations/store", "annotations/transfer", "annotations/watch", "frontend", "api", "mail"},
}

// onlyIn names the one package that may import a library or its parts.
var onlyIn = map[string]string{
	"github.com/labstack/echo":        "api",
	"github.com/go-webauthn/webauthn": "api",
	"github.com/blevesearch/bleve":    "index/bleve",
	"github.com/coreos/go-oidc":       "api",
	"github.com/wneessen/go-mail":     "mail",
	"database/sql":                    "annotations/store",
	"github.com/klippa-app/go-pdfium": "index/importer/pdf",
	"github.com/tetratelabs/wazero":   "index/importer/pdf",
}

// TestImports reads the source itself: what `go list` says may be out of a cache.
func TestImports(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", ".git", "testdata", "dist"}, d.Name()) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		relative, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		from := path.Dir(filepath.ToSlash(relative))
		seen[from] = true
		source, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range source.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			checkEdge(t, relative, from, imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for from := range seen {
		if _, known := mayImport[from]; !known {
			t.Errorf("package %s is not in the table of the design", from)
		}
	}
	for from := range mayImport {
		if !seen[from] {
			t.Errorf("package %s of the table does not exist", from)
		}
	}
}

func checkEdge(t *testing.T, file, from, imported string) {
	t.Helper()
	if ours, ok := strings.CutPrefix(imported, "glossator/"); ok && !slices.Contains(mayImport[from], ours) {
		t.Errorf("%s: %s may not import %s", file, from, ours)
	}
	for library, only := range onlyIn {
		if (imported == library || strings.HasPrefix(imported, library+"/")) && from != only {
			t.Errorf("%s: only %s may import %s", file, only, imported)
		}
	}
}
