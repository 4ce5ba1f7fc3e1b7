package openapi

import "testing"

func TestExtensions(t *testing.T) {
	off := func(d *Document) error { return d.DisableEndpoint(true) }
	for _, c := range []struct {
		name, document, at, want string
		edit                     func(d *Document) error
	}{
		{"responses", swagger(`{}`, `"x-amazon-apigateway-gateway-responses":{"A":1}`), responsesKey, `{"A":1,"B":2}`,
			func(d *Document) error { return d.AddResponses(tree(t, `{"B":2}`).(*Dict)) }},
		{"media types", swagger(`{}`), "x-amazon-apigateway-binary-media-types", `["a/b",{"c/d":"e/f"},1]`, func(d *Document) error {
			d.SetMediaTypes(tree(t, `["a~1b",{"c~1d":"e~1f"},1]`))
			return nil
		}},
		{"endpoint of Swagger", swagger(`{}`), endpointKey, `{"disableExecuteApiEndpoint":true}`, off},
		{"endpoint of OpenAPI", `{"openapi":"3.0.1","paths":{}}`, "servers", `[{"x-amazon-apigateway-endpoint-configuration":{"disableExecuteApiEndpoint":true}}]`, off},
		{"endpoint of each server", `{"openapi":"3.0.1","paths":{},"servers":[{"url":"u"},{"x-amazon-apigateway-endpoint-configuration":{"a":1}}]}`, "servers",
			`[{"url":"u","x-amazon-apigateway-endpoint-configuration":{"disableExecuteApiEndpoint":true}},
			{"x-amazon-apigateway-endpoint-configuration":{"a":1,"disableExecuteApiEndpoint":true}}]`, off},
		{"server that is no map", `{"openapi":"3.0.1","paths":{},"servers":["u"]}`, "", "error: Invalid OpenAPI definition of 'servers[0]': It should be a map.", off},
		{"endpoint that is no map", swagger(`{}`, `"x-amazon-apigateway-endpoint-configuration":1`), "",
			"error: Invalid OpenAPI definition: The value of 'x-amazon-apigateway-endpoint-configuration' should be a map.", off},
	} {
		t.Run(c.name, func(t *testing.T) { checkEdit(t, c.document, c.at, c.want, c.edit) })
	}
}

func TestUpgrade(t *testing.T) {
	const options = `{"options":{"produces":1,"consumes":1,"responses":{"200":{"headers":{"H":{"type":"string"}}}}}}`
	for _, c := range []struct {
		name, document, version, at, want string
	}{
		{"Swagger stays", swagger(`{"/a":` + options + `}`), `"3.0.1"`, "paths /a", options},
		{"no version", `{"paths":{"/a":` + options + `}}`, `null`, "paths /a", options},
		{"definitions", `{"openapi":"3.0.1","securityDefinitions":{"A":1},"definitions":{"B":2},"components":null}`, `null`, "",
			`{"openapi":"3.0.1","components":{"securitySchemes":{"A":1},"schemas":{"B":2}}}`},
		{"options", `{"paths":{"/a":` + options + `}}`, `"3.0.1"`, "paths /a", `{"options":{"responses":{"200":{"headers":{"H":{"schema":{"type":"string"}}}}}}}`},
		{"responses that are text", `{"paths":{"/a":{"options":{"responses":"x"}}}}`, `"3.0.1"`, "",
			"error: Invalid responses in options method for path /a: It should be a map."},
		{"answer that is text", `{"paths":{"/a":{"options":{"responses":{"200":"x"}}}}}`, `"3.0.1"`, "",
			"error: Invalid responses in options method for path /a: The value of '200' should be a map."},
		{"headers that are text", `{"paths":{"/a":{"options":{"responses":{"200":{"headers":"x"}}}}}}`, `"3.0.1"`, "",
			"error: Value of response's headers in options method for path /a must be a dictionary according to Swagger spec."},
		{"options that are text", `{"paths":{"/a":{"options":"x"}}}`, `"3.0.1"`, "",
			"error: Value of options method for path /a must be a dictionary according to Swagger spec."},
		{"paths that are text", `{"paths":"x"}`, `"3.0.1"`, "", "error: Value of paths must be a dictionary according to Swagger spec."},
		{"path that is text", `{"paths":{"/a":"x"}}`, `"3.0.1"`, "", "error: Value of '/a' path must be a dictionary according to Swagger spec."},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := tree(t, c.document).(*Dict)
			err := Upgrade(body, tree(t, c.version))
			if err != nil {
				if "error: "+err.Error() != c.want {
					t.Errorf("%v, want %s", err, c.want)
				}
				return
			}
			compare(t, body, c.at, c.want)
		})
	}
}
