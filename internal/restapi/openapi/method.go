package openapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/oas"
	"sluice/internal/restapi"
)

func (r *reader) readMethod(at *restapi.Resource, httpMethod string, operation object, shared []any, where string) {
	m := restapi.Method{
		HTTPMethod: httpMethod, Authorization: restapi.AuthNone, OperationName: oas.TextAt(operation, "operationId"),
	}
	demandVariables(&m, at.Path)
	r.readParameters(&m, operation, shared, where)
	r.readBody(&m, operation)
	r.readSecurity(&m, operation, where)
	validator := oas.TextAt(operation, oas.Extension+"request-validator")
	if validator == "" {
		validator = oas.TextAt(r.root, oas.Extension+"request-validator")
	}
	if validator != "" {
		m.ValidatorID = r.validators[validator]
		if m.ValidatorID == "" {
			r.errors = append(r.errors, "Unable to put method '"+httpMethod+"' on resource at path '"+at.Path+"': Request validator not found for name "+validator)
			return
		}
	}
	d := &r.made.Definition
	if _, err := d.PutMethod(at.ID, m); !r.check(err, "Unable to put method '%s' on resource at path '%s'", httpMethod, at.Path) {
		return
	}
	r.readMethodResponses(at, httpMethod, operation, where)
	r.readIntegration(at, httpMethod, operation)
}

// places are where a parameter is, in a document and in API Gateway.
var places = map[string]string{"path": "path", "query": "querystring", "header": "header"}

func (r *reader) readParameters(m *restapi.Method, operation object, shared []any, where string) {
	for _, each := range slices.Concat(shared, r.list(operation, "parameters", where)) {
		p, ok := r.part(each, where+".parameters")
		place := places[oas.TextAt(p, "in")]
		if !ok || place == "" || oas.TextAt(p, "name") == "" {
			continue
		}
		if m.Parameters == nil {
			m.Parameters = map[string]bool{}
		}
		m.Parameters["method.request."+place+"."+oas.TextAt(p, "name")] = oas.TruthAt(p, "required")
	}
}

// demandVariables makes the path's variables parameters, also where the document does not (recording
// test_import_with_global_api_key_authorizer).
func demandVariables(m *restapi.Method, path string) {
	for part := range strings.SplitSeq(path, "/") {
		name, ok := strings.CutPrefix(part, "{")
		if !ok {
			continue
		}
		if m.Parameters == nil {
			m.Parameters = map[string]bool{}
		}
		m.Parameters["method.request.path."+strings.TrimRight(name, "+}")] = true
	}
}

// readBody finds the models of a request's bodies.
func (r *reader) readBody(m *restapi.Method, operation object) {
	put := func(kind string, schema any) {
		if name := r.model(schema); name != "" {
			if m.Models == nil {
				m.Models = map[string]string{}
			}
			m.Models[kind] = name
		}
	}
	if r.third {
		body, _ := r.resolve(operation["requestBody"])
		content := oas.ObjectAt(body, "content")
		for _, kind := range slices.Sorted(maps.Keys(content)) {
			put(kind, oas.ObjectAt(content, kind)["schema"])
		}
		return
	}
	for _, each := range oas.ListAt(operation, "parameters") {
		if p, ok := r.resolve(each); ok && oas.TextAt(p, "in") == "body" {
			for _, kind := range r.kinds(operation, "consumes") {
				put(kind, p["schema"])
			}
		}
	}
}

// kinds are the content types that an operation consumes or produces.
func (r *reader) kinds(operation object, key string) []string {
	for _, o := range []object{operation, r.root} {
		if kinds := oas.TextsAt(o, key); len(kinds) > 0 {
			return kinds
		}
	}
	return []string{"application/json"}
}

func (r *reader) readMethodResponses(at *restapi.Resource, httpMethod string, operation object, where string) {
	responses := r.object(operation, "responses", where)
	for _, status := range slices.Sorted(maps.Keys(responses)) {
		given, ok := r.part(responses[status], where+".responses."+status)
		if code, err := strconv.Atoi(status); !ok || err != nil || code < 100 || code > 599 {
			continue // such as default, which API Gateway has no response for
		}
		made := restapi.MethodResponse{Status: status}
		for _, header := range slices.Sorted(maps.Keys(oas.ObjectAt(given, "headers"))) {
			if made.Parameters == nil {
				made.Parameters = map[string]bool{}
			}
			made.Parameters["method.response.header."+header] = false
		}
		made.Models = r.responseModels(given, operation)
		_, err := r.made.Definition.PutMethodResponse(at.ID, httpMethod, made)
		r.check(err, "Unable to put method response '%s' on '%s' for resource at path '%s'", status, httpMethod, at.Path)
	}
}

func (r *reader) responseModels(given, operation object) (models map[string]string) {
	put := func(kind string, schema any) {
		if name := r.model(schema); name != "" {
			if models == nil {
				models = map[string]string{}
			}
			models[kind] = name
		}
	}
	if !r.third {
		for _, kind := range r.kinds(operation, "produces") {
			put(kind, given["schema"])
		}
		return models
	}
	content := oas.ObjectAt(given, "content")
	for _, kind := range slices.Sorted(maps.Keys(content)) {
		put(kind, oas.ObjectAt(content, kind)["schema"])
	}
	return models
}

func (r *reader) readIntegration(at *restapi.Resource, httpMethod string, operation object) {
	value, there := operation[oas.Extension+"integration"]
	if !there {
		return
	}
	given, ok := r.resolve(value)
	if !ok {
		r.check(errNoObject, "Unable to put integration on '%s' for resource at path '%s'", httpMethod, at.Path)
		return
	}
	i := restapi.Integration{
		Type: strings.ToUpper(oas.TextAt(given, "type")), HTTPMethod: strings.ToUpper(oas.TextAt(given, "httpMethod")), URI: oas.TextAt(given, "uri"),
		ConnectionType: oas.TextAt(given, "connectionType"), ConnectionID: oas.TextAt(given, "connectionId"), Credentials: oas.TextAt(given, "credentials"),
		Parameters: r.mappings(given, at.Path, httpMethod), Templates: oas.TableAt(given, "requestTemplates"),
		Passthrough: strings.ToUpper(oas.TextAt(given, "passthroughBehavior")), ContentHandling: strings.ToUpper(oas.TextAt(given, "contentHandling")),
		CacheNamespace: oas.TextAt(given, "cacheNamespace"), CacheKeys: oas.TextsAt(given, "cacheKeyParameters"), Transfer: oas.TextAt(given, "responseTransferMode"),
	}
	if text := oas.TextAt(given, "timeoutInMillis"); text != "" {
		timeout, err := strconv.ParseInt(text, 10, 64)
		if !r.check(err, "Unable to put integration on '%s' for resource at path '%s'", httpMethod, at.Path) {
			return
		}
		i.Timeout = timeout
	}
	if tls, ok := given["tlsConfig"].(object); ok {
		insecure := oas.TruthAt(tls, "insecureSkipVerification")
		i.Insecure = &insecure
	}
	d := &r.made.Definition
	if _, err := d.PutIntegration(at.ID, httpMethod, i); !r.check(err, "Unable to put integration on '%s' for resource at path '%s'", httpMethod, at.Path) {
		return
	}
	responses := r.object(given, "responses", oas.Extension+"integration")
	for _, pattern := range slices.Sorted(maps.Keys(responses)) {
		r.readIntegrationResponse(at, httpMethod, pattern, oas.ObjectAt(responses, pattern))
	}
}

// mappings are an integration's request parameters. AWS leaves out what is no text, with a warning (recording
// test_import_rest_api_with_base_path_oas30).
func (r *reader) mappings(given object, path, httpMethod string) map[string]string {
	all, table := oas.ObjectAt(given, "requestParameters"), oas.TableAt(given, "requestParameters")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if _, ok := all[name].(string); ok {
			continue
		}
		r.warn("Invalid format for 'requestParameters'. Expected type string for property '%s' of resource '%s' and method '%s' but got '%s'",
			name, path, httpMethod, table[name])
		delete(table, name)
	}
	return table
}

func (r *reader) readIntegrationResponse(at *restapi.Resource, httpMethod, pattern string, given object) {
	made := restapi.IntegrationResponse{
		Status: oas.TextAt(given, "statusCode"), Parameters: oas.TableAt(given, "responseParameters"), Templates: oas.TableAt(given, "responseTemplates"),
		ContentHandling: strings.ToUpper(oas.TextAt(given, "contentHandling")),
	}
	if pattern != "default" {
		made.Selection = &pattern
	}
	_, err := r.made.Definition.PutIntegrationResponse(at.ID, httpMethod, made)
	r.check(err, "Unable to put integration response on '%s' for resource at path '%s'", httpMethod, at.Path)
}
