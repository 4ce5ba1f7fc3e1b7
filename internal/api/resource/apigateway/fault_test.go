package apigateway_test

import (
	"maps"
	"testing"

	"sluice/internal/api/resource/apigateway"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/stack"
)

// A stage's settings and a plan's stages are made anew by patches, of which one call takes all.
func TestEveryCallMayFail(t *testing.T) {
	for name, without := range map[string]string{"an API of resources": "Body", "an API of a document": "BinaryMediaTypes"} {
		t.Run(name, func(t *testing.T) {
			resourcetest.EveryCallMayFail(t, apigateway.Types(nil), func(verb string, schema *stack.Schema) *stack.Order {
				o := resourcetest.Order()
				o.PhysicalID, o.Repeated, o.Properties = "id", verb == "create", resourcetest.Sample(schema, "10")
				maps.DeleteFunc(o.Properties, func(property string, _ any) bool { return property == "BodyS3Location" || property == without })
				if verb == "update" {
					o.Old = resourcetest.Sample(schema, "20")
					delete(o.Properties, "Tags")
				}
				return o
			})
		})
	}
}
