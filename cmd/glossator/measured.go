package main

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel"

	"glossator/index"
	"glossator/index/bleve"
	"glossator/index/query"
)

// measuredEngine is an engine that tells how long it takes, to whoever reads the
// metrics and in the trace of the request that asked.
type measuredEngine struct {
	index.Engine
	searched, applied prometheus.Histogram
	searching         prometheus.Gauge
	hung              prometheus.Counter
}

// measured registers what is measured of an engine.
func measured(engine index.Engine, registry prometheus.Registerer) index.Engine {
	m := &measuredEngine{
		Engine: engine,
		searched: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "glossator_search_seconds", Help: "How long the index took for searches, waiting for a turn included.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}),
		applied: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "glossator_index_seconds", Help: "How long the index took to take in changes, all that came together.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60},
		}),
		searching: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "glossator_searches_under_way", Help: "Searches that run or wait for a turn.",
		}),
	}
	m.hung = prometheus.NewCounter(prometheus.CounterOpts{Name: "glossator_index_hangs_total", Help: "How often the index was given up because it hung."})
	registry.MustRegister(m.searched, m.applied, m.searching, m.hung)
	return m
}

func (m *measuredEngine) Search(ctx context.Context, q query.Query, o index.Options) (*index.Result, error) {
	ctx, span := otel.Tracer("glossator").Start(ctx, "search")
	defer span.End()
	m.searching.Inc()
	defer m.searching.Dec()
	defer since(m.searched, time.Now())
	return m.Engine.Search(ctx, q, o)
}

func (m *measuredEngine) Apply(ctx context.Context, changes []index.Change) error {
	defer since(m.applied, time.Now())
	err := m.Engine.Apply(ctx, changes)
	if errors.Is(err, bleve.ErrHung) {
		m.hung.Inc()
	}
	return err
}

func since(seconds prometheus.Histogram, start time.Time) {
	seconds.Observe(time.Since(start).Seconds())
}
