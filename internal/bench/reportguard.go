package main

import (
	"fmt"
	"time"
)

// closingGoal is how long after the end of the period that breached a version may still have traffic.
const closingGoal = time.Second

func (f *figures) reportGuard(line func(string, ...any)) {
	line("## The guard")
	line("")
	line("A version that fails each call arrives by a canary of 10 %%, an alarm on its errors rings, the deployment is stopped and")
	line("rolled back. From the end of the period that breached to weight 0: to the first GetAlias that says so, or to the last call")
	line("that the version answered, whichever is later. Each release begins at another moment of the period.")
	line("")
	line("| time scale | the alarm's period | releases | goal | median | slowest | |")
	line("|---|---|---|---|---|---|---|")
	for _, g := range f.guarded {
		middle, slowest := g.closings[len(g.closings)/2], g.closings[len(g.closings)-1]
		line("| %g | %v, here %v | %d | ≤ %v | %s | %s | %s |", float64(g.scale), g.period, g.scale.Here(g.period), len(g.closings), closingGoal,
			ms(middle), ms(slowest), met(slowest <= closingGoal))
	}
	line("")
}

// feedGoal is how late an answer may be for the server to count as keeping up: the next second's data are due then.
const feedGoal = time.Second

func (f *figures) reportFeed(line func(string, ...any)) {
	r := f.feedings
	line("## Metrics")
	line("")
	line("A datum a second for each of %d metrics for %v, %d data in a call of PutMetricData, which is answered when they", r.metrics, r.length, r.perCall)
	line("are in the journal. Late is an answer from when its call was due. What the memory grew by is divided among the metrics,")
	line("alarms and all.")
	line("")
	line("| alarms | goal | latest answer | p99 | cores busy | resident memory | of it, a metric | |")
	line("|---|---|---|---|---|---|---|---|")
	for _, each := range []fed{r.without, r.with} {
		line("| %d | ≤ %v late | %s | %s | %.2f | %.0f MB | %.1f KB | %s |", each.alarms, feedGoal, ms(each.late), ms(each.p99), each.cores,
			float64(each.resident)/1e6, float64(each.grown)/1e3/float64(max(r.metrics, 1)), met(each.late > 0 && each.late <= feedGoal))
	}
	line("")
	line("%s", r.watched.sentence())
	line("")
}

func (w watched) sentence() string {
	return fmt.Sprintf("Of these alarms (periods of %v) %d had to ring at once: %d did, the last %s after the end of the period (goal: ≤ %v) %s.",
		watchPeriod, w.breached, w.rang, ms(w.late), closingGoal, met(w.rang == w.breached && w.late <= closingGoal))
}
