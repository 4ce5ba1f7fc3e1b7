package resource

import (
	"sluice/internal/stack"
)

// apiResource is AWS::ApiGateway::Resource. Its Ref is the resource's ID.
func apiResource() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Resource", Attributes: []string{"ResourceId"},
			Properties: fields{"ParentId": text(required, replaces), "PathPart": text(required, replaces), "RestApiId": text(required, replaces)},
		},
		create: func(t *task) (*stack.Made, error) {
			made, err := t.gateway("CreateResource", t.inAPI(members{"ParentId": t.text("ParentId"), "pathPart": t.text("PathPart")}))
			return unless(err, identifiedAs("ResourceId", made["id"]))
		},
		find: func(t *task) (*stack.Made, error) {
			found, err := t.madeBefore("GetResources", t.inAPI(nil), func(r members) bool {
				return textOf(r["parentId"]) == t.text("ParentId") && textOf(r["pathPart"]) == t.text("PathPart")
			})
			if err == nil && found == nil {
				err = failf(notFound, "The resource %s is not there", t.text("PathPart"))
			}
			return unless(err, identifiedAs("ResourceId", found["id"]))
		},
		delete: func(t *task) error {
			_, err := t.gateway("DeleteResource", t.inAPI(members{"ResourceId": t.PhysicalID}))
			return err
		},
	}
}
