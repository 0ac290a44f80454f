package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/semconv/v1.43.0"
)

// lastTracesTime is how long the collector may take to take the last traces.
const lastTracesTime = time.Second

// tracing says where traces go.
type tracing struct {
	TraceEndpoint string `help:"Where traces go: a collector that takes OTLP by HTTP, such as http://127.0.0.1:4318." env:"GLOSSATOR_TRACE_ENDPOINT" placeholder:"URL"`
}

// traced returns handler with a trace of each request, if there is somewhere to
// send it, and what sends the last ones. A trace tells the pattern of the route,
// the method, the status and the id of the request; never the path, the query or
// who asks.
func (t tracing) traced(ctx context.Context, handler http.Handler) (http.Handler, func(), error) {
	if t.TraceEndpoint == "" {
		return handler, func() {}, nil
	}
	endpoint, err := url.Parse(t.TraceEndpoint)
	if err != nil || endpoint.Host == "" {
		return nil, nil, fmt.Errorf("--trace-endpoint: %q is not an address such as http://127.0.0.1:4318", t.TraceEndpoint)
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint.JoinPath("v1", "traces").String()))
	if err != nil {
		return nil, nil, fmt.Errorf("--trace-endpoint: %w", err)
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter),
		trace.WithResource(resource.NewSchemaless(semconv.ServiceName("glossator"), semconv.ServiceVersion(version))))
	otel.SetTracerProvider(provider)
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { slog.Warn("traces are lost", "reason", err) }))
	last := func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastTracesTime)
		defer cancel()
		if err := provider.Shutdown(ctx); err != nil && !errors.Is(err, context.Canceled) {
			slog.Warn("the last traces are lost", "reason", err)
		}
	}
	return bare(handler, provider), last, nil
}

// wholeRequest is under which a traced request finds itself in its context.
type wholeRequest struct{}

// bare traces requests without what is private in them: the tracer sees a copy
// with the method and the headers that continue a trace from a proxy, the
// handler the whole.
func bare(handler http.Handler, provider *trace.TracerProvider) http.Handler {
	continues := propagation.TraceContext{}
	traced := otelhttp.NewHandler(http.HandlerFunc(func(w http.ResponseWriter, seen *http.Request) {
		whole, _ := seen.Context().Value(wholeRequest{}).(*http.Request)
		handler.ServeHTTP(w, whole.WithContext(seen.Context()))
	}), "request", otelhttp.WithTracerProvider(provider), otelhttp.WithPropagators(continues))
	return http.HandlerFunc(func(w http.ResponseWriter, whole *http.Request) {
		seen := &http.Request{Method: whole.Method, URL: &url.URL{}, Proto: whole.Proto, Header: http.Header{}, Body: http.NoBody}
		for _, name := range continues.Fields() {
			seen.Header[http.CanonicalHeaderKey(name)] = whole.Header.Values(name)
		}
		traced.ServeHTTP(w, seen.WithContext(context.WithValue(whole.Context(), wholeRequest{}, whole)))
	})
}
