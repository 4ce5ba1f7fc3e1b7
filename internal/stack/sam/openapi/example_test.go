package openapi_test

import (
	"encoding/json"
	"fmt"

	"sluice/internal/stack/sam/openapi"
)

// A method of an empty document invokes a function, and answers preflight requests.
func ExampleOpen() {
	d, err := openapi.Open(openapi.Skeleton())
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := d.AddFunction("/hello", "GET", openapi.Function{URI: "arn:..."}); err != nil {
		fmt.Println(err)
		return
	}
	if err := d.AddCORS(openapi.CORS{Origins: "'*'"}); err != nil {
		fmt.Println(err)
		return
	}
	body := d.Body()
	get, err := openapi.Dig(body, "paths", "/hello", "get")
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := json.Marshal(openapi.Plain(get))
	fmt.Println(string(text), err)
	fmt.Println(openapi.Print(get))
	// Output:
	// {"responses":{},"x-amazon-apigateway-integration":{"httpMethod":"POST","type":"aws_proxy","uri":"arn:..."}} <nil>
	// {'x-amazon-apigateway-integration': {'httpMethod': 'POST', 'type': 'aws_proxy', 'uri': u'arn:...'}, 'responses': {}}
}
