package storetest

import (
	"io"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/parameter"
)

// ParameterStore is a parameter.Store that can be closed. Close waits for what runs.
type ParameterStore interface {
	parameter.Store
	io.Closer
}

// NewParameter returns a parameter with every field set, whose latest version has a number.
func NewParameter(name string, number int64) *parameter.Parameter {
	return &parameter.Parameter{
		ID: parameter.ID{Scope: scope, Name: name},
		Latest: parameter.Version{
			Number: number, Type: parameter.Secure, Value: "c2VhbGVk", Key: parameter.DefaultKey, Description: "what it costs",
			Pattern: "[0-9]+", Tier: parameter.Advanced, DataType: "text", User: "arn:aws:iam::123456789012:root", Modified: when,
		},
		Labels: map[string]int64{"live": 1}, Tags: map[string]string{"team": "payments"},
	}
}

// Parameters runs the suite of parameter.Store. prepare makes an empty place for records, as for Functions.
func Parameters(t *testing.T, prepare func(t *testing.T) (open func() ParameterStore)) {
	for name, test := range parameterTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			test(t, &parameterPlace{open(), open})
		})
	}
}

// parameterPlace holds the records of one test, and the store that is open on them.
type parameterPlace struct {
	ParameterStore
	open func() ParameterStore
}

var parameterTests = map[string]func(*testing.T, *parameterPlace){
	"every field is kept, on disk": func(t *testing.T, p *parameterPlace) {
		p.put(t, NewParameter("/app/rate", 1))
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		p.ParameterStore = p.open()
		wantSame(t, "the list", p.list(t, "", "", 0), []*parameter.Parameter{NewParameter("/app/rate", 1)})
		latest := NewParameter("/app/rate", 1).Latest
		wantSame(t, "the versions", p.versions(t, "/app/rate", 0, 0), []*parameter.Version{&latest})
	},
	"a put adds a version, which never changes": func(t *testing.T, p *parameterPlace) {
		changed := NewParameter("rate", 1)
		changed.Latest.Value = "another"
		p.put(t, NewParameter("rate", 1), changed, NewParameter("rate", 2))
		one, two := NewParameter("rate", 1).Latest, NewParameter("rate", 2).Latest
		wantSame(t, "the versions", p.versions(t, "rate", 0, 0), []*parameter.Version{&one, &two})
		wantSame(t, "those above the first", p.versions(t, "rate", 1, 9), []*parameter.Version{&two})
		wantSame(t, "one", p.versions(t, "rate", 0, 1), []*parameter.Version{&one})
	},
	"a dropped version is gone": func(t *testing.T, p *parameterPlace) {
		p.put(t, NewParameter("rate", 1), NewParameter("rate", 2))
		id := parameter.ID{Scope: scope, Name: "rate"}
		drop := func(tx parameter.Tx) error { return tx.DropParameterVersion(id, 1) }
		p.write(t, drop)
		wantFault(t, p.WriteParameters(t.Context(), drop), fault.NotFound, "version")
		wantFault(t, p.ReadParameters(t.Context(), func(r parameter.Reader) error {
			_, err := r.ParameterVersion(id, 1)
			return err
		}), fault.NotFound, "version")
	},
	"a deleted parameter is gone with its versions": func(t *testing.T, p *parameterPlace) {
		p.put(t, NewParameter("rate", 1))
		remove := func(tx parameter.Tx) error { return tx.DeleteParameter(parameter.ID{Scope: scope, Name: "rate"}) }
		p.write(t, remove)
		wantFault(t, p.WriteParameters(t.Context(), remove), fault.NotFound, "parameter")
		wantSame(t, "the versions", len(p.versions(t, "rate", 0, 0)), 0)
	},
	"accounts and regions are apart": func(t *testing.T, p *parameterPlace) {
		for _, s := range scopes {
			other := NewParameter("same", 1)
			other.ID.Scope, other.Latest.Value = s, s.Account+s.Region
			p.put(t, other)
		}
		wantSame(t, "the value", p.list(t, "", "", 0)[0].Latest.Value, scope.Account+scope.Region)
		wantSame(t, "the list's length", len(p.list(t, "", "", 0)), 1)
	},
	"a list is in the names' order, by a literal prefix, from after a name on": func(t *testing.T, p *parameterPlace) {
		for _, name := range []string{"/my_app/b", "/my_app/a", "/myXapp/a", "/my_app/c", "/my_app2/a"} {
			p.put(t, NewParameter(name, 1))
		}
		var names []string
		for _, found := range p.list(t, "/my_app/", "/my_app/a", 1) {
			names = append(names, found.ID.Name)
		}
		wantSame(t, "the names", names, []string{"/my_app/b"})
		wantSame(t, "the list's length", len(p.list(t, "/my_app/", "", 0)), 3)
	},
}

func (p *parameterPlace) put(t *testing.T, parameters ...*parameter.Parameter) {
	t.Helper()
	for _, each := range parameters {
		p.write(t, func(tx parameter.Tx) error { return tx.PutParameter(each) })
	}
}

func (p *parameterPlace) write(t *testing.T, write func(parameter.Tx) error) {
	t.Helper()
	if err := p.WriteParameters(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

func (p *parameterPlace) list(t *testing.T, prefix, after string, limit int) (found []*parameter.Parameter) {
	t.Helper()
	err := p.ReadParameters(t.Context(), func(r parameter.Reader) (err error) {
		found, err = r.Parameters(scope, prefix, after, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (p *parameterPlace) versions(t *testing.T, name string, above int64, limit int) (found []*parameter.Version) {
	t.Helper()
	err := p.ReadParameters(t.Context(), func(r parameter.Reader) (err error) {
		found, err = r.ParameterVersions(parameter.ID{Scope: scope, Name: name}, above, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
