package openapi_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/restapi"
	"sluice/internal/restapi/openapi"
)

const function = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations"

var variable = regexp.MustCompile(`\{(\w+)\+?\}`)

// drawn makes a definition of what documents can say.
type drawn struct {
	*rapid.T
	d *restapi.Definition
}

func (g drawn) must(err error) {
	if err != nil {
		g.Fatal(err)
	}
}

func (g drawn) yes(label string) bool { return rapid.Bool().Draw(g.T, label) }

func (g drawn) one(label string, of ...string) string {
	return rapid.SampledFrom(of).Draw(g.T, label)
}

// table draws a map, nil for an empty one.
func (g drawn) table(label string, values []string, keys ...string) map[string]string {
	var m map[string]string
	for _, key := range keys {
		if g.yes(label + " " + key) {
			if m == nil {
				m = map[string]string{}
			}
			m[key] = g.one(label, values...)
		}
	}
	return m
}

func (g drawn) definition() *restapi.Definition {
	for _, name := range []string{"Pet", "Owner"} {
		_, err := g.d.CreateModel(restapi.Model{Name: name, ContentType: "application/json", Schema: `{"type":"` + g.one("type", "object", "array") + `"}`})
		g.must(err)
	}
	if g.yes("binary") {
		g.d.BinaryMediaTypes = []string{"image/png", "a/*"}
	}
	if g.yes("compression") {
		g.d.MinimumCompression = new(rapid.Int64Range(0, 10<<20).Draw(g.T, "compression"))
	}
	if g.yes("response") {
		_, err := g.d.PutResponse(restapi.GatewayResponse{
			Type: g.one("response", "THROTTLED", "DEFAULT_4XX"), Status: g.one("status", "", "418"),
			Parameters: map[string]string{"gatewayresponse.header.X": g.one("header", "'x'", "method.request.header.Y")},
			Templates:  map[string]string{"application/json": g.one("template", "{}", "<&>")},
		})
		g.must(err)
	}
	validator, err := g.d.CreateValidator(restapi.RequestValidator{Name: "check", Body: g.yes("body"), Parameters: g.yes("parameters")})
	g.must(err)
	for _, path := range []string{"/", "/pets", "/pets/{id}", "/a/{rest+}"} {
		for _, httpMethod := range []string{"GET", "POST", "ANY"} {
			if g.yes(path + " " + httpMethod) { // a document tells of paths with methods only
				r, err := g.d.Ensure(path)
				g.must(err)
				g.method(r.ID, httpMethod, validator.ID)
			}
		}
	}
	return g.d
}

func (g drawn) method(resource, httpMethod, validator string) {
	m := restapi.Method{HTTPMethod: httpMethod, Authorization: g.one("authorization", "NONE", "AWS_IAM"), KeyRequired: g.yes("key"), OperationName: g.one("name", "", "op")}
	if g.yes("authorizer") {
		m.Authorization, m.AuthorizerID = restapi.AuthCustom, g.authorizer()
	}
	if g.yes("validator") {
		m.ValidatorID = validator
	}
	if found := variable.FindStringSubmatch(g.d.Resources[resource].Path); found != nil { // which an import makes a parameter in any case
		m.Parameters = map[string]bool{"method.request.path." + found[1]: true}
	}
	for _, name := range []string{"querystring.q", "header.X-H"} {
		if g.yes(name) {
			if m.Parameters == nil {
				m.Parameters = map[string]bool{}
			}
			m.Parameters["method.request."+name] = g.yes("required")
		}
	}
	m.Models = g.table("model", []string{"Pet", "Owner"}, g.one("content type", "application/json", "text/plain"))
	_, err := g.d.PutMethod(resource, m)
	g.must(err)
	kind := g.one("content type", "application/json", "text/plain")
	for _, status := range []string{"200", "404"} {
		if g.yes(status) {
			response := restapi.MethodResponse{Status: status, Models: g.table("model", []string{"Pet", "Owner"}, kind)}
			if g.yes("header") {
				response.Parameters = map[string]bool{"method.response.header.H": false}
			}
			_, err := g.d.PutMethodResponse(resource, httpMethod, response)
			g.must(err)
		}
	}
	g.integration(resource, httpMethod)
}

// authorizer makes one that no other method has.
func (g drawn) authorizer() string {
	a := restapi.Authorizer{
		Name: fmt.Sprint("who", len(g.d.Authorizers)), Type: g.one("authorizer", restapi.TokenAuthorizer, restapi.RequestAuthorizer), URI: function, AuthType: "custom",
		Identity: "method.request.header.Token", Credentials: g.one("credentials", "", "arn:aws:iam::123456789012:role/r"), TTL: new(rapid.Int64Range(0, 3600).Draw(g.T, "TTL")),
	}
	if a.Type == restapi.TokenAuthorizer {
		a.Expression = g.one("expression", "", "^a+$")
	}
	if len(g.d.Authorizers) > 5 { // ten are the most
		return slices.Min(slices.Collect(maps.Keys(g.d.Authorizers)))
	}
	made, err := g.d.CreateAuthorizer(a)
	g.must(err)
	return made.ID
}

func (g drawn) integration(resource, httpMethod string) {
	i := restapi.Integration{
		Type: g.one("type", "MOCK", "AWS", "AWS_PROXY", "HTTP"), HTTPMethod: "POST", URI: function,
		Credentials: g.one("credentials", "", "role"), Passthrough: g.one("passthrough", "NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"),
		ContentHandling: g.one("content", "", "CONVERT_TO_TEXT"), Timeout: rapid.Int64Range(50, 29000).Draw(g.T, "timeout"), Transfer: g.one("transfer", "", "STREAM"),
		Templates:  g.table("template", []string{"{}", "$input.body", "a\nb"}, "application/json", "text/plain", "$default"),
		Parameters: g.table("parameter", []string{"'x'", "method.request.header.X-H", "context.requestId"}, "integration.request.header.H", "integration.request.path.p"),
	}
	if i.Type == "HTTP" {
		i.URI = "https://example.com/{p}"
	}
	if g.yes("cache") {
		i.CacheNamespace, i.CacheKeys = "space", []string{"method.request.querystring.q"}
	}
	if g.yes("tls") {
		i.Insecure = new(g.yes("insecure"))
	}
	_, err := g.d.PutIntegration(resource, httpMethod, i)
	g.must(err)
	for _, each := range []restapi.IntegrationResponse{{Status: "200"}, {Status: "404", Selection: new("4..")}, {Status: "500", Selection: new(".*bad.*")}} {
		if g.yes(each.Status) {
			_, err := g.d.PutIntegrationResponse(resource, httpMethod, restapi.IntegrationResponse{
				Status: each.Status, Selection: each.Selection, ContentHandling: g.one("content", "", "CONVERT_TO_BINARY"),
				Templates: g.table("template", []string{"{}"}, "application/json"), Parameters: g.table("header", []string{"'x'", "integration.response.header.h"}, "method.response.header.H"),
			})
			g.must(err)
		}
	}
}

// What is exported and imported again is the same, in every style that tells all.
func TestExportedDefinitionsAreImportedAsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		made := restapi.NewDefinition()
		d := drawn{t, &made}.definition()
		style := openapi.Style{Third: rapid.Bool().Draw(t, "OpenAPI 3"), YAML: rapid.Bool().Draw(t, "YAML"), Integrations: true, Authorizers: true}
		text, err := openapi.Write(&openapi.Export{Title: "a", Version: "1", Host: "h", Stage: "dev", Definition: d}, style)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := openapi.Read(text, openapi.Options{API: "api"})
		if err != nil {
			t.Fatalf("%v of\n%s", err, text)
		}
		unused(d)
		want := shown(&openapi.Document{Name: "a", Version: "1", Definition: *d})
		if got := shown(doc); got != want {
			t.Fatalf("%+v: the first lines that differ are\n%s", style, firstDifference(got, want))
		}
	})
}

func firstDifference(got, want string) string {
	lines, wanted := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(lines), len(wanted)) {
		if lines[i] != wanted[i] {
			from := max(0, i-6)
			return "got\n" + strings.Join(lines[from:i+1], "\n") + "\nwant\n" + strings.Join(wanted[from:i+1], "\n")
		}
	}
	return "the last of the longer one"
}

// unused drops what a document does not tell: authorizers of no method.
func unused(d *restapi.Definition) {
	used := map[string]bool{}
	for _, r := range d.Resources {
		for _, m := range r.Methods {
			used[m.AuthorizerID] = true
		}
	}
	for id := range d.Authorizers {
		if !used[id] {
			delete(d.Authorizers, id)
		}
	}
}
