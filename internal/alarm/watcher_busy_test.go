package alarm_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/metric"
)

// slowGauges take a while to answer.
type slowGauges struct {
	alarm.Metrics
	takes atomic.Int64 // nanoseconds
}

func (g *slowGauges) Points(ctx context.Context, q metric.Query) ([]metric.Point, error) {
	time.Sleep(time.Duration(g.takes.Load())) // of the bubble
	return g.Metrics.Points(ctx, q)
}

// More alarms than are evaluated at once, which took long the last time, are not late the next time.
func TestALongTurnDoesNotDelayTheNext(t *testing.T) {
	const many = 300
	slow := &slowGauges{}
	bubble(t, func(c *alarm.ServiceConfig) { slow.Metrics, c.Metrics = c.Metrics, slow }, func(t *testing.T, b *bench) {
		for i := range many {
			a := over(fmt.Sprint("a", i), 5)
			a.Watch.Metric, a.Watch.Period, a.Watch.Missing = "a", 10*time.Second, alarm.MissingIsNotBreaching
			b.put(t, a)
		}
		after(11 * time.Second) // all are OK
		if ok := len(b.changes()); ok != many {
			t.Fatalf("%d of %d alarms are OK", ok, many)
		}
		slow.takes.Store(int64(2 * time.Second))
		after(14 * time.Second) // the turn that began at 20 s has ended
		slow.takes.Store(0)
		b.metrics.measure("a", 10)
		after(5*time.Second + time.Millisecond)
		if rang := len(b.changes()); rang != many {
			t.Errorf("%d of %d alarms ring when the period has ended", rang, many)
		}
	})
}

// A look out of turn, as after a change of the definition, is not lost if the look before it still goes on.
func TestALookOutOfTurnWaitsForTheOneBefore(t *testing.T) {
	slowly := func(c *alarm.ServiceConfig) {
		c.Changed = func(change alarm.Change) {
			if change.Alarm.Name == "c" && change.Alarm.Status.State == alarm.Ringing {
				time.Sleep(15 * time.Second) // of the bubble; a has changed, and is followed
			}
		}
	}
	bubble(t, slowly, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5), composite("c", "ALARM(a)"))
		b.metrics.measure("a", 10)
		after(61 * time.Second)
		b.wantState(t, "a", alarm.Ringing)
		b.put(t, over("a", 100)) // to be looked at after 70 s, and then after 80
		after(20 * time.Second)
		b.wantState(t, "a", alarm.OK)
	})
}
