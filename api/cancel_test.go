package api_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"glossator/api"
	"glossator/index"
	"glossator/index/query"
)

// An attendedEngine searches with a context that tells when it is first asked
// whether it has ended, waits there until it has, and counts what is asked later.
type attendedEngine struct {
	index.Engine
	begun chan struct{}
	ended chan error
	later atomic.Int64
}

type attendedContext struct {
	context.Context
	engine *attendedEngine
	once   *sync.Once
}

func (c attendedContext) Err() error {
	c.engine.later.Add(1)
	c.once.Do(func() {
		close(c.engine.begun)
		<-c.Done()
		c.engine.later.Store(0)
	})
	return c.Context.Err()
}

func (e *attendedEngine) Search(ctx context.Context, q query.Query, o index.Options) (*index.Result, error) {
	result, err := e.Engine.Search(attendedContext{ctx, e, &sync.Once{}}, q, o) //nolint:contextcheck // it has ctx within
	e.ended <- err
	return result, err
}

// TestClientGoesAway: a search of somebody who does not wait for it any more
// ends.
func TestClientGoesAway(t *testing.T) {
	e := &attendedEngine{begun: make(chan struct{}), ended: make(chan error, 1)}
	s := newSite(t, func(c *api.Config) { e.Engine, c.Engine = c.Engine, e })
	ctx, leave := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/api/search?q=harbour+OR+sea*+OR+*ight*", nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-e.begun
		leave()
	}()
	if response, err := http.DefaultClient.Do(request); err == nil {
		t.Errorf("it was answered with status %d", response.StatusCode)
		_ = response.Body.Close()
	}
	if err := <-e.ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the search ended with %v, want %v", err, context.Canceled)
	}
	if later := e.later.Load(); later > 4 {
		t.Errorf("the search took %d looks more when nobody waited for it", later)
	}
}
