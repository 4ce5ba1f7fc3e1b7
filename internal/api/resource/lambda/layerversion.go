package lambda

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// maxLayerName is how long a layer's name may be, in characters.
const maxLayerName = 140

// layerVersion is AWS::Lambda::LayerVersion. Its Ref is the version's ARN.
func layerVersion() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Lambda::LayerVersion", Attributes: []string{"LayerVersionArn"},
			Properties: schema.Fields{
				"CompatibleArchitectures": schema.List(schema.String(), schema.Replaces), "CompatibleRuntimes": schema.List(schema.String(), schema.Replaces),
				"Content":     schema.Object(schema.Fields{"S3Bucket": schema.String(schema.Required), "S3Key": schema.String(schema.Required), "S3ObjectVersion": schema.String()}, schema.Required, schema.Replaces),
				"Description": schema.String(schema.Replaces), "LayerName": schema.String(schema.Replaces), "LicenseInfo": schema.String(schema.Replaces),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			in := t.Pick("CompatibleArchitectures", "CompatibleRuntimes", "Content", "Description", "LicenseInfo")
			in["LayerName"] = t.Name("LayerName", maxLayerName)
			out, err := t.Call("Lambda", "PublishLayerVersion", in)
			if err != nil {
				return nil, err
			}
			arn := resource.TextOf(out["LayerVersionArn"])
			return &stack.Made{PhysicalID: arn, Attributes: members{"LayerVersionArn": arn}}, nil
		},
		Delete: func(t *task) error {
			_, err := t.Call("Lambda", "DeleteLayerVersion", layerKey(t.PhysicalID))
			return err
		},
	}
}

// layerKey are the members that name a layer's version, of its ARN.
func layerKey(arn string) members {
	layer, number := cutVersion(arn)
	return members{"LayerName": layer, "VersionNumber": number}
}
