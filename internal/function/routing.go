package function

import (
	"cmp"
	"context"
	"hash/maphash"
	"sync"
	"sync/atomic"

	"sluice/internal/fault"
	"sluice/internal/policy"
)

// table says where each request goes. Lookups take no lock; a function is loaded when it is first asked for, and each
// write refreshes what it changed before it is answered.
//
// A refresh reads the record again instead of taking what the writer wrote: two writers may arrive here in another
// order than they committed in, and both then find the newer record.
type table struct {
	store   Store
	host    Host
	entries sync.Map // ID → *entry
	locks   [64]sync.Mutex
	seed    maphash.Seed

	sharing sync.Mutex // taken after a function's lock
	shares  map[Scope]*share
}

// entry routes one function's requests. Its fields are replaced under the table's lock for the function.
type entry struct {
	latest   atomic.Pointer[target]
	aliases  sync.Map                                    // string → *fork
	versions sync.Map                                    // Number → *target, filled as versions are asked for
	running  atomic.Int64                                // calls that have a process
	policies atomic.Pointer[map[string]*policy.Document] // by qualifier; nil until somebody asks
	quota    *quota

	provisions map[string]*provisioning // by qualifier
	provided   map[*target]int          // how many processes each version is provisioned with
}

// target is a version with its processes.
type target struct {
	version *Version
	pool    Pool
	covered atomic.Pointer[Gauge] // of the provision that covers calls of the version; nil: there is none
}

func newTable(store Store, host Host) *table {
	return &table{store: store, host: host, seed: maphash.MakeSeed(), shares: map[Scope]*share{}}
}

// lock serialises loads and refreshes of one function.
func (t *table) lock(id ID) *sync.Mutex {
	return &t.locks[maphash.Comparable(t.seed, id)%uint64(len(t.locks))]
}

// route chooses the version for one request. The weight is that of the alias's split.
func (t *table) route(ctx context.Context, id ID, qualifier string) (e *entry, to *target, weight Weight, err error) {
	e, f, to, err := t.find(ctx, id, qualifier)
	if f != nil {
		to, weight = f.next(), f.alias.Weight
	}
	return e, to, weight, err
}

// find looks up where a qualifier leads, to a fork or to one version, and takes no part in the fork's choices.
func (t *table) find(ctx context.Context, id ID, qualifier string) (e *entry, f *fork, to *target, err error) {
	if e, err = t.entry(ctx, id); err != nil {
		return nil, nil, nil, notFoundAs(err, id, cmp.Or(qualifier, Latest.String())) // recording test_invoke_exceptions
	}
	if qualifier == "" {
		return e, nil, e.latest.Load(), nil
	}
	if found, ok := e.aliases.Load(qualifier); ok {
		return e, found.(*fork), nil, nil
	}
	number, ok := ParseNumber(qualifier)
	if !ok {
		return nil, nil, nil, NotFound(id, qualifier)
	}
	if to, err = t.version(ctx, e, id, number); err != nil {
		return nil, nil, nil, notFoundAs(err, id, qualifier)
	}
	return e, nil, to, nil
}

// entry returns a function's entry, and loads it if nobody has asked for it before.
func (t *table) entry(ctx context.Context, id ID) (*entry, error) {
	if e, ok := t.entries.Load(id); ok {
		return e.(*entry), nil
	}
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	if e, ok := t.entries.Load(id); ok {
		return e.(*entry), nil
	}
	shared, err := t.share(ctx, id.Scope)
	if err != nil {
		return nil, err
	}
	e := &entry{quota: shared.quota(id), provided: map[*target]int{}}
	err = t.store.ReadFunctions(ctx, func(r Reader) error {
		f, err := r.Function(id)
		if err != nil {
			return err
		}
		e.setLatest(t.host, &f.Latest)
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
	})
	if err != nil {
		e.retire() // of what is provisioned, processes may have been started
		return nil, err
	}
	t.entries.Store(id, e)
	return e, nil
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

// load returns a version's target under the function's lock. $LATEST's is replaced with each update, so an alias that
// points to it looks it up at each request through the entry.
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
	found := &target{version: v, pool: t.host.Pool(v)}
	e.versions.Store(n, found)
	return found, nil
}

// setLatest replaces $LATEST's target if code or configuration are others, and retires the old one's processes.
func (e *entry) setLatest(host Host, v *Version) {
	old := e.latest.Load()
	if old != nil && old.version.Code == v.Code && old.version.Config.Equal(v.Config) {
		return
	}
	e.latest.Store(&target{version: v, pool: host.Pool(v)})
	if old != nil {
		old.pool.Retire()
	}
}

// refreshLatest follows a write of a function. One that nobody has asked for yet stays unloaded.
func (t *table) refreshLatest(ctx context.Context, id ID) {
	t.refresh(ctx, id, func(r Reader, e *entry) error {
		f, err := r.Function(id)
		if err != nil {
			return err
		}
		before := e.latest.Load()
		e.setLatest(t.host, &f.Latest)
		if e.latest.Load() == before {
			return nil
		}
		return t.repoint(r, e)
	})
}

// repoint renews the aliases that point to $LATEST.
func (t *table) repoint(r Reader, e *entry) (err error) {
	e.aliases.Range(func(_, value any) bool {
		if a := value.(*fork).alias; a.Version == Latest {
			err = t.setAlias(r, e, a)
		}
		return err == nil
	})
	return err
}

// refreshAlias follows a write or a deletion of an alias.
func (t *table) refreshAlias(ctx context.Context, id ID, name string) {
	t.refresh(ctx, id, func(r Reader, e *entry) error {
		a, err := r.Alias(id, name)
		if fault.Is(err, fault.NotFound, "") {
			if old, ok := e.aliases.LoadAndDelete(name); ok {
				old.(*fork).release()
			}
			e.unprovide(name)
			return nil
		} else if err != nil {
			return err
		}
		if err := t.setAlias(r, e, a); err != nil || len(e.provisions) == 0 {
			return err
		}
		return t.provide(r, e, id)
	})
}

// refresh runs under the function's lock. If the function has gone meanwhile, or the refresh fails, its entry goes
// too: the next request loads it anew. The change itself is stored, so it is no failure of the request.
func (t *table) refresh(ctx context.Context, id ID, read func(Reader, *entry) error) {
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	found, ok := t.entries.Load(id)
	if !ok {
		return
	}
	ctx = context.WithoutCancel(ctx)
	if err := t.store.ReadFunctions(ctx, func(r Reader) error { return read(r, found.(*entry)) }); err != nil {
		t.remove(id)
	}
}

// drop follows the deletion of a function.
func (t *table) drop(id ID) {
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	t.remove(id)
	t.dropQuota(id)
}

func (t *table) remove(id ID) {
	found, ok := t.entries.LoadAndDelete(id)
	if !ok {
		return
	}
	found.(*entry).retire()
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

// dropVersion follows the deletion of a published version.
func (t *table) dropVersion(id ID, n Number) {
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	e, ok := t.entries.Load(id)
	if !ok {
		return
	}
	if found, ok := e.(*entry).versions.LoadAndDelete(n); ok {
		found.(*target).pool.Retire()
	}
	e.(*entry).unprovide(n.String())
}
