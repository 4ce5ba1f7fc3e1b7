package function

import (
	"context"
	"maps"
	"slices"
)

// provisioning is a provision as the routing table keeps it. All but the gauge changes under the function's lock.
type provisioning struct {
	record Provision
	// gauge counts the calls that are covered, of all versions together: it is they who are provisioned for, not the
	// processes, so a deployment that has twice the processes lets no more calls run.
	gauge Gauge
	// covers are the versions that are provisioned, with how many processes each.
	covers map[*target]int
	// leaving are versions that keep their processes until those of covers are ready.
	leaving []*target
}

// settled reports whether every version has its processes, or can't have them.
func (p *provisioning) settled() bool {
	for to := range p.covers {
		if !to.pool.Provisioned().Settled() {
			return false
		}
	}
	return true
}

// state tells how far the provisioning is.
func (p *provisioning) state() *ProvisionState {
	state := &ProvisionState{Provision: p.record, Status: ProvisionReady}
	if len(p.covers) == 0 { // another provision has its version, until a deployment ends
		state.Status = ProvisionInProgress
	}
	for to := range p.covers {
		now := to.pool.Provisioned()
		state.Ready += now.Ready
		switch {
		case now.Failed:
			state.Status, state.Reason = ProvisionFailed, now.Reason
		case !now.Settled() && state.Status == ProvisionReady:
			state.Status = ProvisionInProgress
		}
	}
	for _, to := range p.leaving {
		state.Ready += to.pool.Provisioned().Ready
	}
	state.Ready = min(state.Ready, p.record.Concurrent)
	return state
}

// readProvisions takes up what is stored, and keeps the gauges of what was there before.
func (e *entry) readProvisions(r Reader, id ID) error {
	records, err := r.ProvisionsOf(id)
	if err != nil {
		return err
	}
	kept := map[string]*provisioning{}
	for _, record := range records {
		p := e.provisions[record.Qualifier]
		if p == nil {
			p = &provisioning{}
		}
		if p.record != *record { // asked for anew: what failed is tried again
			p.record, p.covers = *record, nil
		}
		p.gauge.SetLimit(record.Concurrent)
		kept[record.Qualifier] = p
	}
	e.provisions = kept
	return nil
}

// provide gives each version the processes that are provisioned for it. If two provisions are for one version, which a
// deployment may bring about, the first by qualifier has it.
func (t *table) provide(r Reader, e *entry, id ID) error {
	taken := map[*target]*provisioning{}
	for _, qualifier := range slices.Sorted(maps.Keys(e.provisions)) {
		p := e.provisions[qualifier]
		wanted, err := t.wanted(r, e, id, qualifier, p.record.Concurrent)
		if err != nil {
			return err
		}
		maps.DeleteFunc(wanted, func(to *target, _ int) bool { return taken[to] != nil })
		for to := range wanted {
			taken[to] = p
		}
		t.cover(e, id, p, wanted)
	}
	e.letGo(taken)
	return nil
}

// wanted returns the versions that a qualifier leads to, with their part of n processes.
func (t *table) wanted(r Reader, e *entry, id ID, qualifier string, n int) (map[*target]int, error) {
	if number, ok := ParseNumber(qualifier); ok {
		to, err := t.load(r, e, id, number)
		return map[*target]int{to: n}, err
	}
	found, ok := e.aliases.Load(qualifier)
	if !ok {
		return nil, nil
	}
	return found.(*fork).shares(n), nil
}

// cover makes a provisioning that of other versions.
func (t *table) cover(e *entry, id ID, p *provisioning, wanted map[*target]int) {
	before := p.covers
	p.covers = wanted
	for to := range before {
		if wanted[to] == 0 && !slices.Contains(p.leaving, to) {
			p.leaving = append(p.leaving, to)
		}
	}
	for to, n := range wanted {
		to.covered.Store(&p.gauge)
		if before[to] != n || e.provided[to] != n {
			e.provided[to] = n
			to.pool.Provision(n, func() { t.settle(id, e) })
		}
	}
}

// letGo ends the processes of versions that nobody provisions any more, save those that are still leaving. Calls of such a
// version are not covered from now on.
func (e *entry) letGo(taken map[*target]*provisioning) {
	for to := range e.provided {
		if taken[to] == nil {
			to.covered.Store(nil)
		}
	}
	for _, p := range e.provisions {
		if p.settled() {
			p.leaving = nil
		}
		p.leaving = slices.DeleteFunc(p.leaving, func(to *target) bool { return taken[to] != nil })
		for _, to := range p.leaving {
			taken[to] = p
		}
	}
	for to := range e.provided {
		if taken[to] == nil {
			delete(e.provided, to)
			to.pool.Provision(0, nil)
		}
	}
}

// settle follows the moment when a version's processes are ready, or can't be had.
func (t *table) settle(id ID, e *entry) {
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	e.letGo(e.taken())
}

// taken returns the versions that are provisioned for.
func (e *entry) taken() map[*target]*provisioning {
	taken := map[*target]*provisioning{}
	for _, p := range e.provisions {
		for to := range p.covers {
			taken[to] = p
		}
	}
	return taken
}

// unprovide follows the deletion of a version or an alias, with which its provision went.
func (e *entry) unprovide(qualifier string) {
	if _, ok := e.provisions[qualifier]; ok {
		delete(e.provisions, qualifier)
		e.letGo(e.taken())
	}
}

// provisionState tells how far a provision is.
func (t *table) provisionState(ctx context.Context, record *Provision) (*ProvisionState, error) {
	e, err := t.entry(ctx, record.Function)
	if err != nil {
		return nil, notFoundAs(err, record.Function, record.Qualifier)
	}
	mu := t.lock(record.Function)
	mu.Lock()
	defer mu.Unlock()
	p := e.provisions[record.Qualifier]
	if p == nil { // being put or deleted at this moment
		return &ProvisionState{Provision: *record}, nil
	}
	state := p.state()
	state.Provision = *record
	return state, nil
}
