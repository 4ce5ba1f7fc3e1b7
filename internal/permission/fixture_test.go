package permission_test

import (
	"context"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/permission"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

// bench is a Service on a real store, with the functions whose policies it keeps.
type bench struct {
	*permission.Service
	functions *function.Service
	store     *store.Store
	id        function.ID
}

// newBench has a function with two versions, and an alias live of the first.
func newBench(t *testing.T) *bench {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { records.Close() })
	b := &bench{Service: permission.NewService(records), functions: function.NewService(records, packages{}, idle{}, idle{}), store: records}
	b.functions.OnDelete(b.Deleted)
	b.id = function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "calculator"}
	b.create(t)
	return b
}

// create makes the bench's function.
func (b *bench) create(t *testing.T) {
	t.Helper()
	_, err := b.functions.Create(t.Context(), function.Creation{
		ID: b.id, Config: function.Config{Runtime: "provided.al2023", Handler: "bootstrap", Role: "arn:aws:iam::000000000000:role/r"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, description := range []string{"one", "two"} {
		change := function.ConfigChange{Apply: func(c *function.Config) { c.Description = description }}
		if _, err := b.functions.Publish(t.Context(), b.id, function.Publication{}); err != nil { // settles what is under way
			t.Fatal(err)
		}
		if _, err := b.functions.UpdateConfig(t.Context(), b.id, change); err != nil {
			t.Fatal(err)
		}
	}
	b.point(t)
}

// point makes the alias live.
func (b *bench) point(t *testing.T) *function.Alias {
	t.Helper()
	a, err := b.functions.CreateAlias(t.Context(), b.id, "live", function.AliasChange{Version: new(function.Number(1))})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// permit adds a permission that must be taken.
func (b *bench) permit(t *testing.T, qualifier string, g permission.Grant) {
	t.Helper()
	if _, err := b.Add(t.Context(), b.id, qualifier, g); err != nil {
		t.Fatal(err)
	}
}

// wantFault fails unless err is of the kind and about the noun.
func wantFault(t *testing.T, err error, kind fault.Kind, noun string) {
	t.Helper()
	if !fault.Is(err, kind, noun) {
		t.Errorf("error %v, want %v %q", err, kind, noun)
	}
}

type packages struct{}

func (packages) Put(context.Context, function.Content) (function.Code, error) {
	return function.Code{SHA256: strings.Repeat("A", 44), Size: 1, Unzipped: 1}, nil
}

func (p packages) Check(ctx context.Context, zip function.Content) (function.Code, error) {
	return p.Put(ctx, zip)
}

// idle is a host whose processes do nothing, and a meter that listens to nothing.
type idle struct{}

func (idle) Pool(*function.Version) function.Pool { return idle{} }
func (idle) Invoke(context.Context, *function.Call) (*function.Outcome, error) {
	return &function.Outcome{}, nil
}
func (idle) Provision(int, func())             {}
func (idle) Provisioned() function.Provisioned { return function.Provisioned{} }
func (idle) Warm(context.Context, int) error   { return nil }
func (idle) Hold()                             {}
func (idle) Release()                          {}
func (idle) Retire()                           {}
func (idle) Record(function.Sample)            {}
