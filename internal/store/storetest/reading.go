package storetest

import (
	"errors"
	"testing"

	"sluice/internal/function"
)

var readingTests = map[string]func(*testing.T, *place){
	"a failure is returned":        returnsReadError,
	"a panic ends it":              survivesReads,
	"it has one state":             readsOneState,
	"it has what was acknowledged": readsAcknowledged,
	"records are the caller's own": returnsCopies,
}

func returnsReadError(t *testing.T, p *place) {
	err := p.ReadFunctions(t.Context(), func(function.Reader) error { return errOnPurpose })
	if !errors.Is(err, errOnPurpose) {
		t.Errorf("error %v, want the closure's", err)
	}
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
		p.put(t, after, NewVersion(after.ID, 1))
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
