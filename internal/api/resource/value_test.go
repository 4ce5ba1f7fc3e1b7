package resource_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

func TestSame(t *testing.T) {
	for name, tt := range map[string]struct {
		a, b any
		want bool
	}{
		"a number as text":     {json.Number("60"), "60", true},
		"a boolean as text":    {true, "true", true},
		"other numbers":        {json.Number("60"), json.Number("61"), false},
		"nothing and nothing":  {nil, nil, true},
		"nothing and no text":  {nil, "", false},
		"lists":                {[]any{"1", object{"a": true}}, []any{json.Number("1"), object{"a": "true"}}, true},
		"lists of two lengths": {[]any{"1"}, []any{"1", "2"}, false},
		"an object less":       {object{"a": "1"}, object{"a": "1", "b": "2"}, false},
		"an object and a text": {object{}, "{}", false},
		"a list and a text":    {[]any{"a"}, "a", false},
		"a text and an object": {"{}", object{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := resource.Same(tt.a, tt.b); got != tt.want {
				t.Errorf("same is %v", got)
			}
		})
	}
}

// The keys of maps are the user's, those of objects the service's.
func TestLowered(t *testing.T) {
	properties := schema.Object(schema.Fields{
		"RoutingConfig": schema.Object(schema.Fields{"Steps": schema.List(schema.Object(schema.Fields{"Percent": schema.Integer()}))}),
		"Variables":     schema.Map(schema.Object(schema.Fields{"Value": schema.String()})),
		"Anything":      schema.Any(),
	})
	given := object{
		"RoutingConfig": object{"Steps": []any{object{"Percent": 1}}}, "Variables": object{"Key": object{"Value": "V"}},
		"Anything": object{"Kept": object{"As": "it is"}},
	}
	want := object{
		"routingConfig": object{"steps": []any{object{"percent": 1}}}, "variables": object{"Key": object{"value": "V"}},
		"anything": object{"Kept": object{"As": "it is"}},
	}
	if got := resource.Lowered(given, properties); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if got := resource.Lowered("Text", schema.String()); got != "Text" {
		t.Errorf("a scalar became %v", got)
	}
	var none *stack.Property
	if got := resource.Lowered(given, none); !reflect.DeepEqual(got, given) {
		t.Errorf("what no schema describes became %v", got)
	}
}

func TestTextOf(t *testing.T) {
	for want, value := range map[string]any{"": nil, "a": "a", "1.50": json.Number("1.50"), "true": true, `{"a":[1]}`: object{"a": []any{1}}} {
		if got := resource.TextOf(value); got != want {
			t.Errorf("%v is %q", value, got)
		}
	}
}
