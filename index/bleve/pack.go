package bleve

import (
	"errors"
	"slices"
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

// packTexts packs how many texts there are and each of them.
func packTexts(to []byte, texts []string) []byte {
	to = packCount(to, len(texts))
	for _, text := range texts {
		to = packText(to, text)
	}
	return to
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

// texts calls visit for each text that packTexts packed.
func (u *unpacker) texts(visit func(text string)) {
	for range u.count() {
		text := u.text()
		if u.bad {
			return
		}
		visit(text)
	}
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

// packPassage returns p, without what people added to it, and where the words of
// its text stand.
func packPassage(p index.Passage, words []index.Span) []byte {
	b := packWords(nil, words)
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

// packWords packs where words stand, as a text: of each its length, doubled, one
// more if it does not stand one character behind the word before, and then how
// far it stands behind it.
func packWords(to []byte, words []index.Span) []byte {
	var b []byte
	end := -1
	for _, w := range words {
		if w.Start == end+1 {
			b = packCount(b, 2*(w.End-w.Start))
		} else {
			b = packCount(packCount(b, 2*(w.End-w.Start)+1), w.Start-max(end, 0))
		}
		end = w.End
	}
	return append(packCount(to, len(b)), b...)
}

// unpackWords appends where the first n words stand, as far as there are so
// many.
func unpackWords(packed string, n int, words []index.Span) []index.Span {
	words = slices.Grow(words, min(n, len(packed))) // a word takes a byte at least
	end := -1
	for i := 0; i < len(packed) && len(words) < n; {
		if b := packed[i]; b < 1<<6 && b%2 == 0 { // most words: one character behind the word before, and short
			words = append(words, index.Span{Start: end + 1, End: end + 1 + int(b/2)})
			end += 1 + int(b/2)
			i++
			continue
		}
		u := unpacker{rest: packed[i:]}
		length := u.count()
		start := end + 1
		if length%2 == 1 {
			start = max(end, 0) + u.count()
		}
		end = start + length/2
		words = append(words, index.Span{Start: start, End: end})
		i = len(packed) - len(u.rest)
	}
	return words
}

// errPassage says that a passage in the index is not as packPassage writes it.
var errPassage = errors.New("a passage of the index is damaged")

// unpackPassage returns what packPassage packed; of words, what unpackWords
// reads.
func unpackPassage(packed string) (p index.Passage, words string, err error) {
	u := unpacker{rest: packed}
	words = u.text()
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
		return p, "", errPassage
	}
	return p, words, nil
}
