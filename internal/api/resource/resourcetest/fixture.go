package resourcetest

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/api/resource"
	"sluice/internal/api/wire"
	"sluice/internal/clock"
	"sluice/internal/server"
	"sluice/internal/stack"
	"sluice/internal/store/prepared"
)

// The account and region of orders, and what is in them.
const (
	Owner       = "000000000000"
	Region      = "us-east-1"
	RoleARN     = "arn:aws:iam::" + Owner + ":role/r"
	FunctionARN = "arn:aws:lambda:" + Region + ":" + Owner + ":function:"
	TheStack    = "arn:aws:cloudformation:" + Region + ":" + Owner + ":stack/app/5a7f"
)

// Object is one of properties, or of what operations take and answer.
type Object = map[string]any

// Fixture is a server whose provider takes orders.
type Fixture struct {
	T        testing.TB // the test
	Provider *resource.Provider
	url      string
	key      account.Key
	Region   string // where its orders make things
	count    int
}

// OwnServer starts a server of the test's own: for what belongs to an account and to no region, such as roles.
func OwnServer(t testing.TB, scale clock.Scale) *Fixture {
	t.Helper()
	s := start(t, t.TempDir(), scale)
	t.Cleanup(func() {
		if err := closed(s); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return &Fixture{T: t, Provider: s.provider, url: s.URL(), key: s.Key(), Region: Region}
}

// running is a server with what makes the resources of its stacks.
type running struct {
	*server.Server
	provider *resource.Provider
}

func start(t testing.TB, data string, scale clock.Scale) (s running) {
	t.Helper()
	var err error
	s.Server, err = server.Start(context.WithoutCancel(t.Context()), server.Config{
		Listen: "127.0.0.1:0", Data: prepared.Folder(t, data), Scale: scale, Logger: slog.New(slog.DiscardHandler),
		Provider: func(own stack.Provider) stack.Provider {
			s.provider = own.(*resource.Provider)
			return own
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closed(s running) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return s.Close(ctx)
}

// ARN is that of something in the fixture's region.
func (f *Fixture) ARN(service, rest string) string {
	return "arn:aws:" + service + ":" + f.Region + ":" + Owner + ":" + rest
}

// Function is the ARN of a function: its name, or NAME:QUALIFIER.
func (f *Fixture) Function(name string) string { return f.ARN("lambda", "function:"+name) }

// Create carries out an order that has to succeed, and makes it one for what there is now.
func (f *Fixture) Create(o *stack.Order) *stack.Made {
	f.T.Helper()
	made, err := f.Provider.Create(f.T.Context(), o)
	if err != nil {
		f.T.Fatalf("create %s: %v", o.LogicalID, err)
	}
	o.PhysicalID, o.Attributes = made.PhysicalID, made.Attributes
	return made
}

// Change is an order to update what another made, with some properties changed; nil takes one away.
func (f *Fixture) Change(o *stack.Order, changes Object) *stack.Order {
	next := f.Order(o.LogicalID, o.Type, Object{})
	next.PhysicalID, next.Attributes, next.Old, next.UpdatePolicy = o.PhysicalID, o.Attributes, o.Properties, o.UpdatePolicy
	for _, properties := range []Object{o.Properties, changes} {
		for name, value := range properties {
			if next.Properties[name] = value; value == nil {
				delete(next.Properties, name)
			}
		}
	}
	return next
}

// Update carries out an order that has to succeed.
func (f *Fixture) Update(o *stack.Order) *stack.Made {
	f.T.Helper()
	made, err := f.Provider.Update(f.T.Context(), o)
	if err != nil {
		f.T.Fatalf("update %s: %v", o.LogicalID, err)
	}
	return made
}

// Delete deletes what an order made, twice: the second time it is gone.
func (f *Fixture) Delete(o *stack.Order) {
	f.T.Helper()
	for range 2 {
		if err := f.Provider.Delete(f.T.Context(), o); err != nil {
			f.T.Fatalf("delete %s: %v", o.LogicalID, err)
		}
	}
}

// Call calls an operation that has to succeed.
func (f *Fixture) Call(service, operation string, in Object) Object {
	f.T.Helper()
	out, err := f.Try(service, operation, in)
	if err != nil {
		f.T.Fatalf("%s: %v", operation, err)
	}
	return out
}

// Try calls an operation that may fail.
func (f *Fixture) Try(service, operation string, in Object) (Object, error) {
	return f.Provider.Call(f.T.Context(), wire.Origin{Account: Owner, Region: f.Region}, service, operation, in)
}

// Missing checks that a call is refused with a code.
func (f *Fixture) Missing(service, operation string, in Object, code string) {
	f.T.Helper()
	var refused *wire.Error
	if _, err := f.Try(service, operation, in); !errors.As(err, &refused) || refused.Code != code {
		f.T.Errorf("%s: %v, want %s", operation, err, code)
	}
}

// Eventually waits until something is so.
func Eventually(t testing.TB, what string, so func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !so() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not in 20 s", what)
		}
		<-time.After(2 * time.Millisecond)
	}
}
