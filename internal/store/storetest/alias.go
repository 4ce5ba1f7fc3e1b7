package storetest

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

var aliasTests = map[string]func(*testing.T, *place){
	"every field is kept":              keepsAlias,
	"only what is set is kept":         keepsBareAlias,
	"weights are kept to the last bit": keepsWeights,
	"a put replaces":                   replacesAlias,
	"a missing one is not found":       missesAlias,
	"a list is in the names' order":    listsAliases,
	"a list can be paged":              pagesAliases,
	"one can be deleted":               deletesAlias,
	"one without a function is refused": func(t *testing.T, p *place) {
		refusesOrphan(t, p, func(id function.ID) any { return NewAlias(id, "LIVE") })
	},
	"one may be put before its function": func(t *testing.T, p *place) {
		f := NewFunction("late")
		p.put(t, NewAlias(f.ID, "LIVE"), f)
		wantSame(t, "the alias", getAlias(t, p, f.ID, "LIVE"), NewAlias(f.ID, "LIVE"))
	},
}

func keepsAlias(t *testing.T, p *place) {
	f := NewFunction("full")
	p.put(t, f, NewAlias(f.ID, "LIVE"))
	wantSame(t, "the alias", getAlias(t, p, f.ID, "LIVE"), NewAlias(f.ID, "LIVE"))
}

func keepsBareAlias(t *testing.T, p *place) {
	f := NewFunction("bare")
	p.put(t, f, &function.Alias{Function: f.ID, Name: "LIVE"})
	wantSame(t, "the alias", getAlias(t, p, f.ID, "LIVE"), &function.Alias{Function: f.ID, Name: "LIVE"})
}

func keepsWeights(t *testing.T, p *place) {
	f := NewFunction("split")
	p.put(t, f)
	for _, weight := range []function.Weight{0, 1, 0.1, 1.0 / 3, 0.07, 5e-324, 1 - 1.0/(1<<53)} {
		a := NewAlias(f.ID, "LIVE")
		a.Weight = weight
		p.put(t, a)
		wantSame(t, "the weight", getAlias(t, p, f.ID, "LIVE").Weight, weight)
	}
}

func replacesAlias(t *testing.T, p *place) {
	f := NewFunction("moved")
	p.put(t, f, NewAlias(f.ID, "LIVE"))
	moved := &function.Alias{Function: f.ID, Name: "LIVE", Version: 2, RevisionID: "next"}
	p.put(t, moved)
	wantSame(t, "the alias", getAlias(t, p, f.ID, "LIVE"), moved)
}

func missesAlias(t *testing.T, p *place) {
	f := NewFunction("one")
	p.put(t, f, NewAlias(f.ID, "LIVE"))
	for _, id := range []function.ID{f.ID, NewFunction("other").ID} {
		err := p.ReadFunctions(t.Context(), func(r function.Reader) error {
			_, err := r.Alias(id, "live")
			return err
		})
		wantFault(t, err, fault.NotFound, "alias")
		err = p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteAlias(id, "live") })
		wantFault(t, err, fault.NotFound, "alias")
	}
}

func listsAliases(t *testing.T, p *place) {
	f := NewFunction("many")
	p.put(t, f)
	var want []*function.Alias
	for i, name := range inOrder {
		p.put(t, NewAlias(f.ID, inOrder[(i+5)%len(inOrder)]))
		want = append(want, NewAlias(f.ID, name))
	}
	list := get(t, p, func(r function.Reader) ([]*function.Alias, error) { return r.Aliases(f.ID, "", 0) })
	wantSame(t, "the list", list, want)
}

func pagesAliases(t *testing.T, p *place) {
	f := NewFunction("many")
	p.put(t, f, NewAlias(f.ID, "a"), NewAlias(f.ID, "b"), NewAlias(f.ID, "c"), NewAlias(f.ID, "d"))
	for name, tt := range map[string]struct {
		after string
		limit int
		want  []string
	}{
		"everything":               {"", 0, []string{"a", "b", "c", "d"}},
		"the first page":           {"", 3, []string{"a", "b", "c"}},
		"the second page":          {"c", 3, []string{"d"}},
		"behind the end":           {"d", 3, nil},
		"the rest":                 {"a", 0, []string{"b", "c", "d"}},
		"after one that was there": {"bb", 1, []string{"c"}},
	} {
		list := get(t, p, func(r function.Reader) ([]*function.Alias, error) { return r.Aliases(f.ID, tt.after, tt.limit) })
		var names []string
		for _, a := range list {
			names = append(names, a.Name)
		}
		wantSame(t, name, names, tt.want)
	}
}

func deletesAlias(t *testing.T, p *place) {
	f := NewFunction("many")
	p.put(t, f, NewVersion(f.ID, 1), NewAlias(f.ID, "LIVE"), NewAlias(f.ID, "TEST"))
	p.write(t, func(tx function.Tx) error { return tx.DeleteAlias(f.ID, "LIVE") })
	list := get(t, p, func(r function.Reader) ([]*function.Alias, error) { return r.Aliases(f.ID, "", 0) })
	wantSame(t, "the list", list, []*function.Alias{NewAlias(f.ID, "TEST")})
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
	wantSame(t, "the version", getVersion(t, p, f.ID, 1), NewVersion(f.ID, 1))
}
