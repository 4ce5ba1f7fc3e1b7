package restapi_test

import (
	"fmt"

	"sluice/internal/restapi"
)

// A stage variable chooses the alias that an integration calls.
func ExampleFunctionOf() {
	uri := "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" +
		"arn:aws:lambda:us-east-1:123456789012:function:pay:${stageVariables.alias}/invocations"
	fmt.Println(restapi.FunctionOf(uri, map[string]string{"alias": "live"}))
	fmt.Println(restapi.FunctionOf(uri, nil))
	// Output:
	// arn:aws:lambda:us-east-1:123456789012:function:pay:live true
	//  false
}
