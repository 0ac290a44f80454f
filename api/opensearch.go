package api

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"glossator/annotations"
)

// An openSearch is a description document of OpenSearch 1.1.
type openSearch struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"` // at most 16 characters
	Description string          `xml:"Description"`
	Encoding    string          `xml:"InputEncoding"`
	Image       openSearchImage `xml:"Image"`
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Width   int    `xml:"width,attr"`
	Height  int    `xml:"height,attr"`
	Type    string `xml:"type,attr"`
	Address string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr"`
	Template string `xml:"template,attr"`
}

// openSearch tells a browser how to search here from its address bar.
func (s *Server) openSearch(c echo.Context, _ annotations.Asker) error {
	site := s.site(c)
	content, err := xml.MarshalIndent(openSearch{
		ShortName: "Glossator", Description: "Search international agreements and the commentary on them.", Encoding: "UTF-8",
		Image: openSearchImage{16, 16, "image/svg+xml", site + "/icon.svg"},
		URLs: []openSearchURL{
			{"text/html", "results", site + "/search?q={searchTerms}"},
			{"application/x-suggestions+json", "suggestions", site + "/api/opensearch-suggest?q={searchTerms}"},
			{"application/opensearchdescription+xml", "self", site + "/opensearch.xml"},
		},
	}, "", " ")
	if err != nil {
		return fmt.Errorf("writing a description: %w", err)
	}
	c.Response().Header().Set("Cache-Control", askAgain)
	return answer(c, http.StatusOK, "application/opensearchdescription+xml", append([]byte(xml.Header), content...))
}

// suggestForBrowsers completes a query in the form that the search field of a
// browser asks for (OpenSearch Suggestions 1.0).
func (s *Server) suggestForBrowsers(c echo.Context, asker annotations.Asker) error {
	text := c.QueryParam("q")
	groups, err := s.completions(c.Request().Context(), asker, text, utf8.RuneCountInString(text))
	if err != nil {
		return err
	}
	queries, details, addresses := []string{}, []string{}, []string{}
	for _, group := range groups {
		if group.Name == "fields" {
			continue
		}
		for _, item := range group.Items {
			q := string([]rune(text)[:item.Start]) + strings.TrimSpace(item.Insert)
			queries, details = append(queries, q), append(details, item.Label)
			addresses = append(addresses, s.site(c)+"/search?"+url.Values{"q": {q}}.Encode())
		}
	}
	content, err := json.Marshal([]any{text, queries, details, addresses})
	if err != nil {
		return fmt.Errorf("writing suggestions: %w", err)
	}
	return answer(c, http.StatusOK, "application/x-suggestions+json", content)
}
