package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"glossator/index"
)

// Three shapes of JSON are known, each an object with a list of articles:
// a treaty with "content" (preamble, articles, annexes), a treaty in two
// languages ("content_en", "content_zh"), and an act with recitals. What is
// made from the text, such as lists of the terms defined, is left out.

type jsonTreaty struct {
	Title      string        `json:"title"`
	ShortTitle string        `json:"short_title"`
	FullName   string        `json:"full_name"`
	Date       string        `json:"date"`
	Address    string        `json:"eur_lex_url"`
	Effective  string        `json:"effective_date"`
	Metadata   jsonMetadata  `json:"metadata"`
	Content    *jsonContent  `json:"content"`
	TreatyEN   string        `json:"treaty_en"`
	TreatyZH   string        `json:"treaty_zh"`
	PreambleEN string        `json:"preamble_en"`
	PreambleZH string        `json:"preamble_zh"`
	Articles   []jsonArticle `json:"articles"`
	Recitals   []jsonRecital `json:"recitals"`
}

type jsonMetadata struct {
	InForce string `json:"entry_into_force"`
}

type jsonContent struct {
	Preamble string        `json:"preamble"`
	Parts    []jsonPart    `json:"parts"`
	Articles []jsonArticle `json:"articles"`
	Annexes  []jsonAnnex   `json:"annexes"`
}

type jsonPart struct {
	Number   jsonNumber    `json:"number"`
	Heading  string        `json:"heading"`
	Articles []jsonArticle `json:"articles"`
}

type jsonArticle struct {
	Number    jsonNumber `json:"number"`
	Heading   string     `json:"heading"`
	Title     string     `json:"title"`
	Text      string     `json:"text"`
	Article   string     `json:"article"`
	TitleEN   string     `json:"title_en"`
	TitleZH   string     `json:"title_zh"`
	ContentEN string     `json:"content_en"`
	ContentZH string     `json:"content_zh"`
}

type jsonRecital struct {
	Number jsonNumber `json:"recital_number"`
	Text   string     `json:"text"`
}

type jsonAnnex struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// A jsonNumber is a number written as one or as a string.
type jsonNumber string

func (n *jsonNumber) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		*n = jsonNumber(text)
		return nil
	}
	var number json.Number
	err := json.Unmarshal(data, &number)
	*n = jsonNumber(number.String())
	return err
}

func sniffJSON(s source) bool {
	return strings.HasPrefix(strings.TrimSpace(s.text[:min(len(s.text), 256)]), "{") && !strings.HasSuffix(strings.ToLower(s.name), ".md")
}

func parseJSON(s source) (index.Document, []draft, error) {
	var t jsonTreaty
	if err := json.Unmarshal([]byte(s.text), &t); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line := 1 + bytes.Count([]byte(s.text[:min(int(syntax.Offset), len(s.text))]), []byte("\n"))
			return index.Document{}, nil, fmt.Errorf("%w: the JSON is not complete or not correct at line %d (%w)", ErrMalformed, line, err)
		}
		return index.Document{}, nil, fmt.Errorf("%w: the JSON is not of a known shape (%w)", ErrUnknownFormat, err)
	}
	switch {
	case t.Content != nil && len(t.Content.Articles)+len(t.Content.Parts) > 0:
		said := index.Document{Title: t.Title, ShortTitle: t.ShortTitle, Adopted: t.Date, InForce: t.Metadata.InForce}
		return said, []draft{{title: t.Title, segmenter: t.Content.build()}}, nil
	case t.PreambleEN+t.PreambleZH != "" && len(t.Articles) > 0:
		return index.Document{Title: firstNonEmpty(t.TreatyEN, t.TreatyZH)}, t.bilingual(s.language), nil
	case len(t.Articles) > 0:
		said := index.Document{Title: t.FullName, InForce: t.Effective, Address: t.Address}
		return said, []draft{{title: t.FullName, segmenter: t.act()}}, nil
	}
	return index.Document{}, nil, fmt.Errorf("%w: the JSON has no list of articles; import the text itself", ErrUnknownFormat)
}

// build builds a treaty with a preamble, articles, perhaps in parts, and
// annexes. A row of the list of articles that only repeats its own "number" is
// a heading between the articles.
func (c *jsonContent) build() *segmenter {
	s := newSegmenter()
	s.jsonPreamble("", c.Preamble)
	s.jsonArticles(c.Articles)
	for _, part := range c.Parts {
		s.container(heading{kind: index.Part, number: string(part.Number), title: part.Heading}, 0, "Part "+string(part.Number)+" "+part.Heading)
		s.jsonArticles(part.Articles)
	}
	for _, annex := range c.Annexes {
		s.container(heading{kind: index.Annex, title: annex.Name}, 1, annex.Name)
		for _, text := range joinLines(strings.Split(annex.Text, "\n")) {
			s.text(piece{text: text})
		}
	}
	return s
}

func (s *segmenter) jsonArticles(articles []jsonArticle) {
	for i, a := range articles {
		number := string(a.Number)
		if title := squeeze(a.Text); title == squeeze(number) && title != "" {
			s.plainHeading(piece{text: title, level: 2}, false)
			continue
		}
		texts := joinLines(strings.Split(a.Text, "\n"))
		end := len(texts)
		if i == len(articles)-1 {
			end = bodyEnd(texts)
		}
		s.jsonArticle(number, firstNonEmpty(a.Heading, a.Title), texts[:end])
		rest := make([]piece, 0, len(texts)-end)
		for _, text := range texts[end:] {
			rest = append(rest, piece{text: text})
		}
		s.build(joinLabels(rest))
	}
}

// bodyEnd returns which text is the formula that ends the body of an agreement,
// the number of texts if none is. What follows, in the last article of a list,
// is no part of that article: signatures, footnotes, annexes.
func bodyEnd(texts []string) int {
	if end := slices.IndexFunc(texts, closes); end >= 0 {
		return end
	}
	return len(texts)
}

func (s *segmenter) jsonArticle(number, title string, texts []string) {
	s.openArticle(heading{kind: index.Article, number: number, title: title}, 0, "Article "+number+" "+title)
	s.untitled = false
	s.articleTexts(texts)
}

func (s *segmenter) jsonPreamble(title, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	s.container(heading{kind: index.Preamble}, 0, title)
	for _, line := range joinLines(strings.Split(text, "\n")) {
		s.text(piece{text: line})
	}
	s.closePassage()
	s.close(0)
}

// bilingual builds the two texts of a treaty in English and Chinese. languages
// names the two, joined by "+", as far as it is known.
func (t *jsonTreaty) bilingual(languages string) []draft {
	english, chinese := newSegmenter(), newSegmenter()
	english.jsonPreamble("", t.PreambleEN)
	chinese.jsonPreamble("", t.PreambleZH)
	for _, a := range t.Articles {
		number := a.Article
		if value := cjkNumber(number); value > 0 {
			number = strconv.Itoa(value)
		}
		english.jsonArticle(number, a.TitleEN, joinLines(strings.Split(a.ContentEN, "\n")))
		chinese.openArticle(heading{kind: index.Article, number: number, title: a.TitleZH}, 0, "第"+a.Article+"條 "+a.TitleZH)
		chinese.articleTexts(joinLines(strings.Split(a.ContentZH, "\n")))
	}
	code := map[string]string{"en": "en", "zh": "zh-Hant"}
	for _, language := range strings.Split(languages, "+") {
		primary, _, _ := strings.Cut(language, "-")
		if code[primary] != "" {
			code[primary] = language
		}
	}
	return []draft{
		{language: code["en"], title: t.TreatyEN, segmenter: english},
		{language: code["zh"], title: t.TreatyZH, segmenter: chinese},
	}
}

// act builds an act of recitals and articles. Its "chapter" is left out: the
// lists known give the chapter after the article's own.
func (t *jsonTreaty) act() *segmenter {
	s := newSegmenter()
	if len(t.Recitals) > 0 {
		s.container(heading{kind: index.Preamble}, 0, "")
	}
	for _, r := range t.Recitals {
		s.closePassage()
		s.pushText(index.Recital, string(r.Number))
		for i, line := range joinLines(strings.Split(r.Text, "\n")) {
			if i == 0 {
				line = "(" + string(r.Number) + ") " + line
			}
			s.add(line, false)
		}
	}
	s.closePassage()
	s.close(0)
	s.jsonArticles(t.Articles)
	return s
}
