package lambda

import (
	"strings"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// layerVersionPermission is AWS::Lambda::LayerVersionPermission. Its Ref is the version's ARN and the ID of the statement
// in its policy, with a # between.
func layerVersionPermission() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Lambda::LayerVersionPermission", Attributes: []string{"Id"},
			Properties: schema.Fields{
				"Action": schema.String(schema.Required, schema.Replaces), "LayerVersionArn": schema.String(schema.Required, schema.Replaces), "OrganizationId": schema.String(schema.Replaces),
				"Principal": schema.String(schema.Required, schema.Replaces),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			in := resource.With(t.Pick("Action", "OrganizationId", "Principal"), layerKey(t.Text("LayerVersionArn")))
			in["StatementId"] = t.Generated(maxStatement)
			_, err := t.Call("Lambda", "AddLayerVersionPermission", in)
			return resource.Unless(err, layerPermission(t))
		},
		Find: func(t *task) (*stack.Made, error) { return layerPermission(t), nil },
		Delete: func(t *task) error {
			arn, statement, _ := strings.Cut(t.PhysicalID, "#")
			_, err := t.Call("Lambda", "RemoveLayerVersionPermission", resource.With(layerKey(arn), members{"StatementId": statement}))
			return err
		},
	}
}

func layerPermission(t *task) *stack.Made {
	return resource.Identified("Id", t.Text("LayerVersionArn")+"#"+t.Generated(maxStatement))
}
