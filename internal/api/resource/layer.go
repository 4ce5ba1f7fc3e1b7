package resource

import (
	"strings"

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
