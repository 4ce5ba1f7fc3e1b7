package alarm

import (
	"fmt"
	"slices"
	"strings"

	"sluice/internal/metric"
)

const createdReason = "Unchecked: Initial alarm creation"

// From manyPoints on a reason lists only so many points, behind a sentence of their own (notifications of 2017 to 2025).
const manyPoints = 5

// reason says for people why a watch came to a state, in AWS's words (recordings and EventBridge samples).
func (w *Watch) reason(d decision) string {
	switch {
	case d.state == InsufficientData:
		return "Insufficient Data: " + datapoints(w.Periods) + " " + was(w.Periods) + " unknown."
	case d.filled > 0:
		return w.filledReason(d)
	}
	return w.crossedReason(d)
}

// filledReason speaks of the periods without points.
func (w *Watch) filledReason(d decision) string {
	received := "no datapoints were received"
	if n := len(d.points); n > 0 {
		received = datapoints(n) + " " + was(n) + " received"
	}
	treated := "NonBreaching"
	if w.missing() == MissingIsBreaching {
		treated = "Breaching"
	}
	return fmt.Sprintf("Threshold Crossed: %s for %s and %s %s treated as [%s].", received, count(w.Periods, "period"),
		count(d.filled, "missing datapoint"), was(d.filled), treated)
}

// crossedReason lists the points that decided, the newest first: those that breach if the alarm rings, else the others.
func (w *Watch) crossedReason(d decision) string {
	ringing := d.state == Ringing
	deciding := slices.DeleteFunc(slices.Clone(d.points), func(p metric.Point) bool { return w.breaches(p) != ringing })
	slices.Reverse(deciding)
	n := len(deciding)
	relation, which, transition, least := "", "crossed", "OK -> ALARM", w.needed()
	if !ringing {
		relation, which, transition, least = "not ", "did not cross", "ALARM -> OK", w.Periods-w.needed()+1
	}
	relation = was(n) + " " + relation + w.Operator.words() + " the threshold (" + javaDouble(w.Threshold) + ")"

	subject, minimum := datapoints(n), ""
	if w.Datapoints > 0 {
		subject = fmt.Sprintf("%d out of the last %d datapoints", n, w.Periods)
		minimum = fmt.Sprintf(" (minimum %s for %s transition)", datapoints(least), transition)
	}
	if n < manyPoints {
		return fmt.Sprintf("Threshold Crossed: %s %s %s%s.", subject, listed(deciding), relation, minimum)
	}
	return fmt.Sprintf("Threshold Crossed: %s %s. The most recent datapoints which %s the threshold: %s%s.",
		subject, relation, which, listed(deciding[:manyPoints]), minimum)
}

func listed(points []metric.Point) string {
	var items []string
	for _, p := range points {
		items = append(items, javaDouble(p.Value)+" ("+p.Time.UTC().Format("02/01/06 15:04:05")+")")
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (o Operator) words() string {
	switch o {
	case Above:
		return "greater than"
	case AtLeast:
		return "greater than or equal to"
	case Below:
		return "less than"
	}
	return "less than or equal to"
}

func datapoints(n int) string { return count(n, "datapoint") }

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprint(n, " ", noun)
}

func was(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
