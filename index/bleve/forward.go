package bleve

import (
	"context"
)

// A forward is the words of the passages of a segment in the order of their
// texts: what stands beside a match is read from it.
type forward struct {
	list *wordlist
	from []uint32 // where the words of each passage begin in ids
	ids  []uint32 // places in list
}

// passageWords are the words of a passage in the order of the text.
type passageWords struct {
	list *wordlist
	of   []uint32
}

// at returns the word at a position, counted from 1.
func (w passageWords) at(position int) string { return string(w.list.word(int(w.of[position-1]))) }

// words returns the words of a passage.
func (p *part) words(ctx context.Context, doc uint32) (passageWords, error) {
	f, err := p.forwards(ctx)
	if err != nil {
		return passageWords{}, err
	}
	return passageWords{f.list, f.ids[f.from[doc]:f.from[doc+1]]}, nil
}

// forwards returns the words of all passages of the segment. They are read once,
// to the end even if whoever asked first no longer waits for them.
func (p *part) forwards(ctx context.Context) (*forward, error) {
	list, err := p.wordlist()
	if err != nil {
		return nil, err
	}
	p.forwardOnce.Do(func() { p.forward, p.forwardErr = p.readForward(context.WithoutCancel(ctx), list) })
	return p.forward, p.forwardErr
}

func (p *part) readForward(ctx context.Context, list *wordlist) (*forward, error) {
	f := &forward{list: list, from: make([]uint32, len(p.rows)+1)}
	for i, length := range p.lengths {
		f.from[i+1] = f.from[i] + length
	}
	f.ids = make([]uint32, f.from[len(p.rows)])
	for i := range list.starts {
		if list.hyphens[i] > 0 {
			continue
		}
		l, err := readList(ctx, p.segment.Segment(), fieldExact, list.term(i), true)
		if err != nil {
			return nil, err
		}
		of := cursor{list: l}
		for _, doc := range l.docs {
			for _, place := range of.at(doc) {
				at := f.from[doc] + place.stretch().first - 1
				if at >= f.from[doc+1] {
					return nil, errWords
				}
				f.ids[at] = uint32(i)
			}
		}
	}
	return f, nil
}
