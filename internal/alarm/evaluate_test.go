package alarm_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/alarm"
	"sluice/internal/metric"
)

var evaluated = time.Date(2023, 9, 1, 14, 5, 0, 0, time.UTC)

// keep says that the state stays, whatever it is.
const keep alarm.State = "keep"

var states = []alarm.State{alarm.OK, alarm.Ringing, alarm.InsufficientData}

// points reads a pattern of periods, oldest first: a breaching point, a good one, a missing one.
func points(window alarm.Window, pattern string) (list []metric.Point) {
	fields := strings.Fields(pattern)
	for i, field := range fields {
		p := metric.Point{Time: window.To.Add(-time.Duration(len(fields)-i) * window.Period), Samples: 1}
		switch field {
		case "X":
			p.Value = 10
		case "0":
			p.Value = 1
		default:
			continue
		}
		list = append(list, p)
	}
	return list
}

// The table of the User Guide, row by row and column by column, from each state.
func TestMissingData(t *testing.T) {
	const lack = alarm.InsufficientData
	for _, tt := range []struct {
		periods, needed int
		pattern         string
		want            [4]alarm.State // missing, ignore, breaching, not breaching
	}{
		{3, 3, "0 - X - X", [4]alarm.State{alarm.OK, alarm.OK, alarm.OK, alarm.OK}},
		{3, 3, "0 - - - -", [4]alarm.State{alarm.OK, alarm.OK, alarm.OK, alarm.OK}},
		{3, 3, "- - - - -", [4]alarm.State{lack, keep, alarm.Ringing, alarm.OK}},
		{3, 3, "0 X X - X", [4]alarm.State{alarm.Ringing, alarm.Ringing, alarm.Ringing, alarm.Ringing}},
		{3, 3, "- - X - -", [4]alarm.State{alarm.Ringing, keep, alarm.Ringing, alarm.OK}},
		{3, 2, "0 - X - X", [4]alarm.State{alarm.Ringing, alarm.Ringing, alarm.Ringing, alarm.Ringing}},
		{3, 2, "0 0 X 0 X", [4]alarm.State{alarm.Ringing, alarm.Ringing, alarm.Ringing, alarm.Ringing}},
		{3, 2, "0 - X - -", [4]alarm.State{alarm.OK, alarm.OK, alarm.Ringing, alarm.OK}},
		{3, 2, "- - - - 0", [4]alarm.State{alarm.OK, alarm.OK, alarm.Ringing, alarm.OK}},
		{3, 2, "- - - X -", [4]alarm.State{alarm.Ringing, keep, alarm.Ringing, alarm.OK}},
		// It does not ring before M points could have come.
		{3, 3, "- - - - X", [4]alarm.State{keep, keep, alarm.Ringing, alarm.OK}},
		{3, 3, "- - - X -", [4]alarm.State{keep, keep, alarm.Ringing, alarm.OK}},
		{3, 3, "- - - X X", [4]alarm.State{keep, keep, alarm.Ringing, alarm.OK}},
		{3, 3, "- - X - X", [4]alarm.State{alarm.Ringing, keep, alarm.Ringing, alarm.OK}},
		{3, 3, "- - 0 X X", [4]alarm.State{alarm.OK, alarm.OK, alarm.OK, alarm.OK}},
		// One breaching point anywhere is enough for one period.
		{1, 1, "X - -", [4]alarm.State{alarm.Ringing, alarm.Ringing, alarm.Ringing, alarm.Ringing}},
		{1, 1, "- - X", [4]alarm.State{alarm.Ringing, alarm.Ringing, alarm.Ringing, alarm.Ringing}},
		{1, 1, "X - 0", [4]alarm.State{alarm.OK, alarm.OK, alarm.OK, alarm.OK}},
		// Enough breaching points ring whatever the rest counts as.
		{5, 2, "- - - - - X X", [4]alarm.State{alarm.Ringing, alarm.Ringing, alarm.Ringing, alarm.Ringing}},
		{5, 1, "X - - - - - -", [4]alarm.State{alarm.Ringing, alarm.Ringing, alarm.Ringing, alarm.Ringing}},
	} {
		for i, missing := range []alarm.Missing{
			alarm.MissingIsMissing, alarm.MissingIsIgnored, alarm.MissingIsBreaching, alarm.MissingIsNotBreaching,
		} {
			w := watch(func(w *alarm.Watch) {
				w.Periods, w.Datapoints, w.Missing = tt.periods, tt.needed, missing
			})
			window := w.Window(evaluated, 1)
			for _, before := range states {
				want := tt.want[i]
				if want == keep {
					want = before
				}
				if got := alarm.Evaluate(w, window, points(window, tt.pattern), before, evaluated); got.State != want {
					t.Errorf("%d of %d, %s: %s from %s is %s, want %s", tt.needed, tt.periods, missing, tt.pattern, before, got.State, want)
				}
			}
		}
	}
}

// watch returns a watch over a metric, as a test wants it: over 5, for one period of a minute.
func watch(change func(*alarm.Watch)) *alarm.Watch {
	w := &alarm.Watch{
		Namespace: "shop", Metric: "errors", Statistic: metric.Sum, Period: time.Minute, Periods: 1, Operator: alarm.Above, Threshold: 5,
	}
	if change != nil {
		change(w)
	}
	return w
}

func TestOmittedChoices(t *testing.T) {
	t.Run("all points have to breach", func(t *testing.T) {
		w := watch(func(w *alarm.Watch) { w.Periods = 3 })
		window := w.Window(evaluated, 1)
		if got := alarm.Evaluate(w, window, points(window, "X X 0"), alarm.InsufficientData, evaluated); got.State != alarm.OK {
			t.Errorf("two of three: %s", got.State)
		}
	})
	t.Run("missing data is missing", func(t *testing.T) {
		w := watch(nil)
		if got := alarm.Evaluate(w, w.Window(evaluated, 1), nil, alarm.OK, evaluated); got.State != alarm.InsufficientData {
			t.Errorf("without data: %s", got.State)
		}
	})
	t.Run("that of DynamoDB is ignored", func(t *testing.T) {
		w := watch(func(w *alarm.Watch) { w.Namespace, w.Missing = "AWS/DynamoDB", alarm.MissingIsBreaching })
		if got := alarm.Evaluate(w, w.Window(evaluated, 1), nil, alarm.OK, evaluated); got.State != alarm.OK {
			t.Errorf("without data: %s", got.State)
		}
	})
}

func TestOperators(t *testing.T) {
	for operator, want := range map[alarm.Operator][3]bool{ // below, at and above the threshold
		alarm.Above: {false, false, true}, alarm.AtLeast: {false, true, true},
		alarm.Below: {true, false, false}, alarm.AtMost: {true, true, false},
	} {
		w := watch(func(w *alarm.Watch) { w.Operator = operator })
		window := w.Window(evaluated, 1)
		for i, value := range []float64{4.9, 5, 5.1} {
			p := []metric.Point{{Time: window.To.Add(-time.Minute), Value: value}}
			got := alarm.Evaluate(w, window, p, alarm.InsufficientData, evaluated).State == alarm.Ringing
			if got != want[i] {
				t.Errorf("%g %s 5 rings: %v", value, operator, got)
			}
		}
	}
}

func TestPercentilesOfFewSamples(t *testing.T) {
	for statistic, needed := range map[metric.Statistic]float64{"p99": 1000, "p50": 20, "p90": 100, "p10": 100, "p99.9": 10_000} {
		for _, low := range []alarm.LowSamples{"", alarm.LowSamplesEvaluated, alarm.LowSamplesIgnored} {
			for _, samples := range []float64{needed - 1, needed} {
				w := watch(func(w *alarm.Watch) { w.Statistic, w.LowSamples = statistic, low })
				window := w.Window(evaluated, 1)
				p := []metric.Point{{Time: window.To.Add(-time.Minute), Value: 10, Samples: samples}}
				want := alarm.Ringing
				if low == alarm.LowSamplesIgnored && samples < needed {
					want = alarm.OK
				}
				if got := alarm.Evaluate(w, window, p, alarm.OK, evaluated); got.State != want {
					t.Errorf("%s of %g samples, %q: %s, want %s", statistic, samples, low, got.State, want)
				}
			}
		}
	}
}

func TestPointsOutsideOfTheWindowDoNotCount(t *testing.T) {
	w := watch(nil)
	window := w.Window(evaluated, 1)
	for _, at := range []time.Time{window.To, window.From.Add(-time.Minute)} {
		p := []metric.Point{{Time: at, Value: 10}}
		if got := alarm.Evaluate(w, window, p, alarm.OK, evaluated); got.State != alarm.InsufficientData {
			t.Errorf("a point of %s in %s to %s: %s", at, window.From, window.To, got.State)
		}
	}
}

// Properties that hold for any points.
func TestEvaluationHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := watch(func(w *alarm.Watch) {
			w.Periods = rapid.IntRange(1, 6).Draw(rt, "periods")
			w.Datapoints = rapid.IntRange(0, w.Periods).Draw(rt, "needed")
			w.Missing = rapid.SampledFrom([]alarm.Missing{"", "missing", "ignore", "breaching", "notBreaching"}).Draw(rt, "missing")
		})
		window := w.Window(evaluated, 1)
		pattern := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"0", "X", "-"}), window.Slots, window.Slots).Draw(rt, "points"), " ")
		before := rapid.SampledFrom(states).Draw(rt, "before")
		list := points(window, pattern)
		got := alarm.Evaluate(w, window, list, before, evaluated)
		shuffled := rapid.Permutation(list).Draw(rt, "shuffled")
		if again := alarm.Evaluate(w, window, shuffled, before, evaluated); again != got {
			rt.Fatalf("in another order: %v, want %v", again, got)
		}
		again := alarm.Evaluate(w, window, list, got.State, evaluated)
		if again.State != got.State || again.Reason != "" {
			rt.Fatalf("%s is %s, and then %s: %q", pattern, got.State, again.State, again.Reason)
		}
		if (got.Reason == "") != (got.State == before) || (got.ReasonData == "") != (got.Reason == "") {
			rt.Fatalf("from %s to %s: %q, %q", before, got.State, got.Reason, got.ReasonData)
		}
		if !strings.Contains(pattern, "X") && w.Missing != "breaching" && got.State == alarm.Ringing && before != alarm.Ringing {
			rt.Fatalf("%s rings", pattern)
		}
		if !slices.Contains(states, got.State) {
			rt.Fatalf("no state: %q", got.State)
		}
	})
}

func BenchmarkEvaluate(b *testing.B) {
	w := watch(func(w *alarm.Watch) { w.Periods = 3 })
	window := w.Window(evaluated, 1)
	list := points(window, "0 0 X 0 0")
	for b.Loop() {
		alarm.Evaluate(w, window, list, alarm.OK, evaluated)
	}
}
