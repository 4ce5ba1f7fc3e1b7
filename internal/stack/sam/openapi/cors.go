package openapi

import (
	"slices"
	"strings"
)

// ErrNoOrigins says that paths want CORS without an origin that is allowed.
var ErrNoOrigins error = &Error{Message: "Invalid input. Value for AllowedOrigins is required"}

// CORS are the values of a REST API's answers to preflight requests. Each may be a function of CloudFormation.
type CORS struct {
	Origins, Headers, Methods any // header values, so in quotes within the text: "'*'"
	MaxAge                    any // seconds
	Credentials               bool
}

// AddCORS answers preflight requests to each path that has no method OPTIONS. Paths that differ by a trailing slash are
// one to API Gateway; only the first gets the method.
func (d *Document) AddCORS(c CORS) error {
	seen := map[string]bool{}
	for _, path := range d.Paths() {
		name := path
		if path != "/" {
			name = strings.TrimRight(path, "/")
		}
		if seen[name] {
			continue
		}
		seen[name] = true
		if err := d.addCORS(path, c); err != nil {
			return err
		}
	}
	return nil
}

func (d *Document) addCORS(path string, c CORS) error {
	items, err := d.path(path)
	if err != nil {
		return err
	}
	for _, item := range items {
		if item.Has("options") {
			continue
		}
		if !Truth(c.Origins) {
			return ErrNoOrigins
		}
		if !Truth(c.Methods) {
			c.Methods = Word("'" + allowedMethods(item) + "'")
		}
		item.Put("options", preflight(c))
	}
	return nil
}

// allowedMethods lists the methods that a path answers to: all that HTTP knows for ANY.
func allowedMethods(item *Dict) string {
	methods := []string{"OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"}
	if !item.Has(anyMethod) {
		methods = []string{"OPTIONS"}
		for _, key := range item.Keys() {
			methods = append(methods, strings.ToUpper(key))
		}
	}
	slices.Sort(methods)
	return strings.Join(slices.Compact(methods), ",")
}

// preflight is a method that answers with the headers of CORS, by a mock integration. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/enable-cors-for-resource-using-swagger-importer-tool.html
func preflight(c CORS) *Dict {
	parameters, headers := corsHeaders(c)
	answer := NewDict().Put("statusCode", Word("200")).Put("responseParameters", parameters).
		Put("responseTemplates", Listed().Put("application/json", Word("{}\n")))
	integration := NewDict().Put("type", Word("mock")).
		Put("requestTemplates", Listed().Put("application/json", Word("{\n  \"statusCode\" : 200\n}\n"))).
		Put("responses", NewDict().Put("default", answer))
	response := NewDict().Put("description", Word("Default response for CORS method")).Put("headers", headers)
	return NewDict().Put("summary", Word("CORS support")).
		Put("consumes", []any{Word("application/json")}).
		Put("produces", []any{Word("application/json")}).
		Put(integrationKey, integration).
		Put("responses", NewDict().Put("200", response))
}

func corsHeaders(c CORS) (parameters, headers *Dict) {
	parameters, headers = NewDict(), NewDict()
	add := func(header string, value any, typ Word) {
		parameters.Put("method.response.header."+header, value)
		headers.Put(header, Listed().Put("type", typ))
	}
	add("Access-Control-Allow-Origin", c.Origins, "string")
	if Truth(c.Headers) {
		add("Access-Control-Allow-Headers", c.Headers, "string")
	}
	if Truth(c.Methods) {
		add("Access-Control-Allow-Methods", c.Methods, "string")
	}
	if c.MaxAge != nil {
		add("Access-Control-Max-Age", c.MaxAge, "integer")
	}
	if c.Credentials {
		add("Access-Control-Allow-Credentials", Word("'true'"), "string")
	}
	return parameters, headers
}
