package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
)

// metrics are what is counted of requests.
type metrics struct {
	took     *prometheus.HistogramVec
	underWay prometheus.Gauge
}

// newMetrics registers what is counted, if there is somewhere to.
func newMetrics(registry prometheus.Registerer) (*metrics, error) {
	m := &metrics{took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "glossator_request_seconds",
		Help:    "How long answers took, by method, pattern of the route and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60},
	}, []string{"method", "route", "status"}), underWay: prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "glossator_requests_under_way", Help: "Requests that are being answered.",
	})}
	if registry == nil {
		return m, nil
	}
	return m, errors.Join(registry.Register(m.took), registry.Register(m.underWay))
}

// methods are those that are counted by name; anybody may think of others.
var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

// observe counts one answer.
func (m *metrics) observe(c echo.Context, route string, took time.Duration) {
	method := c.Request().Method
	if !slices.Contains(methods, method) {
		method = "other"
	}
	m.took.WithLabelValues(method, route, strconv.Itoa(c.Response().Status)).Observe(took.Seconds())
}
