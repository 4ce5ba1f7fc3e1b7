package policy_test

import (
	"fmt"

	"sluice/internal/policy"
)

func ExampleDocument_Allows() {
	const function = "arn:aws:lambda:us-east-1:111111111111:function:f"
	principal, _ := policy.ParsePrincipal("apigateway.amazonaws.com")
	var d policy.Document
	_ = d.Add(policy.Statement{
		Sid: "api", Principal: principal, Action: "lambda:InvokeFunction", Resource: function,
		Conditions: []policy.Condition{{Operator: "ArnLike", Key: "AWS:SourceArn", Value: "arn:aws:execute-api:*:*:abc/*"}},
	})
	for _, api := range []string{"abc", "xyz"} {
		fmt.Println(api, d.Allows(policy.Request{
			Caller: "apigateway.amazonaws.com", Action: "lambda:InvokeFunction", Resource: function,
			Context: map[string]string{"aws:SourceArn": "arn:aws:execute-api:us-east-1:111111111111:" + api + "/prod/GET/"},
		}))
	}
	// Output:
	// abc true
	// xyz false
}
