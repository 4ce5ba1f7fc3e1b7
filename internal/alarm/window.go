package alarm

import (
	"time"

	"sluice/internal/clock"
)

// Window is what one evaluation looks at: Slots periods, the last of which ends at To.
type Window struct {
	From, To time.Time
	Period   time.Duration // real time
	Slots    int
}

// spareSlots are periods that are looked at beyond those that decide, so that a late point still counts (CloudWatch User Guide, "Using
// Amazon CloudWatch alarms": five periods for three).
const spareSlots = 2

const day = 24 * time.Hour

// Window returns what an evaluation at a time looks at. The periods slide: the last ends at the newest slot of the
// watch's cadence, not at a multiple of the period; periods of whole days end at midnight UTC. All of it, midnight too,
// is in scaled time, counted from 1970.
func (w *Watch) Window(at time.Time, scale clock.Scale) Window {
	step := w.cadence()
	if w.step()%day == 0 {
		step = day
	}
	period, slots := scale.Here(w.step()), w.Periods+spareSlots
	to := lastSlot(at, scale.Here(step))
	return Window{From: to.Add(-time.Duration(slots) * period), To: to, Period: period, Slots: slots}
}

// cadence is how often, in the cloud's time, the watch is evaluated.
func (w *Watch) cadence() time.Duration {
	if w.step() < time.Minute {
		return quickCadence
	}
	return slowCadence
}

const (
	quickCadence = 10 * time.Second
	slowCadence  = time.Minute
)

// step is the watch's period, which metric math has from its metrics.
func (w *Watch) step() time.Duration {
	if len(w.Queries) == 0 {
		return w.Period
	}
	for _, q := range w.Queries {
		if q.Expression == "" {
			return q.Period
		}
	}
	return w.Queries[0].Period // an expression that needs no metric
}

// lastSlot returns the newest multiple of a step since 1970 that is not after a time.
func lastSlot(at time.Time, step time.Duration) time.Time {
	n := at.UnixNano()
	return time.Unix(0, n-n%int64(step)).UTC()
}
