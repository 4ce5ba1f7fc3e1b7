package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// account is AWS::ApiGateway::Account. Its Ref is a name that nothing else knows. Deleting it changes nothing, as on AWS.
func account() *resource.Type {
	put := func(t *task) (*stack.Made, error) {
		var p patches
		if t.Creating || t.Changed("CloudWatchRoleArn") {
			p.add("replace", "/cloudwatchRoleArn", t.Text("CloudWatchRoleArn"))
		}
		id := t.PhysicalID
		if t.Creating {
			id = t.Generated(maxName)
		}
		return resource.Unless(patch(t, "UpdateAccount", members{}, p), resource.Identified("Id", id))
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Account", Attributes: []string{"Id"}, Properties: schema.Fields{"CloudWatchRoleArn": schema.String(schema.Kept)},
		},
		Create: put, Update: put,
	}
}
