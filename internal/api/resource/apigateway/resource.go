package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// resourceType is AWS::ApiGateway::Resource. Its Ref is the resource's ID.
func resourceType() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Resource", Attributes: []string{"ResourceId"},
			Properties: schema.Fields{"ParentId": schema.String(schema.Required, schema.Replaces), "PathPart": schema.String(schema.Required, schema.Replaces), "RestApiId": schema.String(schema.Required, schema.Replaces)},
		},
		Create: func(t *task) (*stack.Made, error) {
			made, err := call(t, "CreateResource", inAPI(t, members{"ParentId": t.Text("ParentId"), "pathPart": t.Text("PathPart")}))
			return resource.Unless(err, resource.Identified("ResourceId", made["id"]))
		},
		Find: func(t *task) (*stack.Made, error) {
			found, err := t.Earlier(listing, "GetResources", inAPI(t, nil), func(r members) bool {
				return resource.TextOf(r["parentId"]) == t.Text("ParentId") && resource.TextOf(r["pathPart"]) == t.Text("PathPart")
			})
			if err == nil && found == nil {
				err = resource.Failf(resource.NotFound, "The resource %s is not there", t.Text("PathPart"))
			}
			return resource.Unless(err, resource.Identified("ResourceId", found["id"]))
		},
		Delete: func(t *task) error {
			_, err := call(t, "DeleteResource", inAPI(t, members{"ResourceId": t.PhysicalID}))
			return err
		},
	}
}
