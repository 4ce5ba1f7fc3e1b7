package schema

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// node is a compiled schema. What is nil or empty asks nothing.
type node struct {
	ref *node // if it is there, nothing else is

	types  []string // sorted
	enum   map[string]bool
	listed []any // enum's values as they were written

	multipleOf, minimum, maximum *number
	overMinimum, underMaximum    bool // the limit itself is none of it

	minLength, maxLength *int // in characters
	pattern              *regexp.Regexp
	format               string

	minItems, maxItems *int
	unique             bool
	items              *node // of each
	tuple              bool
	first              []*node // of each by its place, and of the others:
	otherItems         rest

	minProperties, maxProperties *int
	required                     []string // sorted
	properties                   map[string]*node
	patterns                     []patterned
	others                       rest
	dependencies                 []dependency

	allOf, anyOf, oneOf []*node
	not                 *node
}

// rest is what is asked of members that are not named.
type rest struct {
	none   bool
	schema *node
}

// patterned is what is asked of properties whose name matches.
type patterned struct {
	name   *regexp.Regexp
	schema *node
}

// dependency is what else is asked of an object that has a property: names, or a schema.
type dependency struct {
	property string
	names    []string
	schema   *node
}

// beside are the nodes that are checked with the same value.
func (n *node) beside() []*node {
	all := slices.Concat([]*node{n.ref, n.not}, n.allOf, n.anyOf, n.oneOf)
	for _, d := range n.dependencies {
		all = append(all, d.schema)
	}
	return all
}

// typeOf names the primitive type of a value. A number is an integer if it has nothing after the point.
func typeOf(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case json.Number:
		if n := parseNumber(v); n.whole() {
			return "integer"
		}
		return "number"
	}
	return "object"
}

// canonical is the same text for values that are equal.
func canonical(value any) string {
	var b strings.Builder
	writeCanonical(&b, value)
	return b.String()
}

func writeCanonical(b *strings.Builder, value any) {
	switch v := value.(type) {
	case json.Number:
		n := parseNumber(v)
		b.WriteString(n.canonical())
	case []any:
		b.WriteByte('[')
		for _, each := range v {
			writeCanonical(b, each)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case map[string]any:
		b.WriteByte('{')
		for _, name := range slices.Sorted(maps.Keys(v)) {
			b.WriteString(strconv.Quote(name))
			b.WriteByte(':')
			writeCanonical(b, v[name])
			b.WriteByte(',')
		}
		b.WriteByte('}')
	default:
		b.WriteString(show(value))
	}
}

// show returns a value as JSON, and lists without spaces.
func show(value any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(value) // what was decoded can be encoded
	return strings.TrimSuffix(b.String(), "\n")
}
