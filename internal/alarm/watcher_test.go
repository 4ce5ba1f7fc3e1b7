package alarm_test

import (
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/clock"
)

func TestANewAlarm(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		after(3 * time.Second)
		b.put(t, over("a", 5))
		a := b.get(t, "a")
		if a.Status.State != alarm.InsufficientData || a.Status.Reason != "Unchecked: Initial alarm creation" || a.Status.ReasonData != "" {
			t.Errorf("it begins as %+v", a.Status)
		}
		b.metrics.measure("a", 1)
		after(time.Minute)
		b.wantState(t, "a", alarm.OK)
		b.wantChanges(t, "a INSUFFICIENT_DATA OK")
	})
}

// Data that is there when an alarm is put is looked at within ten seconds, and not before the caller can see the alarm as
// it was put.
func TestANewAlarmIsEvaluatedSoon(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.metrics.measure("a", 10)
		after(61 * time.Second)
		b.put(t, over("a", 5))
		after(8 * time.Second)
		b.wantState(t, "a", alarm.InsufficientData)
		after(time.Second)
		b.wantState(t, "a", alarm.Ringing)
		b.put(t, over("a", 20)) // a replaced one too
		after(10 * time.Second)
		b.wantState(t, "a", alarm.OK)
	})
}

// An alarm changes in the moment in which the period that breaches ends.
func TestAlarmsRingWhenThePeriodEnds(t *testing.T) {
	for name, tt := range map[string]struct {
		period time.Duration
		scale  clock.Scale
		ends   time.Duration // real
	}{
		"a minute":                  {time.Minute, 1, time.Minute},
		"ten seconds":               {10 * time.Second, 1, 10 * time.Second},
		"thirty seconds, each ten":  {30 * time.Second, 1, 10 * time.Second},
		"a minute, sixty times":     {time.Minute, 60, time.Second},
		"five minutes, each minute": {5 * time.Minute, 1, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			var late []time.Duration
			bubble(t, func(c *alarm.ServiceConfig) {
				c.Scale, c.Late = tt.scale, func(d time.Duration) { late = append(late, d) }
			}, func(t *testing.T, b *bench) {
				a := over("a", 5)
				a.Watch.Period = tt.period
				b.put(t, a)
				b.metrics.measure("a", 1)
				after(2*tt.ends - time.Millisecond) // the first evaluations are over
				b.changes()
				late = nil
				b.metrics.measure("a", 10)
				after(time.Microsecond)
				b.wantChanges(t)
				after(time.Millisecond)
				b.wantChanges(t, "a OK ALARM")
				if len(late) != 1 || late[0] != 0 {
					t.Errorf("late by %v", late)
				}
				changed := b.get(t, "a").Status
				if !changed.Transitioned.Equal(changed.Updated) || time.Since(changed.Transitioned) > time.Millisecond {
					t.Errorf("changed at %s, updated at %s", changed.Transitioned, changed.Updated)
				}
			})
		})
	}
}

func TestAStateThatStaysIsNotStored(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5))
		b.metrics.measure("a", 1)
		after(time.Minute)
		before, writes := b.get(t, "a"), b.store.writes
		b.metrics.measure("a", 1)
		after(59 * time.Second)
		after(time.Second)
		if again := b.get(t, "a"); again != before || b.store.writes != writes {
			t.Errorf("%+v, after %+v", again.Status, before.Status)
		}
	})
}

func TestAStateSetByHand(t *testing.T) {
	t.Run("lasts until the next evaluation", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			b.metrics.measure("a", 1)
			b.set(t, "a", alarm.Ringing)
			after(59 * time.Second) // the first evaluation would have been at ten
			b.wantState(t, "a", alarm.Ringing)
			after(time.Second)
			b.wantState(t, "a", alarm.OK)
			b.wantChanges(t, "a INSUFFICIENT_DATA ALARM", "a ALARM OK")
		})
	})
	t.Run("is not evaluated at once", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			b.metrics.measure("a", 1)
			after(59 * time.Second)
			b.set(t, "a", alarm.Ringing)
			after(60 * time.Second)
			b.wantState(t, "a", alarm.Ringing)
			after(time.Second)
			b.wantState(t, "a", alarm.OK)
		})
	})
	t.Run("stays if the evaluation comes to it", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			if err := b.SetState(t.Context(), scope, "a", alarm.InsufficientData, "by hand", `{"by":"hand"}`); err != nil {
				t.Fatal(err)
			}
			after(2 * time.Minute)
			if s := b.get(t, "a").Status; s.Reason != "by hand" || s.ReasonData != `{"by":"hand"}` || s.Transitioned.Equal(s.Updated) == false {
				t.Errorf("%+v", s)
			}
			b.wantChanges(t)
		})
	})
}

func TestAlarmsFailSafely(t *testing.T) {
	t.Run("a store that can't write delays a change", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			b.metrics.measure("a", 10)
			b.store.set(true)
			after(time.Minute)
			b.wantState(t, "a", alarm.InsufficientData)
			b.wantChanges(t)
			b.store.set(false)
			after(10 * time.Second)
			b.wantState(t, "a", alarm.Ringing)
		})
	})
	t.Run("so do metrics that can't be read", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			b.metrics.measure("a", 10)
			b.metrics.fail(errBroken)
			after(time.Minute)
			b.metrics.fail(nil)
			after(10 * time.Second)
			b.wantChanges(t, "a INSUFFICIENT_DATA ALARM")
		})
	})
	t.Run("a change that is not stored is not told", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			b.store.set(true)
			if err := b.SetState(t.Context(), scope, "a", alarm.Ringing, "", ""); err == nil {
				t.Error("it was set")
			}
			b.store.set(false)
			b.wantChanges(t)
			b.wantState(t, "a", alarm.InsufficientData)
		})
	})
}

func TestDeletedAlarmsAreNotEvaluated(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5))
		b.metrics.measure("a", 10)
		if err := b.Delete(t.Context(), scope, []string{"a"}); err != nil {
			t.Fatal(err)
		}
		after(time.Hour)
		b.wantChanges(t, "a INSUFFICIENT_DATA deleted")
		if n := b.metrics.questions(); n > 0 {
			t.Errorf("%d questions", n)
		}
	})
}

func TestARestart(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5), composite("c", "ALARM(a)"))
		b.metrics.measure("a", 10)
		after(time.Minute)
		before := b.get(t, "c")
		b.Close()
		b.start(t)
		again := b.get(t, "c")
		if again.Status != before.Status || again.Status.State != alarm.Ringing {
			t.Errorf("%+v, before %+v", again.Status, before.Status)
		}
		b.changes()
		for range 4 {
			b.metrics.measure("a", 1)
			after(time.Minute)
		}
		b.wantChanges(t, "a ALARM OK", "c ALARM OK")
	})
}

// A server that was killed between an alarm's change and its composite alarm's makes up for it.
func TestARestartBetweenTwoChanges(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		quiet := over("a", 5)
		quiet.Watch.Missing = alarm.MissingIsIgnored
		b.put(t, quiet, composite("c", "ALARM(a)"))
		after(10 * time.Second)
		b.wantState(t, "c", alarm.OK)
		b.Close()
		after(time.Second)
		a := *b.get(t, "a")
		a.Status.State, a.Status.Transitioned = alarm.Ringing, time.Now()
		err := b.store.WriteAlarms(t.Context(), func(tx alarm.Tx) error { return tx.PutAlarm(&a) })
		if err != nil {
			t.Fatal(err)
		}
		b.start(t)
		after(10 * time.Second)
		b.wantState(t, "c", alarm.Ringing)
	})
}

func TestCloseWaits(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5))
		b.Close()
		b.Close()
		b.metrics.measure("a", 10)
		after(time.Hour)
		if n := b.metrics.questions(); n > 0 {
			t.Errorf("%d questions to a closed service", n)
		}
	})
}
