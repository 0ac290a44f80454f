package bleve

import (
	"context"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
)

// quiet is how long after the last change the index comes to rest.
const quiet = 3 * time.Second

// atRest is how segments are merged then: a search looks up each word in each
// segment, so there should be few, one of each size. The sizes grow so fast that
// what seldom changes is seldom written anew. Beside those there is one for what
// changes now, so that little is written for an annotation.
var atRest = mergeplan.MergePlanOptions{
	MaxSegmentsPerTier:   1,
	TierGrowth:           100,
	SegmentsPerMergeTask: 10,
	FloorSegmentSize:     1,
	MaxSegmentSize:       1 << 30,
	MaxSegmentFileSize:   1 << 40,
	ReclaimDeletesWeight: 2,
	CalcBudget: func(passages, smallest int64, o *mergeplan.MergePlanOptions) int {
		n := mergeplan.CalcBudget(passages, batchSize, o)
		if smallest < freshSize && passages > batchSize {
			n++
		}
		return n
	},
	ScoreSegments: func(segments []mergeplan.Segment, o *mergeplan.MergePlanOptions) float64 {
		floored := *o
		floored.FloorSegmentSize = freshSize
		return mergeplan.ScoreSegments(segments, &floored)
	},
}

// freshSize is about how many passages the segment for what changes now has at
// most. Then it is merged with the others.
const freshSize = batchSize / 4

// A rest merges segments when no change has come for a while.
type rest struct {
	timer *time.Timer
	stop  context.CancelFunc
	ended chan struct{}
}

// newRest returns a rest that calls settle after a quiet time, and again after
// the next that begins with awake.
func newRest(ctx context.Context, settle func(ctx context.Context)) *rest {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	r := &rest{timer: time.NewTimer(quiet), stop: stop, ended: make(chan struct{})}
	go func() {
		defer close(r.ended)
		for {
			select {
			case <-ctx.Done():
				return
			case <-r.timer.C:
				settle(ctx)
			}
		}
	}()
	return r
}

// awake says that a change has come.
func (r *rest) awake() { r.timer.Reset(quiet) }

// end stops what runs and waits for it.
func (r *rest) end() {
	r.stop()
	<-r.ended
}

// settle merges segments as atRest says and makes the next search ready. What
// fails is left: the index is as right as it was.
func (x *Index) settle(ctx context.Context) error {
	x.settling.Lock()
	defer x.settling.Unlock()
	store, err := x.opened()
	if err != nil {
		return err
	}
	if err := within(mergePatience, func() error { return store.ForceMerge(ctx, &atRest) }); err != nil {
		return err
	}
	return x.evaluate(ctx, nil, false, func(*evaluation) error { return nil })
}

// opened returns the store to write to, which may be closed at any time.
func (x *Index) opened() (*scorch.Scorch, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if err := x.usable(); err != nil {
		return nil, err
	}
	if x.readOnly {
		return nil, errReadOnly
	}
	return x.store, nil
}
