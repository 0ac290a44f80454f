package bleve

import (
	"errors"
	"strings"

	"glossator/index"
)

// What the index keeps of a passage is packed: numbers six bits a byte, the
// lowest first, bit 6 saying that more follow; texts as their length in bytes
// and the bytes. No byte is 0xFF, which Bleve's columns take for an end.

func packText(to []byte, text string) []byte {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return append(packCount(to, len(text)), text...)
}

func packCount(to []byte, n int) []byte {
	for ; n >= 1<<6; n >>= 6 {
		to = append(to, byte(n&(1<<6-1)|1<<6))
	}
	return append(to, byte(n))
}

// An unpacker reads one part after the other; bad says that one was not there.
type unpacker struct {
	rest string
	bad  bool
}

func (u *unpacker) text() string {
	n := u.count()
	if n > len(u.rest) {
		u.bad = true
		return ""
	}
	text := u.rest[:n]
	u.rest = u.rest[n:]
	return text
}

func (u *unpacker) count() (n int) {
	for i := 0; i < len(u.rest) && i < 10; i++ {
		b := u.rest[i]
		n |= int(b&(1<<6-1)) << (6 * i)
		if b < 1<<6 {
			u.rest = u.rest[i+1:]
			return n
		}
	}
	u.bad = true
	return 0
}

// packPassage returns p without what people added to it.
func packPassage(p index.Passage) []byte {
	var b []byte
	for _, text := range []string{p.Document, p.Version, p.Language, p.Provision, p.Pinpoint, p.Number, p.Heading, p.Text} {
		b = packText(b, text)
	}
	b = packCount(packCount(b, p.Start), p.End)
	b = packCount(b, len(p.Path))
	for _, crumb := range p.Path {
		b = packText(packText(b, crumb.Provision), crumb.Label)
	}
	b = packCount(b, len(p.Inner))
	for _, inner := range p.Inner {
		b = packText(packText(packText(b, inner.Provision), inner.Pinpoint), inner.Kind)
		b = packCount(packCount(b, inner.Start-p.Start), inner.End-p.Start)
	}
	return b
}

// errPassage says that a passage in the index is not as packPassage writes it.
var errPassage = errors.New("a passage of the index is damaged")

func unpackPassage(packed string) (p index.Passage, err error) {
	u := unpacker{rest: packed}
	for _, text := range []*string{&p.Document, &p.Version, &p.Language, &p.Provision, &p.Pinpoint, &p.Number, &p.Heading, &p.Text} {
		*text = u.text()
	}
	p.Start, p.End = u.count(), u.count()
	p.Path = make([]index.Crumb, min(u.count(), len(u.rest)))
	for i := range p.Path {
		p.Path[i] = index.Crumb{Provision: u.text(), Label: u.text()}
	}
	if n := min(u.count(), len(u.rest)); n > 0 {
		p.Inner = make([]index.Inner, n)
	}
	for i := range p.Inner {
		inner := &p.Inner[i]
		inner.Provision, inner.Pinpoint, inner.Kind = u.text(), u.text(), u.text()
		inner.Start, inner.End = p.Start+u.count(), p.Start+u.count()
	}
	if u.bad || u.rest != "" {
		return p, errPassage
	}
	return p, nil
}
