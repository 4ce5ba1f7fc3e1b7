package storetest

import (
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Functions runs the suite of function.Store. prepare makes an empty place for records; what it returns opens a store
// there, again and again, since a test closes it to see what is on disk. The last one is closed by its opener.
func Functions(t *testing.T, prepare func(t *testing.T) (open func() FunctionStore)) {
	for group, tests := range map[string]map[string]func(*testing.T, *place){
		"functions":    functionTests,
		"versions":     versionTests,
		"aliases":      aliasTests,
		"runtimes":     runtimeTests,
		"reservations": reservationTests,
		"code signing": signingTests,
		"keys":         keyTests,
		"transactions": transactionTests,
		"reading":      readingTests,
		"concurrency":  concurrencyTests,
		"contexts":     contextTests,
		"closing":      closingTests,
	} {
		t.Run(group, func(t *testing.T) {
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					open := prepare(t)
					test(t, &place{open(), open})
				})
			}
		})
	}
}

var functionTests = map[string]func(*testing.T, *place){
	"every field is kept":              keepsFunction,
	"a put replaces":                   replacesFunction,
	"absent and empty maps stay apart": keepsAbsence,
	"times are instants in UTC":        keepsInstants,
	"a missing one is not found":       missesFunction,
	"a list is in the names' order":    listsFunctions,
	"a list can be paged":              pagesFunctions,
	"deletion takes all that is below": deletesFunction,
	"a new one has nothing of its predecessor": func(t *testing.T, p *place) {
		f := NewFunction("again")
		p.put(t, f, NewVersion(f.ID, 1), NewAlias(f.ID, "LIVE"))
		p.write(t, func(tx function.Tx) error { return tx.DeleteFunction(f.ID) })
		p.put(t, f)
		p.write(t, func(tx function.Tx) error { return tx.DeleteFunction(f.ID) })
		wantMissing(t, p, f.ID)
	},
}

func keepsFunction(t *testing.T, p *place) {
	f := NewFunction("full")
	p.put(t, f)
	wantSame(t, "the function", getFunction(t, p, f.ID), NewFunction("full"))
	wantSame(t, "$LATEST", getVersion(t, p, f.ID, function.Latest), &NewFunction("full").Latest)
}

func replacesFunction(t *testing.T, p *place) {
	f := NewFunction("replaced")
	p.put(t, f)
	f.Created, f.Published, f.Tags = f.Created.Add(time.Hour), 8, map[string]string{"stage": "prd"}
	f.Latest = function.Version{Function: f.ID, RevisionID: "bare", Modified: when}
	p.put(t, f)
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
}

func keepsAbsence(t *testing.T, p *place) {
	for name, tt := range map[string]struct{ tags, environment map[string]string }{
		"absent": {nil, nil},
		"empty":  {map[string]string{}, map[string]string{}},
	} {
		f := NewFunction(name)
		f.Tags, f.Latest.Config.Environment = tt.tags, tt.environment
		p.put(t, f)
		wantSame(t, name, getFunction(t, p, f.ID), f)
	}
}

func keepsInstants(t *testing.T, p *place) {
	f := NewFunction("travelled")
	f.Created = when.In(time.FixedZone("JST", 9*60*60)).Add(789 * time.Nanosecond)
	f.Latest.Modified = time.Time{}
	p.put(t, f)
	found := getFunction(t, p, f.ID)
	wantSame(t, "the time of creation", found.Created, when)
	wantSame(t, "the time of the change", found.Latest.Modified, time.Time{})
}

func missesFunction(t *testing.T, p *place) {
	missing := NewFunction("missing").ID
	wantMissing(t, p, missing)
	err := p.ReadFunctions(t.Context(), func(r function.Reader) error {
		_, err := r.Version(missing, function.Latest)
		return err
	})
	wantFault(t, err, fault.NotFound, "function")
	err = p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteFunction(missing) })
	wantFault(t, err, fault.NotFound, "function")
}

// inOrder are names in the order of their bytes, which is the order of lists whatever the database's language.
var inOrder = []string{"A", "Z", "_", "a", "a-b", "a_b", "ab", "b", "ä", "日本", "🚀"}

func listsFunctions(t *testing.T, p *place) {
	for i := range inOrder {
		p.put(t, NewFunction(inOrder[(i+5)%len(inOrder)]))
	}
	all := functionNames(t, p, "", 0)
	wantSame(t, "the list", all, inOrder)
	first := get(t, p, func(r function.Reader) ([]*function.Function, error) { return r.Functions(scope, "", 1) })
	wantSame(t, "the first", first, []*function.Function{NewFunction(inOrder[0])})
}

func pagesFunctions(t *testing.T, p *place) {
	for _, name := range []string{"a", "b", "c", "d"} {
		p.put(t, NewFunction(name))
	}
	for name, tt := range map[string]struct {
		after string
		limit int
		want  []string
	}{
		"everything":                {"", 0, []string{"a", "b", "c", "d"}},
		"the first page":            {"", 2, []string{"a", "b"}},
		"the second page":           {"b", 2, []string{"c", "d"}},
		"behind the end":            {"d", 2, nil},
		"the rest":                  {"a", 0, []string{"b", "c", "d"}},
		"more than there are":       {"c", 100, []string{"d"}},
		"after one that was there":  {"bb", 1, []string{"c"}},
		"before everything, by one": {"A", 1, []string{"a"}},
	} {
		wantSame(t, name, functionNames(t, p, tt.after, tt.limit), tt.want)
	}
}

func functionNames(t *testing.T, p *place, after string, limit int) (names []string) {
	t.Helper()
	list := get(t, p, func(r function.Reader) ([]*function.Function, error) { return r.Functions(scope, after, limit) })
	for _, f := range list {
		names = append(names, f.ID.Name)
	}
	return names
}

func deletesFunction(t *testing.T, p *place) {
	gone, kept := NewFunction("one"), NewFunction("one-more")
	for _, f := range []*function.Function{gone, kept} {
		p.put(t, f, NewVersion(f.ID, 1), NewVersion(f.ID, 2), NewAlias(f.ID, "LIVE"), NewAlias(f.ID, "TEST"))
	}
	p.write(t, func(tx function.Tx) error { return tx.DeleteFunction(gone.ID) })
	wantMissing(t, p, gone.ID)
	wantSame(t, "the other function", getFunction(t, p, kept.ID), kept)
	wantSame(t, "its version", getVersion(t, p, kept.ID, 2), NewVersion(kept.ID, 2))
	wantSame(t, "its alias", getAlias(t, p, kept.ID, "TEST"), NewAlias(kept.ID, "TEST"))
}
