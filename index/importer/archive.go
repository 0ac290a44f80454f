package importer

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

const zipMagic = "PK\x03\x04"

// Bounds on a ZIP archive. Only the parts that are asked for are unpacked, each
// once; what is unpacked is counted while it is read, whatever the archive says
// of itself.
const (
	maxEntries  = 10_000    // parts in an archive
	maxPart     = 64 << 20  // bytes in a part
	maxUnpacked = 128 << 20 // bytes in all parts read
	maxRatio    = 200       // bytes unpacked for each packed one, from ratioFrom on
	ratioFrom   = 1 << 20
)

// An archive is an Office Open XML package.
type archive struct {
	parts    map[string]*zip.File
	unpacked int
}

// openArchive reads the directory of an archive.
func openArchive(data []byte) (*archive, error) {
	if entries := bytes.Count(data, []byte("PK\x01\x02")); entries > maxEntries {
		return nil, fmt.Errorf("%w: there are %d parts in it, but %d is the most; save it again, or as plain text", ErrTooLarge, entries, maxEntries)
	}
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: the archive that a Word file is cannot be opened (%w); download it again", ErrMalformed, err)
	}
	a := &archive{parts: make(map[string]*zip.File, len(reader.File))}
	for _, f := range reader.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if _, twice := a.parts[name]; !twice {
			a.parts[name] = f
		}
	}
	return a, nil
}

// mainPart returns the name of the part that holds the body.
func (a *archive) mainPart() (string, error) {
	main := "word/document.xml"
	err := a.read("_rels/.rels", func(p *xmlPart) error {
		return p.each(func(xmlStart) error {
			return p.each(func(start xmlStart) error {
				if strings.HasSuffix(xmlAttribute(start, "Type"), "/officeDocument") {
					main = strings.TrimPrefix(path.Clean("/"+xmlAttribute(start, "Target")), "/")
				}
				return p.skip()
			})
		})
	})
	if err != nil {
		return "", err
	}
	if a.parts[main] == nil {
		return "", fmt.Errorf("%w: there is no text of Word's in it; if it is a spreadsheet or a presentation, save its text as .txt", ErrUnknownFormat)
	}
	return main, nil
}

// read reads the part of a name with visit, which is not called if there is
// none.
func (a *archive) read(name string, visit func(*xmlPart) error) error {
	if a.parts[name] == nil {
		return nil
	}
	text, err := a.unpack(a.parts[name])
	if err != nil {
		return fmt.Errorf("in %s: %w", name, err)
	}
	part := xmlPart{decoder: newXMLDecoder(text)}
	if err := visit(&part); err != nil {
		return fmt.Errorf("in %s: %w", name, malformed(part.decoder, err))
	}
	return nil
}

// unpack returns a part as UTF-8.
func (a *archive) unpack(f *zip.File) (string, error) {
	packed, err := f.Open()
	if err != nil {
		return "", fmt.Errorf("%w: it cannot be unpacked (%w); save it again", ErrMalformed, err)
	}
	defer packed.Close()
	limit := min(maxPart, maxUnpacked-a.unpacked, max(ratioFrom, maxRatio*int(min(f.CompressedSize64, maxPart))))
	data, err := io.ReadAll(io.LimitReader(packed, int64(limit)+1))
	if len(data) > limit {
		return "", fmt.Errorf("%w: it unpacks to more than %d MB; save it again, or as plain text", ErrTooLarge, limit>>20)
	}
	if err != nil {
		return "", fmt.Errorf("%w: it cannot be unpacked (%w); download it again", ErrMalformed, err)
	}
	a.unpacked += len(data)
	text, done, err := decodeUnicode(data)
	if err == nil && !done {
		err = misplaced(data)
	}
	return text, err
}

// An xmlPart is read an element at a time. Its methods are called inside an
// element, outside of all at first, and leave it at its end.
type xmlPart struct {
	decoder *xml.Decoder
	depth   int
}

type xmlStart = xml.StartElement

// each calls visit for each element in the current one; visit must read it to
// its end.
func (p *xmlPart) each(visit func(xmlStart) error) error {
	return p.tokens(visit, func([]byte) {})
}

// text returns the text of the current element and of all in it.
func (p *xmlPart) text() (string, error) {
	var out strings.Builder
	var inner func(xmlStart) error
	inner = func(xmlStart) error { return p.tokens(inner, func(data []byte) { out.Write(data) }) }
	err := inner(xmlStart{})
	return out.String(), err
}

// skip passes over the current element.
func (p *xmlPart) skip() error {
	return p.each(func(xmlStart) error { return p.skip() })
}

func (p *xmlPart) tokens(visit func(xmlStart) error, data func([]byte)) error {
	outermost := p.depth == 0
	if p.depth++; p.depth > maxDepth {
		return fmt.Errorf("%w: more than %d elements inside each other; save it as plain text", ErrTooDeep, maxDepth)
	}
	defer func() { p.depth-- }()
	for {
		token, err := p.decoder.Token()
		switch {
		case errors.Is(err, io.EOF) && outermost:
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := visit(token); err != nil {
				return err
			}
		case xml.CharData:
			data(token)
		case xml.EndElement:
			return nil
		}
	}
}
