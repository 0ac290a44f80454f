package importer

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// magic numbers of files that people take for texts, and what to do with them.
var magic = []struct{ prefix, name, advice string }{
	{zipMagic, "a ZIP archive, an OpenDocument file or a spreadsheet", "unpack it first, or save it as .docx, HTML or plain text"},
	{"\xd0\xcf\x11\xe0", "an old Word file or one with a password", "save it as .docx without a password"},
	{"{\\rtf", "a rich text file", "save it as .docx, HTML or plain text"},
	{"\x89PNG", "a PNG picture", "import its text instead"},
	{"\xff\xd8\xff", "a JPEG picture", "import its text instead"},
	{"GIF8", "a GIF picture", "import its text instead"},
	{"\x1f\x8b", "a gzip archive", "unpack it first"},
}

// decode returns the text of data and, unless that is plain, how it was read.
// It knows UTF-8 and UTF-16, with or without a byte order mark; the encoding
// that XML or HTML says it is in; Mac OS Roman in a file of the old Mac OS,
// which is known by its line ends; and Windows-1252 or an encoding of Eastern or
// Central Europe where that is clear, see guessWindows1252 and guessEastern.
// Anything else is refused.
func decode(data []byte) (text, remark string, err error) {
	for _, m := range magic {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return "", "", fmt.Errorf("%w but %s; %s", ErrBinary, m.name, m.advice)
		}
	}
	text, remark, err = decodeText(data)
	if err != nil {
		return "", "", err
	}
	if strings.TrimSpace(text) == "" {
		return "", "", ErrEmpty
	}
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	if lines := strings.Count(text, "\n"); lines > maxLines {
		return "", "", fmt.Errorf("%w: %d lines, but %d is the most; split it", ErrTooLarge, lines, maxLines)
	}
	return text, remark, nil
}

func decodeText(data []byte) (text, remark string, err error) {
	if text, done, err := decodeUnicode(data); done || err != nil {
		return text, "", err
	}
	if text, ok := guessUTF16(data); ok {
		return text, "it has no byte order mark and was read as UTF-16", nil
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return "", "", fmt.Errorf("%w: there is a zero byte at offset %d; import the text it was made from", ErrBinary, at)
	}
	if name := declaredCharset(data); name != "" {
		if text, ok := inCharset(data, name); ok {
			return text, "it was read in the encoding it names, " + name, nil
		}
	}
	if bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') >= 0 {
		if text, err := charmap.Macintosh.NewDecoder().Bytes(data); err == nil {
			return string(text), "it is not UTF-8 and was read as Mac OS Roman, by its line ends", nil
		}
	}
	if text, ok := guessWindows1252(data); ok {
		return text, "it is not UTF-8 and was read as Windows-1252; look at its letters with accents", nil
	}
	if text, name, ok := guessEastern(data); ok {
		return text, "it is not UTF-8 and was read as " + name + "; look at its letters", nil
	}
	return "", "", misplaced(data)
}

// decodeUnicode decodes what has a byte order mark or is UTF-8; done is false if
// it is neither.
func decodeUnicode(data []byte) (text string, done bool, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err := unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil || len(data)%2 != 0 {
			return "", false, fmt.Errorf("%w: it begins as UTF-16 but does not go on as such; save it as UTF-8", ErrEncoding)
		}
		return string(text), true, nil
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	}
	return string(data), utf8.Valid(data) && bytes.IndexByte(data, 0) < 0, nil
}
