package importer

import (
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"glossator/index"
)

func sniffMarkdown(s source) bool {
	switch strings.ToLower(filepath.Ext(s.name)) {
	case ".md", ".markdown", ".mdown":
		return true
	}
	return strings.HasPrefix(s.text, "---\n") || strings.HasPrefix(s.text, "# ")
}

// parseMarkdown reads Markdown, with YAML front matter. What its marks set is
// kept, the marks themselves are not; HTML in it is read as HTML.
func parseMarkdown(s source) (index.Document, []draft, error) {
	said, language, body, err := cutFrontMatter(s.text)
	if err != nil {
		return said, nil, err
	}
	reader := markdownReader{}
	for _, line := range strings.Split(dropHTMLBlocks(body), "\n") {
		reader.line(line)
	}
	reader.flush()
	if drafts := splitLanguages(reader.pieces, s.language); drafts != nil {
		return said, drafts, nil
	}
	built := segment(reader.pieces)
	return said, []draft{{language: language, title: built.title, segmenter: built}}, nil
}

// A markdownReader turns lines into pieces.
type markdownReader struct {
	pieces []piece
	lines  []string // of the open paragraph
	note   bool     // the open paragraph is quoted
	fenced bool
	runs   runs
}

func (m *markdownReader) line(line string) {
	trimmed := strings.TrimSpace(line)
	quoted := false
	for strings.HasPrefix(trimmed, ">") {
		quoted = true
		trimmed = strings.TrimSpace(trimmed[1:])
	}
	if quoted != m.note {
		m.flush()
		m.note = quoted
	}
	switch {
	case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
		m.flush()
		m.fenced = !m.fenced
	case trimmed == "", m.fenced && trimmed == "":
		m.flush()
	case m.fenced:
		m.lines = append(m.lines, trimmed)
	case attributes(trimmed):
	case headingLevel(trimmed) > 0:
		m.flush()
		level := headingLevel(trimmed)
		m.heading(strings.TrimRight(strings.TrimSpace(trimmed[level:]), "# "), level)
	case underline(trimmed, '=') && len(m.lines) == 1:
		m.headParagraph(1)
	case underline(trimmed, '-') && len(m.lines) == 1 && len(m.lines[0]) < 120:
		m.headParagraph(2)
	case rule(trimmed):
		m.flush()
	case strings.HasPrefix(trimmed, "|"):
		m.flush()
		m.row(trimmed)
	default:
		m.text(trimmed)
	}
}

// text adds a line to the open paragraph, or begins a new one if it is a point.
func (m *markdownReader) text(line string) {
	item, marked := cutBullet(line)
	if marked {
		m.flush()
		if _, labelled := scanLabel(inline(item)); labelled {
			line = item
		} else {
			line = "• " + item
		}
	} else if len(m.lines) > 0 {
		last := m.lines[len(m.lines)-1]
		if l, ok := scanLabel(line); ok && (!l.weak() || l.shape == comma) && strings.ContainsRune(sentenceEnds, lastRune(last)) && !cites[lastWord(last)] {
			m.flush()
		}
	}
	m.lines = append(m.lines, line)
}

// flush ends the open paragraph.
func (m *markdownReader) flush() {
	if len(m.lines) == 0 {
		return
	}
	text := glue(m.lines)
	m.lines = nil
	if note, found := cutFootnote(text); found {
		m.pieces = append(m.pieces, piece{text: squeeze(inline(note)), note: true})
		return
	}
	plain := squeeze(inline(text))
	if backLink.MatchString(text) {
		m.pieces = append(m.pieces, piece{text: plain, note: true})
		return
	}
	if plain == "" || linkDefinition(text) {
		return
	}
	if bold(text) && len(plain) < 120 && !strings.ContainsRune(".;:,", lastRune(plain)) && !m.note {
		m.heading(text, 6)
		return
	}
	if m.note {
		m.pieces = append(m.pieces, piece{text: plain, note: true})
		return
	}
	for _, part := range m.runs.split(plain) {
		m.pieces = append(m.pieces, piece{text: part})
	}
}

func (m *markdownReader) heading(text string, level int) {
	m.runs = runs{}
	if text = squeeze(inline(text)); text != "" {
		m.pieces = append(m.pieces, piece{text: text, level: level})
	}
}

// headParagraph makes the open paragraph a heading.
func (m *markdownReader) headParagraph(level int) {
	text := m.lines[0]
	m.lines = nil
	m.heading(text, level)
}

// row adds a row of a table; the line under its head is left out.
func (m *markdownReader) row(line string) {
	if strings.Trim(line, "|-: ") == "" && strings.Contains(line, "-") {
		return
	}
	cells := strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")
	text := strings.ReplaceAll(strings.Join(cells, " "), "\x00", "|")
	if text = squeeze(inline(text)); text != "" {
		m.pieces = append(m.pieces, piece{text: text, note: true})
	}
}

func headingLevel(line string) int {
	level := len(leading(line, func(c byte) bool { return c == '#' }, 7))
	if level > 6 || level == len(line) {
		return 0
	}
	if line[level] == ' ' || line[level] == '\t' {
		return level
	}
	// "##TITLE" is a heading for those who write it, "#tag" is not.
	if first, _ := utf8.DecodeRuneInString(line[level:]); level < 2 || !unicode.IsUpper(first) {
		return 0
	}
	return level
}

// underline reports whether a line makes a heading of the line above it.
func underline(line string, with byte) bool {
	return len(line) >= 3 && strings.Trim(line, string(with)) == ""
}

// rule reports whether a line is a horizontal rule.
func rule(line string) bool {
	bare := strings.ReplaceAll(line, " ", "")
	return len(bare) >= 3 && (strings.Trim(bare, "-") == "" || strings.Trim(bare, "*") == "" || strings.Trim(bare, "_") == "")
}

// attributes reports whether a line only gives attributes to the one before
// it, as some dialects write them: {: .no_toc }.
func attributes(line string) bool {
	return strings.HasPrefix(line, "{:") && strings.HasSuffix(line, "}")
}

// cutBullet removes the mark of a list without numbers.
func cutBullet(line string) (string, bool) {
	if len(line) > 2 && strings.IndexByte("-*+", line[0]) >= 0 && (line[1] == ' ' || line[1] == '\t') {
		return strings.TrimSpace(line[2:]), true
	}
	return line, false
}

// cutFootnote returns the text of a footnote, with its number as printed.
func cutFootnote(text string) (string, bool) {
	if !strings.HasPrefix(text, "[^") {
		return "", false
	}
	name, note, found := strings.Cut(text[2:], "]:")
	if !found || strings.ContainsAny(name, " []") {
		return "", false
	}
	return name + " " + strings.TrimSpace(note), true
}

// backLink is how a footnote begins that was HTML once: its number leads back to
// where it stands in the text.
var backLink = regexp.MustCompile(`^\[\(?\d{1,3}\)?\]\(#`)

// linkDefinition reports whether a paragraph only says where links lead.
func linkDefinition(text string) bool {
	name, target, found := strings.Cut(text, "]: ")
	return found && strings.HasPrefix(name, "[") && (strings.HasPrefix(target, "http") || strings.HasPrefix(target, "<"))
}

// bold reports whether a whole paragraph is set in bold.
func bold(text string) bool {
	for _, marker := range []string{"**", "__"} {
		if len(text) > 4 && strings.HasPrefix(text, marker) && strings.HasSuffix(text, marker) && strings.Count(text, marker) == 2 {
			return true
		}
	}
	return false
}
