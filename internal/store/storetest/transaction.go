package storetest

import (
	"errors"
	"math"
	"runtime"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

var transactionTests = map[string]func(*testing.T, *place){
	"a closure sees its own changes":              seesItself,
	"a failed closure changes nothing":            undoesFailure,
	"a failed read returns its error":             returnsReadError,
	"a record that can't be written fails it all": failsOnIgnoredError,
	"a miss may be ignored":                       ignoresMiss,
	"a closure that panics changes nothing": func(t *testing.T, p *place) {
		undoesAbandoned(t, p, func() { panic("on purpose") })
	},
	"a closure that ends its goroutine changes nothing": func(t *testing.T, p *place) {
		undoesAbandoned(t, p, runtime.Goexit)
	},
	"a read that panics is over":          survivesReads,
	"a transaction ends with its closure": endsWithClosure,
	"a read has one state":                readsOneState,
	"a read has what was acknowledged":    readsAcknowledged,
	"a returned record is the caller's":   returnsCopies,
}

var errOnPurpose = errors.New("on purpose")

func seesItself(t *testing.T, p *place) {
	f := NewFunction("own")
	p.write(t, func(tx function.Tx) error {
		if err := put(tx, f, newVersion(f.ID, 1), newAlias(f.ID, "LIVE")); err != nil {
			return err
		}
		functions, err := tx.Functions(scope, "", 0)
		if err != nil || len(functions) != 1 {
			t.Errorf("%d functions, %v; want the one that was put", len(functions), err)
		}
		if err := errors.Join(tx.DeleteVersion(f.ID, 1), tx.DeleteAlias(f.ID, "LIVE")); err != nil {
			return err
		}
		_, err = tx.Version(f.ID, 1)
		wantFault(t, err, fault.NotFound, "version")
		_, err = tx.Alias(f.ID, "LIVE")
		wantFault(t, err, fault.NotFound, "alias")
		return nil
	})
}

func undoesFailure(t *testing.T, p *place) {
	kept, fresh := NewFunction("kept"), NewFunction("fresh")
	p.put(t, kept, newVersion(kept.ID, 1), newAlias(kept.ID, "LIVE"))
	err := p.WriteFunctions(t.Context(), func(tx function.Tx) error {
		if err := errors.Join(put(tx, fresh), tx.DeleteFunction(kept.ID)); err != nil {
			return err
		}
		return errOnPurpose
	})
	if !errors.Is(err, errOnPurpose) {
		t.Errorf("error %v, want the closure's", err)
	}
	wantMissing(t, p, fresh.ID)
	wantSame(t, "the function", getFunction(t, p, kept.ID), kept)
	wantSame(t, "its version", getVersion(t, p, kept.ID, 1), newVersion(kept.ID, 1))
	wantSame(t, "its alias", getAlias(t, p, kept.ID, "LIVE"), newAlias(kept.ID, "LIVE"))
}

func returnsReadError(t *testing.T, p *place) {
	err := p.ReadFunctions(t.Context(), func(function.Reader) error { return errOnPurpose })
	if !errors.Is(err, errOnPurpose) {
		t.Errorf("error %v, want the closure's", err)
	}
}

// failsOnIgnoredError puts a weight that no document can hold, and goes on as if nothing had happened.
func failsOnIgnoredError(t *testing.T, p *place) {
	f := NewFunction("half")
	broken := newAlias(f.ID, "LIVE")
	broken.Weight = function.Weight(math.NaN())
	err := p.WriteFunctions(t.Context(), func(tx function.Tx) error {
		if err := tx.PutAlias(broken); err == nil {
			t.Error("a weight that is no number was put")
		}
		_ = tx.PutFunction(f) // may fail already, or be undone
		return nil
	})
	if err == nil {
		t.Error("the write succeeded, want the error that the closure ignored")
	}
	wantMissing(t, p, f.ID)
}

func ignoresMiss(t *testing.T, p *place) {
	f := NewFunction("made")
	p.write(t, func(tx function.Tx) error {
		_, functionErr := tx.Function(f.ID)
		_, versionErr := tx.Version(f.ID, 1)
		_, aliasErr := tx.Alias(f.ID, "LIVE")
		for _, err := range []error{
			functionErr, versionErr, aliasErr,
			tx.DeleteFunction(f.ID), tx.DeleteVersion(f.ID, 1), tx.DeleteAlias(f.ID, "LIVE"),
		} {
			wantFault(t, err, fault.NotFound, "")
		}
		return put(tx, f)
	})
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
}

func undoesAbandoned(t *testing.T, p *place, leave func()) {
	f, next := NewFunction("abandoned"), NewFunction("next")
	result := make(chan error, 1)
	go func() {
		err := errOnPurpose // also if the write panics or never returns
		defer func() {
			recover()
			result <- err
		}()
		err = p.WriteFunctions(t.Context(), func(tx function.Tx) error {
			err := put(tx, f)
			leave()
			return err
		})
	}()
	if <-result == nil {
		t.Error("the write succeeded")
	}
	p.put(t, next)
	wantMissing(t, p, f.ID)
	wantSame(t, "the next function", getFunction(t, p, next.ID), next)
}

// survivesReads panics often enough to use up any pool of connections.
func survivesReads(t *testing.T, p *place) {
	f := NewFunction("steady")
	p.put(t, f)
	for range 20 {
		func() {
			defer func() { recover() }()
			_ = p.ReadFunctions(t.Context(), func(r function.Reader) error {
				_, err := r.Function(f.ID)
				panic(err)
			})
		}()
	}
	f.Published++
	p.put(t, f)
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
}

func endsWithClosure(t *testing.T, p *place) {
	f := NewFunction("late")
	var late function.Tx
	p.write(t, func(tx function.Tx) error {
		late = tx
		return nil
	})
	if err := late.PutFunction(f); err == nil {
		t.Error("a transaction took a record after its closure")
	}
	var reader function.Reader
	get(t, p, func(r function.Reader) (any, error) {
		reader = r
		return nil, nil
	})
	if _, err := reader.Functions(scope, "", 0); err == nil {
		t.Error("a reader read after its closure")
	}
	wantMissing(t, p, f.ID)
}

// readsOneState writes in the middle of a read, which must go on seeing what it saw first.
func readsOneState(t *testing.T, p *place) {
	before, after := NewFunction("seen"), NewFunction("seen")
	after.Published++
	p.put(t, before)
	get(t, p, func(r function.Reader) (any, error) {
		first, err := r.Function(before.ID)
		if err != nil {
			return nil, err
		}
		p.put(t, after, newVersion(after.ID, 1))
		second, err := r.Function(before.ID)
		wantSame(t, "the function, read again", second, first)
		versions, versionsErr := r.Versions(before.ID, 0, 0)
		if len(versions) > 0 {
			t.Errorf("%d versions, want none", len(versions))
		}
		return nil, errors.Join(err, versionsErr)
	})
	wantSame(t, "the function, later", getFunction(t, p, after.ID), after)
}

func readsAcknowledged(t *testing.T, p *place) {
	f := NewFunction("counted")
	for i := range 100 {
		f.Published = function.Number(i)
		p.put(t, f)
		if n := getFunction(t, p, f.ID).Published; n != f.Published {
			t.Fatalf("%d was read after %d was written", n, f.Published)
		}
	}
}

// returnsCopies changes what was put and what was read.
func returnsCopies(t *testing.T, p *place) {
	f := NewFunction("copied")
	p.put(t, f)
	f.Tags["team"] = "changed"
	found := getFunction(t, p, f.ID)
	found.Latest.Config.Environment["RATE"] = "changed"
	wantSame(t, "the function", getFunction(t, p, f.ID), NewFunction("copied"))
}
