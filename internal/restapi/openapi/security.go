package openapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/restapi"
)

// schemes are the document's named ways to prove who calls.
func (r *reader) schemes() object {
	if r.third {
		return objectAt(r.root, "components", "securitySchemes")
	}
	return objectAt(r.root, "securityDefinitions")
}

func (r *reader) readAuthorizers() {
	if r.third {
		r.object(objectAt(r.root, "components"), "securitySchemes", "components")
	} else {
		r.object(r.root, "securityDefinitions", "")
	}
	all := r.schemes()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		scheme := objectAt(all, name)
		given := objectAt(scheme, extension+"authorizer")
		if given == nil {
			continue
		}
		wanted := restapi.Authorizer{
			Name: name, Type: strings.ToUpper(textAt(given, "type")), URI: textAt(given, "authorizerUri"),
			Credentials: textAt(given, "authorizerCredentials"), Providers: textsAt(given, "providerARNs"),
			AuthType: textAt(scheme, extension+"authtype"), Identity: textAt(given, "identitySource"),
			Expression: textAt(given, "identityValidationExpression"),
		}
		if wanted.Identity == "" && textAt(scheme, "in") == "header" && wanted.Type != restapi.RequestAuthorizer {
			wanted.Identity = "method.request.header." + textAt(scheme, "name")
		}
		if ttl, err := strconv.ParseInt(textAt(given, "authorizerResultTtlInSeconds"), 10, 64); err == nil {
			wanted.TTL = &ttl
		}
		made, err := r.made.Definition.CreateAuthorizer(wanted)
		if r.check(err, "Unable to create authorizer '%s'", name) {
			r.authorizers[name] = made.ID
		}
	}
}

// readSecurity says who may call a method: what the operation says, or else what the document says for all.
func (r *reader) readSecurity(m *restapi.Method, operation object, where string) {
	security := r.list(operation, "security", where)
	if _, own := operation["security"]; !own {
		security, where = r.list(r.root, "security", ""), ""
	}
	for _, each := range security {
		asked, ok := each.(object)
		if !ok {
			r.mistyped(inside(where, "security"), "object")
		}
		for _, name := range slices.Sorted(maps.Keys(asked)) {
			r.secure(m, name, textsAt(asked, name))
		}
	}
	if auth := textAt(objectAt(operation, extension+"auth"), "type"); auth != "" {
		m.Authorization = strings.ToUpper(auth)
	}
}

func (r *reader) secure(m *restapi.Method, name string, scopes []string) {
	scheme := objectAt(r.schemes(), name)
	kind := strings.ToLower(textAt(scheme, extension+"authtype"))
	switch {
	case r.authorizers[name] != "":
		m.AuthorizerID, m.Authorization = r.authorizers[name], restapi.AuthCustom
		if r.made.Definition.Authorizers[m.AuthorizerID].Type == restapi.CognitoAuthorizer {
			m.Authorization, m.Scopes = restapi.AuthCognito, scopes
		}
	case kind == "awssigv4":
		m.Authorization = restapi.AuthIAM
	case strings.EqualFold(textAt(scheme, "type"), "apiKey") && strings.EqualFold(textAt(scheme, "name"), "x-api-key"):
		m.KeyRequired = true
	case scheme == nil:
		r.warn("Security scheme '%s' is not defined", name)
	}
}
