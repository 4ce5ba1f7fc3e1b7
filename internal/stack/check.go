package stack

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/stack/template"
)

// violation says what is wrong with the properties of a resource, in AWS's words (recorded:
// TestStackEvents.test_invalid_stack_deploy), or nothing.
func violation(schema *Schema, properties map[string]any) string {
	if schema.Open && schema.Properties == nil {
		return ""
	}
	found := violations("", &Property{Kind: Object, Fields: schema.Properties}, properties, schema.Open)
	if len(found) == 0 {
		return ""
	}
	return "Property validation failure: [" + joined(found) + "]"
}

// violations lists what is wrong with a value at a path such as /Tags/0.
func violations(path string, p *Property, value any, open bool) []string {
	if p == nil || value == nil {
		return nil
	}
	if !fits(p.Kind, value) {
		return []string{fmt.Sprintf("Value of property {%s} does not match type {%s}", path, kindName(p.Kind))}
	}
	switch value := value.(type) {
	case []any:
		if p.Kind != List {
			return nil
		}
		var found []string
		for i, item := range value {
			found = append(found, violations(path+"/"+strconv.Itoa(i), p.Items, item, false)...)
		}
		return found
	case map[string]any:
		return members(path, p, value, open)
	}
	return nil
}

func members(path string, p *Property, value map[string]any, open bool) (found []string) {
	names := slices.Sorted(maps.Keys(value))
	if p.Kind == Map {
		for _, name := range names {
			found = append(found, violations(path+"/"+name, p.Items, value[name], false)...)
		}
		return found
	}
	if p.Kind != Object || p.Fields == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(p.Fields)) {
		if p.Fields[name].Required && value[name] == nil {
			found = append(found, fmt.Sprintf("The property {%s/%s} is required", path, name))
		}
	}
	var unknown []string
	for _, name := range names {
		if field, known := p.Fields[name]; known {
			found = append(found, violations(path+"/"+name, field, value[name], false)...)
		} else if !open {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		found = append(found, fmt.Sprintf("Encountered unsupported properties in {%s}: [%s]", path+"/", joined(unknown)))
	}
	return found
}

// fits reports whether a value is of a kind, or is taken for one.
func fits(kind Kind, value any) bool {
	text, isScalar := template.Scalar(value)
	switch kind {
	case String:
		return isScalar
	case Integer:
		_, err := strconv.ParseInt(text, 10, 64)
		return isScalar && err == nil
	case Number:
		_, err := strconv.ParseFloat(text, 64)
		return isScalar && err == nil
	case Boolean:
		return isScalar && (strings.EqualFold(text, "true") || strings.EqualFold(text, "false"))
	case List:
		_, ok := value.([]any)
		return ok
	case Map, Object:
		_, ok := value.(map[string]any)
		return ok
	case JSON:
		_, object := value.(map[string]any)
		return object || isScalar && (text == "" || json.Valid([]byte(text))) // tools write "" for none
	}
	return true
}

// kindName is how AWS writes a kind.
func kindName(kind Kind) string {
	switch kind {
	case JSON:
		return "Json"
	case List:
		return "List"
	}
	return strings.ToUpper(string(kind[:1])) + string(kind[1:])
}

// supports reports whether a type has an attribute.
func (s *Schema) supports(attribute string) bool {
	return slices.ContainsFunc(s.Attributes, func(known string) bool {
		prefix, any := strings.CutSuffix(known, "*")
		return known == attribute || any && strings.HasPrefix(attribute, prefix)
	})
}
