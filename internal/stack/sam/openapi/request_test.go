package openapi

import "testing"

func TestRequests(t *testing.T) {
	two := swagger(`{"/a":{"get":` + invokes1 + `}}`)
	three := `{"openapi":"3.0.1","paths":{"/a":{"get":` + invokes1 + `}}}`
	model := func(d *Document) error { return d.SetModel("/a", "get", "User", true) }
	for _, c := range []struct {
		name, document, at, want string
		edit                     func(d *Document) error
	}{
		{"model", two, "paths /a get parameters", `[{"in":"body","name":"user","required":true,"schema":{"$ref":"#/definitions/user"}}]`, model},
		{"model of OpenAPI 3", three, "paths /a get requestBody",
			`{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/user"}}},"required":true}`, model},
		{"validator", two, "x-amazon-apigateway-request-validators", `{"body-only":{"validateRequestBody":true,"validateRequestParameters":false}}`,
			func(d *Document) error { return d.SetValidator("/a", "get", true, false) }},
		{"validator of the method", two, "paths /a get x-amazon-apigateway-request-validator", `"no-validation"`,
			func(d *Document) error { return d.SetValidator("/a", "get", false, false) }},
		{"parameters", two, "paths /a get", `{"x-amazon-apigateway-integration":{"type":"mock","cacheKeyParameters":["method.request.querystring.q"]},
			"parameters":[{"in":"header","name":"H","required":true,"type":"string"},{"in":"query","name":"q","required":false,"type":"string"}]}`,
			func(d *Document) error {
				return d.AddParameters("/a", "get", []Parameter{
					{Name: "method.request.header.H", Required: true, Caches: false}, {Name: "method.request.querystring.q", Required: false, Caches: true},
				})
			}},
		{"models", two, "definitions", `{"user":{"type":"object"}}`,
			func(d *Document) error { return d.AddModels(tree(t, `{"User":{"type":"object"}}`).(*Dict)) }},
		{"model without a type", two, "", "error: 'Models' schema is missing 'type'.",
			func(d *Document) error { return d.AddModels(tree(t, `{"User":{}}`).(*Dict)) }},
	} {
		t.Run(c.name, func(t *testing.T) { checkEdit(t, c.document, c.at, c.want, c.edit) })
	}
}
