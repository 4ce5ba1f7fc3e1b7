package sam

import (
	"encoding/json"
	"testing"
)

func TestCheckProperties(t *testing.T) {
	known := []property{
		{name: "Name", is: text}, {name: "Size", is: integer}, {name: "Tags", is: object, of: text}, {name: "Layers", is: list, of: text | object},
		{name: "Policy", choices: []string{"Delete", "Retain"}}, {name: "All", is: boolean, literal: true, vague: true},
		{name: "Any"}, {name: "Uri", is: text | object, required: true}, {name: "Map", is: object},
	}
	for _, tt := range []struct {
		name, property string
		value          any
		want           string
	}{
		{"what fits", "Name", "n", ""},
		{"another type", "Name", []any{}, "Property 'Name' should be a string."},
		{"a map", "Map", "m", "Property 'Map' should be a map."},
		{"another type of several", "Uri", true, "Type of property 'Uri' is invalid."},
		{"another type of number", "Size", json.Number("1.5"), "Type of property 'Size' is invalid."},
		{"a boolean is a number", "Size", true, ""},
		{"a member", "Tags", map[string]any{"a": "b", "c": []any{}}, "Type of property 'Tags' is invalid."},
		{"a member of a list", "Layers", []any{"a", true}, "Type of property 'Layers' is invalid."},
		{"members of a list", "Layers", []any{"a", map[string]any{}}, ""},
		{"a function", "Size", ref("X"), ""},
		{"a function where none may be", "All", ref("X"), "Type of property 'All' is invalid."},
		{"a text that may be", "Policy", "Retain", ""},
		{"a text that may not", "Policy", "Keep", "Property 'Policy' should be a one of the strings: 'Delete' or 'Retain'."},
		{"null is nothing", "Name", nil, ""},
		{"null where something has to be", "Uri", nil, "Missing required property 'Uri'."},
		{"an unknown one", "Nope", "x", "property Nope not defined for resource of type T"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &source{id: "R", typ: "T", properties: map[string]any{"Uri": "u", tt.property: tt.value}}
			want := tt.want
			if want != "" {
				want = "Resource with id [R] is invalid. " + want
			}
			if err := (&transform{}).checkProperties(s, known); err == nil && want != "" || err != nil && err.Error() != want {
				t.Errorf("got %v, want %q", err, want)
			}
		})
	}
}
