package storetest

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

var versionTests = map[string]func(*testing.T, *place){
	"every field is kept":                    keepsVersion,
	"only what is set is kept":               keepsBareVersion,
	"the same put again does nothing":        keepsVersionPutTwice,
	"a published one never changes":          refusesChangedVersion,
	"$LATEST is put with its function alone": refusesLatest,
	"a missing one is not found":             missesVersion,
	"a list is in the numbers' order":        listsVersions,
	"a list can be paged":                    pagesVersions,
	"one can be deleted":                     deletesVersion,
	"one without a function is refused": func(t *testing.T, p *place) {
		refusesOrphan(t, p, func(id function.ID) any { return NewVersion(id, 1) })
	},
	"one may be put before its function": func(t *testing.T, p *place) {
		f := NewFunction("late")
		p.put(t, NewVersion(f.ID, 1), f)
		wantSame(t, "the version", getVersion(t, p, f.ID, 1), NewVersion(f.ID, 1))
	},
}

func keepsVersion(t *testing.T, p *place) {
	f := NewFunction("full")
	p.put(t, f, NewVersion(f.ID, 3))
	wantSame(t, "the version", getVersion(t, p, f.ID, 3), NewVersion(f.ID, 3))
}

func keepsBareVersion(t *testing.T, p *place) {
	f := NewFunction("bare")
	bare := &function.Version{Function: f.ID, Number: 1, Modified: when}
	p.put(t, f, bare)
	wantSame(t, "the version", getVersion(t, p, f.ID, 1), &function.Version{Function: f.ID, Number: 1, Modified: when})
}

func keepsVersionPutTwice(t *testing.T, p *place) {
	f := NewFunction("twice")
	p.put(t, f, NewVersion(f.ID, 1), NewVersion(f.ID, 1))
	p.put(t, NewVersion(f.ID, 1))
	wantSame(t, "the version", getVersion(t, p, f.ID, 1), NewVersion(f.ID, 1))
}

func refusesChangedVersion(t *testing.T, p *place) {
	f := NewFunction("fixed")
	p.put(t, f, NewVersion(f.ID, 1))
	changed := NewVersion(f.ID, 1)
	changed.Config.Timeout++
	err := p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.PutVersion(changed) })
	wantFault(t, err, fault.Conflict, "version")
	wantSame(t, "the version", getVersion(t, p, f.ID, 1), NewVersion(f.ID, 1))
}

func refusesLatest(t *testing.T, p *place) {
	f := NewFunction("newest")
	p.put(t, f)
	for _, n := range []function.Number{function.Latest, -1} {
		err := p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.PutVersion(NewVersion(f.ID, n)) })
		wantFault(t, err, fault.Invalid, "version")
	}
}

func missesVersion(t *testing.T, p *place) {
	f := NewFunction("one")
	p.put(t, f, NewVersion(f.ID, 1))
	for _, id := range []function.ID{f.ID, NewFunction("other").ID} {
		err := p.ReadFunctions(t.Context(), func(r function.Reader) error {
			_, err := r.Version(id, 2)
			return err
		})
		wantFault(t, err, fault.NotFound, "version")
		err = p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteVersion(id, 2) })
		wantFault(t, err, fault.NotFound, "version")
	}
}

func listsVersions(t *testing.T, p *place) {
	f := NewFunction("many")
	p.put(t, f, NewVersion(f.ID, 100), NewVersion(f.ID, 9), NewVersion(f.ID, 10), NewVersion(f.ID, 1))
	list := get(t, p, func(r function.Reader) ([]*function.Version, error) { return r.Versions(f.ID, 0, 0) })
	wantSame(t, "the list", list, []*function.Version{
		NewVersion(f.ID, 1), NewVersion(f.ID, 9), NewVersion(f.ID, 10), NewVersion(f.ID, 100),
	})
}

func pagesVersions(t *testing.T, p *place) {
	f := NewFunction("many")
	p.put(t, f, NewVersion(f.ID, 1), NewVersion(f.ID, 2), NewVersion(f.ID, 3), NewVersion(f.ID, 10))
	for name, tt := range map[string]struct {
		after function.Number
		limit int
		want  []function.Number
	}{
		"everything":               {0, 0, []function.Number{1, 2, 3, 10}},
		"the first page":           {0, 3, []function.Number{1, 2, 3}},
		"the second page":          {3, 3, []function.Number{10}},
		"behind the end":           {10, 3, nil},
		"the rest":                 {1, 0, []function.Number{2, 3, 10}},
		"after one that was there": {4, 1, []function.Number{10}},
	} {
		list := get(t, p, func(r function.Reader) ([]*function.Version, error) { return r.Versions(f.ID, tt.after, tt.limit) })
		var numbers []function.Number
		for _, v := range list {
			numbers = append(numbers, v.Number)
		}
		wantSame(t, name, numbers, tt.want)
	}
}

func deletesVersion(t *testing.T, p *place) {
	f := NewFunction("many")
	p.put(t, f, NewVersion(f.ID, 1), NewVersion(f.ID, 2), NewVersion(f.ID, 3), NewAlias(f.ID, "LIVE"))
	p.write(t, func(tx function.Tx) error { return tx.DeleteVersion(f.ID, 2) })
	list := get(t, p, func(r function.Reader) ([]*function.Version, error) { return r.Versions(f.ID, 0, 0) })
	wantSame(t, "the list", list, []*function.Version{NewVersion(f.ID, 1), NewVersion(f.ID, 3)})
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
	wantSame(t, "the alias", getAlias(t, p, f.ID, "LIVE"), NewAlias(f.ID, "LIVE"))
}

// refusesOrphan puts what belongs to a function that is not there in the end, once never and once no longer.
func refusesOrphan(t *testing.T, p *place, record func(id function.ID) any) {
	f, good := NewFunction("gone"), NewFunction("good")
	err := p.WriteFunctions(t.Context(), func(tx function.Tx) error { return put(tx, good, record(f.ID)) })
	wantFault(t, err, fault.NotFound, "function")
	wantMissing(t, p, good.ID)
	p.put(t, f)
	err = p.WriteFunctions(t.Context(), func(tx function.Tx) error {
		if err := tx.DeleteFunction(f.ID); err != nil {
			return err
		}
		return put(tx, record(f.ID))
	})
	wantFault(t, err, fault.NotFound, "function")
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
}
