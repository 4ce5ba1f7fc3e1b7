package resource

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"sluice/internal/stack"
)

// Lowered spells the keys of the objects in a value as members are spelled.
func Lowered(value any, p *stack.Property) any {
	if p == nil {
		return value
	}
	switch x := value.(type) {
	case map[string]any:
		out := Members{}
		for key, each := range x {
			if p.Kind == stack.Object {
				out[Lower(key)] = Lowered(each, p.Fields[key])
			} else {
				out[key] = Lowered(each, p.Items)
			}
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, each := range x {
			out[i] = Lowered(each, p.Items)
		}
		return out
	}
	return value
}

// Lower makes a member's name of a property's.
func Lower(name string) string {
	if name == "" {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// TextOf reads a scalar as CloudFormation does where a text is wanted.
func TextOf(value any) string {
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

// ObjectOf returns a value that is an object, or an empty one.
func ObjectOf(value any) Members {
	if found, ok := value.(map[string]any); ok {
		return maps.Clone(found)
	}
	return Members{}
}

// ListOf returns a value that is a list; a scalar is one of itself.
func ListOf(value any) []any {
	switch x := value.(type) {
	case nil:
		return nil
	case []any:
		return x
	}
	return []any{value}
}

// Same compares values as CloudFormation does: "60" is 60.
func Same(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, Same)
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !Same(x[i], y[i]) {
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
	return TextOf(a) == TextOf(b)
}
