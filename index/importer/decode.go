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
	{"%PDF", "a PDF file", "save its text as .txt"},
	{zipMagic, "a ZIP archive, an OpenDocument file or a spreadsheet", "unpack it first, or save it as .docx, HTML or plain text"},
	{"\xd0\xcf\x11\xe0", "an old Word file or one with a password", "save it as .docx without a password"},
	{"{\\rtf", "a rich text file", "save it as .docx, HTML or plain text"},
	{"\x89PNG", "a PNG picture", "import its text instead"},
	{"\xff\xd8\xff", "a JPEG picture", "import its text instead"},
	{"GIF8", "a GIF picture", "import its text instead"},
	{"\x1f\x8b", "a gzip archive", "unpack it first"},
}

// decode returns the text of data: UTF-8 with or without a byte order mark,
// UTF-16 with one, or Mac OS Roman in a file of the old Mac OS, which is known
// by its line ends. Anything else is refused, never guessed.
func decode(data []byte) (string, error) {
	for _, m := range magic {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return "", fmt.Errorf("%w but %s; %s", ErrBinary, m.name, m.advice)
		}
	}
	text, err := decodeText(data)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(text) == "" {
		return "", ErrEmpty
	}
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	if lines := strings.Count(text, "\n"); lines > maxLines {
		return "", fmt.Errorf("%w: %d lines, but %d is the most; split it", ErrTooLarge, lines, maxLines)
	}
	return text, nil
}

func decodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err := unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil || len(data)%2 != 0 {
			return "", fmt.Errorf("%w: it begins as UTF-16 but does not go on as such; save it as UTF-8", ErrEncoding)
		}
		return string(text), nil
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return "", fmt.Errorf("%w: there is a zero byte at offset %d; import the text it was made from", ErrBinary, at)
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	if bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') >= 0 {
		text, err := charmap.Macintosh.NewDecoder().Bytes(data)
		if err == nil {
			return string(text), nil
		}
	}
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return "", fmt.Errorf("%w: the byte %#x at offset %d does not belong there; save the file as UTF-8", ErrEncoding, data[at], at)
}
