package api

import (
	"net/http"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"glossator/annotations/store"
	"glossator/index"
)

// An encoder writes JSON to the end of what it holds. A page of hits is most of
// what is ever sent and is written by hand, by the tags of its types, in a third
// of the time of encoding/json; a test holds the two together.
type encoder []byte

// encoders are those of answers that have been sent.
var encoders = sync.Pool{New: func() any { return new(encoder) }}

// answerSearch writes a page of hits as the answer.
func answerSearch(c echo.Context, a *searchAnswer) error {
	e := encoders.Get().(*encoder)
	defer encoders.Put(e)
	*e = (*e)[:0]
	e.searchAnswer(a)
	return answer(c, http.StatusOK, "application/json", *e)
}

func (e *encoder) add(text string) { *e = append(*e, text...) }

// begin puts a comma where the value or the name that follows needs one.
func (e *encoder) begin() {
	switch last := (*e)[len(*e)-1]; last {
	case '{', '[', ':':
	default:
		e.add(",")
	}
}

// name begins a field of an object.
func (e *encoder) name(name string) {
	e.begin()
	*e = append(*e, '"')
	*e = append(*e, name...)
	*e = append(*e, '"', ':')
}

func (e *encoder) text(name, value string) {
	e.name(name)
	e.quote(value)
}

// filled is text for a field that is left out if it is empty.
func (e *encoder) filled(name, value string) {
	if value != "" {
		e.text(name, value)
	}
}

func (e *encoder) number(name string, value int) {
	e.name(name)
	*e = strconv.AppendInt(*e, int64(value), 10)
}

func (e *encoder) flag(name string, value bool) {
	e.name(name)
	*e = strconv.AppendBool(*e, value)
}

// array writes a list, each value by write.
func array[T any](e *encoder, name string, list []T, write func(*encoder, *T)) {
	e.name(name)
	e.add("[")
	for i := range list {
		e.begin()
		write(e, &list[i])
	}
	e.add("]")
}

// texts is array for what is left out if it is empty.
func (e *encoder) texts(name string, list []string) {
	if len(list) > 0 {
		array(e, name, list, (*encoder).quoted)
	}
}

func (e *encoder) quoted(value *string) { e.quote(*value) }
func (e *encoder) whole(value *int)     { *e = strconv.AppendInt(*e, int64(*value), 10) }

const hexDigits = "0123456789abcdef"

// unescaped are the bytes that stand for themselves in a string.
var unescaped = func() (are [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		are[c] = c != '"' && c != '\\'
	}
	return are
}()

// quote writes a string. What is not UTF-8 becomes U+FFFD.
func (e *encoder) quote(text string) {
	n := 0
	for n < len(text) && unescaped[text[n]] {
		n++
	}
	if n < len(text) {
		e.escape(text)
		return
	}
	*e = append(*e, '"')
	*e = append(*e, text...)
	*e = append(*e, '"')
}

// escape is quote for a string of which not all stands for itself.
func (e *encoder) escape(text string) {
	e.add(`"`)
	from := 0
	for at := 0; at < len(text); {
		c := text[at]
		if unescaped[c] {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if c >= utf8.RuneSelf && (r != utf8.RuneError || size > 1) {
			at += size
			continue
		}
		e.add(text[from:at])
		switch {
		case c == '"' || c == '\\':
			*e = append(*e, '\\', c)
		case c == '\n':
			e.add(`\n`)
		case c < ' ':
			*e = append(*e, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			e.add("\uFFFD")
		}
		at += size
		from = at
	}
	e.add(text[from:])
	e.add(`"`)
}

func (e *encoder) searchAnswer(a *searchAnswer) {
	e.add("{")
	e.text("query", a.Query)
	e.text("explanation", a.Explanation)
	array(e, "synonyms", a.Synonyms, (*encoder).quoted)
	array(e, "suggestions", a.Suggestions, (*encoder).suggestion)
	e.flag("partial", a.Partial)
	e.filled("relaxed", a.Relaxed)
	e.number("passages", a.Passages)
	e.number("documents", a.Documents)
	e.number("page", a.Page)
	e.number("size", a.Size)
	array(e, "groups", a.Groups, (*encoder).groupAnswer)
	array(e, "facets", a.Facets, (*encoder).facetAnswer)
	array(e, "clauses", a.Clauses, (*encoder).clauseAnswer)
	e.number("mark", int(a.Mark))
	e.name("took")
	*e = strconv.AppendFloat(*e, a.Took, 'f', -1, 64)
	e.add("}")
}

func (e *encoder) suggestion(s *suggestion) {
	e.add("{")
	e.text("query", s.Query)
	e.number("passages", s.Passages)
	e.add("}")
}

func (e *encoder) groupAnswer(g *groupAnswer) {
	e.add("{")
	e.name("document")
	e.documentSummary(&g.Document)
	array(e, "hits", g.Hits, (*encoder).hitAnswer)
	e.number("total", g.Total)
	array(e, "places", g.Places, (*encoder).whole)
	e.add("}")
}

func (e *encoder) documentSummary(d *store.DocumentSummary) {
	e.add("{")
	e.text("id", d.ID)
	e.text("title", d.Title)
	e.filled("shortTitle", d.ShortTitle)
	e.texts("aliases", d.Aliases)
	e.text("kind", d.Kind)
	e.filled("organisation", d.Organisation)
	e.filled("region", d.Region)
	e.texts("parties", d.Parties)
	e.filled("adopted", d.Adopted)
	e.filled("signed", d.Signed)
	e.filled("inForce", d.InForce)
	e.filled("ended", d.Ended)
	e.filled("status", d.Status)
	e.filled("supersededBy", d.SupersededBy)
	e.filled("remarks", d.Remarks)
	e.filled("licence", d.Licence)
	e.filled("address", d.Address)
	if d.Digest {
		e.flag("digest", true)
	}
	e.filled("about", d.About)
	e.number("year", d.Year)
	array(e, "languages", d.Languages, (*encoder).quoted)
	e.number("passages", d.Passages)
	e.number("annotations", d.Annotations)
	e.number("length", d.Length)
	e.add("}")
}

func (e *encoder) hitAnswer(h *hitAnswer) {
	e.add("{")
	e.text("version", h.Version)
	e.flag("superseded", h.Superseded)
	e.text("language", h.Language)
	e.text("provision", h.Provision)
	e.text("pinpoint", h.Pinpoint)
	e.filled("number", h.Number)
	e.filled("heading", h.Heading)
	e.text("cited", h.Cited)
	e.text("citedPinpoint", h.CitedPinpoint)
	array(e, "path", h.Path, (*encoder).crumb)
	e.bounds(h.Span)
	array(e, "spans", h.Spans, (*encoder).span)
	e.name("snippet")
	e.add("{")
	e.bounds(h.Snippet.Span)
	e.text("text", h.Snippet.Text)
	e.add("}")
	array(e, "annotations", h.Annotations, (*encoder).hitNote)
	e.add("}")
}

func (e *encoder) crumb(c *index.Crumb) {
	e.add("{")
	e.text("provision", c.Provision)
	e.text("label", c.Label)
	e.add("}")
}

func (e *encoder) span(s *index.Span) {
	e.add("{")
	e.bounds(*s)
	e.add("}")
}

func (e *encoder) bounds(s index.Span) {
	e.number("start", s.Start)
	e.number("end", s.End)
}

func (e *encoder) hitNote(n *hitNote) {
	e.add("{")
	e.text("id", n.ID)
	array(e, "concepts", n.Concepts, (*encoder).conceptRef)
	e.flag("note", n.Note)
	if n.Excerpt != nil {
		e.name("excerpt")
		e.excerpt(n.Excerpt)
	}
	e.text("creator", n.Creator)
	e.add("}")
}

func (e *encoder) excerpt(x *excerpt) {
	e.add("{")
	e.bounds(x.Span)
	e.text("text", x.Text)
	array(e, "spans", x.Spans, (*encoder).span)
	e.add("}")
}

func (e *encoder) conceptRef(c *conceptRef) {
	e.add("{")
	e.text("id", c.ID)
	e.text("label", c.Label)
	e.number("family", c.Family)
	if c.Status != "" {
		e.text("status", c.Status)
	}
	e.add("}")
}

func (e *encoder) facetAnswer(f *facetAnswer) {
	e.add("{")
	e.text("name", f.Name)
	array(e, "values", f.Values, (*encoder).facetValueAnswer)
	e.add("}")
}

func (e *encoder) facetValueAnswer(v *facetValueAnswer) {
	e.add("{")
	e.text("value", v.Value)
	e.text("label", v.Label)
	if v.Family != 0 {
		e.number("family", v.Family)
	}
	e.number("passages", v.Passages)
	e.number("documents", v.Documents)
	e.add("}")
}

func (e *encoder) clauseAnswer(c *clauseAnswer) {
	e.add("{")
	e.text("clause", c.Clause)
	e.number("passages", c.Passages)
	e.add("}")
}
