package metric_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/metric"
)

var live = metric.Key{Function: calculator, Qualifier: "LIVE", Executed: 1}

// TestQuantilesOfDurations compares with a computation over all durations, from a nanosecond to fifteen minutes.
func TestQuantilesOfDurations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := metric.NewMeter(1)
		var all []time.Duration
		for range rapid.IntRange(1, 100).Draw(t, "calls") {
			took := time.Duration(math.Pow(10, rapid.Float64Range(0, 11.9).Draw(t, "magnitude")))
			all = append(all, took)
			m.Record(call(1, recent(), took))
		}
		slices.Sort(all)
		durations := m.Reading(live).Durations
		for _, q := range []float64{0, 0.5, 0.9, 0.99, 1} {
			want := all[max(int(math.Ceil(q*float64(len(all))-1e-9)), 1)-1]
			if got := durations.Quantile(q); math.Abs(float64(got-want)) > metric.Accuracy*float64(want)+1 {
				t.Fatalf("quantile %v of %d: %v, want %v", q, len(all), got, want)
			}
		}
		var n int64
		for _, count := range durations.Bins() {
			n += count
		}
		if n != int64(len(all)) || durations.Count() != n {
			t.Fatalf("%d durations in bins, %d counted, want %d", n, durations.Count(), len(all))
		}
	})
}

func TestDurationsSinceAMoment(t *testing.T) {
	m := metric.NewMeter(1)
	record := func(all ...time.Duration) {
		for _, took := range all {
			m.Record(call(1, recent(), took))
		}
	}
	record(time.Millisecond, time.Second)
	earlier := m.Reading(live).Durations
	record(2*time.Second, time.Millisecond)
	since := m.Reading(live).Durations.Since(earlier)
	if got := since.Count(); got != 2 || earlier.Count() != 2 {
		t.Errorf("%d durations since, and %d before, want 2 and 2", got, earlier.Count())
	}
	if got := since.Quantile(1); got < 1980*time.Millisecond || got > 2020*time.Millisecond {
		t.Errorf("the longest since is %v, want 2s", got)
	}
}

func TestDurationsThatBeganAnew(t *testing.T) {
	before, after := metric.NewMeter(1), metric.NewMeter(1)
	before.Record(call(1, recent(), time.Second))
	before.Record(call(1, recent(), time.Millisecond))
	after.Record(call(1, recent(), time.Second))
	if got := after.Reading(live).Durations.Since(before.Reading(live).Durations); got.Count() != 1 {
		t.Errorf("%d durations, want all of the new ones: 1", got.Count())
	}
}

func TestNoDurations(t *testing.T) {
	var none metric.Durations
	if none.Count() != 0 || none.Quantile(0.5) != 0 || none.Since(none).Count() != 0 {
		t.Errorf("%+v has something", none)
	}
}
