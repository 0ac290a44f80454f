package bleve

import "sync"

// A memo remembers what has been made.
type memo[K comparable, V any] struct {
	mu    sync.Mutex
	known map[K]V
}

// memoSize is how many things a memo remembers; then it begins anew.
const memoSize = 512

func (m *memo[K, V]) get(key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.known[key]
	return value, ok
}

func (m *memo[K, V]) put(key K, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= memoSize {
		m.known = map[K]V{}
	}
	m.known[key] = value
}

// of returns what is known under key, made by one if nothing is.
func (m *memo[K, V]) of(key K, one func() V) V {
	value, ok := m.get(key)
	if !ok {
		value = one()
		m.put(key, value)
	}
	return value
}
