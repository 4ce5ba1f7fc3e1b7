package openapi

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestFromAndBack(t *testing.T) {
	plain := map[string]any{"a": []any{"x", map[string]any{"b": nil}}, "c": true, "d": json.Number("1.50")}
	if back := Plain(From(plain, nil)); !reflect.DeepEqual(back, plain) {
		t.Errorf("%v, want %v", back, plain)
	}
}

func TestOrder(t *testing.T) {
	m := map[string]any{"a": nil, "i": nil, "q": nil}
	for _, c := range []struct {
		name  string
		order Order
		want  string
	}{
		{"none", nil, "a i q"},
		{"of the template", func(map[string]any) []string { return []string{"q", "i", "a"} }, "q i a"},
		{"incomplete counts as none", func(map[string]any) []string { return []string{"q"} }, "a i q"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := From(m, c.order).(*Dict)
			if got := strings.Join(d.Keys(), " "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestTruth(t *testing.T) {
	for _, v := range []any{nil, false, "", Word(""), json.Number("0"), json.Number("0.0"), NewDict(), map[string]any{}, []any{}} {
		if Truth(v) {
			t.Errorf("%#v is true", v)
		}
	}
	for _, v := range []any{true, "a", Word("a"), json.Number("1"), NewDict().Set("a", nil), map[string]any{"a": nil}, []any{nil}} {
		if !Truth(v) {
			t.Errorf("%#v is false", v)
		}
	}
}

func TestEqual(t *testing.T) {
	same := [][2]any{
		{"a", Word("a")}, {nil, nil}, {[]any{"a"}, []any{Word("a")}}, {json.Number("1"), json.Number("1")},
		{NewDict().Set("a", "1").Set("b", nil), Listed().Put("b", nil).Put("a", Word("1"))},
	}
	for _, c := range same {
		if !Equal(c[0], c[1]) {
			t.Errorf("%v and %v differ", c[0], c[1])
		}
	}
	other := [][2]any{
		{"a", "b"}, {"a", nil}, {nil, NewDict()}, {[]any{"a"}, []any{}}, {[]any{"a"}, []any{"b"}}, {true, []any{}},
		{NewDict().Set("a", "1"), NewDict().Set("b", "1")}, {NewDict().Set("a", "1"), NewDict()}, {NewDict(), []any{}},
	}
	for _, c := range other {
		if Equal(c[0], c[1]) {
			t.Errorf("%v and %v are equal", c[0], c[1])
		}
	}
}
