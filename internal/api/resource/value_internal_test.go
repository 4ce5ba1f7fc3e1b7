package resource

import (
	"encoding/json"
	"reflect"
	"testing"

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
		"lists":                {[]any{"1", members{"a": true}}, []any{json.Number("1"), members{"a": "true"}}, true},
		"lists of two lengths": {[]any{"1"}, []any{"1", "2"}, false},
		"an object less":       {members{"a": "1"}, members{"a": "1", "b": "2"}, false},
		"an object and a text": {members{}, "{}", false},
		"a list and a text":    {[]any{"a"}, "a", false},
		"a text and an object": {"{}", members{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := same(tt.a, tt.b); got != tt.want {
				t.Errorf("same is %v", got)
			}
		})
	}
}

// The keys of maps are the user's, those of objects the service's.
func TestLowered(t *testing.T) {
	schema := object(fields{
		"RoutingConfig": object(fields{"Steps": list(object(fields{"Percent": whole()}))}),
		"Variables":     table(object(fields{"Value": text()})),
		"Anything":      anything(),
	})
	given := members{
		"RoutingConfig": members{"Steps": []any{members{"Percent": 1}}}, "Variables": members{"Key": members{"Value": "V"}},
		"Anything": members{"Kept": members{"As": "it is"}},
	}
	want := members{
		"routingConfig": members{"steps": []any{members{"percent": 1}}}, "variables": members{"Key": members{"value": "V"}},
		"anything": members{"Kept": members{"As": "it is"}},
	}
	if got := lowered(given, schema); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if got := lowered("Text", text()); got != "Text" {
		t.Errorf("a scalar became %v", got)
	}
	var none *stack.Property
	if got := lowered(given, none); !reflect.DeepEqual(got, given) {
		t.Errorf("what no schema describes became %v", got)
	}
}

func TestTextOf(t *testing.T) {
	for want, value := range map[string]any{"": nil, "a": "a", "1.50": json.Number("1.50"), "true": true, `{"a":[1]}`: members{"a": []any{1}}} {
		if got := textOf(value); got != want {
			t.Errorf("%v is %q", value, got)
		}
	}
}
