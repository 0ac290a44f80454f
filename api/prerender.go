package api

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"glossator/annotations/store"
	"glossator/index"
)

// prerenderedLength is how many code points of a text are written into the page of
// the reader: some more than a window shows.
const prerenderedLength = 6000

//go:embed prerendered.html
var prerenderedSource string

var prerenderedTemplate = template.Must(template.New("prerendered").Parse(prerenderedSource))

// A prerendered is the beginning of a text, or the text from the provision that the
// address names on, as the reader will show it. It is in the page, so that one
// reads while the app and the rest of the text are still on their way, and without
// scripts too. The element is laid out and classed as in frontend/src/reader/text.ts.
type prerendered struct {
	Title, Language string
	Pieces          []piece
}

// A piece of it is a heading, of one or more lines, or a paragraph.
type piece struct {
	Heading bool
	Level   int    // of a heading: 2 at the top, else 3
	Kind    string // of the provision that a heading belongs to
	Start   int    // code points before it in the text
	Indent  int
	Lines   [][]run
}

// A run is a stretch of a line that looks the same.
type run struct {
	Text   string
	Role   string // in a heading: "number", "joint" or "name"
	Family int    // of the first concept of what is annotated here; 0 where nothing is
	Page   string // of the source, if it begins here
}

// prerender writes the page of the reader with what the address asks for in it; nil
// where that cannot be told before the app runs, which then does everything.
func (s *Server) prerender(c echo.Context, r reading) ([]byte, error) {
	q := c.QueryParams()
	if r.version == "" || q.Get("annotation") != "" || q.Get("round") != "" || q.Get("q") != "" && q.Get("at") == "" {
		return nil, nil
	}
	ctx := c.Request().Context()
	v, err := s.Store.Version(ctx, r.asker, r.version)
	if errors.Is(err, store.ErrNotFound) || err == nil && v.Document != r.document.ID {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	blocks := v.Excerpt(startOf(v, q.Get("at")), prerenderedLength)
	if len(blocks) == 0 {
		return nil, nil
	}
	var marks []mark
	if !slices.ContainsFunc(marginFilters, q.Has) {
		if marks, err = s.marksIn(ctx, r, v, index.Span{Start: blocks[0].Start, End: blocks[len(blocks)-1].End}); err != nil {
			return nil, err
		}
	}
	o := prerendered{Title: r.document.Title, Language: v.Language}
	for _, block := range blocks {
		o.add(v, block, marks)
	}
	return s.app.withText(cmp.Or(r.document.ShortTitle, r.document.Title), o)
}

// marginFilters are the parts of an address that hide some annotations.
var marginFilters = []string{"concept", "by", "group", "from", "to"}

// startOf is where the provision begins that an address names by its id or as its
// source does, in code points; 0 if there is none.
func startOf(v *index.Version, at string) int {
	i := v.Named(at)
	if i < 0 {
		return 0
	}
	return v.Provisions[i].Start
}

// A mark is a stretch of an annotation and the family of its first concept.
type mark struct {
	index.Span
	family int
}

// plainFamily is that of annotations without a concept.
const plainFamily = 7

// marksIn returns what the asker may see of the annotations on the passages in a
// stretch of the text, the shortest first.
func (s *Server) marksIn(ctx context.Context, r reading, v *index.Version, in index.Span) ([]mark, error) {
	var passages []store.PassageKey
	for _, p := range v.Provisions {
		if p.Passage && p.Start < in.End && in.Start < p.End {
			passages = append(passages, store.PassageKey{Version: v.ID, Provision: p.ID})
		}
	}
	on, err := s.Store.PlacedOn(ctx, r.asker, passages)
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	var marks []mark
	for _, placed := range on {
		for _, p := range placed {
			if p.ReplyTo != "" {
				continue // what it answers is drawn, if that is still there
			}
			family := plainFamily
			if concepts := names.refs(p.Concepts); len(concepts) > 0 {
				family = concepts[0].Family
			}
			for _, at := range p.Placement.Stretches() {
				marks = append(marks, mark{index.Span{Start: at.Start, End: at.End}, family})
			}
		}
	}
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or((a.End-a.Start)-(b.End-b.Start), a.Start-b.Start, a.family-b.family)
	})
	return marks, nil
}

// add adds a block; the lines of one heading are one piece.
func (o *prerendered) add(v *index.Version, block index.TextBlock, marks []mark) {
	if !block.Heading {
		o.Pieces = append(o.Pieces, piece{Start: block.Start, Indent: min(block.Indent, 4), Lines: [][]run{runs(v, block, marks)}})
		return
	}
	p := v.Provisions[block.Provision]
	if last := len(o.Pieces) - 1; last >= 0 && o.Pieces[last].Heading && o.Pieces[last].Start >= p.Start {
		o.Pieces[last].Lines = append(o.Pieces[last].Lines, []run{{Text: block.Text, Role: "name"}})
		return
	}
	level := 3
	if p.Parent < 0 {
		level = 2
	}
	o.Pieces = append(o.Pieces, piece{Heading: true, Level: level, Kind: p.Kind, Start: block.Start, Lines: [][]run{headingRuns(p, block.Text)}})
}

// headingRuns cuts "Article 9 – Offences" into its number, what joins them, and
// its name.
func headingRuns(p index.Provision, text string) []run {
	before, named := strings.CutSuffix(text, p.Heading)
	if p.Heading == "" || before == "" || !named {
		return []run{{Text: text, Role: "name"}}
	}
	number := strings.TrimRight(before, " .:–—-")
	return []run{{Text: number, Role: "number"}, {Text: before[len(number):], Role: "joint"}, {Text: p.Heading, Role: "name"}}
}

// runs cuts a paragraph where annotations and pages begin and end. Where several
// annotations stand the shortest is drawn, which comes first.
func runs(v *index.Version, block index.TextBlock, marks []mark) (runs []run) {
	marks = slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return m.End <= block.Start || block.End <= m.Start })
	edges := []int{block.Start, block.End}
	for _, m := range marks {
		edges = append(edges, max(m.Start, block.Start), min(m.End, block.End))
	}
	pages := map[int]string{}
	for _, p := range v.Pages {
		if block.Start <= p.Start && p.Start < block.End {
			pages[p.Start] = p.Name
			edges = append(edges, p.Start)
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	letters := []rune(block.Text)
	for i, start := range edges[:len(edges)-1] {
		one := run{Text: string(letters[start-block.Start : edges[i+1]-block.Start]), Page: pages[start]}
		if over := slices.IndexFunc(marks, func(m mark) bool { return m.Start <= start && start < m.End }); over >= 0 {
			one.Family = marks[over].family
		}
		runs = append(runs, one)
	}
	return runs
}

// withText returns the page of the app with a text where the app will be,
// under a title.
func (a *app) withText(title string, o prerendered) ([]byte, error) {
	parts := map[string]string{}
	for name, of := range map[string]any{"title": title, "styles": a.styles, "header": nil, "main": o} {
		var b bytes.Buffer
		if err := prerenderedTemplate.ExecuteTemplate(&b, name, of); err != nil {
			return nil, err
		}
		parts[name] = b.String()
	}
	index := string(a.files["/index.html"].plain)
	return []byte(strings.NewReplacer(
		"<title>Glossator</title>", parts["title"],
		"</head>", parts["styles"]+"</head>",
		`<div id="root"></div>`, `<div id="root">`+parts["header"]+`</div>`+parts["main"],
	).Replace(index)), nil
}

// serveScreen serves the page of the app for the address of a screen: that of the
// reader announces what it is made of and has the text in it with which one begins.
// What keeps the text from being read is for the app to say.
func (s *Server) serveScreen(c echo.Context) error {
	id, ok := strings.CutPrefix(c.Request().URL.Path, "/read/")
	if method := c.Request().Method; !ok || s.app.links == nil || method != http.MethodGet && method != http.MethodHead {
		return s.app.serve(c)
	}
	r := s.reading(c, id)
	s.announce(c, r)
	page, err := s.prerender(c, r)
	if err != nil {
		s.Logger.LogAttrs(c.Request().Context(), slog.LevelError, "the page of the reader has no text in it",
			slog.String("version", r.version), slog.Any("error", err))
	}
	if page == nil {
		return s.app.serve(c)
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "private, no-cache")
	return answer(c, http.StatusOK, fileTypes[".html"].contentType, page)
}
