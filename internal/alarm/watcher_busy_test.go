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
	asked atomic.Int64
}

func (g *slowGauges) Points(ctx context.Context, q metric.Query) ([]metric.Point, error) {
	g.asked.Add(1)
	select {
	case <-time.After(time.Duration(g.takes.Load())): // of the bubble
	case <-ctx.Done():
		return nil, ctx.Err()
	}
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
		slow.takes.Store(int64(500 * time.Millisecond))
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

// slowBench is a bench whose metrics take a while, with an alarm that is evaluated each ten seconds.
func slowBench(t *testing.T, takes time.Duration, test func(*testing.T, *bench, *slowGauges)) {
	slow := &slowGauges{}
	bubble(t, func(c *alarm.ServiceConfig) { slow.Metrics, c.Metrics = c.Metrics, slow }, func(t *testing.T, b *bench) {
		slow.takes.Store(int64(takes))
		a := over("a", 5)
		a.Watch.Period = 10 * time.Second
		b.put(t, a)
		test(t, b, slow)
	})
}

func TestAnAlarmRestsTenTimesAsLongAsItsEvaluationTook(t *testing.T) {
	slowBench(t, 5*time.Second, func(t *testing.T, b *bench, slow *slowGauges) {
		after(10*time.Minute + time.Second)
		if asked := slow.asked.Load(); asked != 10 { // a minute each: at 10 s, 70 s, ...
			t.Errorf("%d evaluations of 5 s in ten minutes, want 10", asked)
		}
		a := over("a", 3) // another definition may take another time
		a.Watch.Period = 10 * time.Second
		b.put(t, a)
		after(10 * time.Second)
		if asked := slow.asked.Load(); asked != 11 {
			t.Errorf("%d evaluations after the definition changed, want 11", asked)
		}
	})
}

func TestClosingEndsEvaluations(t *testing.T) {
	slowBench(t, time.Hour, func(t *testing.T, b *bench, _ *slowGauges) {
		after(11 * time.Second)
		began := time.Now()
		b.Close()
		if took := time.Since(began); took > 0 {
			t.Errorf("it took %s", took)
		}
	})
}

func TestChangesDontWaitForEvaluations(t *testing.T) {
	slowBench(t, time.Hour, func(t *testing.T, b *bench, _ *slowGauges) {
		after(11 * time.Second)
		began := time.Now()
		b.set(t, "a", alarm.Ringing)
		if err := b.Delete(t.Context(), scope, []string{"a"}); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("it took %s", took)
		}
	})
}

// A state that was set by hand while an evaluation went on is not undone by it.
func TestAnEvaluationYieldsToWhoSetsTheState(t *testing.T) {
	slowBench(t, 500*time.Millisecond, func(t *testing.T, b *bench, _ *slowGauges) {
		b.metrics.measure("a", 10)
		after(10*time.Second + 100*time.Millisecond)
		b.set(t, "a", alarm.OK)
		after(time.Second)
		b.wantState(t, "a", alarm.OK)
	})
}
