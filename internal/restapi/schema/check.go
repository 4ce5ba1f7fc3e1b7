package schema

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// ErrSyntax says that the text is not JSON.
var ErrSyntax = errors.New("the text is not valid JSON")

// Mismatch is what is wrong with a value, in AWS's words.
type Mismatch []string

// Error implements error: [what, what].
func (m Mismatch) Error() string { return "[" + strings.Join(m, ", ") + "]" }

// Check checks a JSON text, for as long as ctx allows.
// Errors: ErrSyntax; ErrTooMuch; Mismatch, with the first hundred of what is wrong.
func (s *Schema) Check(ctx context.Context, text []byte) error {
	value, err := decode(text)
	if err != nil {
		return ErrSyntax
	}
	if !modest(value, maxDepth) {
		return ErrTooMuch
	}
	c := &check{ctx: ctx, left: mostSteps + stepsForByte*len(text)}
	wrong := c.of(s.root, value)
	if c.left <= 0 {
		return ErrTooMuch
	}
	if len(wrong) == 0 {
		return nil
	}
	return Mismatch(slices.DeleteFunc(wrong, func(text string) bool { return text == "" }))
}

// of returns what is wrong with a value. What its members break is of interest only if nothing is wrong with itself.
func (c *check) of(n *node, value any) (wrong []string) {
	if !c.spend(1) {
		return nil
	}
	if n.ref != nil {
		return c.of(n.ref, value)
	}
	say := c.reporter(&wrong)
	if n.types != nil {
		if kind := typeOf(value); !slices.Contains(n.types, kind) {
			say("instance type (%s) does not match any allowed primitive type (allowed: %s)", kind, shown{n.types})
		}
	}
	if n.enum != nil && !n.enum[c.canonical(value)] {
		say("instance value (%s) not found in enum (possible values: %s)", shown{value}, shown{n.listed})
	}
	switch v := value.(type) {
	case json.Number:
		n.number(parseNumber(v), say)
	case string:
		c.text(n, v, say)
	case []any:
		c.array(n, v, say)
	case map[string]any:
		c.object(n, v, say)
	}
	wrong = append(wrong, c.combined(n, value)...)
	if len(wrong) == 0 {
		wrong = c.members(n, value)
	}
	return wrong
}

func (n *node) number(v number, say reporter) {
	if n.minimum != nil {
		switch order := v.compare(n.minimum); {
		case order < 0:
			say("numeric instance is lower than the required minimum (minimum: %s, found: %s)", n.minimum.text, v.text)
		case order == 0 && n.overMinimum:
			say("numeric instance is not strictly greater than the required minimum %s", n.minimum.text)
		}
	}
	if n.maximum != nil {
		switch order := v.compare(n.maximum); {
		case order > 0:
			say("numeric instance is greater than the required maximum (maximum: %s, found: %s)", n.maximum.text, v.text)
		case order == 0 && n.underMaximum:
			say("numeric instance is not strictly lower than the required maximum %s", n.maximum.text)
		}
	}
	if n.multipleOf != nil && !v.multiple(n.multipleOf) {
		say("remainder of division is not zero (%s / %s)", v.text, n.multipleOf.text)
	}
}

func (c *check) text(n *node, v string, say reporter) {
	c.spend(len(v))
	length := utf8.RuneCountInString(v)
	if n.minLength != nil && length < *n.minLength {
		say("string %s is too short (length: %d, required minimum: %d)", shown{v}, length, *n.minLength)
	}
	if n.maxLength != nil && length > *n.maxLength {
		say("string %s is too long (length: %d, maximum allowed: %d)", shown{v}, length, *n.maxLength)
	}
	if n.pattern != nil && !c.matches(n.pattern, v) {
		say("ECMA 262 regex %s does not match input string %s", shown{n.pattern.String()}, shown{v})
	}
	if f := formats[n.format]; f.valid != nil && !f.valid(v) {
		say("string %s is %s", shown{v}, f.otherwise)
	}
}

func (c *check) array(n *node, v []any, say reporter) {
	c.spend(len(v))
	if n.minItems != nil && len(v) < *n.minItems {
		say("array is too short: must have at least %d elements but instance has %d elements", *n.minItems, len(v))
	}
	if n.maxItems != nil && len(v) > *n.maxItems {
		say("array is too long: must have at most %d elements but instance has %d elements", *n.maxItems, len(v))
	}
	if n.tuple && n.otherItems.none && len(v) > len(n.first) {
		say("array is too long: must have at most %d elements but instance has %d elements", len(n.first), len(v))
	}
	if !n.unique {
		return
	}
	seen := map[string]bool{}
	for _, each := range v {
		text := c.canonical(each)
		if seen[text] {
			say("array must not contain duplicate elements")
			return
		}
		seen[text] = true
	}
}

func (c *check) object(n *node, v map[string]any, say reporter) {
	c.spend(len(v))
	if n.minProperties != nil && len(v) < *n.minProperties {
		say("object has too few properties (found %d but schema requires at least %d)", len(v), *n.minProperties)
	}
	if n.maxProperties != nil && len(v) > *n.maxProperties {
		say("object has too many properties (found %d but schema requires at most %d)", len(v), *n.maxProperties)
	}
	if missing := missingOf(v, n.required); missing != nil {
		say("object has missing required properties (%s)", shown{missing})
	}
	if n.others.none {
		if unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(v)), func(name string) bool { return c.named(n, name) }); len(unknown) > 0 {
			say("object instance has properties which are not allowed by the schema: %s", shown{unknown})
		}
	}
	for _, d := range n.dependencies {
		if _, there := v[d.property]; !there {
			continue
		}
		if missing := missingOf(v, d.names); missing != nil {
			say("property %s of object has missing property dependencies (schema requires %s; missing: %s)", shown{d.property}, shown{d.names}, shown{missing})
		}
	}
}

func missingOf(v map[string]any, names []string) (missing []string) {
	for _, name := range names {
		if _, there := v[name]; !there {
			missing = append(missing, name)
		}
	}
	return missing
}

// named reports whether a schema speaks of a property.
func (c *check) named(n *node, property string) bool {
	return n.properties[property] != nil || slices.ContainsFunc(n.patterns, func(p patterned) bool { return c.matches(p.name, property) })
}

// combined checks a value against the schemas that are about the same value.
func (c *check) combined(n *node, value any) (wrong []string) {
	say := c.reporter(&wrong)
	fit := func(all []*node) (matched int) {
		for _, each := range all {
			if c.fits(each, value) {
				matched++
			}
		}
		return matched
	}
	if matched := fit(n.allOf); matched < len(n.allOf) {
		say("instance failed to match all required schemas (matched only %d out of %d)", matched, len(n.allOf))
	}
	if n.anyOf != nil && fit(n.anyOf) == 0 {
		say("instance failed to match at least one required schema among %d", len(n.anyOf))
	}
	if n.oneOf != nil {
		if matched := fit(n.oneOf); matched != 1 {
			say("instance failed to match exactly one schema (matched %d out of %d)", matched, len(n.oneOf))
		}
	}
	if n.not != nil && c.fits(n.not, value) {
		say("instance matched a schema which it should not have")
	}
	object, _ := value.(map[string]any)
	for _, d := range n.dependencies {
		if _, there := object[d.property]; there && d.schema != nil {
			wrong = append(wrong, c.of(d.schema, value)...)
		}
	}
	return wrong
}

// fits reports whether nothing is wrong with a value.
func (c *check) fits(n *node, value any) bool {
	c.asked++
	defer func() { c.asked-- }()
	return len(c.of(n, value)) == 0
}

// members checks the elements of an array and the properties of an object.
func (c *check) members(n *node, value any) (wrong []string) {
	switch v := value.(type) {
	case []any:
		for i, each := range v {
			if schema := n.item(i); schema != nil && !c.enough(wrong) {
				wrong = append(wrong, c.of(schema, each)...)
			}
		}
	case map[string]any:
		if n.properties == nil && n.patterns == nil && n.others.schema == nil {
			return nil
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			for _, schema := range c.property(n, name) {
				if !c.enough(wrong) {
					wrong = append(wrong, c.of(schema, v[name])...)
				}
			}
		}
	}
	return wrong
}

// item returns the schema of an array's element, nil if anything may be there.
func (n *node) item(i int) *node {
	switch {
	case !n.tuple:
		return n.items
	case i < len(n.first):
		return n.first[i]
	}
	return n.otherItems.schema
}

// property returns the schemas of an object's property.
func (c *check) property(n *node, name string) (all []*node) {
	if own := n.properties[name]; own != nil {
		all = append(all, own)
	}
	for _, p := range n.patterns {
		if c.matches(p.name, name) {
			all = append(all, p.schema)
		}
	}
	if len(all) == 0 && n.others.schema != nil {
		all = append(all, n.others.schema)
	}
	return all
}
