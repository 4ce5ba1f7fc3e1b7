package sam

import (
	"slices"
	"testing"

	"sluice/internal/stack/template"
)

func TestKeysAreInTheTemplatesOrder(t *testing.T) {
	parsed, err := template.Parse(`
Resources:
  Z: {Type: AWS::Serverless::Function, Properties: {Tags: {z: 1, b: 2, a: 3}, One: {x: y}}}
  A: {Type: AWS::SNS::Topic}
`)
	if err != nil {
		t.Fatal(err)
	}
	tr := newTransform(parsed.Tree, Options{Position: parsed.Position})
	resources := tr.template["Resources"].(map[string]any)
	if got, want := tr.keys(resources), []string{"Z", "A"}; !slices.Equal(got, want) {
		t.Errorf("resources %v, want %v", got, want)
	}
	tags := at(resources["Z"], "Properties", "Tags").(map[string]any)
	for range 2 { // the second time from memory
		if got, want := tr.keys(tags), []string{"z", "b", "a"}; !slices.Equal(got, want) {
			t.Errorf("tags %v, want %v", got, want)
		}
	}
	delete(tags, "b")
	tags["new"], tags["also"] = "4", "5"
	if got, want := tr.keys(tags), []string{"z", "a", "also", "new"}; !slices.Equal(got, want) {
		t.Errorf("changed tags %v, want %v", got, want)
	}
}

func TestKeysAreSortedWithoutPositions(t *testing.T) {
	tr := newTransform(map[string]any{"Resources": map[string]any{"b": nil, "c": nil, "a": nil}}, Options{})
	if got, want := tr.keys(tr.template["Resources"].(map[string]any)), []string{"a", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
