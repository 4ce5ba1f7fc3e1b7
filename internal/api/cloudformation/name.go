package cloudformation

import (
	"context"
	"reflect"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

// missing is how operations say that there is no such stack: each does it in its own way (recordings test_describe_non_existent_stack,
// test_non_existing_stack_message, test_describe_change_set_nonexisting and others).
var missing = map[string]string{
	"DescribeStacks":         "Stack with id %s does not exist",
	"DescribeStackResources": "Stack with id %s does not exist",
	"ListStackResources":     "Stack with id %s does not exist",
	"GetTemplate":            "Stack with id %s does not exist",
	"GetTemplateSummary":     "Stack with id %s does not exist",
	"DescribeStackResource":  "Stack '%s' does not exist",
	"SignalResource":         "Stack '%s' does not exist",
	"":                       "Stack [%s] does not exist",
}

// handle registers a handler. The stack that its request names, if it does, and its settings are checked first; the stack is
// what the error of a missing one is about.
func handle[In, Out any](s *wire.Service, operation string, handler func(context.Context, *wire.Request, *In) (*Out, error)) {
	wire.Handle(s, operation, func(ctx context.Context, r *wire.Request, in *In) (*Out, error) {
		name := named(in)
		if name != "" {
			if err := stack.CheckReference(name); err != nil {
				return nil, err
			}
		}
		if err := checkSettings(in); err != nil {
			return nil, err
		}
		out, err := handler(ctx, r, in)
		if fault.Is(err, fault.NotFound, "stack") && name != "" {
			format, own := missing[operation]
			if !own {
				format = missing[""]
			}
			err = fault.Errorf(fault.NotFound, "stack", format, name)
		}
		return out, err
	})
}

// named is the StackName of a request, if it has one.
func named(in any) string {
	name, _ := field[*string](reflect.ValueOf(in).Elem(), "StackName")
	return wire.Value(name)
}
