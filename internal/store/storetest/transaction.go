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
	"a record that can't be written fails it all": failsOnIgnoredError,
	"a miss may be ignored":                       ignoresMiss,
	"a closure that panics changes nothing": func(t *testing.T, p *place) {
		undoesAbandoned(t, p, func() { panic("on purpose") })
	},
	"a closure that ends its goroutine changes nothing": func(t *testing.T, p *place) {
		undoesAbandoned(t, p, runtime.Goexit)
	},
	"a transaction ends with its closure": endsWithClosure,
}

var errOnPurpose = errors.New("on purpose")

func seesItself(t *testing.T, p *place) {
	f := NewFunction("own")
	p.write(t, func(tx function.Tx) error {
		if err := put(tx, f, NewVersion(f.ID, 1), NewAlias(f.ID, "LIVE")); err != nil {
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
	p.put(t, kept, NewVersion(kept.ID, 1), NewAlias(kept.ID, "LIVE"))
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
	wantSame(t, "its version", getVersion(t, p, kept.ID, 1), NewVersion(kept.ID, 1))
	wantSame(t, "its alias", getAlias(t, p, kept.ID, "LIVE"), NewAlias(kept.ID, "LIVE"))
}

// failsOnIgnoredError puts a weight that no document can hold, and goes on as if nothing had happened.
func failsOnIgnoredError(t *testing.T, p *place) {
	f := NewFunction("half")
	broken := NewAlias(f.ID, "LIVE")
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
