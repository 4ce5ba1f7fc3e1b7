package ssm

import (
	"strings"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

var tagging = resource.Tagging{
	Service: "SSM", List: "ListTagsForResource", Tag: "AddTagsToResource", Untag: "RemoveTagsFromResource",
	Shown: "TagList", Tags: "Tags", Keys: "TagKeys",
}

// parameter is AWS::SSM::Parameter. Its Ref is the parameter's name.
func parameter() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::SSM::Parameter", Attributes: []string{"Type", "Value"},
			Properties: schema.Fields{
				"AllowedPattern": schema.String(), "DataType": schema.String(), "Description": schema.String(), "Name": schema.String(schema.Replaces), "Policies": schema.String(schema.Kept),
				"Tags": schema.Map(schema.String()), "Tier": schema.String(), "Type": schema.String(schema.Required), "Value": schema.String(schema.Required),
			},
		},
		Create: createParameter, Find: foundParameter, Update: updateParameter,
		Delete: func(t *task) error {
			_, err := t.Call("SSM", "DeleteParameter", members{"Name": t.PhysicalID})
			return err
		},
	}
}

// parameterName is the name that the properties give, or one that has the logical ID and not the stack's name in it (recorded:
// test_stack_deploy_order).
func parameterName(t *task) string {
	if given := t.Text("Name"); given != "" {
		return given
	}
	return "CFN-" + t.LogicalID + "-" + t.PhysicalID[strings.LastIndexByte(t.PhysicalID, '-')+1:]
}

func createParameter(t *task) (*stack.Made, error) {
	name := parameterName(t)
	in := resource.With(t.Pick("AllowedPattern", "DataType", "Description", "Tier", "Type", "Value"), members{"Name": name, "Tags": resource.TagList(t.Tags())})
	if _, err := t.Call("SSM", "PutParameter", in); err != nil {
		return nil, err
	}
	return parameterMade(t, name), nil
}

func foundParameter(t *task) (*stack.Made, error) {
	return parameterMade(t, parameterName(t)), nil
}

func parameterMade(t *task, name string) *stack.Made {
	return &stack.Made{PhysicalID: name, Attributes: members{"Type": t.Text("Type"), "Value": t.Text("Value")}}
}

func updateParameter(t *task) (*stack.Made, error) {
	in := resource.With(t.Pick("AllowedPattern", "DataType", "Description", "Tier", "Type", "Value"), members{"Name": t.PhysicalID, "Overwrite": true})
	if _, err := t.Call("SSM", "PutParameter", in); err != nil {
		return nil, err
	}
	key := members{"ResourceType": "Parameter", "ResourceId": t.PhysicalID}
	return parameterMade(t, t.PhysicalID), t.Retag(tagging, key)
}
