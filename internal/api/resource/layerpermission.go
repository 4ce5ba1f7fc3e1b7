package resource

import (
	"strings"

	"sluice/internal/stack"
)

// layerVersionPermission is AWS::Lambda::LayerVersionPermission. Its Ref is the version's ARN and the ID of the statement
// in its policy, with a # between.
func layerVersionPermission() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Lambda::LayerVersionPermission", Attributes: []string{"Id"},
			Properties: fields{
				"Action": text(required, replaces), "LayerVersionArn": text(required, replaces), "OrganizationId": text(replaces),
				"Principal": text(required, replaces),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			in := with(t.pick("Action", "OrganizationId", "Principal"), layerKey(t.text("LayerVersionArn")))
			in["StatementId"] = t.generated(maxStatement)
			_, err := t.call("Lambda", "AddLayerVersionPermission", in)
			return unless(err, t.layerPermission())
		},
		find: func(t *task) (*stack.Made, error) { return t.layerPermission(), nil },
		delete: func(t *task) error {
			arn, statement, _ := strings.Cut(t.PhysicalID, "#")
			_, err := t.call("Lambda", "RemoveLayerVersionPermission", with(layerKey(arn), members{"StatementId": statement}))
			return err
		},
	}
}

func (t *task) layerPermission() *stack.Made {
	return identified(t.text("LayerVersionArn") + "#" + t.generated(maxStatement))
}
