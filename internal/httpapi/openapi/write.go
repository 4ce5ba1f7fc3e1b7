package openapi

import (
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v4"

	"sluice/internal/httpapi"
	"sluice/internal/oas"
)

// Export is what is to be written.
type Export struct {
	API        *httpapi.API
	Definition *httpapi.Definition // the API's own, or that of a deployment
	Host       string              // where the API is reached
	Stage      string              // that is written; empty or httpapi.DefaultStage: none in the address
	YAML       bool                // else JSON
	Extensions bool                // whether API Gateway's extensions are written
}

// Write writes a document.
func Write(e *Export) ([]byte, error) {
	info := object{"title": e.API.Name, "version": e.API.Version}
	if e.API.Version == "" {
		info["version"] = e.API.Created.Format("2006-01-02 15:04:05UTC")
	}
	if e.API.Description != "" {
		info["description"] = e.API.Description
	}
	server := object{"url": "https://" + e.Host}
	if e.Stage != "" && e.Stage != httpapi.DefaultStage {
		server = object{"url": "https://" + e.Host + "/{basePath}", "variables": object{"basePath": object{"default": e.Stage}}}
	}
	root := object{"openapi": "3.0.1", "info": info, "servers": []any{server}, "paths": e.paths()}
	if schemes := e.schemes(); len(schemes) > 0 {
		root["components"] = object{"securitySchemes": schemes}
	}
	if e.Extensions {
		root[oas.Extension+"importexport-version"] = "1.0"
		if e.Definition.CORS != nil {
			root[oas.Extension+"cors"] = cors(e.Definition.CORS)
		}
	}
	if e.YAML {
		return yaml.Marshal(root)
	}
	return json.MarshalIndent(root, "", "  ")
}

func (e *Export) paths() object {
	paths := object{}
	for _, r := range e.Definition.SortedRoutes() {
		method, path := httpapi.SplitKey(r.Key)
		operation := e.operation(r)
		if path == "" {
			method, path, operation["isDefaultRoute"] = httpapi.AnyMethod, "/"+httpapi.DefaultKey, true
		}
		key := strings.ToLower(method)
		if method == httpapi.AnyMethod {
			key = oas.Extension + "any-method"
		}
		item := oas.ObjectAt(paths, path)
		if item == nil {
			item = object{}
			paths[path] = item
		}
		item[key] = operation
	}
	return paths
}

func (e *Export) operation(r *httpapi.Route) object {
	o := object{"responses": object{"default": object{"description": "Default response for " + r.Key}}}
	if r.OperationName != "" {
		o["operationId"] = r.OperationName
	}
	if _, path := httpapi.SplitKey(r.Key); strings.Contains(path, "{") {
		o["parameters"] = parameters(path)
	}
	switch z := e.Definition.Authorizers[r.AuthorizerID]; {
	case z != nil:
		o["security"] = []any{object{z.Name: append([]string{}, r.Scopes...)}}
	case r.Authorization == httpapi.AuthIAM:
		o["security"] = []any{object{signature: []string{}}}
	}
	if i := e.Definition.Integrations[r.Integration()]; i != nil && e.Extensions {
		o[oas.Extension+"integration"] = written(i)
	}
	return o
}

func parameters(path string) (all []any) {
	for part := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			name = strings.TrimSuffix(strings.TrimSuffix(name, "}"), "+")
			all = append(all, object{"name": name, "in": "path", "required": true, "schema": object{"type": "string"}})
		}
	}
	return all
}

func written(i *httpapi.Integration) object {
	o := object{
		"type": strings.ToLower(i.Type), "httpMethod": i.Method, "uri": i.URI, "payloadFormatVersion": i.Format, "connectionType": "INTERNET",
		"timeoutInMillis": i.Timeout,
	}
	if i.Credentials != "" {
		o["credentials"] = i.Credentials
	}
	if i.Parameters != nil {
		o["requestParameters"] = i.Parameters
	}
	if i.Responses != nil {
		o["responseParameters"] = i.Responses
	}
	return o
}

// signature is the name of the scheme of signed requests.
const signature = "sigv4"

// schemes are those that the routes use.
func (e *Export) schemes() object {
	all := object{}
	for _, r := range e.Definition.Routes {
		if r.Authorization == httpapi.AuthIAM {
			all[signature] = object{"type": "apiKey", "name": "Authorization", "in": "header", oas.Extension + "authtype": "awsSigv4"}
		}
		if z := e.Definition.Authorizers[r.AuthorizerID]; z != nil {
			all[z.Name] = e.scheme(z)
		}
	}
	return all
}

func (e *Export) scheme(z *httpapi.Authorizer) object {
	scheme := object{"type": "apiKey", "name": "Unused", "in": "header"}
	given := object{"type": strings.ToLower(z.Type), "identitySource": strings.Join(z.Identity, ", ")}
	if z.Type == httpapi.JWTAuthorizer {
		scheme = object{"type": "oauth2"}
		given["jwtConfiguration"] = object{"issuer": z.Issuer, "audience": z.Audience}
	} else {
		given["authorizerUri"], given["authorizerPayloadFormatVersion"], given["enableSimpleResponses"] = z.URI, z.Format, z.Simple
		if z.TTL != nil {
			given["authorizerResultTtlInSeconds"] = *z.TTL
		}
		if z.Credentials != "" {
			given["authorizerCredentials"] = z.Credentials
		}
	}
	if e.Extensions {
		scheme[oas.Extension+"authorizer"] = given
	}
	return scheme
}

func cors(c *httpapi.CORS) object {
	o := object{}
	for key, list := range map[string][]string{
		"allowHeaders": c.Headers, "allowMethods": c.Methods, "allowOrigins": c.Origins, "exposeHeaders": c.Expose,
	} {
		if list != nil {
			o[key] = list
		}
	}
	if c.Credentials != nil {
		o["allowCredentials"] = *c.Credentials
	}
	if c.MaxAge != nil {
		o["maxAge"] = *c.MaxAge
	}
	return o
}
