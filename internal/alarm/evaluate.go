package alarm

import (
	"slices"
	"time"

	"sluice/internal/metric"
)

// Verdict is what an evaluation came to. Reason and ReasonData are empty if State is what it was before.
type Verdict struct {
	State      State
	Reason     string
	ReasonData string
}

// Evaluate says which state a watch's alarm is in at a time, from the points of the window and the state before.
//
// With N points or more in the window, the newest N decide, and missing data plays no part. With fewer, Missing says
// what the lacking ones count as. M points that breach the threshold make the alarm ring. The rules, and the table that
// the test holds them against, are in the CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
func Evaluate(w *Watch, window Window, points []metric.Point, before State, now time.Time) Verdict {
	d := w.decide(window, within(window, points), before)
	if d.state == before {
		return Verdict{State: before}
	}
	return Verdict{d.state, w.reason(d), w.reasonData(d, window, now)}
}

// within returns the points of a window, oldest first. Points that are none (NaN) are missing.
func within(window Window, points []metric.Point) []metric.Point {
	outside := func(p metric.Point) bool {
		return p.Time.Before(window.From) || !p.Time.Before(window.To) || p.Value != p.Value
	}
	older := func(a, b metric.Point) int { return a.Time.Compare(b.Time) }
	if slices.ContainsFunc(points, outside) || !slices.IsSortedFunc(points, older) {
		points = slices.DeleteFunc(slices.Clone(points), outside)
		slices.SortFunc(points, older)
	}
	return points
}

// decision is a state and what made it.
type decision struct {
	state  State
	points []metric.Point // those that decided, oldest first
	filled int            // so many more periods were taken as breaching or not breaching
}

// decide applies the rules to the points of a window.
func (w *Watch) decide(window Window, real []metric.Point, before State) decision {
	d := decision{state: before, points: real}
	if len(real) >= w.Periods {
		d.points = real[len(real)-w.Periods:]
	}
	if w.tooFewSamples(d.points) {
		return d
	}
	breaching := w.breaching(d.points)
	lacking := w.Periods - len(d.points)
	switch missing := w.missing(); {
	case breaching >= w.needed():
		d.state = Ringing
	case lacking == 0:
		d.state = OK
	case missing == MissingIsBreaching:
		d.filled, d.state = lacking, OK
		if breaching+lacking >= w.needed() {
			d.state = Ringing
		}
	case missing == MissingIsNotBreaching:
		d.filled, d.state = lacking, OK
	default:
		d.state = w.withGaps(window, d.points, breaching, before)
	}
	return d
}

// withGaps decides on fewer points than are needed, when nothing stands in for the missing ones. If all that there are
// breach the threshold, the alarm rings once the oldest is old enough that M points could have come since; before that
// the state stays, as the next point may be a good one. (The guide says only that it does not ring so early.)
func (w *Watch) withGaps(window Window, real []metric.Point, breaching int, before State) State {
	ignoring := w.missing() == MissingIsIgnored
	switch {
	case len(real) > breaching:
		return OK
	case ignoring:
		return before
	case len(real) == 0:
		return InsufficientData
	case window.To.Sub(real[0].Time) >= time.Duration(w.needed())*window.Period:
		return Ringing
	}
	return before
}

// needed is M.
func (w *Watch) needed() int {
	if w.Datapoints == 0 {
		return w.Periods
	}
	return w.Datapoints
}

// missing is how the watch takes missing data. That of DynamoDB is always ignored (PutMetricAlarm, TreatMissingData).
func (w *Watch) missing() Missing {
	switch {
	case w.Namespace == "AWS/DynamoDB":
		return MissingIsIgnored
	case w.Missing == "":
		return MissingIsMissing
	}
	return w.Missing
}

func (w *Watch) breaching(points []metric.Point) (n int) {
	for _, p := range points {
		if w.breaches(p) {
			n++
		}
	}
	return n
}

func (w *Watch) breaches(p metric.Point) bool {
	switch w.Operator {
	case Above:
		return p.Value > w.Threshold
	case AtLeast:
		return p.Value >= w.Threshold
	case Below:
		return p.Value < w.Threshold
	}
	return p.Value <= w.Threshold
}

// tooFewSamples reports whether one of the points is a percentile of so few samples that the state is to stay: 10/(1-p)
// are needed from the median up, 10/p below (CloudWatch User Guide, "Percentile-based alarms and low data samples").
func (w *Watch) tooFewSamples(points []metric.Point) bool {
	percent, ok := w.Statistic.Percentile()
	if !ok || w.LowSamples != LowSamplesIgnored {
		return false
	}
	rare := min(percent, 100-percent) / 100
	return slices.ContainsFunc(points, func(p metric.Point) bool { return p.Samples*rare < 10-1e-9 })
}
