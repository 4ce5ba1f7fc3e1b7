package stack

import (
	"encoding/json"
	"testing"
)

func TestViolationsAreNamed(t *testing.T) {
	schema := &Schema{Properties: map[string]*Property{
		"Text": {Kind: String, Required: true}, "Count": {Kind: Integer}, "Share": {Kind: Number}, "On": {Kind: Boolean}, "Any": {},
		"List": {Kind: List, Items: &Property{Kind: Object, Fields: map[string]*Property{"Key": {Kind: String, Required: true}}}},
		"Map":  {Kind: Map, Items: &Property{Kind: Integer}}, "Document": {Kind: JSON}, "Free": {Kind: Object},
	}}
	for name, tt := range map[string]struct {
		properties Values
		want       string
	}{
		"all is well": {Values{
			"Text": json.Number("1"), "Count": "12", "Share": "0.5", "On": "True", "Any": []any{}, "List": []any{map[string]any{"Key": "a"}},
			"Map": map[string]any{"a": "1"}, "Document": `{"a": 1}`, "Free": map[string]any{"a": "b"},
		}, ""},
		"no document":     {Values{"Text": "", "Document": ""}, ""},
		"missing":         {Values{}, "The property {/Text} is required"},
		"null":            {Values{"Text": nil}, "The property {/Text} is required"},
		"unknown":         {Values{"Text": "", "B": "", "A": ""}, "Encountered unsupported properties in {/}: [A, B]"},
		"no text":         {Values{"Text": []any{}}, "Value of property {/Text} does not match type {String}"},
		"no integer":      {Values{"Text": "", "Count": "1.5"}, "Value of property {/Count} does not match type {Integer}"},
		"no number":       {Values{"Text": "", "Share": "half"}, "Value of property {/Share} does not match type {Number}"},
		"no bool":         {Values{"Text": "", "On": "yes"}, "Value of property {/On} does not match type {Boolean}"},
		"no list":         {Values{"Text": "", "List": "a"}, "Value of property {/List} does not match type {List}"},
		"no map":          {Values{"Text": "", "Map": []any{}}, "Value of property {/Map} does not match type {Map}"},
		"no JSON":         {Values{"Text": "", "Document": "{"}, "Value of property {/Document} does not match type {Json}"},
		"within a list":   {Values{"Text": "", "List": []any{map[string]any{"Kay": "a"}}}, "The property {/List/0/Key} is required, Encountered unsupported properties in {/List/0/}: [Kay]"},
		"within a map":    {Values{"Text": "", "Map": map[string]any{"a": "b"}}, "Value of property {/Map/a} does not match type {Integer}"},
		"several at once": {Values{"Count": true}, "The property {/Text} is required, Value of property {/Count} does not match type {Integer}"},
	} {
		t.Run(name, func(t *testing.T) {
			want := tt.want
			if want != "" {
				want = "Property validation failure: [" + want + "]"
			}
			if got := violation(schema, tt.properties); got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
		})
	}
}

func TestAttributesAreKnownByNameOrPrefix(t *testing.T) {
	s := &Schema{Attributes: []string{"Arn", "Outputs.*"}}
	for attribute, want := range map[string]bool{"Arn": true, "Outputs.A": true, "Outputs": false, "Name": false} {
		if got := s.supports(attribute); got != want {
			t.Errorf("%s: %v", attribute, got)
		}
	}
}
