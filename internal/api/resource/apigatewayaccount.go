package resource

import "sluice/internal/stack"

// apiAccount is AWS::ApiGateway::Account. Its Ref is a name that nothing else knows. Deleting it changes nothing, as on AWS.
func apiAccount() *resource {
	put := func(t *task) (*stack.Made, error) {
		var p patches
		if t.creating || t.changed("CloudWatchRoleArn") {
			p.add("replace", "/cloudwatchRoleArn", t.text("CloudWatchRoleArn"))
		}
		id := t.PhysicalID
		if t.creating {
			id = t.generated(maxGatewayName)
		}
		return unless(t.patch("UpdateAccount", members{}, p), identified(id))
	}
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Account", Attributes: []string{"Id"}, Properties: fields{"CloudWatchRoleArn": text(kept)},
		},
		create: put, update: put,
	}
}
