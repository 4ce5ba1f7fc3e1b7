package sam

import (
	"encoding/json"
	"testing"
)

func TestReprIsPythons(t *testing.T) {
	for _, tt := range []struct {
		value any
		want  string
	}{
		{nil, "None"}, {true, "True"}, {false, "False"}, {json.Number("1.0"), "1.0"},
		{"it's", `"it's"`}, {`it's "so"`, `'it\'s "so"'`}, {"a\n\\", `'a\n\\'`},
		{[]any{"a", json.Number("1")}, "['a', 1]"}, {map[string]any{"Ref": "X", "A": []any{}}, "{'A': [], 'Ref': 'X'}"},
	} {
		if got := repr(tt.value); got != tt.want {
			t.Errorf("repr(%#v) = %s, want %s", tt.value, got, tt.want)
		}
	}
	if got := str("as it is"); got != "as it is" {
		t.Errorf("str puts quotes: %s", got)
	}
}

func TestTruthyIsPythons(t *testing.T) {
	for _, value := range []any{nil, false, "", json.Number("0"), json.Number("0.0"), []any{}, map[string]any{}} {
		if truthy(value) {
			t.Errorf("%#v counts as given", value)
		}
	}
	for _, value := range []any{true, "false", json.Number("-1"), []any{nil}, map[string]any{"a": nil}} {
		if !truthy(value) {
			t.Errorf("%#v counts as nothing", value)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	given := map[string]any{"a": []any{map[string]any{"b": "c"}}}
	copied := clone(given).(map[string]any)
	copied["a"].([]any)[0].(map[string]any)["b"] = "d"
	if at(given["a"].([]any)[0], "b") != "c" {
		t.Error("a change to the copy changed the original")
	}
}
