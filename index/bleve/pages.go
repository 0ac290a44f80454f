package bleve

import "sync/atomic"

// A pageCount counts what was read from the files of segments, which are mapped
// into memory.
type pageCount struct{ bytes atomic.Int64 }

// enoughRead is how many bytes of lists are read before the pages are given back.
const enoughRead = 16 << 20

// add counts the list that was read and reports whether the pages should be given
// back.
func (c *pageCount) add(l *list) bool {
	if c.bytes.Add(int64(l.size())) < enoughRead {
		return false
	}
	c.bytes.Store(0)
	return true
}

// giveBack tells the system that the pages of the segments need not stay in the
// memory of the process. What is looked at again it maps again.
func (v *view) giveBack() {
	for _, p := range v.parts {
		if mapped, ok := p.segment.Segment().(interface{ Data() []byte }); ok {
			unmap(mapped.Data())
		}
	}
}
