package restapi_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

// Recording test_put_method_model: of several methods that name a model, the refusal tells of the one below.
func TestAModelThatMethodsNameStays(t *testing.T) {
	d := restapi.NewDefinition()
	must(t, failed(d.CreateModel(restapi.Model{Name: "M", Schema: `{"type":"object"}`})))
	below, err := d.Ensure("/test")
	must(t, err)
	for _, resource := range []string{d.Root, below.ID} {
		must(t, failed(d.PutMethod(resource, restapi.Method{HTTPMethod: "ANY", Authorization: restapi.AuthNone, Models: map[string]string{"application/json": "M"}})))
	}
	wantFault(t, d.DeleteModel("M"), fault.Conflict, "Cannot delete model 'M', is referenced in method request: /test/ANY")
	must(t, d.DeleteMethod(below.ID, "ANY"))
	wantFault(t, d.DeleteModel("M"), fault.Conflict, "Cannot delete model 'M', is referenced in method request: //ANY")
	must(t, d.DeleteMethod(d.Root, "ANY"))
	must(t, d.DeleteModel("M"))
}
