package export

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// formulas are what makes a spreadsheet take a cell for a formula when it begins
// with it. Some skip a tab or a line break before they look for the sign, some
// take the wide signs of East Asian texts for the narrow ones.
const formulas = "=+-@\t\r\n＝＋－＠"

// Cell returns text as a cell of a CSV file: with an apostrophe before it if a
// spreadsheet would take it for a formula.
func Cell(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune(formulas, first) {
		return "'" + text
	}
	return text
}

// listed matches what makes a line an item of a numbered list.
var listed = regexp.MustCompile(`^([0-9]+)([.)])`)

// Plain writes text, on one line, so that Markdown reads it as plain text.
func Plain(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strings.ContainsRune("\\`*_[]<>&~|", r) || b.Len() == 0 && strings.ContainsRune("#+-=:", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return listed.ReplaceAllString(b.String(), `$1\$2`)
}

// destinations escapes what ends an address between < and > in Markdown.
var destinations = strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "%0A", "\r", "%0D", " ", "%20", `\`, "%5C")

// Link returns a link in Markdown; text is already in Markdown.
func Link(text, address string) string {
	return "[" + text + "](<" + destinations.Replace(address) + ">)"
}

// Code writes text, on one line, as code in Markdown, so that who reads the file
// as plain text can copy it as it is; "" stays "".
func Code(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}
