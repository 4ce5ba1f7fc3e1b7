package resource

import (
	"context"
	"errors"
	"fmt"

	"sluice/internal/api/wire"
	"sluice/internal/stack"
)

// members are those of an operation's input or answer, and objects among properties.
type members = map[string]any

// task is an order that is being carried out.
type task struct {
	*stack.Order
	ctx      context.Context
	provider *Provider
	creating bool
}

// within returns the same task under another context.
func (t *task) within(ctx context.Context) *task {
	other := *t
	other.ctx = ctx
	return &other
}

func (t *task) origin() wire.Origin {
	caller := t.Stack.Role
	if caller == "" {
		caller = "arn:aws:iam::" + t.Stack.Account + ":root"
	}
	return wire.Origin{Account: t.Stack.Account, Region: t.Stack.Region, Caller: wire.Caller{ARN: caller}}
}

// call calls an operation of a service (its Model's Name). A failure says which service failed, or why the context ended.
func (t *task) call(service, operation string, in members) (members, error) {
	out, err := t.provider.config.Call(t.ctx, t.origin(), service, operation, in)
	if cause := context.Cause(t.ctx); err != nil && cause != nil {
		return nil, cause
	}
	if err != nil {
		return nil, &refusal{service: service, err: err}
	}
	return out, nil
}

// closing reports whether the order ends because the server does. It will be repeated.
func (t *task) closing() bool {
	cause := context.Cause(t.ctx)
	return errors.Is(cause, stack.ErrClosing) || errors.Is(cause, context.Canceled)
}

// arn is an ARN in the stack's region and account.
func (t *task) arn(service, rest string) string {
	return "arn:aws:" + service + ":" + t.Stack.Region + ":" + t.Stack.Account + ":" + rest
}

// note adds an event to the stack's, if somebody hears of them.
func (t *task) note(format string, args ...any) {
	if t.Note != nil {
		t.Note(fmt.Sprintf(format, args...))
	}
}

// has reports whether the template gives a property.
func (t *task) has(name string) bool { return t.Properties[name] != nil }

// text returns a scalar property as text; empty if there is none.
func (t *task) text(name string) string { return textOf(t.Properties[name]) }

// changed reports whether an update changes one of the properties.
func (t *task) changed(names ...string) bool {
	for _, name := range names {
		if !same(t.Properties[name], t.Old[name]) {
			return true
		}
	}
	return false
}

// pick returns the properties of these names that there are, as the operation's members.
func (t *task) pick(names ...string) members {
	picked := members{}
	for _, name := range names {
		if value := t.Properties[name]; value != nil {
			picked[name] = value
		}
	}
	return picked
}

// lowered returns the properties of these names as members that begin with a lower-case letter, objects in them too.
// Not so the keys of those that the schema says are maps.
func (t *task) lowered(names ...string) members {
	r, _ := t.provider.find(t.Type)
	out := members{}
	for _, name := range names {
		if value := t.Properties[name]; value != nil {
			out[lower(name)] = lowered(value, r.Properties[name])
		}
	}
	return out
}

// with adds members to others, and returns these. Nil values add nothing.
func with(in members, more members) members {
	for name, value := range more {
		if value != nil {
			in[name] = value
		}
	}
	return in
}
