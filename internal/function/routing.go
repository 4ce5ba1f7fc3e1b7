package function

import (
	"cmp"
	"context"
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// table says where each request goes. Lookups take no lock; a function is loaded when it is first asked for, and each
// write refreshes what it changed before it is answered. Of names that are not there nothing is kept.
//
// A refresh reads the record again instead of taking what the writer wrote: two writers may arrive here in another
// order than they committed in, and both then find the newer record.
type table struct {
	store   Store
	host    Host
	entries sync.Map // ID → *entry
	locks   [64]sync.Mutex
	seed    maphash.Seed
	lost    func(context.Context, ID, error) // see Service.OnLost

	sharing sync.Mutex // covers shares; held for a look alone
	shares  map[Scope]*share
}

// entry routes one function's requests. Its fields are replaced under the table's lock for the function.
type entry struct {
	arn      string // of the function, unqualified
	latest   atomic.Pointer[target]
	aliases  sync.Map     // string → *fork
	versions sync.Map     // Number → *target, filled as versions are asked for
	running  atomic.Int64 // calls that have a process
	quota    *quota

	provisions map[string]*provisioning // by qualifier
	provided   map[*target]int          // how many processes each version is provisioned with
}

// target is a version with its processes.
type target struct {
	version *Version
	arn     string // qualified with the number, $LATEST's too
	pool    Pool
	covered atomic.Pointer[Gauge] // of the provision that covers calls of the version; nil: there is none
}

// way is where a qualifier leads: to a fork or to one version.
type way struct {
	entry *entry
	fork  *fork   // nil: to is the version
	to    *target // nil: fork chooses
	arn   string  // the function's name as it was asked for, with the qualifier or without
}

// next chooses the version for one request. The weight is that of the alias's split.
func (w *way) next() (to *target, weight Weight) {
	if w.fork == nil {
		return w.to, 0
	}
	return w.fork.next(), w.fork.alias.Weight
}

func newTable(store Store, host Host) *table {
	return &table{
		store: store, host: host, seed: maphash.MakeSeed(), shares: map[Scope]*share{}, lost: func(context.Context, ID, error) {},
	}
}

func (t *table) newTarget(v *Version) *target {
	return &target{version: v, arn: v.Function.Qualified(v.Number.String()), pool: t.host.Pool(v)}
}

// lock serialises loads and refreshes of one function.
func (t *table) lock(id ID) *sync.Mutex {
	return &t.locks[maphash.Comparable(t.seed, id)%uint64(len(t.locks))]
}

// find looks up where a qualifier leads, and takes no part in a fork's choices. It allocates nothing for what is loaded.
func (t *table) find(ctx context.Context, id ID, qualifier string) (way, error) {
	e, err := t.entry(ctx, id)
	if err != nil {
		return way{}, notFoundAs(err, id, cmp.Or(qualifier, Latest.String())) // recording test_invoke_exceptions
	}
	if qualifier == "" {
		return way{entry: e, to: e.latest.Load(), arn: e.arn}, nil
	}
	if found, ok := e.aliases.Load(qualifier); ok {
		f := found.(*fork)
		return way{entry: e, fork: f, arn: f.arn}, nil
	}
	number, ok := ParseNumber(qualifier)
	if !ok {
		return way{}, NotFound(id, qualifier)
	}
	to, err := t.version(ctx, e, id, number)
	if err != nil {
		return way{}, notFoundAs(err, id, qualifier)
	}
	return way{entry: e, to: to, arn: to.arn}, nil
}

// entry returns a function's entry, and loads it if nobody has asked for it before.
func (t *table) entry(ctx context.Context, id ID) (*entry, error) {
	if e, ok := t.entries.Load(id); ok {
		return e.(*entry), nil
	}
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	return t.read(ctx, id)
}

// read loads a function's entry, if it is not there yet, under the function's lock. What the function shares with others is
// asked for after it was found: a name that is not there leaves nothing behind.
func (t *table) read(ctx context.Context, id ID) (*entry, error) {
	if e, ok := t.entries.Load(id); ok {
		return e.(*entry), nil
	}
	e := &entry{arn: id.ARN(), provided: map[*target]int{}}
	err := t.store.ReadFunctions(ctx, func(r Reader) error { return t.fill(r, e, id) })
	if err == nil {
		e.quota, err = t.quota(ctx, id)
	}
	if err != nil {
		e.retire() // of what is provisioned, processes may have been started
		return nil, err
	}
	t.entries.Store(id, e)
	return e, nil
}

// fill reads what an entry routes to.
func (t *table) fill(r Reader, e *entry, id ID) error {
	f, err := r.Function(id)
	if err != nil {
		return err
	}
	t.setLatest(e, &f.Latest)
	aliases, err := r.Aliases(id, "", 0)
	if err != nil {
		return err
	}
	for _, a := range aliases {
		if err := t.setAlias(r, e, a); err != nil {
			return err
		}
	}
	if err := e.readProvisions(r, id); err != nil {
		return err
	}
	return t.provide(r, e, id)
}

// version returns a version's target, and loads it if nobody has asked for it before.
func (t *table) version(ctx context.Context, e *entry, id ID, n Number) (*target, error) {
	if n == Latest {
		return e.latest.Load(), nil
	}
	if found, ok := e.versions.Load(n); ok {
		return found.(*target), nil
	}
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	var found *target
	err := t.store.ReadFunctions(ctx, func(r Reader) (err error) {
		found, err = t.load(r, e, id, n)
		return err
	})
	return found, err
}

// load returns a version's target under the function's lock. $LATEST's is replaced with each update, which renews the
// forks that hold it (see repoint).
func (t *table) load(r Reader, e *entry, id ID, n Number) (*target, error) {
	if n == Latest {
		return e.latest.Load(), nil
	}
	if found, ok := e.versions.Load(n); ok {
		return found.(*target), nil
	}
	v, err := r.Version(id, n)
	if err != nil {
		return nil, err
	}
	found := t.newTarget(v)
	e.versions.Store(n, found)
	return found, nil
}

// setLatest replaces $LATEST's target if code or configuration are others, and retires the old one's processes.
func (t *table) setLatest(e *entry, v *Version) {
	old := e.latest.Load()
	if old != nil && old.version.Code == v.Code && old.version.Config.Equal(v.Config) {
		return
	}
	e.latest.Store(t.newTarget(v))
	if old != nil {
		old.pool.Retire()
	}
}

// retire retires all versions.
func (e *entry) retire() {
	if latest := e.latest.Load(); latest != nil {
		latest.pool.Retire()
	}
	e.versions.Range(func(_, value any) bool {
		value.(*target).pool.Retire()
		return true
	})
}
