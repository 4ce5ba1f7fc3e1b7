package resource

import (
	"sluice/internal/stack"
)

// maxLayerName is how long a layer's name may be, in characters.
const maxLayerName = 140

// layerVersion is AWS::Lambda::LayerVersion. Its Ref is the version's ARN.
func layerVersion() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Lambda::LayerVersion", Attributes: []string{"LayerVersionArn"},
			Properties: fields{
				"CompatibleArchitectures": list(text(), replaces), "CompatibleRuntimes": list(text(), replaces),
				"Content":     object(fields{"S3Bucket": text(required), "S3Key": text(required), "S3ObjectVersion": text()}, required, replaces),
				"Description": text(replaces), "LayerName": text(replaces), "LicenseInfo": text(replaces),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			in := t.pick("CompatibleArchitectures", "CompatibleRuntimes", "Content", "Description", "LicenseInfo")
			in["LayerName"] = t.name("LayerName", maxLayerName)
			out, err := t.call("Lambda", "PublishLayerVersion", in)
			if err != nil {
				return nil, err
			}
			arn := textOf(out["LayerVersionArn"])
			return &stack.Made{PhysicalID: arn, Attributes: members{"LayerVersionArn": arn}}, nil
		},
		delete: func(t *task) error {
			_, err := t.call("Lambda", "DeleteLayerVersion", layerKey(t.PhysicalID))
			return err
		},
	}
}

// layerKey are the members that name a layer's version, of its ARN.
func layerKey(arn string) members {
	layer, number := cutVersion(arn)
	return members{"LayerName": layer, "VersionNumber": number}
}
