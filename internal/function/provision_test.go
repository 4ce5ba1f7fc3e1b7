package function_test

import (
	"sync"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// fakeProvision is what a fake pool was asked to keep ready. Nothing is ready until a test says so.
type fakeProvision struct {
	mu      sync.Mutex
	wanted  int
	ready   int
	failed  string
	asked   int // how often
	settled func()
}

func (p *fakeProvision) Provision(n int, settled func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wanted, p.settled, p.failed = n, settled, ""
	p.ready = min(p.ready, n)
	p.asked++
}

func (p *fakeProvision) Provisioned() function.Provisioned {
	p.mu.Lock()
	defer p.mu.Unlock()
	return function.Provisioned{Wanted: p.wanted, Ready: p.ready, Failed: p.failed != "", Reason: p.failed}
}

// settle makes all that is wanted ready, or fails it for a reason.
func (p *fakeProvision) settle(reason string) {
	p.mu.Lock()
	settled := p.settled
	if p.failed = reason; reason == "" {
		p.ready = p.wanted
	}
	p.mu.Unlock()
	if settled != nil {
		settled()
	}
}

// provision provisions what must be possible.
func (b *bench) provision(t *testing.T, qualifier string, n int) *function.ProvisionState {
	t.Helper()
	state, err := b.Provision(t.Context(), b.id, qualifier, n)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// wantProvision compares how far a provision is.
func (b *bench) wantProvision(t *testing.T, qualifier string, ready int, status function.ProvisionStatus, reason string) {
	t.Helper()
	state, err := b.Provisioned(t.Context(), b.id, qualifier)
	if err != nil {
		t.Fatal(err)
	}
	if state.Ready != ready || state.Status != status || state.Reason != reason {
		t.Errorf("%s: %d ready, status %d, %q; want %d, %d, %q", qualifier, state.Ready, state.Status, state.Reason, ready, status, reason)
	}
}

// wantWanted compares how many processes the versions' newest pools are to keep.
func (b *bench) wantWanted(t *testing.T, want map[function.Number]int) {
	t.Helper()
	for n, wanted := range want {
		if got := b.host.pool(n).Provisioned().Wanted; got != wanted {
			t.Errorf("version %s keeps %d, want %d", n, got, wanted)
		}
	}
}

func TestProvisionTellsHowFarItIs(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	state := b.provision(t, "1", 3)
	if state.Concurrent != 3 || state.Ready != 0 || state.Status != function.ProvisionInProgress || state.Modified.IsZero() {
		t.Errorf("%+v", state)
	}
	b.wantWanted(t, map[function.Number]int{1: 3})
	b.wantProvision(t, "1", 0, function.ProvisionInProgress, "")
	b.host.pool(1).settle("")
	b.wantProvision(t, "1", 3, function.ProvisionReady, "")
}

func TestAProvisionThatFailsSaysWhy(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.provision(t, "1", 3)
	b.host.pool(1).settle("broken")
	b.wantProvision(t, "1", 0, function.ProvisionFailed, "broken")
	b.provision(t, "1", 3)
	b.wantProvision(t, "1", 0, function.ProvisionInProgress, "")
}

func TestCoveredCallsComeFirst(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.provision(t, "1", 1)
	b.invoke(t, "1")
	if !b.host.pool(1).last.Provisioned {
		t.Error("the first call was not covered")
	}
	release := b.busy(t, "1", 1)
	defer release()
	b.invoke(t, "1")
	if b.host.pool(1).last.Provisioned {
		t.Error("the second was covered too")
	}
	spilled := b.meter.samples[len(b.meter.samples)-1]
	if spilled.Provision != 1 || spilled.Covered != 1 || spilled.Provisioned {
		t.Errorf("sample %+v", spilled)
	}
	release()
	used := b.meter.samples[len(b.meter.samples)-1]
	if used.Provision != 1 || used.Covered != 1 || !used.Provisioned {
		t.Errorf("sample %+v", used)
	}
}

// A reservation that is provisioned as a whole leaves nothing to other versions (recording
// test_lambda_concurrency_block).
func TestProvisionedConcurrencyIsPartOfTheReservation(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.reserve(t, 2)
	b.provision(t, "1", 2)
	wantFault(t, b.try(t.Context(), ""), fault.Throttled, "reserved concurrency")
	release := b.busy(t, "1", 2)
	wantFault(t, b.try(t.Context(), "1"), fault.Throttled, "reserved concurrency")
	release()
	if err := b.Unprovision(t.Context(), b.id, "1"); err != nil {
		t.Fatal(err)
	}
	b.invoke(t, "")
	b.wantWanted(t, map[function.Number]int{1: 0})
	if err := b.Unprovision(t.Context(), b.id, "1"); err != nil {
		t.Errorf("again: %v", err)
	}
}

// What an alias's provision keeps follows the alias, and the version that it left keeps its processes until those of the
// other are ready (recording test_lambda_provisioned_concurrency_moves_with_alias).
func TestProvisionMovesWithItsAlias(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.provision(t, "LIVE", 2)
	b.wantWanted(t, map[function.Number]int{1: 2})
	b.host.pool(1).settle("")
	if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Version: new(function.Number(2))}); err != nil {
		t.Fatal(err)
	}
	b.wantWanted(t, map[function.Number]int{1: 2, 2: 2})
	b.wantProvision(t, "LIVE", 2, function.ProvisionInProgress, "")
	b.invoke(t, "1")
	if b.host.pool(1).last.Provisioned {
		t.Error("a call of the version that the alias left was covered")
	}
	b.host.pool(2).settle("")
	b.wantWanted(t, map[function.Number]int{1: 0, 2: 2})
	b.wantProvision(t, "LIVE", 2, function.ProvisionReady, "")
	_, err := b.Provisioned(t.Context(), b.id, "2")
	wantFault(t, err, fault.NotFound, "provision")
}

func TestWeightsShareAProvision(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.provision(t, "LIVE", 4)
	if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Routing: function.Routing{2: 0.1}}); err != nil {
		t.Fatal(err)
	}
	b.wantWanted(t, map[function.Number]int{1: 4, 2: 1})
	if _, err := b.UpdateAlias(t.Context(), b.id, "LIVE", function.AliasChange{Routing: function.Routing{2: 0.75}}); err != nil {
		t.Fatal(err)
	}
	b.wantWanted(t, map[function.Number]int{1: 1, 2: 3})
}

// While a deployment moves the alias both versions are ready for all of its traffic, and no more calls are covered.
func TestDeploymentsKeepBothVersionsProvisioned(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.reserve(t, 2)
	b.provision(t, "LIVE", 2)
	b.host.pool(1).settle("")
	move := function.Move{Deployment: "d-1", Function: b.id, Alias: "LIVE", Current: 1, Target: 2}
	if err := b.Claim(t.Context(), move); err != nil {
		t.Fatal(err)
	}
	b.wantWanted(t, map[function.Number]int{1: 2, 2: 2})
	b.host.pool(2).settle("")
	move.Weight = 0.5
	if err := b.Move(t.Context(), move); err != nil {
		t.Fatal(err)
	}
	b.wantWanted(t, map[function.Number]int{1: 2, 2: 2})
	b.wantProvision(t, "LIVE", 2, function.ProvisionReady, "")
	release := b.busy(t, "1", 2)
	wantFault(t, b.try(t.Context(), "2"), fault.Throttled, "reserved concurrency")
	release()
	move.Weight, move.Last = 1, true
	if err := b.Move(t.Context(), move); err != nil {
		t.Fatal(err)
	}
	b.wantWanted(t, map[function.Number]int{1: 0, 2: 2})
	if asked := b.host.pool(2).asked; asked != 1 {
		t.Errorf("the target was provisioned %d times", asked)
	}
}

func TestProvisionsGoWithWhatTheyAreFor(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.reserve(t, 2)
	b.provision(t, "LIVE", 1)
	b.provision(t, "2", 1)
	if err := b.DeleteAlias(t.Context(), b.id, "LIVE"); err != nil {
		t.Fatal(err)
	}
	b.wantWanted(t, map[function.Number]int{1: 0, 2: 1})
	if err := b.DeleteVersion(t.Context(), b.id, 2); err != nil {
		t.Fatal(err)
	}
	states, more, err := b.Provisions(t.Context(), b.id, function.Page{})
	if len(states) != 0 || more || err != nil {
		t.Errorf("%v, %v, %v", states, more, err)
	}
	b.busy(t, "1", 2)() // the whole reservation is free again
}

func TestStartTakesUpWhatIsProvisioned(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.provision(t, "LIVE", 2)
	b.Service = function.NewService(b.store, fakePackages{}, b.host, b.meter)
	if err := b.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if pool := b.host.pool(1); pool.asked != 1 || pool.wanted != 2 {
		t.Errorf("asked %d times for %d", pool.asked, pool.wanted)
	}
}

func TestProvisionsAreListed(t *testing.T) {
	b := newBench(t)
	for _, code := range []string{"one", "two", "three"} {
		b.provision(t, b.release(t, code).String(), 1)
	}
	var names []string
	for page := (function.Page{Limit: 2}); ; {
		states, more, err := b.Provisions(t.Context(), b.id, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range states {
			names = append(names, s.Qualifier)
		}
		if !more {
			break
		}
		page.After.Name = names[len(names)-1]
	}
	if len(names) != 3 || names[2] != "3" {
		t.Errorf("%q", names)
	}
}

// While a deployment moves an alias that has a provision to a version that has one too, the first by name keeps the
// version, and the other has none of its own.
func TestAProvisionWithoutAVersionIsNotReady(t *testing.T) {
	b := newBench(t)
	b.alias(t, "LIVE")
	b.provision(t, "1", 1)
	b.host.pool(1).settle("")
	err := b.store.WriteFunctions(t.Context(), func(tx function.Tx) error { // as a deployment that ends would leave it
		return tx.PutProvision(&function.Provision{Function: b.id, Qualifier: "LIVE", Concurrent: 1})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Service = function.NewService(b.store, fakePackages{}, b.host, b.meter)
	b.invoke(t, "LIVE")
	b.wantProvision(t, "LIVE", 0, function.ProvisionInProgress, "")
}
