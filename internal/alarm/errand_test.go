package alarm_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"sluice/internal/alarm"
)

// acting returns an alarm with actions for each state.
func acting(name string) alarm.Alarm {
	a := over(name, 5)
	a.Watch.Missing = alarm.MissingIsIgnored
	a.Actions = alarm.Actions{Enabled: true, OK: []string{"arn:fine"}, Alarm: []string{"arn:ring1", "arn:ring2"}, InsufficientData: []string{"arn:odd"}}
	return a
}

func TestActionsRunOnChanges(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, acting("a"))
		after(time.Minute)
		b.runner.wantRan(t)
		b.set(t, "a", alarm.Ringing)
		after(0)
		b.runner.wantRan(t, "arn:ring1 a INSUFFICIENT_DATA ALARM", "arn:ring2 a INSUFFICIENT_DATA ALARM")
		b.set(t, "a", alarm.Ringing)
		after(0)
		b.runner.wantRan(t)
		b.set(t, "a", alarm.OK)
		b.set(t, "a", alarm.InsufficientData)
		after(0)
		b.runner.wantRan(t, "arn:fine a ALARM OK", "arn:odd a OK INSUFFICIENT_DATA")
		want := []string{
			"Successfully executed action arn:ring1", "Successfully executed action arn:ring2", "Successfully executed action arn:fine",
			"Successfully executed action arn:odd",
		}
		if got := b.summaries(t, alarm.HistoryQuery{Kind: alarm.ActionUpdate}); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		if a := b.get(t, "a"); len(a.Pending) > 0 {
			t.Errorf("pending are %v", a.Pending)
		}
	})
}

func TestDisabledActionsDoNotRun(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, acting("a"))
		if err := b.DisableActions(t.Context(), scope, []string{"a", "none"}); err != nil {
			t.Fatal(err)
		}
		b.set(t, "a", alarm.Ringing)
		after(0)
		b.runner.wantRan(t)
		if err := b.EnableActions(t.Context(), scope, []string{"a"}); err != nil {
			t.Fatal(err)
		}
		after(time.Hour)
		b.runner.wantRan(t)
		b.set(t, "a", alarm.OK)
		after(0)
		b.runner.wantRan(t, "arn:fine a ALARM OK")
	})
}

func TestAFailedActionIsNoted(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, acting("a"))
		b.runner.set(func(r *runner) { r.failure = errors.New("there is no such topic") })
		b.set(t, "a", alarm.OK)
		after(time.Hour)
		b.runner.wantRan(t, "arn:fine a INSUFFICIENT_DATA OK")
		items, _, err := b.History(t.Context(), alarm.HistoryQuery{Scope: scope, Kind: alarm.ActionUpdate})
		if err != nil || len(items) != 1 || items[0].Summary != "Failed to execute action arn:fine" {
			t.Fatalf("%v, %v", items, err)
		}
		if got, want := *items[0].Execution, (alarm.Execution{Action: "arn:fine", State: alarm.OK, Since: b.get(t, "a").Status.Transitioned, Error: "there is no such topic"}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}

// An action that hangs holds up neither the evaluations nor the actions of other alarms.
func TestActionsDoNotHoldEvaluationsUp(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, acting("a"), over("b", 5))
		gate := make(chan struct{})
		b.runner.set(func(r *runner) { r.gate = gate })
		b.set(t, "a", alarm.OK)
		b.metrics.measure("a", 10)
		b.metrics.measure("b", 10)
		after(59 * time.Second)
		after(time.Second / 2)
		b.runner.wantRan(t)
		after(time.Second / 2)
		b.wantState(t, "a", alarm.Ringing)
		b.wantState(t, "b", alarm.Ringing)
		close(gate)
		after(0)
		b.runner.wantRan(t, "arn:ring1 a OK ALARM", "arn:ring2 a OK ALARM") // the first was given up after a minute
	})
}

// An action that a server did not get to runs at the next start, and one that was broken off runs again.
func TestActionsSurviveARestart(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, acting("a"))
		b.runner.set(func(r *runner) { r.gate = make(chan struct{}) })
		b.set(t, "a", alarm.Ringing)
		after(time.Second)
		b.Close()
		b.runner.wantRan(t)
		b.runner.set(func(r *runner) { r.gate = nil })
		b.start(t)
		after(0)
		b.runner.wantRan(t, "arn:ring1 a INSUFFICIENT_DATA ALARM", "arn:ring2 a INSUFFICIENT_DATA ALARM")
		b.Close()
		b.start(t)
		after(0)
		b.runner.wantRan(t)
	})
}

// An alarm that changes faster than its actions run has a bounded number of them pending.
func TestPendingActionsAreBounded(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, acting("a"))
		b.runner.set(func(r *runner) { r.gate = make(chan struct{}) })
		for range 40 {
			b.set(t, "a", alarm.Ringing)
			b.set(t, "a", alarm.OK)
		}
		if n := len(b.get(t, "a").Pending); n != 50 {
			t.Errorf("%d are pending", n)
		}
	})
}

func TestWithoutARunnerNothingIsPending(t *testing.T) {
	bubble(t, func(c *alarm.ServiceConfig) { c.Actions = nil }, func(t *testing.T, b *bench) {
		b.put(t, acting("a"))
		b.set(t, "a", alarm.Ringing)
		after(time.Second)
		if a := b.get(t, "a"); len(a.Pending) > 0 {
			t.Errorf("pending are %v", a.Pending)
		}
	})
}
