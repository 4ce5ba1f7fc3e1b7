package storetest

import (
	"encoding/json"
	"io"
	"reflect"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// FunctionStore is a function.Store that can be closed. Close waits for what runs, and calling it again does nothing.
type FunctionStore interface {
	function.Store
	io.Closer
}

// place holds the records of one test, and the store that is open on them.
type place struct {
	FunctionStore
	open func() FunctionStore
}

// reopen closes the store and opens it again, which forgets all that is not on disk.
func (p *place) reopen(t *testing.T) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p.FunctionStore = p.open()
}

// write runs a closure that must succeed.
func (p *place) write(t *testing.T, closure func(tx function.Tx) error) {
	t.Helper()
	if err := p.WriteFunctions(t.Context(), closure); err != nil {
		t.Fatal(err)
	}
}

// put writes functions, versions and aliases in one transaction.
func (p *place) put(t *testing.T, records ...any) {
	t.Helper()
	p.write(t, func(tx function.Tx) error { return put(tx, records...) })
}

func put(tx function.Tx, records ...any) error {
	for _, record := range records {
		var err error
		switch r := record.(type) {
		case *function.Function:
			err = tx.PutFunction(r)
		case *function.Version:
			err = tx.PutVersion(r)
		case *function.Alias:
			err = tx.PutAlias(r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// get reads what must be there.
func get[T any](t *testing.T, p *place, read func(r function.Reader) (T, error)) (found T) {
	t.Helper()
	err := p.ReadFunctions(t.Context(), func(r function.Reader) (err error) {
		found, err = read(r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func getFunction(t *testing.T, p *place, id function.ID) *function.Function {
	t.Helper()
	return get(t, p, func(r function.Reader) (*function.Function, error) { return r.Function(id) })
}

func getVersion(t *testing.T, p *place, id function.ID, n function.Number) *function.Version {
	t.Helper()
	return get(t, p, func(r function.Reader) (*function.Version, error) { return r.Version(id, n) })
}

func getAlias(t *testing.T, p *place, id function.ID, name string) *function.Alias {
	t.Helper()
	return get(t, p, func(r function.Reader) (*function.Alias, error) { return r.Alias(id, name) })
}

// wantMissing checks that neither a function nor anything under its name is there.
func wantMissing(t *testing.T, p *place, id function.ID) {
	t.Helper()
	err := p.ReadFunctions(t.Context(), func(r function.Reader) error {
		_, err := r.Function(id)
		wantFault(t, err, fault.NotFound, "function")
		versions, err := r.Versions(id, 0, 0)
		if err != nil || len(versions) > 0 {
			t.Errorf("%s has %d versions, %v; want none", id.ARN(), len(versions), err)
		}
		aliases, err := r.Aliases(id, "", 0)
		if err != nil || len(aliases) > 0 {
			t.Errorf("%s has %d aliases, %v; want none", id.ARN(), len(aliases), err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func wantFault(t *testing.T, err error, kind fault.Kind, noun string) {
	t.Helper()
	if !fault.Is(err, kind, noun) {
		t.Errorf("error %v; want %v %q", err, kind, noun)
	}
}

// wantSame compares with all differences that a caller could see, such as that of nil and empty.
func wantSame[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s is\n%s\nwant\n%s", what, text(got), text(want))
	}
}

func text(value any) []byte {
	content, err := json.MarshalIndent(value, "\t", " ")
	if err != nil {
		return []byte(err.Error())
	}
	return content
}
