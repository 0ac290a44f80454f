package importer

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"golang.org/x/text/unicode/norm"

	"glossator/index"
)

// maxFrontMatter bounds the front matter of a Markdown file, in bytes.
const maxFrontMatter = 64 << 10

// frontMatter is what a Markdown file says of itself: the fields of
// index.Document by their JSON names, and the language. Other keys are ignored.
type frontMatter struct {
	index.Document
	Language string `json:"language"`
}

// cutFrontMatter separates the YAML at the head of a text from its body.
func cutFrontMatter(text string) (said index.Document, language, body string, err error) {
	if !strings.HasPrefix(text, "---\n") {
		return said, "", text, nil
	}
	head, _, found := strings.Cut(text[4:min(len(text), maxFrontMatter)], "\n---")
	if !found {
		return said, "", text, nil
	}
	body = text[4+len(head)+len("\n---"):]
	if _, after, found := strings.Cut(body, "\n"); found {
		body = after
	}
	values, err := parseYAML([]byte(head))
	if err != nil {
		return said, "", body, err
	}
	matter, err := readFrontMatter(values)
	return matter.Document, matter.Language, body, err
}

// parseYAML reads a mapping. Aliases are refused: a few lines of them can stand
// for more than fits into memory. On some of what is no YAML the parser panics,
// which is no more than that the data is refused.
func parseYAML(data []byte) (values map[string]any, err error) {
	defer func() {
		if recover() != nil {
			values, err = nil, fmt.Errorf("%w: the front matter between the lines --- is not YAML", ErrMalformed)
		}
	}()
	file, err := parser.ParseBytes(data, 0)
	if err == nil && len(ast.FilterFile(ast.AliasType, file)) > 0 {
		return nil, fmt.Errorf("%w: the front matter between the lines --- has a value that only names another, such as *name; write it out", ErrMalformed)
	}
	if err == nil {
		err = yaml.Unmarshal(data, &values)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: the front matter between the lines --- is not YAML: %s", ErrMalformed, firstLine(err.Error()))
	}
	return values, nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// readFrontMatter takes the keys it knows. A list may be written as a string
// with commas, and a string as any other scalar.
func readFrontMatter(values map[string]any) (frontMatter, error) {
	known := map[string]any{}
	fields := reflect.TypeFor[index.Document]()
	for i := range fields.NumField() {
		field := fields.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		value, given := values[name]
		if !given || value == nil {
			continue
		}
		switch text, isText := value.(string); {
		case field.Type.Kind() == reflect.Slice && isText:
			known[name] = splitList(text)
		case field.Type.Kind() == reflect.String && !isText:
			known[name] = fmt.Sprint(value)
		default:
			known[name] = value
		}
	}
	if language, given := values["language"].(string); given {
		known["language"] = language
	}
	var matter frontMatter
	data, err := json.Marshal(known)
	if err == nil {
		err = json.Unmarshal(data, &matter)
	}
	if err != nil {
		return matter, fmt.Errorf("%w: a value in the front matter is not of the right type (%w)", ErrMalformed, err)
	}
	matter.Parties = partyCodes(matter.Parties)
	return matter, nil
}

func splitList(text string) []string {
	var list []string
	for _, item := range strings.Split(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// partyCodes returns the codes of parties that are called by a code or a name, nil
// if one is neither: prose about the parties is no list of them.
func partyCodes(parties []string) []string {
	var codes []string
	for _, party := range parties {
		if _, known := index.FindParty(party); !known && (len(party) != 3 || strings.Trim(party, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
			return nil
		}
		codes = append(codes, index.PartyCode(party))
	}
	return codes
}

// complete fills in what a document must have: an id, from the name of its
// file, a title, from its first heading, and a kind. How it stands is put in words
// where a database says it in one, such as in_force.
func complete(d *index.Document, name, heading string, articles bool) {
	base := filepath.Base(filepath.ToSlash(name))
	stem, _, _ := strings.Cut(base, ".")
	d.ID = Slug(firstNonEmpty(d.ID, stem, base))
	if d.ID == "" {
		d.ID = "untitled"
	}
	if d.Title == "" {
		d.Title, d.Guessed.Title = firstNonEmpty(heading, stem, base), true
	}
	d.Title = squeeze(d.Title)
	d.Status = strings.ReplaceAll(d.Status, "_", " ")
	if d.Kind == "" {
		d.Kind, d.Guessed.Kind = guessKind(d.Title, articles), true
	}
}

// guessKind names the kind of a document by the words of its title, or by
// whether it has articles.
func guessKind(title string, articles bool) string {
	title = strings.ToLower(title)
	for _, sign := range []struct{ word, kind string }{
		{"explanatory report", index.Commentary}, {"commentary", index.Commentary}, {"code of conduct", index.CodeOfConduct},
		{"declaration", index.Declaration}, {"communiqu", index.Declaration}, {"statement", index.Declaration}, {"pledge", index.Declaration},
		{"directive", index.Directive}, {"resolution", index.Resolution},
		{"convention", index.Treaty}, {"treaty", index.Treaty}, {"agreement", index.Treaty}, {"protocol", index.Treaty},
	} {
		if strings.Contains(title, sign.word) {
			return sign.kind
		}
	}
	if articles {
		return index.Treaty
	}
	return index.Commentary
}

// Slug returns s as it can stand in an id: lower-case letters without accents,
// digits, dots and hyphens.
func Slug(s string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.':
			out.WriteRune(r)
		case unicode.IsMark(r):
		case out.Len() > 0 && !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	return strings.Trim(out.String(), "-.")
}
