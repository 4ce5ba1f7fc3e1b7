package openapi

import "testing"

// method is a document with one method that has an integration and the given security.
func method(security string) string {
	return swagger(`{"/a":{"get":{"x-amazon-apigateway-integration":{"type":"mock"},"security":` + security + `},"options":` + invokes1 + `,"parameters":[],"put":{}}}`)
}

func TestSetDefaultAuthorizer(t *testing.T) {
	set := func(name string, preflight bool) func(d *Document) error {
		return func(d *Document) error {
			return d.SetDefaultAuthorizer(name, []string{"A", "B"}, []any{"s"}, preflight)
		}
	}
	for _, c := range []struct {
		name, document, at, want string
		edit                     func(d *Document) error
	}{
		{"a method without security", method(`[]`), "paths /a get security", `[{"A":["s"]}]`, set("A", true)},
		{"a method with its own", method(`[{"B":[]}]`), "paths /a get security", `[{"B":[]}]`, set("A", true)},
		{"keeps the rest", method(`[{"api_key":[]}]`), "paths /a get security", `[{"api_key":[]},{"A":["s"]}]`, set("A", true)},
		{"NONE goes", method(`[{"NONE":[]},{"api_key":[]}]`), "paths /a get security", `[{"api_key":[]}]`, set("A", true)},
		{"NONE alone stays as a mark", method(`[{"NONE":[]}]`), "paths /a get security", `[{"NONE":[]}]`, set("A", true)},
		{"preflight", method(`[]`), "paths /a options security", `[{"A":["s"]}]`, set("A", true)},
		{"no preflight", method(`[]`), "paths /a options security", `null`, set("A", false)},
		{"a method without integration", method(`[]`), "paths /a put", `{}`, set("A", true)},
		{"IAM defines itself", method(`[]`), "securityDefinitions",
			`{"AWS_IAM":{"in":"header","name":"Authorization","type":"apiKey","x-amazon-apigateway-authtype":"awsSigv4"}}`, set("AWS_IAM", true)},
		{"security that is no list", method(`{}`), "", "error: Type of security for path /a method get must be a list", set("A", true)},
		{"security of texts", method(`["x"]`), "", "error: x in Security for path /a method get is not a valid dictionary.", set("A", true)},
		{"a method that is no map", swagger(`{"/a":{"get":1}}`), "", "error: Definition of method 'get' for path '/a' should be a map.", set("A", true)},
	} {
		t.Run(c.name, func(t *testing.T) { checkEdit(t, c.document, c.at, c.want, c.edit) })
	}
}

func TestRequireKey(t *testing.T) {
	for _, c := range []struct {
		name, security, at, want string
		preflight                bool
	}{
		{"all methods", `[{"A":[]}]`, "paths /a get security", `[{"A":[]},{"api_key":[]}]`, true},
		{"not twice", `[{"api_key":[]}]`, "paths /a get security", `[{"api_key":[]}]`, true},
		{"not where it is off", `[{"api_key_false":[]}]`, "paths /a get security", `[]`, true},
		{"preflight", `[]`, "paths /a options security", `[{"api_key":[]}]`, true},
		{"no preflight", `[]`, "paths /a options security", `null`, false},
		{"security that is no list", `1`, "", "error: Type of security for path /a method get must be a list", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkEdit(t, method(c.security), c.at, c.want, func(d *Document) error { return d.RequireKey(c.preflight) })
		})
	}
}

func TestSecurityOfOneMethod(t *testing.T) {
	for _, c := range []struct {
		name, at, want string
		edit           func(d *Document) error
	}{
		{"authorizer", "paths /a get security", `[{"x":[]},{"A":["s"]}]`, func(d *Document) error { return d.SetAuthorizer("/a", "GET", "A", []any{"s"}) }},
		{"no scopes", "paths /a get security", `[{"x":[]},{"A":[]}]`, func(d *Document) error { return d.SetAuthorizer("/a", "GET", "A", nil) }},
		{"key", "paths /a get security", `[{"x":[]},{"api_key":[]}]`, func(d *Document) error { return d.SetKey("/a", "get", true) }},
		{"key defines itself", "securityDefinitions", `{"api_key":{"in":"header","name":"x-api-key","type":"apiKey"}}`,
			func(d *Document) error { return d.SetKey("/a", "get", true) }},
		{"no key", "paths /a get security", `[{"x":[]},{"api_key_false":[]}]`, func(d *Document) error { return d.SetKey("/a", "get", false) }},
		{"definitions", "securityDefinitions", `{"A":true}`, func(d *Document) error { return d.AddAuthorizers(NewDict().Set("A", true)) }},
	} {
		t.Run(c.name, func(t *testing.T) { checkEdit(t, method(`[{"x":[]}]`), c.at, c.want, c.edit) })
	}
	t.Run("definitions that are no map", func(t *testing.T) {
		checkEdit(t, swagger(`{}`, `"securityDefinitions":["a"]`), "", "error: securityDefinitions must be a dictionary.", (*Document).DefineKey)
	})
}
