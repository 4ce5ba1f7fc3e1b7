package stack

import (
	"encoding/json"
	"testing"
)

func TestSameTakesScalarsByTheirText(t *testing.T) {
	for _, tt := range []struct {
		a, b any
		want bool
	}{
		{"60", json.Number("60"), true}, {true, "true", true}, {"a", "b", false}, {nil, nil, true}, {nil, "", false}, {"", nil, false},
		{[]any{"1"}, []any{json.Number("1")}, true}, {[]any{"1"}, []any{"1", "2"}, false},
		{map[string]any{"a": []any{"1"}}, map[string]any{"a": []any{json.Number("1")}}, true},
		{map[string]any{"a": "1"}, map[string]any{"b": "1"}, false}, {map[string]any{}, []any{}, false}, {"a", []any{"a"}, false},
	} {
		if got := Same(tt.a, tt.b); got != tt.want {
			t.Errorf("Same(%v, %v) = %v", tt.a, tt.b, got)
		}
	}
}
