package stack

import (
	"errors"
	"reflect"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// seen is a view of three resources: one of a Ref of its own, one that changes and one that is about to be made.
func seen(outside func(question) (string, error)) *view {
	have := map[string]*Resource{
		"A": {Stack: "ID", LogicalID: "A", Instance: Instance{Type: "Thing", PhysicalID: "id-A", Ref: "ref-A", Attributes: Values{"Arn": "arn:A", "Nothing": nil}}},
		"B": {Stack: "ID", LogicalID: "B", Instance: Instance{Type: "Open", PhysicalID: "id-B", Attributes: Values{"Arn": "arn:B"}}},
		"C": {Stack: "ID", LogicalID: "C", Instance: Instance{Type: "Thing"}},
	}
	types := func(name string) (*Schema, bool) { return &Schema{Open: name == "Open"}, true }
	return &view{region: "eu-central-1", types: types, outside: outside, find: func(id string) *Resource { return have[id] }, changing: func(id string) bool { return id == "B" }}
}

func TestViewOfResources(t *testing.T) {
	v := seen(nil)
	unknown := "unknown"
	for name, tt := range map[string]struct {
		ask  func() (any, error)
		want any
	}{
		"the ID":                          {func() (any, error) { return v.Ref("B") }, "id-B"},
		"what Ref returns instead":        {func() (any, error) { return v.Ref("A") }, "ref-A"},
		"one that is not made":            {func() (any, error) { return v.Ref("C") }, unknown},
		"one that is not there":           {func() (any, error) { return v.Ref("D") }, unknown},
		"an attribute":                    {func() (any, error) { return v.GetAtt("A", "Arn") }, "arn:A"},
		"an attribute that is null":       {func() (any, error) { return v.GetAtt("A", "Nothing") }, nil},
		"an attribute that may change":    {func() (any, error) { return v.GetAtt("B", "Arn") }, unknown},
		"an attribute of what is missing": {func() (any, error) { return v.GetAtt("C", "Arn") }, unknown},
		"the zones of the stack's region": {func() (any, error) { return v.Zones("") }, []any{"eu-central-1a", "eu-central-1b", "eu-central-1c"}},
		"the zones of another":            {func() (any, error) { return v.Zones("us-east-1") }, []any{"us-east-1a", "us-east-1b", "us-east-1c"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tt.ask()
			var missing *template.Unknown
			if errors.As(err, &missing) {
				got, err = unknown, nil
			}
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%v, %v; want %v", got, err, tt.want)
			}
		})
	}
}

// A custom resource's attributes are whatever its function answered.
func TestAttributesThatThereAreNot(t *testing.T) {
	v := seen(nil)
	v.changing = nil
	for id, want := range map[string]string{
		"A": "Template error: resource A does not support attribute type Name in Fn::GetAtt",
		"B": "CustomResource attribute error: Vendor response doesn't contain Name attribute in object ID|B",
	} {
		if _, err := v.GetAtt(id, "Name"); !fault.Is(err, fault.Invalid, "attribute") || err.Error() != want {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestViewAsksOutside(t *testing.T) {
	var asked []question
	v := seen(func(q question) (string, error) {
		asked = append(asked, q)
		return "found", nil
	})
	imported, err := v.ImportValue("e")
	stored, storedErr := v.Stored("/p", 3)
	if imported != "found" || stored != "found" || err != nil || storedErr != nil {
		t.Errorf("%v, %v; %v, %v", imported, err, stored, storedErr)
	}
	if want := []question{{export: true, name: "e"}, {name: "/p", version: 3}}; !reflect.DeepEqual(asked, want) {
		t.Errorf("asked for %+v", asked)
	}
}

func TestInstancesOfATemplate(t *testing.T) {
	bound := boundTo(t, `
Resources:
  A:
    Type: Thing
    DeletionPolicy: Retain
    UpdateReplacePolicy: Delete
    DependsOn: C
    Metadata: {Name: !Ref B, Other: text}
    UpdatePolicy: {Rate: !Ref B}
    Properties: {Value: !Ref B, Other: !Ref AWS::NoValue}
  B: {Type: Open}
  C: {Type: Thing}
`, nil)
	v := seen(nil)
	made, err := instance(bound.Resources[0], bound, v)
	want := &Instance{
		Type: "Thing", DeletionPolicy: "Retain", UpdateReplacePolicy: "Delete", DependsOn: bound.Resources[0].DependsOn, Properties: Values{"Value": "id-B"},
		UpdatePolicy: Values{"Rate": "id-B"}, Metadata: Values{"Name": "id-B", "Other": "text"},
	}
	if err != nil || !reflect.DeepEqual(made, want) {
		t.Errorf("%+v, %v\nwant %+v", made, err, want)
	}
	t.Run("with metadata that nobody can evaluate", func(t *testing.T) {
		spec := *bound.Resources[0]
		spec.Metadata = map[string]any{"Name": map[string]any{"Ref": "C"}}
		if made, err := instance(&spec, bound, v); err != nil || !Same(map[string]any(made.Metadata), spec.Metadata) {
			t.Errorf("the metadata is %v, %v", made.Metadata, err)
		}
	})
	t.Run("with properties that nobody can evaluate", func(t *testing.T) {
		spec := *bound.Resources[0]
		spec.Properties = map[string]any{"Value": map[string]any{"Ref": "C"}}
		if made, err := instance(&spec, bound, v); !isUnknown(err) {
			t.Errorf("it is %+v, %v", made, err)
		}
	})
}
