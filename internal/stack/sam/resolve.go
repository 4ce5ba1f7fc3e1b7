package sam

import (
	"reflect"
	"regexp"
	"strings"
)

// resolve puts the values of parameters where a value refers to them, in place, and returns the value. Other functions stay.
// What comes out is for decisions and hashes; where the reference implementation leaves it in the resource, it does too,
// because it is the same tree.
func (t *transform) resolve(value any) any {
	if len(t.parameters) == 0 {
		return value
	}
	return rewrite(value, t.resolveParameter)
}

// rewrite changes a tree in place, each node before its members.
func rewrite(value any, change func(any) any) any {
	switch v := change(value).(type) {
	case map[string]any:
		for name, member := range v {
			if scalar(member) {
				continue
			}
			if changed := rewrite(member, change); !sameNode(member, changed) {
				v[name] = changed
			}
		}
		return v
	case []any:
		for i, member := range v {
			if !scalar(member) {
				v[i] = rewrite(member, change)
			}
		}
		return v
	default:
		return v
	}
}

// sameNode reports whether two values are one map, or both lists: those are changed in place.
func sameNode(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		m, ok := b.(map[string]any)
		return ok && reflect.ValueOf(a).Pointer() == reflect.ValueOf(m).Pointer()
	case []any:
		return is[[]any](b)
	}
	return false
}

// scalar reports whether a value is a leaf, which no rewriting changes.
func scalar(value any) bool {
	switch value.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}

// parameter returns a parameter's value. Placeholders that CloudFormation gives for what a nested stack does not know yet
// stay references.
func (t *transform) parameter(name string) (any, bool) {
	value, ok := t.parameters[name]
	if s, isText := value.(string); isText && strings.HasPrefix(s, "{{IntrinsicFunction:") {
		return nil, false
	}
	return value, ok
}

func (t *transform) resolveParameter(value any) any {
	m, _ := value.(map[string]any)
	if len(m) != 1 {
		return value
	}
	if name, ok := m["Ref"].(string); ok {
		if given, ok := t.parameter(name); ok {
			return given
		}
	}
	substitute(m, func(name string) (string, bool) {
		given, ok := t.parameter(name)
		if !ok {
			return "", false
		}
		s, ok := given.(string)
		if !ok {
			t.abort("Invalid Fn::Sub variable value %s. Fn::Sub expects all variables to be strings.", repr(given))
		}
		return s, ok
	})
	return value
}

var variable = regexp.MustCompile(`\$\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)\}`)

// substitute changes the text of Fn::Sub: each ${Name} for which there is a replacement gives way to it.
func substitute(m map[string]any, replacement func(name string) (string, bool)) {
	argument, ok := m["Fn::Sub"]
	if !ok {
		return
	}
	replaced := func(text string) string {
		if !strings.Contains(text, "${") {
			return text
		}
		return variable.ReplaceAllStringFunc(text, func(full string) string {
			if s, ok := replacement(full[2 : len(full)-1]); ok {
				return s
			}
			return full
		})
	}
	switch a := argument.(type) {
	case string:
		m["Fn::Sub"] = replaced(a)
	case []any:
		if len(a) == 0 {
			return
		}
		if s, ok := a[0].(string); ok {
			a[0] = replaced(s)
		}
	}
}

// lookUp puts the values of the template's mappings where a value asks for them, in place, and returns the value.
func (t *transform) lookUp(value any) any {
	if len(t.mappings) == 0 {
		return value
	}
	return rewrite(value, t.findInMap)
}

func (t *transform) findInMap(value any) any {
	m, _ := value.(map[string]any)
	argument, ok := m["Fn::FindInMap"]
	if !ok || len(m) != 1 {
		return value
	}
	names, ok := argument.([]any)
	if !ok || len(names) != 3 {
		t.abort("Invalid FindInMap value %s. FindInMap expects an array with 3 values.", repr(argument))
		return value
	}
	var found any = t.mappings
	var path [3]string
	for i := range names {
		if path[i], ok = t.findInMap(names[i]).(string); !ok {
			return value
		}
	}
	for _, name := range path {
		level, ok := found.(map[string]any)
		if !ok {
			t.abort("Cannot use Fn::FindInMap on Mapping '%s' which is not a a two-level map.", path[0])
			return value
		}
		if found, ok = level[name]; !ok {
			return value
		}
	}
	return found
}
