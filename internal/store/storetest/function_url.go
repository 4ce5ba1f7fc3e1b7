package storetest

import (
	"io"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/functionurl"
)

// FunctionURLStore is a functionurl.Store that can be closed, with the functions that URLs lead to.
type FunctionURLStore interface {
	functionurl.Store
	function.Store
	io.Closer
}

// NewFunctionURL returns a configuration with every field set.
func NewFunctionURL(id function.ID, qualifier string) *functionurl.Config {
	return &functionurl.Config{
		Function: id, Qualifier: qualifier, ID: "url-of-" + id.Name + "-" + qualifier, Auth: functionurl.AuthIAM, Mode: functionurl.Streamed,
		CORS: &functionurl.CORS{
			Credentials: new(true), Headers: []string{"Date"}, Methods: []string{"GET"}, Origins: []string{"*"},
			Expose: []string{"Keep-Alive"}, MaxAge: new(300),
		},
		Created: when, Modified: when.AddDate(0, 0, 1),
	}
}

// FunctionURLs runs the suite of functionurl.Store. prepare makes an empty place for records, as for Functions.
func FunctionURLs(t *testing.T, prepare func(t *testing.T) (open func() FunctionURLStore)) {
	for name, test := range functionURLTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			p := &urlPlace{open(), open}
			for _, name := range []string{"f", "g"} {
				id := function.ID{Scope: scope, Name: name}
				p.must(t, p.WriteFunctions(t.Context(), func(tx function.Tx) error {
					if err := tx.PutFunction(NewFunction(name)); err != nil {
						return err
					}
					return tx.PutAlias(NewAlias(id, "live"))
				}))
			}
			test(t, p)
		})
	}
}

// urlPlace holds the records of one test, and the store that is open on them.
type urlPlace struct {
	FunctionURLStore
	open func() FunctionURLStore
}

var (
	urlF = function.ID{Scope: scope, Name: "f"}
	urlG = function.ID{Scope: scope, Name: "g"}
)

var functionURLTests = map[string]func(*testing.T, *urlPlace){
	"every field is kept, on disk": func(t *testing.T, p *urlPlace) {
		p.put(t, NewFunctionURL(urlF, "live"))
		p.must(t, p.Close())
		p.FunctionURLStore = p.open()
		wantSame(t, "the configuration", p.get(t, urlF, "live"), NewFunctionURL(urlF, "live"))
	},
	"what was not given stays so": func(t *testing.T, p *urlPlace) {
		c := &functionurl.Config{Function: urlF, ID: "bare", Auth: functionurl.AuthNone, Created: when, Modified: when}
		p.put(t, c)
		wantSame(t, "the configuration", p.get(t, urlF, ""), c)
	},
	"a put replaces": func(t *testing.T, p *urlPlace) {
		c := NewFunctionURL(urlF, "live")
		p.put(t, c)
		c.Auth, c.CORS = functionurl.AuthNone, nil
		p.put(t, c)
		wantSame(t, "the list", p.list(t, urlF), []*functionurl.Config{c})
	},
	"a function's own comes before its aliases', and other functions' are apart": func(t *testing.T, p *urlPlace) {
		alias, own, other := NewFunctionURL(urlF, "live"), NewFunctionURL(urlF, ""), NewFunctionURL(urlG, "")
		p.put(t, alias, other, own)
		wantSame(t, "the list", p.list(t, urlF), []*functionurl.Config{own, alias})
		wantSame(t, "all", p.all(t), []*functionurl.Config{own, alias, other})
	},
	"a missing one is not found": func(t *testing.T, p *urlPlace) {
		p.put(t, NewFunctionURL(urlF, ""))
		remove := func(tx functionurl.Tx) error { return tx.DeleteFunctionURL(urlF, "") }
		p.must(t, p.WriteFunctionURLs(t.Context(), remove))
		wantFault(t, p.WriteFunctionURLs(t.Context(), remove), fault.NotFound, "function URL")
		wantFault(t, p.ReadFunctionURLs(t.Context(), func(r functionurl.Reader) error {
			_, err := r.FunctionURL(urlF, "")
			return err
		}), fault.NotFound, "function URL")
	},
	"one goes with its alias": func(t *testing.T, p *urlPlace) {
		p.put(t, NewFunctionURL(urlF, ""), NewFunctionURL(urlF, "live"))
		p.must(t, p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteAlias(urlF, "live") }))
		wantSame(t, "the list", p.list(t, urlF), []*functionurl.Config{NewFunctionURL(urlF, "")})
	},
	"all go with their function": func(t *testing.T, p *urlPlace) {
		p.put(t, NewFunctionURL(urlF, ""), NewFunctionURL(urlF, "live"), NewFunctionURL(urlG, ""))
		p.must(t, p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteFunction(urlF) }))
		wantSame(t, "all", p.all(t), []*functionurl.Config{NewFunctionURL(urlG, "")})
	},
	"none is put without its function": func(t *testing.T, p *urlPlace) {
		err := p.WriteFunctionURLs(t.Context(), func(tx functionurl.Tx) error {
			return tx.PutFunctionURL(NewFunctionURL(function.ID{Scope: scope, Name: "nobody"}, ""))
		})
		wantFault(t, err, fault.NotFound, "function")
	},
}

func (p *urlPlace) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *urlPlace) put(t *testing.T, configs ...*functionurl.Config) {
	t.Helper()
	for _, c := range configs {
		p.must(t, p.WriteFunctionURLs(t.Context(), func(tx functionurl.Tx) error { return tx.PutFunctionURL(c) }))
	}
}

func (p *urlPlace) get(t *testing.T, id function.ID, qualifier string) (found *functionurl.Config) {
	t.Helper()
	p.must(t, p.ReadFunctionURLs(t.Context(), func(r functionurl.Reader) (err error) {
		found, err = r.FunctionURL(id, qualifier)
		return err
	}))
	return found
}

func (p *urlPlace) list(t *testing.T, id function.ID) (found []*functionurl.Config) {
	t.Helper()
	p.must(t, p.ReadFunctionURLs(t.Context(), func(r functionurl.Reader) (err error) {
		found, err = r.FunctionURLs(id)
		return err
	}))
	return found
}

func (p *urlPlace) all(t *testing.T) (found []*functionurl.Config) {
	t.Helper()
	p.must(t, p.ReadFunctionURLs(t.Context(), func(r functionurl.Reader) (err error) {
		found, err = r.AllFunctionURLs()
		return err
	}))
	return found
}
