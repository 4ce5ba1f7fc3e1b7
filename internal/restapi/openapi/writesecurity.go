package openapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/oas"
	"sluice/internal/restapi"
)

// The names of the schemes that belong to no authorizer, as AWS writes them.
const (
	keyScheme       = "api_key"
	signatureScheme = "sigv4"
)

// schemes are those that the methods use.
func (w *writer) schemes() object {
	all := object{}
	for _, r := range w.Resources {
		for _, m := range r.Methods {
			if m.KeyRequired {
				all[keyScheme] = object{"type": "apiKey", "name": "x-api-key", "in": "header"}
			}
			if m.Authorization == restapi.AuthIAM {
				all[signatureScheme] = object{"type": "apiKey", "name": "Authorization", "in": "header", oas.Extension + "authtype": "awsSigv4"}
			}
			if z := w.Authorizers[m.AuthorizerID]; z != nil {
				all[z.Name] = w.scheme(z)
			}
		}
	}
	return all
}

func (w *writer) scheme(z *restapi.Authorizer) object {
	header := "Unused"
	if _, name, ok := strings.Cut(z.Identity, "method.request.header."); ok && z.Type != restapi.RequestAuthorizer {
		header = name
	}
	kind := z.AuthType
	if kind == "" {
		kind = "custom"
		if z.Type == restapi.CognitoAuthorizer {
			kind = "cognito_user_pools"
		}
	}
	scheme := object{"type": "apiKey", "name": header, "in": "header", oas.Extension + "authtype": kind}
	if w.style.Authorizers {
		scheme[oas.Extension+"authorizer"] = authorizer(z)
	}
	return scheme
}

func authorizer(z *restapi.Authorizer) object {
	o := object{"type": strings.ToLower(z.Type)}
	for key, value := range map[string]string{
		"authorizerUri": z.URI, "authorizerCredentials": z.Credentials, "identityValidationExpression": z.Expression,
	} {
		if value != "" {
			o[key] = value
		}
	}
	if z.Type == restapi.RequestAuthorizer && z.Identity != "" {
		o["identitySource"] = z.Identity
	}
	if z.TTL != nil {
		o["authorizerResultTtlInSeconds"] = *z.TTL
	}
	if len(z.Providers) > 0 {
		o["providerARNs"] = z.Providers
	}
	return o
}

func (w *writer) security(m *restapi.Method) (all []any) {
	if m.Authorization == restapi.AuthIAM {
		all = append(all, object{signatureScheme: []any{}})
	}
	if z := w.Authorizers[m.AuthorizerID]; z != nil {
		all = append(all, object{z.Name: append([]string{}, m.Scopes...)})
	}
	if m.KeyRequired {
		all = append(all, object{keyScheme: []any{}})
	}
	return all
}

// integration writes a resource's, with its responses by their patterns.
func integration(i *restapi.Integration, resource string) object {
	o := object{"type": strings.ToLower(i.Type), "passthroughBehavior": strings.ToLower(i.Passthrough)}
	for key, value := range map[string]string{
		"httpMethod": i.HTTPMethod, "uri": i.URI, "connectionType": i.ConnectionType, "connectionId": i.ConnectionID, "credentials": i.Credentials,
		"contentHandling": i.ContentHandling, "responseTransferMode": i.Transfer,
	} {
		if value != "" {
			o[key] = value
		}
	}
	for key, value := range map[string]map[string]string{"requestParameters": i.Parameters, "requestTemplates": i.Templates} {
		if len(value) > 0 {
			o[key] = value
		}
	}
	if i.Timeout != restapi.MaxTimeout {
		o["timeoutInMillis"] = i.Timeout
	}
	if i.CacheNamespace != resource {
		o["cacheNamespace"] = i.CacheNamespace
	}
	if len(i.CacheKeys) > 0 {
		o["cacheKeyParameters"] = i.CacheKeys
	}
	if i.Insecure != nil {
		o["tlsConfig"] = object{"insecureSkipVerification": *i.Insecure}
	}
	filled(o, "responses", integrationResponses(i))
	return o
}

// integrationResponses are by their patterns. Of several with the same one, the last status is written.
func integrationResponses(i *restapi.Integration) object {
	responses := object{}
	for _, status := range slices.Sorted(maps.Keys(i.Responses)) {
		r := i.Responses[status]
		pattern := "default"
		if r.Selection != nil && *r.Selection != "" {
			pattern = *r.Selection
		}
		given := object{"statusCode": r.Status}
		if len(r.Parameters) > 0 {
			given["responseParameters"] = r.Parameters
		}
		if len(r.Templates) > 0 {
			given["responseTemplates"] = r.Templates
		}
		if r.ContentHandling != "" {
			given["contentHandling"] = r.ContentHandling
		}
		responses[pattern] = given
	}
	return responses
}

// extend adds the extensions of the whole API.
func (w *writer) extend(root object) {
	if !w.style.Integrations {
		return
	}
	validators := object{}
	for _, v := range w.Validators {
		validators[v.Name] = object{"validateRequestBody": v.Body, "validateRequestParameters": v.Parameters}
	}
	filled(root, oas.Extension+"request-validators", validators)
	responses := object{}
	for kind, r := range w.Responses {
		given := object{"responseParameters": r.Parameters, "responseTemplates": r.Templates}
		if status, err := strconv.Atoi(r.Status); err == nil {
			given["statusCode"] = status
		}
		responses[kind] = given
	}
	filled(root, oas.Extension+"gateway-responses", responses)
	if len(w.BinaryMediaTypes) > 0 {
		root[oas.Extension+"binary-media-types"] = w.BinaryMediaTypes
	}
	if w.MinimumCompression != nil {
		root[oas.Extension+"minimum-compression-size"] = *w.MinimumCompression
	}
}
