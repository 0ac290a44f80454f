package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	pdfium "github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// smallest is the least size of a font, in points.
const smallest = 0.1

// memoryPages bounds the memory of the sandbox, in pages of 64 KiB: 256 MiB.
const memoryPages = 256 << 20 / (64 << 10)

// start returns PDFium in a sandbox that sees no file system, has bounded
// memory and prints nothing.
func start(ctx context.Context) (pdfium.Pdfium, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages)
	if cache := compiled(); cache != nil {
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, err
	}
	return pool.GetInstance(time.Minute)
}

// compiled returns where the compiled sandbox is kept between files: in the
// user's cache folder. It is nil if there is none, so that each file takes the
// seconds of compiling.
func compiled() wazero.CompilationCache {
	folder, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(folder, "glossator", "pdfium"))
	if err != nil {
		return nil
	}
	return cache
}

// extract reads the runs of all pages.
func extract(p pdfium.Pdfium, data []byte) ([]Page, error) {
	opened, err := p.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(data), FileReaderSize: int64(len(data))})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, ErrEncrypted
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	document := opened.Document
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: document})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if count.PageCount > MaxPages {
		return nil, fmt.Errorf("%w: %d pages, but %d is the most", ErrTooLarge, count.PageCount, MaxPages)
	}
	pages := make([]Page, 0, count.PageCount)
	characters := 0
	for i := range count.PageCount {
		page, n, err := readPage(p, document, i, maxCharacters-characters)
		if err != nil {
			return nil, err
		}
		characters += n
		pages = append(pages, page)
	}
	return pages, nil
}

// readPage reads the runs of a page, and returns how many characters there are.
// A page that cannot be loaded is one without runs that is broken.
func readPage(p pdfium.Pdfium, document references.FPDF_DOCUMENT, i, most int) (Page, int, error) {
	page := Page{}
	if label, err := p.FPDF_GetPageLabel(&requests.FPDF_GetPageLabel{Document: document, Page: i}); err == nil {
		page.Label = clean(label.Label)
	}
	loaded, err := p.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: i})
	if err != nil {
		page.Broken = true
		return page, 0, nil
	}
	defer p.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) //nolint:errcheck // it is read already
	ref := requests.Page{ByReference: &loaded.Page}
	geometry, err := newGeometry(p, ref)
	if err != nil {
		page.Broken = true
		return page, 0, nil
	}
	page.Width, page.Height = geometry.width, geometry.height
	if objects, err := p.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref}); err == nil {
		page.Drawn = objects.Count > 0
	}
	text, err := p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		page.Broken = true
		return page, 0, nil
	}
	defer p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) //nolint:errcheck // it is read already
	reader := textReader{p: p, text: text.TextPage, geometry: geometry}
	count, err := p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		page.Broken = true
		return page, 0, nil
	}
	if count.Count > most {
		return page, 0, fmt.Errorf("%w: more than %d characters", ErrTooLarge, maxCharacters)
	}
	for c := range count.Count {
		reader.character(c)
	}
	reader.flush()
	page.Runs, page.Unmapped, page.Broken = reader.runs, reader.unmapped, reader.broken
	return page, count.Count, nil
}

// A geometry turns places on a page as it is stored into places on the page as
// it is seen: turned, with the origin at the lower left.
type geometry struct {
	left, bottom, right, top float64 // of what is seen, as stored
	width, height            float64 // as seen
	rotation                 int     // in quarter turns, clockwise
}

func newGeometry(p pdfium.Pdfium, page requests.Page) (geometry, error) {
	var g geometry
	box, err := p.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: page})
	if err != nil {
		return g, err
	}
	g.left, g.bottom, g.right, g.top = float64(box.Rect.Left), float64(box.Rect.Bottom), float64(box.Rect.Right), float64(box.Rect.Top)
	g.width, g.height = math.Abs(g.right-g.left), math.Abs(g.top-g.bottom)
	rotation, err := p.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page})
	if err != nil {
		return g, err
	}
	g.rotation = int(rotation.PageRotation) & 3
	if g.rotation%2 == 1 {
		g.width, g.height = g.height, g.width
	}
	return g, nil
}

// seen returns where a place is on the page as it is seen.
func (g geometry) seen(x, y float64) (float64, float64) {
	x, y = x-g.left, y-g.bottom
	switch g.rotation {
	case 1:
		return y, g.height - x
	case 2:
		return g.width - x, g.height - y
	case 3:
		return g.width - y, x
	}
	return x, y
}

// A textReader collects the characters of a page in runs.
type textReader struct {
	p        pdfium.Pdfium
	text     references.FPDF_TEXTPAGE
	geometry geometry

	runs     []Run
	open     Run
	letters  []rune
	space    bool // a blank stands before the next character
	guessed  bool // that blank is PDFium's own
	unmapped int
	broken   bool // some characters stand nowhere
}

// character takes in a character: it goes on with the open run or begins one.
// What PDFium has put in to separate words and lines tells only that.
func (r *textReader) character(i int) {
	code, err := r.p.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: r.text, Index: i})
	if err != nil {
		return
	}
	c := rune(code.Unicode)
	switch {
	case c == 0x02:
		c = '-' // a hyphen at the end of a line
	case c == 0 || c == unicode.ReplacementChar || c > unicode.MaxRune || c >= 0xd800 && c < 0xe000 || c == 0xfffe || c == 0xffff:
		c = unicode.ReplacementChar
		r.unmapped++
	case unicode.IsSpace(c) || unicode.IsControl(c):
		generated, err := r.p.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: r.text, Index: i})
		r.guessed = err == nil && generated.IsGenerated && (r.guessed || !r.space)
		r.space = true
		return
	}
	at, ok := r.place(i)
	if !ok {
		r.broken = true
		return
	}
	if !r.goesOn(at) {
		r.flush()
		at.Text = ""
		r.open = at
	} else if r.space && (!r.guessed || at.Left-r.open.Right > wordGap*at.Size) {
		r.letters = append(r.letters, ' ')
	}
	r.space, r.guessed = false, false
	r.letters = append(r.letters, c)
	r.open.Right = math.Max(r.open.Right, at.Right)
	r.open.Left = math.Min(r.open.Left, at.Left)
}

// place returns the place and the looks of a character as a run without text.
func (r *textReader) place(i int) (Run, bool) {
	origin, err := r.p.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: r.text, Index: i})
	if err != nil {
		return Run{}, false
	}
	box, err := r.p.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: r.text, Index: i})
	if err != nil {
		return Run{}, false
	}
	left, bottom := r.geometry.seen(float64(box.Rect.Left), float64(box.Rect.Bottom))
	right, top := r.geometry.seen(float64(box.Rect.Right), float64(box.Rect.Top))
	_, base := r.geometry.seen(origin.X, origin.Y)
	run := Run{Left: math.Min(left, right), Right: math.Max(left, right), Base: base, Size: math.Abs(top - bottom)}
	if matrix, err := r.p.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: r.text, Index: i}); err == nil {
		size, err := r.p.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: r.text, Index: i})
		if scaled := math.Hypot(float64(matrix.Matrix.C), float64(matrix.Matrix.D)); err == nil && scaled > 0 && size.FontSize > 0 {
			run.Size = size.FontSize * scaled
		}
		turn := math.Atan2(float64(matrix.Matrix.B), float64(matrix.Matrix.A))*2/math.Pi - float64(r.geometry.rotation)
		turn -= 4 * math.Round(turn/4)
		run.Turned = math.Abs(turn) > 0.1
	}
	if font, err := r.p.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: r.text, Index: i}); err == nil {
		name := strings.ToLower(font.FontName)
		run.Bold = strings.Contains(name, "bold") || strings.Contains(name, "black") || strings.Contains(name, "heavy")
		run.Italic = strings.Contains(name, "italic") || strings.Contains(name, "oblique")
	}
	run.Size = math.Max(run.Size, smallest)
	return run, run.reckonable()
}

// goesOn reports whether a character stands next in the open run.
func (r *textReader) goesOn(at Run) bool {
	o := r.open
	if len(r.letters) == 0 || o.Bold != at.Bold || o.Italic != at.Italic || o.Turned != at.Turned || math.Abs(o.Size-at.Size) > 0.05*o.Size {
		return false
	}
	if at.Turned {
		return math.Abs(at.Base-o.Base) < 2*o.Size+100 && !r.space
	}
	gap := at.Left - o.Right
	return math.Abs(o.Base-at.Base) < 0.1*o.Size && gap < 0.8*o.Size && gap > -0.5*o.Size
}

// flush ends the open run.
func (r *textReader) flush() {
	if len(r.letters) > 0 {
		run := r.open
		run.Text = string(r.letters)
		run.Space = r.space && !r.guessed
		run.round()
		r.runs = append(r.runs, run)
	}
	r.letters = r.letters[:0]
	r.open = Run{}
}

func clean(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == unicode.ReplacementChar {
			return -1
		}
		return c
	}, s)
}
