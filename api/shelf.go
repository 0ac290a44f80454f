package api

import (
	"container/list"
	"sync"
)

// A shelf keeps the answers used last, up to a number of bytes.
type shelf struct {
	mu      sync.Mutex
	limit   int
	size    int
	entries map[string]*list.Element // of shelved, the latest used in front
	order   *list.List
}

type shelved struct {
	key    string
	answer *packed
}

func newShelf(limit int) *shelf {
	return &shelf{limit: limit, entries: map[string]*list.Element{}, order: list.New()}
}

// get returns the answer with that key and whether there is one.
func (s *shelf) get(key string) (*packed, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.entries[key]
	if !ok {
		return nil, false
	}
	s.order.MoveToFront(e)
	return e.Value.(shelved).answer, true
}

// put keeps an answer and drops what was not used for longest.
func (s *shelf) put(key string, p *packed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.entries[key]; ok || len(p.plain) > s.limit {
		return
	}
	s.entries[key] = s.order.PushFront(shelved{key, p})
	s.size += len(p.plain)
	for s.size > s.limit {
		last := s.order.Back()
		old := s.order.Remove(last).(shelved)
		delete(s.entries, old.key)
		s.size -= len(old.answer.plain)
	}
}
