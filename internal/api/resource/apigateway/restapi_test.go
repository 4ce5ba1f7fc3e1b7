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
