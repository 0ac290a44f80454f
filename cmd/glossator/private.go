package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"os"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"glossator/annotations/store"
	"glossator/index"
)

// answerTime is how long the store and the index may take to say that they are
// well.
const answerTime = 5 * time.Second

// private answers operators: /healthz whether the process runs, /readyz whether
// the store and the index answer and how far the index is, /metrics in the text
// format of Prometheus, /debug/pprof/ profiles. It must not be reachable for
// anybody else.
func private(s *store.Store, engine index.Engine, data string, registry *prometheus.Registry) http.Handler {
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("glossator_mark", "Number of the last write.", func(ctx context.Context) (float64, error) { return asFloat(s.Mark(ctx)) }),
		gauge("glossator_index_mark", "Number of the last write that search knows.", func(ctx context.Context) (float64, error) {
			return asFloat(engine.Mark(ctx))
		}),
		gauge("glossator_index_lag", "How many writes search does not know yet.", func(ctx context.Context) (float64, error) {
			return lag(ctx, s, engine)
		}),
		gauge("glossator_texts_unread", "Texts whose references are yet to be read.", func(ctx context.Context) (float64, error) {
			state, err := s.ReadingState(ctx)
			return float64(state.Unread), err
		}),
		gauge("glossator_letters_waiting", "Letters that wait to be sent.", func(ctx context.Context) (float64, error) {
			return asFloat(s.LettersWaiting(ctx))
		}),
		gauge("glossator_store_bytes", "Size of the database with its log.", func(context.Context) (float64, error) { return storeBytes(data) }),
	)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, s, engine) })
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// ready answers 200 while the store and the index answer, 503 otherwise. An
// index that is behind is ready: the number of the last write it knows is said.
func ready(w http.ResponseWriter, r *http.Request, s *store.Store, engine index.Engine) {
	ctx, cancel := context.WithTimeout(r.Context(), answerTime)
	defer cancel()
	state := struct {
		Ready   bool   `json:"ready"`
		Reason  string `json:"reason,omitempty"`
		Mark    int64  `json:"mark"`
		Indexed int64  `json:"indexed"`
	}{Ready: true}
	var err error
	if state.Mark, err = s.Mark(ctx); err == nil {
		state.Indexed, err = engine.Mark(ctx)
	}
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		state.Ready, state.Reason = false, err.Error()
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	if err := json.NewEncoder(w).Encode(state); err != nil {
		slog.Debug("the answer was not taken", "reason", err)
	}
}

// gauge is a figure that is read when it is asked for; -1 if it cannot be.
func gauge(name, help string, read func(context.Context) (float64, error)) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), answerTime)
		defer cancel()
		value, err := read(ctx)
		if err != nil {
			slog.Error("a figure cannot be read", "figure", name, "reason", err)
			return -1
		}
		return value
	})
}

func lag(ctx context.Context, s *store.Store, engine index.Engine) (float64, error) {
	indexed, err := engine.Mark(ctx) // first: what is written meanwhile is no lag below zero
	if err != nil {
		return 0, err
	}
	written, err := s.Mark(ctx)
	return float64(written - indexed), err
}

func asFloat(n int64, err error) (float64, error) { return float64(n), err }

func storeBytes(data string) (total float64, err error) {
	files, err := filepath.Glob(filepath.Join(data, store.File+"*"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			return 0, err
		}
		total += float64(info.Size())
	}
	return total, nil
}
