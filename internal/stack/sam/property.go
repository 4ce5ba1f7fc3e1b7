package sam

import (
	"encoding/json"
	"slices"
	"strings"
)

// property is one that a resource or an event of SAM may have.
type property struct {
	name     string
	required bool
	// is lists the types that a value may have; zero allows any.
	is shape
	// of are the types of the members of a list or map; zero allows any.
	of shape
	// choices are the only texts allowed.
	choices []string
	// literal properties are checked even where a function of CloudFormation stands for the value.
	literal bool
	// vague properties are refused without telling the type that was expected.
	vague bool
}

// shape is a set of types.
type shape uint8

const (
	text shape = 1 << iota
	object
	list
	boolean
	integer
)

// shapeOf returns the type of a value; zero for those that no property asks for.
func shapeOf(value any) shape {
	switch v := value.(type) {
	case string:
		return text
	case map[string]any:
		return object
	case []any:
		return list
	case bool:
		return boolean | integer // as in the reference, whose booleans are integers
	case json.Number:
		if !strings.ContainsAny(v.String(), ".eE") {
			return integer
		}
	}
	return 0
}

// fits reports whether a value may stand for the property.
func (p *property) fits(value any) bool {
	if p.choices != nil {
		s, ok := value.(string)
		return ok && slices.Contains(p.choices, s)
	}
	if p.is == 0 {
		return true
	}
	if p.is&shapeOf(value) == 0 {
		return false
	}
	switch v := value.(type) {
	case []any:
		return p.of == 0 || !slices.ContainsFunc(v, func(member any) bool { return p.of&shapeOf(member) == 0 })
	case map[string]any:
		if p.is&list != 0 || p.of == 0 {
			return true
		}
		for _, member := range v {
			if p.of&shapeOf(member) == 0 {
				return false
			}
		}
	}
	return true
}

// complaint says what the property should have been.
func (p *property) complaint() string {
	switch {
	case len(p.choices) > 0: // the words are the reference's
		return "Property '" + p.name + "' should be a one of the strings: '" + strings.Join(p.choices, "' or '") + "'."
	case p.vague || p.of != 0:
	case p.is == text:
		return "Property '" + p.name + "' should be a string."
	case p.is == object:
		return "Property '" + p.name + "' should be a map."
	}
	return "Type of property '" + p.name + "' is invalid."
}

// checkKnown refuses the first property that is not known.
func (t *transform) checkKnown(s *source, known []property) error {
	n := 0
	for i := range known {
		if _, ok := s.properties[known[i].name]; ok {
			n++
		}
	}
	if n == len(s.properties) {
		return nil
	}
	names := t.keys(s.properties)
	if s.typ == restType || s.typ == httpType || !strings.Contains(s.typ, "::") {
		names = t.tableKeys(s.properties) // APIs and events
	}
	for _, name := range names {
		if !slices.ContainsFunc(known, func(p property) bool { return p.name == name }) {
			return invalidResource(s.id, "property %s not defined for resource of type %s", name, s.typ)
		}
	}
	return nil
}

// checkProperties refuses properties that are not known, miss, or are of another type.
func (t *transform) checkProperties(s *source, known []property) error {
	if err := t.checkKnown(s, known); err != nil {
		return err
	}
	for i := range known {
		p := &known[i]
		value := s.properties[p.name]
		if m, ok := value.(map[string]any); ok && len(m) == 1 && !p.literal {
			continue // a function of CloudFormation, perhaps, which CloudFormation checks
		}
		switch {
		case value == nil && p.required:
			return invalidResource(s.id, "Missing required property '%s'.", p.name)
		case value != nil && !p.fits(value):
			return invalidResource(s.id, "%s", p.complaint())
		}
	}
	return nil
}

// expect refuses a value at a path of a resource's properties that is of another type. Only one shape may be given.
func expect(id, path string, value any, want shape) error {
	if want&shapeOf(value) != 0 {
		return nil
	}
	return invalidResource(id, "Property '%s' should be a %s.", path, shapeNames[want])
}

// expectInEvent is expect for the properties of an event.
func expectInEvent(event, path string, value any, want shape) error {
	if want&shapeOf(value) != 0 {
		return nil
	}
	return invalidEvent(event, "Property '%s' should be a %s.", path, shapeNames[want])
}

var shapeNames = map[shape]string{text: "string", object: "map", list: "list", boolean: "boolean", integer: "integer"}
