package alarm_test

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/alarm"
)

func TestARuleThatIsNeverTrueNeverRings(t *testing.T) {
	const changes = 20
	t.Run("whatever the order of names", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("x", 5), composite("m", "ALARM(x)"))
			for i := range 20 { // before and behind m
				b.put(t, composite(fmt.Sprint("a", i), "ALARM(x) AND NOT ALARM(m)"), composite(fmt.Sprint("z", i), "ALARM(x) AND NOT ALARM(m)"))
			}
			for i := range changes {
				b.set(t, "x", []alarm.State{alarm.Ringing, alarm.OK}[i%2])
			}
			wantSilent(t, b, "a0", "z0", "a19", "z19")
		})
	})
	t.Run("with changes at once", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("x", 5), over("y", 5), composite("m", "ALARM(x) OR ALARM(y)"))
			b.put(t, composite("never", "(ALARM(x) OR ALARM(y)) AND NOT ALARM(m)"))
			var group sync.WaitGroup
			for i := range 4 {
				group.Go(func() {
					for j := range changes {
						b.set(t, []string{"x", "y"}[i%2], []alarm.State{alarm.Ringing, alarm.OK}[j%2])
					}
				})
			}
			group.Wait()
			wantSilent(t, b, "never")
		})
	})
	t.Run("after a restart between", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			x := over("x", 5)
			x.Watch.Missing = alarm.MissingIsIgnored
			b.put(t, x, composite("m", "ALARM(x)"), composite("a", "ALARM(x) AND NOT ALARM(m)"))
			after(11 * time.Second)
			b.Close()
			a := b.get(t, "x")
			a.Status.State, a.Status.Transitioned = alarm.Ringing, time.Now()
			if err := b.store.WriteAlarms(t.Context(), func(tx alarm.Tx) error { return tx.PutAlarm(a) }); err != nil {
				t.Fatal(err)
			}
			b.start(t)
			after(11 * time.Second)
			b.wantState(t, "m", alarm.Ringing)
			wantSilent(t, b, "a")
		})
	})
	t.Run("while the records can't be written", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			full := false
			b.put(t, over("x", 5), composite("m", "ALARM(x)"), composite("a", "ALARM(x) AND NOT ALARM(m)"))
			after(10 * time.Second)
			b.mu.Lock()
			b.hear = func(c alarm.Change) {
				if c.Alarm.Name == "x" && !full { // x is stored, and m can't be
					full = true
					b.store.set(true)
				}
			}
			b.mu.Unlock()
			b.set(t, "x", alarm.Ringing)
			b.store.set(false)
			after(10 * time.Second)
			b.wantState(t, "m", alarm.Ringing)
			wantSilent(t, b, "a")
		})
	})
}

func wantSilent(t *testing.T, b *bench, names ...string) {
	t.Helper()
	for _, change := range b.changes() {
		if name, _, _ := strings.Cut(change, " "); slices.Contains(names, name) && strings.HasSuffix(change, " "+string(alarm.Ringing)) {
			t.Errorf("%s, whose rule is never true", change)
		}
	}
}

// parity is a rule that holds if an odd number of alarms ring.
func parity(names []string) string {
	var terms []string
	for set := range 1 << len(names) {
		if bits.OnesCount(uint(set))%2 == 0 {
			continue
		}
		var parts []string
		for i, name := range names {
			part := "ALARM(" + name + ")"
			if set>>i&1 == 0 {
				part = "NOT " + part
			}
			parts = append(parts, part)
		}
		terms = append(terms, "("+strings.Join(parts, " AND ")+")")
	}
	return strings.Join(terms, " OR ")
}

// Each layer would change five times for each change of the one below, if they were followed one by one.
func TestACompositeAlarmIsReconsideredOnceForAChange(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		const layers = 12
		b.put(t, over("leaf", 5))
		below := "leaf"
		for i := range layers {
			names := []string{below}
			for j := range 4 {
				names = append(names, fmt.Sprintf("b%d-%d", i, j))
				b.put(t, composite(names[j+1], "ALARM("+below+")"))
			}
			below = fmt.Sprint("c", i)
			b.put(t, composite(below, parity(names)))
		}
		after(10 * time.Second)
		b.changes()
		for _, state := range []alarm.State{alarm.Ringing, alarm.OK} {
			b.set(t, "leaf", state)
			if changes := b.changes(); len(changes) != 1+5*layers {
				t.Errorf("%d changes for one to %s, want %d", len(changes), state, 1+5*layers)
			}
			b.wantState(t, below, state)
		}
	})
}

// A suppressor that rings for the same change does so before the alarm that it holds back.
func TestASuppressorComesBeforeWhomItSuppresses(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("x", 5), composite("z", "ALARM(x)"))
		a := composite("a", "ALARM(x)")
		a.Composite.Suppressor, a.Composite.Extension, a.Actions.Alarm = "z", time.Minute, []string{"arn:ring"}
		b.put(t, a)
		after(10 * time.Second)
		b.set(t, "x", alarm.Ringing)
		after(time.Second)
		b.runner.wantRan(t)
		if by := b.get(t, "a").Status.Suppressed.By; by != alarm.SuppressedByAlarm {
			t.Errorf("suppressed by %q", by)
		}
	})
}

// Alarms that hold each other back don't depend on each other's states, and are evaluated.
func TestAlarmsThatSuppressEachOther(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("x", 5), composite("a", "ALARM(x)"))
		c := composite("b", "ALARM(a)")
		c.Composite.Suppressor, c.Composite.Wait = "a", time.Minute
		b.put(t, c)
		a := composite("a", "ALARM(x)")
		a.Composite.Suppressor, a.Composite.Wait = "b", time.Minute
		b.put(t, a)
		after(10 * time.Second)
		b.set(t, "x", alarm.Ringing)
		for _, name := range []string{"a", "b"} {
			b.wantState(t, name, alarm.Ringing)
			if by := b.get(t, name).Status.Suppressed.By; by != alarm.SuppressedByAlarm {
				t.Errorf("%s is suppressed by %q", name, by)
			}
		}
	})
}

func TestAWaveGoesOnWhenItsCallerHasLeft(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("x", 5), composite("m", "ALARM(x)"))
		ctx, leave := context.WithCancel(t.Context())
		b.mu.Lock()
		b.hear = func(alarm.Change) { leave() }
		b.mu.Unlock()
		if err := b.SetState(ctx, scope, "x", alarm.Ringing, "by hand", ""); err != nil {
			t.Fatal(err)
		}
		b.wantState(t, "m", alarm.Ringing)
	})
}
