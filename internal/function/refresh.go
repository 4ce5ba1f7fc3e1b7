package function

import (
	"context"
	"time"

	"sluice/internal/fault"
)

// pauses are the waits before a failed read of the store is tried again. They are short: a writer waits for its answer.
var pauses = [...]time.Duration{time.Millisecond, 10 * time.Millisecond, 100 * time.Millisecond}

// persist tries to read until it can, or what is read is not there, or the tries are over.
func persist(read func() error) error {
	err := read()
	for _, pause := range pauses {
		if err == nil || fault.Is(err, fault.NotFound, "") {
			break
		}
		time.Sleep(pause)
		err = read()
	}
	return err
}

// refreshLatest follows a write of a function. One that nobody has asked for yet stays unloaded.
func (t *table) refreshLatest(ctx context.Context, id ID) {
	t.refresh(ctx, id, func(r Reader, e *entry) error {
		f, err := r.Function(id)
		if err != nil {
			return err
		}
		t.setLatest(e, &f.Latest)
		return t.repoint(r, e)
	})
}

// repoint renews the aliases that point to what was $LATEST before.
func (t *table) repoint(r Reader, e *entry) (err error) {
	latest := e.latest.Load()
	e.aliases.Range(func(_, value any) bool {
		if f := value.(*fork); f.alias.Version == Latest && f.main != latest {
			err = t.setAlias(r, e, f.alias)
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

// refreshProvisions follows a write or a deletion of a provision. It loads the function if nobody has asked for it yet:
// what is provisioned is started before.
func (t *table) refreshProvisions(ctx context.Context, id ID) {
	ctx = context.WithoutCancel(ctx)
	err := persist(func() error {
		_, err := t.entry(ctx, id)
		return err
	})
	if err != nil {
		t.tell(ctx, id, err)
		return
	}
	t.refresh(ctx, id, func(r Reader, e *entry) error {
		if err := e.readProvisions(r, id); err != nil {
			return err
		}
		return t.provide(r, e, id)
	})
}

// refresh runs under the function's lock, and again if it fails. If the function has gone meanwhile, or the refresh still
// fails, its entry goes too: the next request loads it anew. The change itself is stored, so it is no failure of the
// request.
func (t *table) refresh(ctx context.Context, id ID, read func(Reader, *entry) error) {
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	found, ok := t.entries.Load(id)
	if !ok {
		return
	}
	ctx = context.WithoutCancel(ctx)
	err := persist(func() error {
		return t.store.ReadFunctions(ctx, func(r Reader) error { return read(r, found.(*entry)) })
	})
	if err != nil {
		t.remove(id)
		t.tell(ctx, id, err)
	}
}

// refreshQuota follows a write of what is reserved for a function or provisioned of it. If it can't be read, the quota
// stays as it was until the next write.
func (t *table) refreshQuota(ctx context.Context, id ID) {
	shared := t.known(id.Scope)
	if shared == nil {
		return // whoever loads it reads what has been written
	}
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	ctx = context.WithoutCancel(ctx)
	if own, err := t.claim(ctx, id); err != nil {
		t.tell(ctx, id, err)
	} else {
		shared.set(id, own)
	}
}

// drop follows the deletion of a function. Another may have its name already, with what is reserved for it and provisioned.
func (t *table) drop(ctx context.Context, id ID) {
	mu := t.lock(id)
	mu.Lock()
	defer mu.Unlock()
	t.remove(id)
	shared := t.known(id.Scope)
	if shared == nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	own, err := t.claim(ctx, id)
	shared.drop(id, own)
	if err == nil && own.provisioned > 0 {
		err = persist(func() error {
			_, err := t.read(ctx, id)
			return err
		})
	}
	if err != nil {
		t.tell(ctx, id, err)
	}
}

// tell reports that a function's changes could not be followed. One that has gone needs none.
func (t *table) tell(ctx context.Context, id ID, err error) {
	if !fault.Is(err, fault.NotFound, "") {
		t.lost(ctx, id, err)
	}
}

func (t *table) remove(id ID) {
	if found, ok := t.entries.LoadAndDelete(id); ok {
		found.(*entry).retire()
	}
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
