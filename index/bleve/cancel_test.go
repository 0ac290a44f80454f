package bleve

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"glossator/index"
	"glossator/index/query"
)

// A countdown is a context that ends when it has been asked so often whether it
// has ended, and counts on.
type countdown struct {
	context.Context
	cancel context.CancelFunc
	limit  int64
	asked  atomic.Int64
}

func newCountdown(t *testing.T, limit int64) *countdown {
	ctx, cancel := context.WithCancel(t.Context())
	return &countdown{Context: ctx, cancel: cancel, limit: limit}
}

func (c *countdown) Err() error {
	if c.asked.Add(1) == c.limit {
		c.cancel()
	}
	return c.Context.Err()
}

// TestCancelledMidway ends searches that look up many words, at many points on
// their way: each fails for that, after it has looked at no more than a few
// things more.
func TestCancelledMidway(t *testing.T) {
	const unlimited, most = 1 << 60, 4
	x := opened(t, t.TempDir(), "one")
	if err := x.Apply(t.Context(), []index.Change{harbours(1), lighthouse(2)}); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"pier*", "*ier1* OR *ier2* OR pie*3", "pier1* NEAR/5 pier*", "pier1~ OR pier2~ OR pier3~", `harbour /p pier*`} {
		t.Run(words, func(t *testing.T) {
			q, err := query.Parse(words)
			if err != nil {
				t.Fatal(err)
			}
			// The limit of each search is on a state of the index of its own, which
			// has nothing of what was found before.
			search := func(limit int64) (asked int64, err error) {
				x.gallery = newGallery()
				c := newCountdown(t, limit)
				defer c.cancel()
				_, err = x.Search(c, q, index.Options{Limit: 10, PerDocument: 3, Facets: true})
				return c.asked.Load(), err
			}
			whole, err := search(unlimited)
			if err != nil {
				t.Fatal(err)
			}
			for limit := int64(1); limit <= whole; limit += max(1, whole/25) {
				asked, err := search(limit)
				if !errors.Is(err, context.Canceled) {
					t.Errorf("ended at the %d. of %d looks: %v", limit, whole, err)
				}
				if asked > limit+most {
					t.Errorf("ended at the %d. of %d looks it took %d more", limit, whole, asked-limit)
				}
			}
		})
	}
}
