package function_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// reserve sets a reservation that must be possible.
func (b *bench) reserve(t *testing.T, n int) {
	t.Helper()
	if err := b.Reserve(t.Context(), b.id, n); err != nil {
		t.Fatal(err)
	}
}

// pool returns the newest pool of a version.
func (h *fakeHost) pool(n function.Number) (found *fakePool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.pools {
		if p.version.Number == n {
			found = p
		}
	}
	return found
}

// try invokes a qualifier and returns the error.
func (b *bench) try(ctx context.Context, qualifier string) error {
	_, err := b.Invoke(ctx, &function.Invocation{Function: b.id, Qualifier: qualifier})
	return err
}

// busy starts calls that run until release.
func (b *bench) busy(t *testing.T, qualifier string, n int) (release func()) {
	t.Helper()
	b.invoke(t, qualifier) // makes the pool
	number, ok := function.ParseNumber(qualifier)
	if !ok {
		number = 1
	}
	pool, began, let := b.host.pool(number), make(chan struct{}, n), make(chan struct{})
	pool.during = func() { began <- struct{}{}; <-let }
	var calls sync.WaitGroup
	for range n {
		calls.Go(func() {
			if err := b.try(context.Background(), qualifier); err != nil {
				t.Error(err)
			}
		})
	}
	for range n {
		<-began
	}
	pool.during = nil
	return sync.OnceFunc(func() { close(let); calls.Wait() })
}

func TestReservedConcurrencyLimitsAFunction(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.reserve(t, 2)
	release := b.busy(t, "1", 2)
	defer release()
	for _, qualifier := range []string{"1", "", "$LATEST"} {
		wantFault(t, b.try(t.Context(), qualifier), fault.Throttled, "reserved concurrency")
	}
	last := b.meter.samples[len(b.meter.samples)-1]
	if !last.Throttled || last.Unreserved != 0 {
		t.Errorf("sample %+v", last)
	}
	release()
	b.invoke(t, "1")
	if got := b.host.pool(1).last.Reserved; got != 2 {
		t.Errorf("the pool was told of %d reserved", got)
	}
}

func TestReservingNothingStopsAFunction(t *testing.T) {
	b := newBench(t)
	b.create(t, "one")
	b.reserve(t, 0)
	wantFault(t, b.try(t.Context(), ""), fault.Throttled, "reserved concurrency")
	if n, set, err := b.Reservation(t.Context(), b.id); n != 0 || !set || err != nil {
		t.Errorf("%d, %v, %v", n, set, err)
	}
	if err := b.Unreserve(t.Context(), b.id); err != nil {
		t.Fatal(err)
	}
	b.invoke(t, "")
	if _, set, err := b.Reservation(t.Context(), b.id); set || err != nil {
		t.Errorf("%v, %v", set, err)
	}
}

// Calls that run count when something is reserved later.
func TestAReservationSeesCallsThatRun(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	release := b.busy(t, "1", 2)
	defer release()
	b.reserve(t, 2)
	wantFault(t, b.try(t.Context(), ""), fault.Throttled, "reserved concurrency")
	b.reserve(t, 3)
	b.invoke(t, "")
}

// A restarted server knows what is reserved.
func TestReservationsOutliveTheService(t *testing.T) {
	b := newBench(t)
	b.create(t, "one")
	b.reserve(t, 0)
	b.Service = function.NewService(b.store, fakePackages{}, b.host, b.meter)
	wantFault(t, b.try(t.Context(), ""), fault.Throttled, "reserved concurrency")
}

func TestTheAccountIsLimited(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	other := b.other(t, "other")
	if err := b.Reserve(t.Context(), other, 900); err != nil {
		t.Fatal(err)
	}
	release := b.busy(t, "1", 100)
	defer release()
	wantFault(t, b.try(t.Context(), "1"), fault.Throttled, "concurrency")
	if _, err := b.Invoke(t.Context(), &function.Invocation{Function: other}); err != nil {
		t.Errorf("the function with a reservation: %v", err)
	}
	release()
	b.invoke(t, "1")
	last := b.meter.samples[len(b.meter.samples)-1]
	if last.Unreserved != 1 || last.Claimed != 901 {
		t.Errorf("sample %+v", last)
	}
	if err := b.Delete(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	release = b.busy(t, "1", 101)
	release()
}

// other creates another function in the bench's account.
func (b *bench) other(t *testing.T, name string) function.ID {
	t.Helper()
	id := b.id
	id.Name = name
	if _, err := b.Create(t.Context(), function.Creation{ID: id, Config: config()}); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestReserveRefuses(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	other := b.other(t, "other")
	if err := b.Reserve(t.Context(), other, 500); err != nil {
		t.Fatal(err)
	}
	b.provision(t, "1", 2)
	const minimum = "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]."
	for name, tt := range map[string]struct {
		id      function.ID
		n       int
		kind    fault.Kind
		message string
	}{
		"more than the account has":      {b.id, 1001, fault.Invalid, minimum},
		"what leaves too little":         {b.id, 401, fault.Invalid, minimum},
		"less than what is provisioned":  {b.id, 1, fault.Invalid, " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2]."},
		"a function that does not exist": {function.ID{Scope: b.id.Scope, Name: "none"}, 0, fault.NotFound, "Function not found: arn:aws:lambda:us-east-1:000000000000:function:none:$LATEST"},
	} {
		t.Run(name, func(t *testing.T) {
			err := b.Reserve(t.Context(), tt.id, tt.n)
			wantFault(t, err, tt.kind, "")
			if err == nil || err.Error() != tt.message {
				t.Errorf("%v\nwant %s", err, tt.message)
			}
		})
	}
	b.reserve(t, 400)
	b.reserve(t, 400) // its own reservation is not in its way
}

// TestLimitsHold runs calls of all kinds at once: none may leave its place taken, and never may more run than are let in.
func TestLimitsHold(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	rapid.Check(t, func(rt *rapid.T) {
		reserved := rapid.IntRange(1, 4).Draw(rt, "reserved")
		endings := rapid.SliceOfN(rapid.SampledFrom([]string{"well", "panic", "cancelled"}), 1, 24).Draw(rt, "endings")
		b.reserve(t, reserved)
		var running, most atomic.Int64
		b.invoke(t, "1")
		pool := b.host.pool(1)
		var calls sync.WaitGroup
		var next atomic.Int64
		pool.during = func() {
			n := running.Add(1)
			defer running.Add(-1)
			for seen := most.Load(); n > seen && !most.CompareAndSwap(seen, n); seen = most.Load() {
			}
			if endings[int(next.Add(1)-1)%len(endings)] == "panic" {
				panic("on purpose")
			}
		}
		for _, ending := range endings {
			calls.Go(func() {
				defer func() { _ = recover() }()
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if ending == "cancelled" {
					cancel()
				}
				_ = b.try(ctx, "1")
			})
		}
		calls.Wait()
		pool.during = nil
		if most.Load() > int64(reserved) {
			rt.Fatalf("%d calls ran at once of %d", most.Load(), reserved)
		}
		release := b.busy(t, "1", reserved) // all places are free again
		release()
	})
}
