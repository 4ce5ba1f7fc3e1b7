package server

import (
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric"
)

func TestMeasures(t *testing.T) {
	id := function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "f"}
	m := measures{metric.NewMeter(1)}
	for i, took := range []time.Duration{400 * time.Millisecond, 20 * time.Millisecond, time.Millisecond} {
		m.meter.Record(function.Sample{
			Function: id, Qualifier: "live", Executed: 2, Began: time.Now(), Duration: took, First: i == 0, Failed: i == 2,
		})
	}
	for name, got := range map[string]func(function.ID, string, function.Number) (calls, errors, durations int64, median time.Duration){
		"since the start": func(id function.ID, alias string, n function.Number) (int64, int64, int64, time.Duration) {
			c := m.Measured(id, alias, n)
			return c.Calls, c.Errors, c.Durations.Total(), c.Durations.Quantile(0.5)
		},
		"lately": func(id function.ID, alias string, n function.Number) (int64, int64, int64, time.Duration) {
			c := m.Recently(id, alias, n)
			return c.Calls, c.Errors, c.Durations.Total(), c.Durations.Quantile(0.5)
		},
	} {
		calls, errors, durations, median := got(id, "live", 2)
		if calls != 3 || errors != 1 || durations != 1 || median < 19*time.Millisecond || median > 22*time.Millisecond {
			t.Errorf("%s: %d calls, %d errors, %d durations around %v", name, calls, errors, durations, median)
		}
		if calls, _, _, _ := got(id, "other", 2); calls != 0 {
			t.Errorf("%s: another alias has %d calls", name, calls)
		}
	}
}
