package resource

import (
	"strings"

	"sluice/internal/stack"
)

var parameterTags = tagging{
	service: "SSM", list: "ListTagsForResource", tag: "AddTagsToResource", untag: "RemoveTagsFromResource",
	shown: "TagList", tags: "Tags", keys: "TagKeys",
}

// parameter is AWS::SSM::Parameter. Its Ref is the parameter's name.
func parameter() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::SSM::Parameter", Attributes: []string{"Type", "Value"},
			Properties: fields{
				"AllowedPattern": text(), "DataType": text(), "Description": text(), "Name": text(replaces), "Policies": text(kept),
				"Tags": table(text()), "Tier": text(), "Type": text(required), "Value": text(required),
			},
		},
		create: createParameter, find: foundParameter, update: updateParameter,
		delete: func(t *task) error {
			_, err := t.call("SSM", "DeleteParameter", members{"Name": t.PhysicalID})
			return err
		},
	}
}

// parameterName is the name that the properties give, or one that has the logical ID and not the stack's name in it (recorded:
// test_stack_deploy_order).
func (t *task) parameterName() string {
	if given := t.text("Name"); given != "" {
		return given
	}
	return "CFN-" + t.LogicalID + "-" + t.PhysicalID[strings.LastIndexByte(t.PhysicalID, '-')+1:]
}

func createParameter(t *task) (*stack.Made, error) {
	name := t.parameterName()
	in := with(t.pick("AllowedPattern", "DataType", "Description", "Tier", "Type", "Value"), members{"Name": name, "Tags": tagList(t.tags())})
	if _, err := t.call("SSM", "PutParameter", in); err != nil {
		return nil, err
	}
	return parameterMade(t, name), nil
}

func foundParameter(t *task) (*stack.Made, error) {
	return parameterMade(t, t.parameterName()), nil
}

func parameterMade(t *task, name string) *stack.Made {
	return &stack.Made{PhysicalID: name, Attributes: members{"Type": t.text("Type"), "Value": t.text("Value")}}
}

func updateParameter(t *task) (*stack.Made, error) {
	in := with(t.pick("AllowedPattern", "DataType", "Description", "Tier", "Type", "Value"), members{"Name": t.PhysicalID, "Overwrite": true})
	if _, err := t.call("SSM", "PutParameter", in); err != nil {
		return nil, err
	}
	key := members{"ResourceType": "Parameter", "ResourceId": t.PhysicalID}
	return parameterMade(t, t.PhysicalID), t.retag(parameterTags, key)
}
