package template_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/stack/template"
)

// trees generates plain trees.
func trees(depth int) *rapid.Generator[any] {
	scalars := rapid.OneOf(
		rapid.String().AsAny(), rapid.Bool().AsAny(), rapid.Just[any](nil),
		rapid.Map(rapid.Int(), func(i int) any { text, _ := json.Marshal(i); return json.Number(text) }),
		rapid.SampledFrom([]any{"yes", "1.50", "~", "AWS::Region", "a: b", "# c", "- d", "{e}", "*f", "&g", "!h", "2010-09-09", " ", "\n", "|", "'"}),
	)
	if depth == 0 {
		return scalars
	}
	below := rapid.Deferred(func() *rapid.Generator[any] { return trees(depth - 1) })
	return rapid.OneOf(
		scalars,
		rapid.Map(rapid.SliceOfN(below, 0, 4), func(list []any) any { return list }),
		rapid.Map(rapid.MapOfN(rapid.StringN(1, 8, -1), below, 0, 4), func(object map[string]any) any { return object }),
	)
}

func TestJSONAndYAMLAreReadAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tree := trees(3).Draw(t, "tree")
		text, err := json.Marshal(map[string]any{"Tree": tree})
		if err != nil {
			t.Fatal(err)
		}
		fromJSON, err := template.Parse(string(text))
		if err != nil {
			t.Fatalf("as JSON: %v", err)
		}
		if !reflect.DeepEqual(fromJSON.Tree["Tree"], tree) {
			t.Fatalf("JSON became %#v", fromJSON.Tree["Tree"])
		}
		fromYAML, err := template.Snippet("Tree: " + string(text[len(`{"Tree":`):len(text)-1]) + "\n")
		if err != nil {
			t.Fatalf("as YAML: %v", err)
		}
		if got := fromYAML.(map[string]any)["Tree"]; !reflect.DeepEqual(got, tree) {
			t.Fatalf("YAML became %#v", got)
		}
	})
}

func TestEvaluateReturnsTreesWithoutFunctionsAsTheyAre(t *testing.T) {
	b := bound(t, "Resources:\n  R: {Type: T}\n")
	rapid.Check(t, func(t *rapid.T) {
		tree := trees(3).Draw(t, "tree")
		got, err := b.Evaluate(tree, stack{})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, tree) {
			t.Fatalf("it became %#v", got)
		}
	})
}
