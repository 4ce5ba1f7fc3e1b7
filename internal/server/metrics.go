package server

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"sluice/internal/metric"
)

// metrics are what operators' tools scrape. The names follow Prometheus' rules.
type metrics struct {
	registry *prometheus.Registry
	shifts   prometheus.Summary
	alarms   prometheus.Summary
}

// shiftLate notes how late a shift of traffic was in effect.
func (m *metrics) shiftLate(late time.Duration) { m.shifts.Observe(late.Seconds()) }

// alarmLate notes how late the change of an alarm was stored and told.
func (m *metrics) alarmLate(late time.Duration) { m.alarms.Observe(late.Seconds()) }

func newMetrics(meter *metric.Meter) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		shifts: prometheus.NewSummary(prometheus.SummaryOpts{
			Name: "sluice_rollout_late_seconds", Help: "How long after its time a shift of traffic was in effect.",
			Objectives: map[float64]float64{0.5: 0.05, 0.99: 0.001}, MaxAge: time.Hour,
		}),
		alarms: prometheus.NewSummary(prometheus.SummaryOpts{
			Name: "sluice_alarm_late_seconds", Help: "How long after the end of its newest period an alarm's change was told.",
			Objectives: map[float64]float64{0.5: 0.05, 0.99: 0.001}, MaxAge: time.Hour,
		}),
	}
	m.registry.MustRegister(invocations{meter}, m.shifts, m.alarms)
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// invocations collects the meter's totals.
type invocations struct{ meter *metric.Meter }

var (
	labels          = []string{"account", "region", "function", "qualifier", "version"}
	invocationsDesc = prometheus.NewDesc("sluice_invocations_total", "Calls that ran.", labels, nil)
	errorsDesc      = prometheus.NewDesc("sluice_errors_total", "Calls whose function failed.", labels, nil)
	throttlesDesc   = prometheus.NewDesc("sluice_throttles_total", "Calls that did not run, since too many others did or no process came free.", labels, nil)
	durationDesc    = prometheus.NewDesc("sluice_duration_seconds_total", "Time that calls took in their process.", labels, nil)
	concurrentDesc  = prometheus.NewDesc("sluice_concurrent_max", "Most calls of the function that ran at once.", labels, nil)
)

// Describe implements prometheus.Collector.
func (invocations) Describe(out chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{invocationsDesc, errorsDesc, throttlesDesc, durationDesc, concurrentDesc} {
		out <- desc
	}
}

// Collect implements prometheus.Collector.
func (i invocations) Collect(out chan<- prometheus.Metric) {
	for _, r := range i.meter.Readings() {
		values := []string{r.Function.Account, r.Function.Region, r.Function.Name, r.Qualifier, r.Executed.String()}
		counter := func(desc *prometheus.Desc, value float64) {
			out <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, value, values...)
		}
		counter(invocationsDesc, float64(r.Total.Invocations))
		counter(errorsDesc, float64(r.Total.Errors))
		counter(throttlesDesc, float64(r.Total.Throttles))
		counter(durationDesc, r.Total.DurationSum.Seconds())
		out <- prometheus.MustNewConstMetric(concurrentDesc, prometheus.GaugeValue, float64(r.Total.Concurrent), values...)
	}
}
