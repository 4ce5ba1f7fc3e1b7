package openapi

import (
	"encoding/json"
	"errors"
	"testing"
)

func TestAddCORS(t *testing.T) {
	all := CORS{Origins: "'o'", Headers: "'h'", MaxAge: json.Number("0"), Credentials: true}
	for _, c := range []struct {
		name, paths, at, want string
		cors                  CORS
	}{
		{"the whole method", `{"/a":{"post":{},"get":{}}}`, "paths /a options", `{"summary":"CORS support","consumes":["application/json"],"produces":["application/json"],
			"x-amazon-apigateway-integration":{"type":"mock","requestTemplates":{"application/json":"{\n  \"statusCode\" : 200\n}\n"},
			"responses":{"default":{"statusCode":"200","responseTemplates":{"application/json":"{}\n"},"responseParameters":{
			"method.response.header.Access-Control-Allow-Origin":"'o'","method.response.header.Access-Control-Allow-Headers":"'h'",
			"method.response.header.Access-Control-Allow-Methods":"'GET,OPTIONS,POST'","method.response.header.Access-Control-Max-Age":0,
			"method.response.header.Access-Control-Allow-Credentials":"'true'"}}}},
			"responses":{"200":{"description":"Default response for CORS method","headers":{"Access-Control-Allow-Origin":{"type":"string"},
			"Access-Control-Allow-Headers":{"type":"string"},"Access-Control-Allow-Methods":{"type":"string"},"Access-Control-Max-Age":{"type":"integer"},
			"Access-Control-Allow-Credentials":{"type":"string"}}}}}`, all},
		{"any method", `{"/a":{"x-amazon-apigateway-any-method":{}}}`,
			"paths /a options x-amazon-apigateway-integration responses default responseParameters method.response.header.Access-Control-Allow-Methods",
			`"'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'"`, all},
		{"a method OPTIONS that is there", `{"/a":{"options":{"x":1}}}`, "paths /a options", `{"x":1}`, all},
		{"only one of two paths that differ by a slash", `{"/a":{},"/a/":{}}`, "paths /a", `{}`, all},
		{"the root has its slash", `{"/":{}}`, "paths / options summary", `"CORS support"`, all},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkEdit(t, swagger(c.paths), c.at, c.want, func(d *Document) error { return d.AddCORS(c.cors) })
		})
	}
	t.Run("no origin", func(t *testing.T) {
		d, err := Open(tree(t, swagger(`{"/a":{}}`)))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.AddCORS(CORS{}); !errors.Is(err, ErrNoOrigins) {
			t.Error(err)
		}
	})
}
