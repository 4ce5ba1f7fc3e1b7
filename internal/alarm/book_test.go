package alarm_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"sluice/internal/alarm"
)

// Many callers and the watcher change the same few alarms at once. Afterwards memory is what is stored, and the changes
// that were told of each alarm join up.
func TestConcurrentUse(t *testing.T) {
	b := newBench(t, func(c *alarm.ServiceConfig) { c.Scale = 6000 }) // a minute takes ten milliseconds
	names := []string{"a", "b", "c", "d"}
	var using sync.WaitGroup
	for caller := range 8 {
		using.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(caller)))
			for range 40 {
				b.useAtRandom(t, random, names[random.IntN(len(names))])
			}
		})
	}
	using.Wait()
	b.Close()
	before, _, err := b.Describe(t.Context(), alarm.Filter{Scope: scope})
	if err != nil {
		t.Fatal(err)
	}
	b.checkTold(t)
	again := alarm.NewService(b.cfg)
	if err := again.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	stored, _, err := again.Describe(t.Context(), alarm.Filter{Scope: scope})
	if err != nil || len(stored) != len(before) {
		t.Fatalf("%d alarms are stored, %d were in memory, %v", len(stored), len(before), err)
	}
	for i := range stored {
		if !reflect.DeepEqual(stored[i].Watch, before[i].Watch) || !stored[i].Configured.Equal(before[i].Configured) {
			t.Errorf("%s is stored as %+v, and was %+v", before[i].Name, stored[i], before[i])
		}
	}
}

// useAtRandom does one thing to an alarm. What it refuses it may refuse: the alarm can be missing, or needed.
func (b *bench) useAtRandom(t *testing.T, random *rand.Rand, name string) {
	ctx := t.Context()
	switch random.IntN(7) {
	case 0, 1:
		if err := b.Put(ctx, acting(name)); err != nil {
			t.Error(err)
		}
	case 2:
		_ = b.Delete(ctx, scope, []string{name})
	case 3, 4:
		_ = b.SetState(ctx, scope, name, states[random.IntN(3)], "by hand", "")
	case 5:
		_ = b.PutComposite(ctx, composite("over "+name, fmt.Sprintf("ALARM(%s) OR OK(a)", name)))
	case 6:
		_ = b.Delete(ctx, scope, []string{"over " + name})
	}
	if _, _, err := b.Describe(ctx, alarm.Filter{Scope: scope}); err != nil {
		t.Error(err)
	}
	_, _ = b.Ringing(ctx, scope, []string{name}, time.Time{})
	b.metrics.measure(name, float64(random.IntN(12)))
}

// checkTold checks that each change of an alarm begins where the one before ended, unless that deleted it.
func (b *bench) checkTold(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	last := map[string]alarm.State{}
	for _, c := range b.told {
		name := c.Alarm.Name
		if before, ok := last[name]; ok && c.Before.State != before {
			t.Errorf("%s changed from %s, and had been %s", name, c.Before.State, before)
		}
		last[name] = c.Alarm.Status.State
		if c.Deleted {
			delete(last, name)
		}
	}
	if len(b.told) == 0 {
		t.Error("nothing changed")
	}
}
