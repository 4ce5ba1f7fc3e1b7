package sam

import (
	"slices"
	"testing"
)

func TestMerge(t *testing.T) {
	for _, tt := range []struct {
		name        string
		common, own any
		want        string
	}{
		{"plain values: the own", "a", "b", `"b"`},
		{"other types: the own", map[string]any{"a": "b"}, "c", `"c"`},
		{"lists one behind the other", []any{"a", "b"}, []any{"b"}, `["a","b","b"]`},
		{"maps by member", map[string]any{"a": "1", "m": map[string]any{"x": "1"}}, map[string]any{"m": map[string]any{"y": "2"}, "b": "3"},
			`{"a":"1","b":"3","m":{"x":"1","y":"2"}}`},
		{"a function is a plain value", ref("X"), map[string]any{"a": "b"}, `{"a":"b"}`},
		{"an own function too", map[string]any{"a": "b"}, ref("X"), `{"Ref":"X"}`},
		{"null is a value", "a", nil, "null"},
	} {
		tr := &transform{order: order{}}
		if got := canonical(tr.merge(tt.common, tt.own)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestMergeListsTheGlobalMembersFirst(t *testing.T) {
	tr := &transform{order: order{}}
	common := map[string]any{"z": "1", "y": "1"}
	own := map[string]any{"b": "2", "z": "2"}
	tr.order.note(common, []string{"z", "y"})
	tr.order.note(own, []string{"b", "z"})
	if got, want := tr.keys(tr.mergeMaps(common, own)), []string{"z", "y", "b"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if common["z"] != "1" {
		t.Error("the globals were changed")
	}
}

func TestWithoutIgnored(t *testing.T) {
	defaults := map[string]any{"Tags": "t", "Timeout": "1"}
	for _, tt := range []struct {
		name    string
		ignored any
		want    string
		wrong   string
	}{
		{"nothing", nil, `{"Tags":"t","Timeout":"1"}`, ""},
		{"all", "*", "{}", ""},
		{"one", []any{"Tags"}, `{"Timeout":"1"}`, ""},
		{"one that is not there", []any{"Role"}, "{}", "Resource with id [F] is invalid. Resource F has invalid resource attribute 'IgnoreGlobals' on item 'Role'."},
		{"another text", "Tags", "{}", "Resource with id [F] is invalid. Resource F has invalid resource attribute 'IgnoreGlobals'."},
	} {
		got, err := withoutIgnored("F", defaults, tt.ignored)
		if err == nil && tt.wrong != "" || err != nil && err.Error() != tt.wrong {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.wrong)
		}
		if got := canonical(got); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
