package function_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

var errBroken = errors.New("the disk does not answer")

// faulty is a store whose next reads fail, and in which reads with a slow context wait at the gate.
type faulty struct {
	function.Store
	spared        atomic.Int64 // reads that do not fail before those that do
	failures      atomic.Int64
	skip          atomic.Int64 // slow reads that pass
	arrived, gate chan struct{}
}

func (f *faulty) ReadFunctions(ctx context.Context, read func(function.Reader) error) error {
	if f.spared.Add(-1) < 0 && f.failures.Add(-1) >= 0 {
		return errBroken
	}
	if ctx.Value(slow{}) != nil && f.skip.Add(-1) < 0 {
		if f.skip.Load() == -1 {
			close(f.arrived)
		}
		<-f.gate
	}
	return f.Store.ReadFunctions(ctx, read)
}

// faulty puts a store under the bench that can fail, and collects what was lost.
func (b *bench) faulty() (*faulty, *[]error) {
	f, lost := &faulty{Store: b.store}, &[]error{}
	b.Service = function.NewService(f, fakePackages{}, b.host, b.meter)
	b.OnLost(func(_ context.Context, _ function.ID, err error) { *lost = append(*lost, err) })
	return f, lost
}

func (b *bench) wantHeld(t *testing.T, entries, quotas, scopes int) {
	t.Helper()
	if e, q, s := b.Held(); e != entries || q != quotas || s != scopes {
		t.Errorf("%d entries, %d quotas, %d scopes are held; want %d, %d, %d", e, q, s, entries, quotas, scopes)
	}
}

func TestNamesThatAreNotThereLeaveNothing(t *testing.T) {
	b := newBench(t)
	for i := range 10 {
		id := function.ID{Scope: function.Scope{Account: "000000000000", Region: fmt.Sprint("region-", i)}, Name: fmt.Sprint("none-", i)}
		_, err := b.Invoke(t.Context(), &function.Invocation{Function: id})
		wantFault(t, err, fault.NotFound, "function")
	}
	b.wantHeld(t, 0, 0, 0)
	b.create(t, "code")
	b.invoke(t, "")
	b.wantHeld(t, 1, 1, 1)
	for i := range 10 {
		_ = b.Invocable(t.Context(), function.ID{Scope: b.id.Scope, Name: fmt.Sprint("none-", i)}, "")
	}
	b.wantHeld(t, 1, 1, 1)
	if err := b.Delete(t.Context(), b.id); err != nil {
		t.Fatal(err)
	}
	b.wantHeld(t, 0, 0, 1)
}

// A function that is not asked for is held for what it claims alone.
func TestClaimsAreHeldOfFunctionsThatAreNotLoaded(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	for n := range 3 {
		other := b.other(t, fmt.Sprint("other-", n))
		if n == 0 {
			if err := b.Reserve(t.Context(), other, 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	b.invoke(t, "")
	b.wantHeld(t, 1, 2, 1)
}

// Between a deletion and what follows it in memory another function may get the name.
func TestADeletionThatIsOvertakenTakesNothingOfTheNextFunction(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.reserve(t, 2)
	b.provision(t, "1", 1)
	b.Drop(t.Context(), b.id)
	if pool := b.host.pool(1); pool.retirements > 0 || pool.wanted != 1 {
		t.Errorf("the version's newest pool was retired %d times and keeps %d", pool.retirements, pool.wanted)
	}
	release := b.busy(t, "1", 2)
	defer release()
	wantFault(t, b.try(t.Context(), "1"), fault.Throttled, "reserved concurrency")
}

func TestARefreshThatFailsIsTriedAgain(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.provision(t, "LIVE", 1)
	store, lost := b.faulty()
	b.invoke(t, "LIVE")
	pools := len(b.host.pools)
	for name, change := range map[string]func() error{
		"of an alias": func() error {
			_, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: new(function.Number(2))})
			return err
		},
		"of a reservation":       func() error { return b.Reserve(t.Context(), b.id, 7) },
		"of what is provisioned": func() error { return b.Unprovision(t.Context(), b.id, "LIVE") },
	} {
		store.failures.Store(2)
		if err := change(); err != nil || store.failures.Load() > 0 {
			t.Errorf("%s: %v, and %d failures are left", name, err, store.failures.Load())
		}
	}
	if n := b.invoke(t, "LIVE"); n != 2 || b.host.pool(2).last.Reserved != 7 || b.host.pool(2).Provisioned().Wanted != 0 {
		t.Errorf("version %s ran, reserved %d, provisioned %d", n, b.host.pool(2).last.Reserved, b.host.pool(2).Provisioned().Wanted)
	}
	if len(*lost) > 0 || len(b.host.retired()) > 0 || len(b.host.pools) != pools+1 {
		t.Errorf("lost %v, retired %v, %d pools after %d", *lost, b.host.retired(), len(b.host.pools), pools)
	}
}

func TestARefreshThatStillFailsIsTold(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	store, lost := b.faulty()
	b.invoke(t, "LIVE")
	store.failures.Store(1000)
	if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: new(function.Number(2))}); err != nil {
		t.Fatal(err) // it is stored
	}
	store.failures.Store(0)
	if len(*lost) != 1 || !errors.Is((*lost)[0], errBroken) {
		t.Errorf("told of %v", *lost)
	}
	if n := b.invoke(t, "LIVE"); n != 2 {
		t.Errorf("version %s ran", n)
	}
}

// A function that is deleted while a refresh of it is on its way is no loss.
func TestARefreshOfWhatHasGoneIsNotTold(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	_, lost := b.faulty()
	b.invoke(t, "LIVE")
	err := b.store.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteFunction(b.id) })
	if err != nil {
		t.Fatal(err)
	}
	b.Drop(t.Context(), b.id)
	if len(*lost) > 0 {
		t.Errorf("told of %v", *lost)
	}
}

func TestWhatIsProvisionedIsStartedThoughAReadFails(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	store, lost := b.faulty()
	store.failures.Store(2) // of the reads that follow the write
	_, err := b.Provision(t.Context(), b.id, "1", 3)
	if err != nil || len(*lost) > 0 {
		t.Fatalf("%v, lost %v", err, *lost)
	}
	b.wantWanted(t, map[function.Number]int{1: 3})
}

func TestALoadThatFailsIsTriedAtTheNextRequest(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.reserve(t, 0)
	store, _ := b.faulty()
	for read := range 2 { // the function's own read, then that of what is claimed
		store.spared.Store(int64(read))
		store.failures.Store(1)
		if err := b.try(t.Context(), ""); !errors.Is(err, errBroken) {
			t.Errorf("error %v", err)
		}
	}
	wantFault(t, b.try(t.Context(), ""), fault.Throttled, "reserved concurrency")
}

// slow marks the context of calls whose reads wait.
type slow struct{}

// TestLoadsDoNotWaitForStrangersReads holds one function's reads, the first that come or those after it, while another
// function of the same or another region is loaded.
func TestLoadsDoNotWaitForStrangersReads(t *testing.T) {
	for name, tt := range map[string]struct {
		region string // of the function that is loaded meanwhile
		skip   int    // reads that pass
		call   func(context.Context, *bench) error
	}{
		"a load in another region":                  {"eu-central-1", 0, func(ctx context.Context, b *bench) error { return b.Invocable(ctx, b.id, "") }},
		"the first look at another region's claims": {"eu-central-1", 1, func(ctx context.Context, b *bench) error { return b.Invocable(ctx, b.id, "") }},
		"a reservation in the same region":          {"us-east-1", 0, func(ctx context.Context, b *bench) error { return b.Reserve(ctx, b.id, 5) }},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.create(t, "code")
			store, _ := b.faulty()
			other, first := b.strangers(t, tt.region)
			if err := b.Invocable(t.Context(), first, ""); err != nil { // its region's claims are loaded
				t.Fatal(err)
			}
			store.skip.Store(int64(tt.skip))
			store.arrived, store.gate = make(chan struct{}), make(chan struct{})
			var held sync.WaitGroup
			held.Go(func() { _ = tt.call(context.WithValue(context.Background(), slow{}, true), b) })
			<-store.arrived
			if err := b.Invocable(t.Context(), other, ""); err != nil {
				t.Error(err)
			}
			close(store.gate)
			held.Wait()
		})
	}
}

// strangers makes two functions in a region whose locks are not the bench's function's.
func (b *bench) strangers(t *testing.T, region string) (one, two function.ID) {
	t.Helper()
	var apart []function.ID
	for n := 0; len(apart) < 2; n++ {
		id := function.ID{Scope: function.Scope{Account: b.id.Account, Region: region}, Name: fmt.Sprint("stranger-", n)}
		if b.SameLock(id, b.id) {
			continue
		}
		if _, err := b.Create(t.Context(), function.Creation{ID: id, Config: config()}); err != nil {
			t.Fatal(err)
		}
		apart = append(apart, id)
	}
	return apart[0], apart[1]
}

// A reservation that is written while the scope's claims are read for the first time is in force at once, and stays.
func TestReservationsWhileClaimsAreRead(t *testing.T) {
	for range 50 {
		b := newBench(t)
		b.create(t, "code")
		b.faulty()
		var both sync.WaitGroup
		both.Go(func() { _ = b.Invocable(context.Background(), b.id, "") })
		both.Go(func() {
			if err := b.Reserve(context.Background(), b.id, 0); err != nil {
				t.Error(err)
			}
			wantFault(t, b.try(context.Background(), ""), fault.Throttled, "reserved concurrency")
		})
		both.Wait()
	}
}
