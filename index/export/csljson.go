package export

import (
	"io"
	"strings"

	"glossator/index"
)

// MediaTypeCSL is what WriteCSL writes.
const MediaTypeCSL = "application/vnd.citationstyles.csl+json"

// A cslItem is an item of CSL-JSON (schema csl-data.json, CSL 1.0.2).
type cslItem struct {
	ID         string    `json:"id"`
	Type       string    `json:"type"`
	Title      string    `json:"title"`
	ShortTitle string    `json:"title-short,omitempty"`
	Author     []cslName `json:"author,omitempty"`
	Authority  string    `json:"authority,omitempty"`
	Issued     *cslDate  `json:"issued,omitempty"`
	Genre      string    `json:"genre,omitempty"`
	Language   string    `json:"language,omitempty"`
	Section    string    `json:"section,omitempty"`
	Page       string    `json:"page,omitempty"`
	URL        string    `json:"URL,omitempty"`
	Note       string    `json:"note,omitempty"`
	Keyword    string    `json:"keyword,omitempty"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// WriteCSL writes an array with an item for each document, with the pinpoints as
// its section and the pages they stand on: a locator belongs to the place that
// cites, not to an item.
func WriteCSL(w io.Writer, _ Search, records Records) error {
	if _, err := io.WriteString(w, "["); err != nil {
		return err
	}
	if err := writeItems(w, entries(records), cslOf); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n]\n")
	return err
}

func cslOf(e entry) cslItem {
	item := cslItem{
		ID: e.ID, Type: cslType(e.Kind), Title: e.Title, ShortTitle: e.ShortTitle, Genre: e.Kind,
		Language: strings.Join(e.languages, ", "), Section: strings.Join(e.pinpoints, "; "), Page: strings.Join(e.pages, ", "),
		URL: e.address, Note: e.note(), Keyword: strings.Join(e.concepts, ", "),
	}
	if e.authored() {
		item.Author = []cslName{{e.Organisation}}
	} else {
		item.Authority = e.Organisation
	}
	if date := e.issued(); len(date) > 0 {
		item.Issued = &cslDate{[][]int{date}}
	}
	return item
}

func cslType(kind string) string {
	switch kind {
	case index.Treaty:
		return "treaty"
	case index.Commentary:
		return "document"
	}
	return "legislation"
}
