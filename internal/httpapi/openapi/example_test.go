package openapi_test

import (
	"fmt"

	"sluice/internal/httpapi/openapi"
	"sluice/internal/oas"
)

// A document becomes what an API is created with.
func ExampleRead() {
	document, err := openapi.Read(`
openapi: 3.0.1
info: {title: shop}
paths:
  /pets/{id}:
    get:
      x-amazon-apigateway-integration:
        type: aws_proxy
        uri: arn:aws:lambda:us-east-1:123456789012:function:f
        payloadFormatVersion: "2.0"
`, oas.IgnoreBase)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(document.Name)
	for _, route := range document.Definition.SortedRoutes() {
		fmt.Println(route.Key, document.Definition.Integrations[route.Integration()].URI)
	}
	// Output:
	// shop
	// GET /pets/{id} arn:aws:lambda:us-east-1:123456789012:function:f
}
