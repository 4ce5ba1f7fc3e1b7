package resource

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// Members are those of an operation's input or answer, and objects among properties.
type Members = map[string]any

// Task is an order that is being carried out.
type Task struct {
	*stack.Order
	Context  context.Context
	Creating bool // the resource is not there yet, as far as the stack knows
	config   *Config
	of       *Type
}

// Within returns the same task under another context.
func (t *Task) Within(ctx context.Context) *Task {
	other := *t
	other.Context = ctx
	return &other
}

// Origin is as whom operations are called: the stack's role, else its account.
func (t *Task) Origin() wire.Origin {
	caller := t.Stack.Role
	if caller == "" {
		caller = "arn:aws:iam::" + t.Stack.Account + ":root"
	}
	return wire.Origin{Account: t.Stack.Account, Region: t.Stack.Region, Caller: wire.Caller{ARN: caller}}
}

// Call calls an operation of a service (its Model's Name). A failure says which service failed, or why the context ended.
func (t *Task) Call(service, operation string, in Members) (Members, error) {
	out, err := t.config.Call(t.Context, t.Origin(), service, operation, in)
	if cause := context.Cause(t.Context); err != nil && cause != nil {
		return nil, cause
	}
	if err != nil {
		return nil, &Refusal{Service: service, Err: err}
	}
	return out, nil
}

// Logger is for what people should know of and no order fails for.
func (t *Task) Logger() *slog.Logger { return t.config.Logger }

// Closing reports whether the order ends because the server does. It will be repeated.
func (t *Task) Closing() bool {
	cause := context.Cause(t.Context)
	return errors.Is(cause, stack.ErrClosing) || errors.Is(cause, context.Canceled)
}

// ARN is one in the stack's region and account.
func (t *Task) ARN(service, rest string) string {
	return "arn:aws:" + service + ":" + t.Stack.Region + ":" + t.Stack.Account + ":" + rest
}

// Notef adds an event to the stack's, if somebody hears of them.
func (t *Task) Notef(format string, args ...any) {
	if t.Note != nil {
		t.Note(fmt.Sprintf(format, args...))
	}
}

// Has reports whether the template gives a property.
func (t *Task) Has(name string) bool { return t.Properties[name] != nil }

// Text returns a scalar property as text; empty if there is none.
func (t *Task) Text(name string) string { return TextOf(t.Properties[name]) }

// Changed reports whether an update changes one of the properties.
func (t *Task) Changed(names ...string) bool {
	for _, name := range names {
		if !Same(t.Properties[name], t.Old[name]) {
			return true
		}
	}
	return false
}

// Pick returns the properties of these names that there are, as the operation's members.
func (t *Task) Pick(names ...string) Members {
	picked := Members{}
	for _, name := range names {
		if value := t.Properties[name]; value != nil {
			picked[name] = value
		}
	}
	return picked
}

// Lowered returns the properties of these names as members that begin with a lower-case letter, objects in them too.
// Not so the keys of those that the schema says are maps.
func (t *Task) Lowered(names ...string) Members {
	out := Members{}
	for _, name := range names {
		if value := t.Properties[name]; value != nil {
			out[Lower(name)] = Lowered(value, t.of.Properties[name])
		}
	}
	return out
}

// With adds members to others, and returns these. Nil values add nothing.
func With(in Members, more Members) Members {
	for name, value := range more {
		if value != nil {
			in[name] = value
		}
	}
	return in
}

// Scope is the account and region of the stack.
func (t *Task) Scope() function.Scope {
	return function.Scope{Account: t.Stack.Account, Region: t.Stack.Region}
}
