package httpapi_test

import (
	"fmt"

	"sluice/internal/httpapi"
)

// An integration's address may name stage variables: each stage then leads to another alias.
func ExampleFunctionOf() {
	uri := "arn:aws:lambda:us-east-1:123456789012:function:f:${stageVariables.alias}"
	function, ok := httpapi.FunctionOf(uri, map[string]string{"alias": "live"})
	fmt.Println(function, ok)
	// Output: arn:aws:lambda:us-east-1:123456789012:function:f:live true
}
