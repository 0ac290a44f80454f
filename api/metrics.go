package api

import (
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
)

// metrics are what is counted of requests.
type metrics struct {
	took *prometheus.HistogramVec
}

// newMetrics registers what is counted, if there is somewhere to.
func newMetrics(registry prometheus.Registerer) (*metrics, error) {
	m := &metrics{prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "glossator_request_seconds",
		Help:    "How long answers took, by method, pattern of the route and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60},
	}, []string{"method", "route", "status"})}
	if registry == nil {
		return m, nil
	}
	return m, registry.Register(m.took)
}

// observe counts one answer.
func (m *metrics) observe(c echo.Context, route string, took time.Duration) {
	m.took.WithLabelValues(c.Request().Method, route, strconv.Itoa(c.Response().Status)).Observe(took.Seconds())
}
