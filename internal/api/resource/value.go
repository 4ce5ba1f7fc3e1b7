package resource

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"sluice/internal/stack"
)

// lowered spells the keys of the objects in a value as members are spelled.
func lowered(value any, p *stack.Property) any {
	if p == nil {
		return value
	}
	switch x := value.(type) {
	case map[string]any:
		out := members{}
		for key, each := range x {
			if p.Kind == stack.Object {
				out[lower(key)] = lowered(each, p.Fields[key])
			} else {
				out[key] = lowered(each, p.Items)
			}
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, each := range x {
			out[i] = lowered(each, p.Items)
		}
		return out
	}
	return value
}

// lower makes a member's name of a property's.
func lower(name string) string {
	if name == "" {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// textOf reads a scalar as CloudFormation does where a text is wanted.
func textOf(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case string:
		return x
	case map[string]any, []any:
		coded, err := json.Marshal(x)
		if err != nil {
			return ""
		}
		return string(coded)
	}
	return fmt.Sprint(value)
}

// objectOf returns a value that is an object, or an empty one.
func objectOf(value any) members {
	if found, ok := value.(map[string]any); ok {
		return maps.Clone(found)
	}
	return members{}
}

// listOf returns a value that is a list; a scalar is one of itself.
func listOf(value any) []any {
	switch x := value.(type) {
	case nil:
		return nil
	case []any:
		return x
	}
	return []any{value}
}

// same compares values as CloudFormation does: "60" is 60.
func same(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, same)
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !same(x[i], y[i]) {
				return false
			}
		}
		return true
	case nil:
		return b == nil
	}
	switch b.(type) {
	case nil, map[string]any, []any:
		return false
	}
	return textOf(a) == textOf(b)
}
