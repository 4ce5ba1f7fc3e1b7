package async

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/function"
)

// begun notes what a dispatcher begins, and holds it until it is let go.
type begun struct {
	mu      sync.Mutex
	numbers []int64
	gates   map[int64]chan struct{}
}

func (b *begun) run(_ function.ID, number int64) progress {
	gate := make(chan struct{})
	b.mu.Lock()
	b.numbers = append(b.numbers, number)
	b.gates[number] = gate
	b.mu.Unlock()
	<-gate
	return progress{ran: true}
}

// finish ends events.
func (b *begun) finish(numbers ...int64) {
	b.mu.Lock()
	for _, n := range numbers {
		close(b.gates[n])
		delete(b.gates, n)
	}
	b.mu.Unlock()
	synctest.Wait()
}

// running returns what has begun and has not ended, in order.
func (b *begun) running() (numbers []int64) {
	synctest.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	for n := range b.gates {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers
}

func (b *begun) finishAll() {
	for left := b.running(); len(left) > 0; left = b.running() {
		b.finish(left...)
	}
}

// dispatching runs a test in fake time with a dispatcher of some slots.
func dispatching(t *testing.T, slots, each int, test func(*testing.T, *dispatcher, *begun)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &begun{gates: map[int64]chan struct{}{}}
		d := newDispatcher(slots, each, b.run)
		watching := make(chan struct{})
		go func() { d.watch(); close(watching) }()
		test(t, d, b)
		b.finishAll()
		if left := len(d.queues) + len(d.ready) + len(d.agenda); left != 0 || d.free != slots {
			t.Errorf("%d things are left, and %d of %d slots are free", left, d.free, slots)
		}
		d.close()
		<-watching
	})
}

func named(name string) function.ID { return function.ID{Name: name} }

func wantRunning(t *testing.T, b *begun, want ...int64) {
	t.Helper()
	if got := b.running(); !slices.Equal(got, want) {
		t.Errorf("running: %v, want %v", got, want)
	}
}

func TestAFunctionThatIsAloneGetsHalfOfAllSlots(t *testing.T) {
	dispatching(t, 8, 8, func(t *testing.T, d *dispatcher, b *begun) {
		for n := range int64(20) {
			d.add(named("f"), n)
		}
		wantRunning(t, b, 0, 1, 2, 3)
		b.finish(1)
		wantRunning(t, b, 0, 2, 3, 4)
	})
}

func TestAFunctionThatIsStuckDoesNotHoldUpAnother(t *testing.T) {
	dispatching(t, 8, 8, func(t *testing.T, d *dispatcher, b *begun) {
		for n := range int64(100) {
			d.add(named("stuck"), n)
		}
		for n := range int64(5) {
			d.add(named("quick"), 1000+n)
			wantRunning(t, b, 0, 1, 2, 3, 1000+n)
			b.finish(1000 + n)
		}
	})
}

func TestMoreFunctionsThanSlotsGetTheirTurns(t *testing.T) {
	dispatching(t, 4, 4, func(t *testing.T, d *dispatcher, b *begun) {
		names := []string{"a", "b", "c", "d", "e", "f"}
		for i, name := range names {
			for n := range int64(3) {
				d.add(named(name), int64(i)*10+n)
			}
		}
		ran := map[int64]bool{}
		for range 2 * len(names) { // each step ends what runs; no function's second comes before another's first
			for _, n := range b.running() {
				ran[n] = true
				b.finish(n)
			}
		}
		for i := range names {
			if !ran[int64(i)*10] {
				t.Errorf("the first of %s had no turn: %v", names[i], ran)
			}
		}
	})
}

func TestNoFunctionHasMoreRunningThanItMay(t *testing.T) {
	dispatching(t, 100, 2, func(t *testing.T, d *dispatcher, b *begun) {
		for n := range int64(5) {
			d.add(named("f"), n)
		}
		wantRunning(t, b, 0, 1)
	})
}

func TestEventsRunInTheOrderOfTheirTimes(t *testing.T) {
	dispatching(t, 100, 100, func(t *testing.T, d *dispatcher, b *begun) {
		start := time.Now()
		d.later(named("f"), 3, start.Add(3*time.Hour)) // longer than the watch ever waits
		d.later(named("f"), 1, start.Add(time.Second))
		d.later(named("g"), 2, start.Add(2*time.Second))
		wantRunning(t, b)
		for i, at := range []time.Duration{time.Second, 2 * time.Second, 3 * time.Hour} {
			time.Sleep(time.Until(start.Add(at - time.Nanosecond)))
			wantRunning(t, b, []int64{1, 2, 3}[:i]...)
			time.Sleep(time.Nanosecond)
			wantRunning(t, b, []int64{1, 2, 3}[:i+1]...)
		}
	})
}

func TestAClosedDispatcherBeginsNothingAndWaitsForWhatRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &begun{gates: map[int64]chan struct{}{}}
		d := newDispatcher(2, 1, b.run)
		d.add(named("f"), 1)
		d.add(named("f"), 2)
		wantRunning(t, b, 1)
		closed := make(chan struct{})
		go func() { d.close(); close(closed) }()
		synctest.Wait()
		select {
		case <-closed:
			t.Error("it did not wait")
		default:
		}
		d.add(named("g"), 3)
		b.finish(1)
		<-closed
		wantRunning(t, b)
	})
}
