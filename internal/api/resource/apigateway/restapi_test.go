package apigateway_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

// The Serverless Framework writes an empty policy for none.
func TestAnEmptyPolicyIsNone(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	made := f.Create(f.Order("Api", "AWS::ApiGateway::RestApi", object{"Name": "pets", "Policy": ""}))
	if shown := f.Call("API Gateway", "GetRestApi", object{"RestApiId": made.PhysicalID}); shown["policy"] != nil {
		t.Errorf("the policy is %v", shown["policy"])
	}
}

// A server may be killed when it has created an API, and before the rest fails.
func TestARepeatedCreationThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	f := resourcetest.OwnServer(t, 60)
	f.Create(f.Order("Api", "AWS::ApiGateway::RestApi", object{"Name": "begun"}))
	again := f.Order("Api", "AWS::ApiGateway::RestApi", object{"Body": object{"a": 1}})
	again.Repeated = true
	if _, err := f.Provider.Create(t.Context(), again); err == nil {
		t.Error("an API of no document was made")
	}
	f.Equal("what is left", f.Call("API Gateway", "GetRestApis", object{})["item"], []any{})
}
