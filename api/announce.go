package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
	"glossator/annotations/store"
)

// A reading is what the address of the reader asks for and its asker may read.
type reading struct {
	asker    annotations.Asker
	document store.DocumentDetail // without an id if there is none
	version  string               // id of the version to begin with; "" if there is none
}

// announce names, with the page of the reader, what the reader will ask for
// (https://www.rfc-editor.org/rfc/rfc8288), so that the text is on its way while
// the app still is. It names only what the asker may read; where it cannot, it
// names nothing, and the app asks for itself. What keeps the page from being
// painted comes first; the annotations, which may be larger than all else, last.
func (s *Server) announce(c echo.Context, r reading) {
	h := c.Response().Header()
	fetch := func(address, priority string) {
		h.Add("Link", "<"+address+">; rel=preload; as=fetch; crossorigin"+priority)
	}
	version := "/api/versions/" + url.PathEscape(r.version)
	h.Add("Link", "</theme.js>; rel=preload; as=script")
	if r.version != "" {
		fetch(version, "")
	}
	for _, link := range s.app.links {
		h.Add("Link", link)
	}
	if r.document.ID != "" {
		fetch("/api/documents/"+url.PathEscape(r.document.ID), "")
		fetch("/api/session", "")
	}
	if r.version != "" {
		fetch(version+"/annotations", "; fetchpriority=low")
	}
}

// reading returns the document with an id and the version of it that the reader
// begins with, as far as the asker may read them.
func (s *Server) reading(c echo.Context, id string) reading {
	asker, err := s.asker(c)
	if err != nil || s.may(asker, reader, http.MethodGet) != nil {
		return reading{}
	}
	found, err := s.Store.Document(c.Request().Context(), asker, id)
	if err != nil {
		return reading{}
	}
	return reading{asker, found, cmp.Or(c.QueryParam("version"), current(found.Versions))}
}

// current is the id of the version that the reader shows if none is asked for:
// the current one in English if there is one, else the first; "" without any.
func current(versions []store.VersionSummary) string {
	first := ""
	for _, v := range versions {
		language, _, _ := strings.Cut(strings.ToLower(v.Language), "-")
		switch {
		case v.Current && language == "en":
			return v.ID
		case v.Current && first == "":
			first = v.ID
		}
	}
	if first == "" && len(versions) > 0 {
		first = versions[0].ID
	}
	return first
}

// screenFiles are the files of a screen, by the manifest of the build
// (https://vite.dev/guide/backend-integration), what others stand on first. None
// if there is no manifest.
func screenFiles(files fs.FS, screen string) ([]string, error) {
	content, err := fs.ReadFile(files, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	manifest := map[string]struct {
		File    string   `json:"file"`
		CSS     []string `json:"css"`
		Imports []string `json:"imports"`
	}{}
	if err := json.Unmarshal(content, &manifest); err != nil {
		return nil, err
	}
	needed, seen := []string{}, map[string]bool{}
	var add func(name string)
	add = func(name string) {
		chunk, ok := manifest[name]
		if !ok || seen[name] {
			return
		}
		seen[name] = true
		for _, other := range chunk.Imports {
			add(other)
		}
		needed = append(append(needed, chunk.CSS...), chunk.File)
	}
	add(screen)
	return needed, nil
}

// screenLinks are the values of the Link header that announce files, the largest
// first: a browser asks an address that is not secure for few at a time.
func screenLinks(files fs.FS, names []string) ([]string, error) {
	sizes := map[string]int64{}
	for _, name := range names {
		info, err := fs.Stat(files, name)
		if err != nil {
			return nil, err
		}
		sizes[name] = info.Size()
	}
	var links []string
	for _, name := range slices.SortedStableFunc(slices.Values(names), func(a, b string) int { return cmp.Compare(sizes[b], sizes[a]) }) {
		if isStyle(name) {
			links = append(links, "</"+name+">; rel=preload; as=style; crossorigin")
		} else {
			links = append(links, "</"+name+">; rel=modulepreload")
		}
	}
	return links, nil
}

func isStyle(name string) bool { return strings.HasSuffix(name, ".css") }
