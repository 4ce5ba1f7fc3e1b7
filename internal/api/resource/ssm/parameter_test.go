package ssm_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestParameter(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	o := f.Order("P", "AWS::SSM::Parameter", object{"Name": "/app/limit", "Type": "String", "Value": 10, "Tags": object{"own": "1"}})
	made := f.Create(o)
	f.Equal("the value", made.Attributes["Value"], "10")
	again := f.Order("P", "AWS::SSM::Parameter", o.Properties)
	if _, err := f.Provider.Create(t.Context(), again); err == nil || !strings.Contains(err.Error(), "(Service: Ssm, Status Code: 400") || !strings.Contains(err.Error(), "HandlerErrorCode: AlreadyExists") {
		t.Errorf("a second parameter of the name: %v", err)
	}
	again.Repeated = true
	f.Equal("that of a repeated order", f.Create(again).PhysicalID, "/app/limit")
	next := f.Change(o, object{"Value": "20", "Tags": object{"k": "v"}})
	f.Equal("the new value", f.Update(next).Attributes["Value"], "20")
	f.Equal("the stored value", resourcetest.At(f.Call("SSM", "GetParameter", object{"Name": "/app/limit"}), "Parameter", "Value"), "20")
	tags := f.Call("SSM", "ListTagsForResource", object{"ResourceType": "Parameter", "ResourceId": "/app/limit"})
	f.Tagged("P", tags["TagList"], map[string]string{"k": "v"})
	f.Delete(next)
	f.Missing("SSM", "GetParameter", object{"Name": "/app/limit"}, "ParameterNotFound")
}
