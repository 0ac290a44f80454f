package indextest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"glossator/index"
	"glossator/index/query"
)

// costly checks that what a query can cost is bounded.
func costly(t *testing.T, e index.Engine) {
	var text strings.Builder
	for i := range 9000 {
		fmt.Fprintf(&text, "w%dx ", i)
	}
	apply(t, e, harbour(1, "v1", text.String()))
	wantCostly(t, e, pattern("*"))
	wantCostly(t, e, pattern("w*x"))
	wantCostly(t, e, pattern("w*-w*"))
	wantFound(t, e, pattern("w12*x"), everyone, "v1/art1")

	wide := make(query.Or, 20)
	for i := range wide {
		wide[i] = pattern(fmt.Sprintf("*%d*", i%10))
	}
	wantCostly(t, e, wide)

	start := time.Now()
	backtracking := pattern(strings.Repeat("*a", 200) + "*b")
	wantFound(t, e, backtracking, everyone)
	var deep query.Query = word("w1x")
	for range 1000 {
		deep = query.Not{Query: deep}
	}
	wantFound(t, e, deep, everyone, "v1/art1")
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("hostile queries took %v", took)
	}
}

func cancelled(t *testing.T, e index.Engine) {
	apply(t, e, harbour(1, "v1", "A lantern."))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Search(ctx, word("lantern"), everything(everyone)); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search returns %v", err)
	}
	if _, err := e.Matches(ctx, word("lantern"), "v1", everyone); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled matches return %v", err)
	}
	if err := e.Apply(ctx, []index.Change{harbour(2, "v2", "A bell.")}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled Apply returns %v", err)
	}
	wantMark(t, e, 1)
	wantFound(t, e, query.All{}, everyone, "v1/art1")
}

// concurrent checks that searches see whole changes while more are applied:
// each change replaces both passages of a document by others of its number.
func concurrent(t *testing.T, e index.Engine) {
	const changes = 40
	written := func(number int64) index.Change {
		text := fmt.Sprintf("Lantern n%d.", number)
		return harbour(number, "v1", text, text)
	}
	apply(t, e, written(1))
	done := make(chan struct{})
	var searching sync.WaitGroup
	for range 3 {
		searching.Go(func() {
			for last := int64(0); ; {
				result, err := e.Search(t.Context(), word("lantern"), everything(everyone))
				if err != nil || result.Passages != 2 || result.Mark < last {
					t.Errorf("a search while changes are applied: %+v, %v", result, err)
					return
				}
				last = result.Mark
				for _, hit := range result.Groups[0].Hits {
					if !slices.Contains(strings.Fields(hit.Text), fmt.Sprintf("n%d.", result.Mark)) {
						t.Errorf("at mark %d a search sees %q", result.Mark, hit.Text)
					}
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for number := int64(2); number <= changes; number++ {
		apply(t, e, written(number))
	}
	close(done)
	searching.Wait()
	wantMark(t, e, changes)
}
