package api

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations/store"
)

// announce names, with the page of the reader, what the reader will ask for
// (https://www.rfc-editor.org/rfc/rfc8288), so that the text is on its way while
// the app still is. It names only what the asker may read; where it cannot, it
// names nothing, and the app asks for itself.
func (s *Server) announce(c echo.Context) {
	id, ok := strings.CutPrefix(c.Request().URL.Path, "/read/")
	if !ok || s.app.reader == nil {
		return
	}
	h := c.Response().Header()
	for _, address := range s.readerAsks(c, id) {
		h.Add("Link", "<"+address+">; rel=preload; as=fetch; crossorigin")
	}
	for _, link := range s.app.reader {
		h.Add("Link", link)
	}
}

// readerAsks are the addresses from which the reader of a document begins, what
// is largest first; none if the asker may not read it.
func (s *Server) readerAsks(c echo.Context, id string) []string {
	asker, err := s.asker(c)
	if err != nil || s.may(asker, reader, http.MethodGet) != nil {
		return nil
	}
	document, err := s.Store.Document(c.Request().Context(), asker, id)
	if err != nil {
		return nil
	}
	wanted := c.QueryParam("version")
	if wanted == "" {
		wanted = current(document.Versions)
	}
	addresses := []string{"/api/documents/" + url.PathEscape(id), "/api/session"}
	if wanted != "" {
		addresses = append([]string{"/api/versions/" + url.PathEscape(wanted)}, addresses...)
	}
	return addresses
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

// screenLinks are the values of the Link header that announce the files of a
// screen, by the manifest of the build
// (https://vite.dev/guide/backend-integration); none if there is no manifest.
func screenLinks(files fs.FS, screen string) ([]string, error) {
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
	links, seen := []string{}, map[string]bool{}
	var add func(name string)
	add = func(name string) {
		chunk, ok := manifest[name]
		if !ok || seen[name] {
			return
		}
		seen[name] = true
		links = append(links, "</"+chunk.File+">; rel=modulepreload")
		for _, style := range chunk.CSS {
			links = append(links, "</"+style+">; rel=preload; as=style; crossorigin")
		}
		for _, other := range chunk.Imports {
			add(other)
		}
	}
	add(screen)
	return links, nil
}
