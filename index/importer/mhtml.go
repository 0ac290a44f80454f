package importer

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"path/filepath"
	"strings"

	"glossator/index"
)

// MHTML is a page and what it shows as one MIME message (RFC 2557), as browsers
// save it.

// Bounds on MIME.
const (
	maxMIMEParts = 2000
	maxMIMEDepth = 5
)

func sniffMHTML(s source) bool {
	switch strings.ToLower(filepath.Ext(s.name)) {
	case ".mht", ".mhtml":
		return true
	}
	head := s.data[:min(len(s.data), 4096)]
	return bytes.Contains(head, []byte("\nMIME-Version:")) && bytes.Contains(head, []byte("multipart/related"))
}

// parseMHTML reads the page in a message, as HTML; its address is the
// document's.
func parseMHTML(s source) (index.Document, []draft, error) {
	reader := textproto.NewReader(bufio.NewReader(bytes.NewReader(s.data)))
	header, err := reader.ReadMIMEHeader()
	if err != nil {
		return index.Document{}, nil, fmt.Errorf("%w: the head of the saved page is not MIME (%w); save the page again", ErrMalformed, err)
	}
	message := mimeReader{start: startOf(header)}
	if err := message.read(header, reader.R, 0); err != nil {
		return index.Document{}, nil, err
	}
	if message.page == nil {
		return index.Document{}, nil, fmt.Errorf("%w: there is no page in the message; save it again as a complete page", ErrUnknownFormat)
	}
	page, remark, err := decodeHTML(message.page, message.charset)
	if err != nil {
		return index.Document{}, nil, err
	}
	said, drafts, err := parseHTML(source{name: "page.html", text: page, language: s.language})
	if remark != "" && err == nil {
		drafts[0].remarks = append(drafts[0].remarks, remark)
	}
	if address := firstNonEmpty(header.Get("Snapshot-Content-Location"), message.location); said.Address == "" && webAddress(address) {
		said.Address = address
	}
	return said, drafts, err
}

// startOf returns the id of the part that a message says is the page, "" if it
// does not say.
func startOf(header textproto.MIMEHeader) string {
	_, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return strings.Trim(parameters["start"], "<>")
}

// A mimeReader looks for the page in a message: the part that the message
// names, or else the first of HTML.
type mimeReader struct {
	start    string
	parts    int
	found    bool // the page is the one that is named
	page     []byte
	charset  string
	location string
}

func (m *mimeReader) read(header textproto.MIMEHeader, body io.Reader, depth int) error {
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case err != nil && kind == "":
		return nil
	case strings.HasPrefix(kind, "multipart/"):
		return m.multipart(parameters["boundary"], body, depth)
	case kind != "text/html" && kind != "application/xhtml+xml":
		return nil
	}
	named := m.start != "" && strings.Trim(header.Get("Content-Id"), "<>") == m.start
	if m.page != nil && (m.found || !named) {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(transferred(header, body), MaxSize+1))
	if err != nil {
		return fmt.Errorf("%w: the page breaks off (%w); save it again", ErrMalformed, err)
	}
	if len(data) > MaxSize {
		return fmt.Errorf("%w: the page is larger than %d MB; save it as plain text", ErrTooLarge, MaxSize>>20)
	}
	m.page, m.charset, m.location, m.found = data, parameters["charset"], header.Get("Content-Location"), named
	return nil
}

func (m *mimeReader) multipart(boundary string, body io.Reader, depth int) error {
	if depth >= maxMIMEDepth {
		return fmt.Errorf("%w: more than %d messages inside each other; save the page again", ErrTooDeep, maxMIMEDepth)
	}
	if boundary == "" {
		return fmt.Errorf("%w: the saved page does not say where its parts end; save it again", ErrMalformed)
	}
	parts := multipart.NewReader(body, boundary)
	for {
		part, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF), err != nil && m.page != nil:
			return nil
		case err != nil:
			return fmt.Errorf("%w: the saved page breaks off (%w); save it again", ErrMalformed, err)
		}
		if m.parts++; m.parts > maxMIMEParts {
			return fmt.Errorf("%w: the saved page has more than %d parts; save its text alone", ErrTooLarge, maxMIMEParts)
		}
		if err := m.read(part.Header, part, depth+1); err != nil {
			return err
		}
		if m.page != nil && (m.start == "" || m.found) {
			return nil
		}
	}
}

// transferred undoes the transfer encoding of a part.
func transferred(header textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}

func webAddress(address string) bool {
	return (strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")) && len(address) < 2000 &&
		!strings.ContainsAny(address, " \t\n\"<>")
}
