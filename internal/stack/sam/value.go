package sam

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// clone returns a copy of a value that shares nothing with it.
func clone(value any) any {
	switch v := value.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for name, member := range v {
			m[name] = clone(member)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, member := range v {
			l[i] = clone(member)
		}
		return l
	}
	return value
}

// sorted returns the names of a map in an order that is always the same.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// is reports whether a value is of a Go type.
func is[T any](value any) bool {
	_, ok := value.(T)
	return ok
}

// truthy reports whether a value counts as given: null, false, zero and everything empty do not.
func truthy(value any) bool { return openapi.Truth(value) }

// at returns what stands at a path of names inside maps, nil if there is nothing.
func at(value any, path ...string) any {
	for _, name := range path {
		m, _ := value.(map[string]any)
		value = m[name]
	}
	return value
}

// repr writes a value as the reference implementation's messages do: ['a', 'b'], {'Ref': 'X'}, True, None.
func repr(value any) string {
	var b strings.Builder
	writeRepr(&b, value)
	return b.String()
}

func writeRepr(b *strings.Builder, value any) {
	switch v := value.(type) {
	case nil:
		b.WriteString("None")
	case bool:
		b.WriteString(map[bool]string{true: "True", false: "False"}[v])
	case string:
		writeQuoted(b, v)
	case json.Number:
		b.WriteString(number(v))
	case []any:
		b.WriteByte('[')
		for i, member := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeRepr(b, member)
		}
		b.WriteByte(']')
	case map[string]any:
		b.WriteByte('{')
		for i, name := range sorted(v) {
			if i > 0 {
				b.WriteString(", ")
			}
			writeQuoted(b, name)
			b.WriteString(": ")
			writeRepr(b, v[name])
		}
		b.WriteByte('}')
	}
}

func writeQuoted(b *strings.Builder, s string) {
	quote := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = `"`
	}
	replace := strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`, quote, `\`+quote)
	b.WriteString(quote + replace.Replace(s) + quote)
}

// str writes a value as the reference implementation puts it into texts: strings as they are, the rest as repr does.
func str(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	return repr(value)
}
