package openapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/oas"
	"sluice/internal/restapi"
)

// schemes are the document's named ways to prove who calls.
func (r *reader) schemes() object {
	if r.third {
		return oas.ObjectAt(r.root, "components", "securitySchemes")
	}
	return oas.ObjectAt(r.root, "securityDefinitions")
}

func (r *reader) readAuthorizers() {
	if r.third {
		r.object(oas.ObjectAt(r.root, "components"), "securitySchemes", "components")
	} else {
		r.object(r.root, "securityDefinitions", "")
	}
	all := r.schemes()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		scheme := oas.ObjectAt(all, name)
		given := oas.ObjectAt(scheme, oas.Extension+"authorizer")
		if given == nil {
			continue
		}
		wanted := restapi.Authorizer{
			Name: name, Type: strings.ToUpper(oas.TextAt(given, "type")), URI: oas.TextAt(given, "authorizerUri"),
			Credentials: oas.TextAt(given, "authorizerCredentials"), Providers: oas.TextsAt(given, "providerARNs"),
			AuthType: oas.TextAt(scheme, oas.Extension+"authtype"), Identity: oas.TextAt(given, "identitySource"),
			Expression: oas.TextAt(given, "identityValidationExpression"),
		}
		if wanted.Identity == "" && oas.TextAt(scheme, "in") == "header" && wanted.Type != restapi.RequestAuthorizer {
			wanted.Identity = "method.request.header." + oas.TextAt(scheme, "name")
		}
		if ttl, err := strconv.ParseInt(oas.TextAt(given, "authorizerResultTtlInSeconds"), 10, 64); err == nil {
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
			r.secure(m, name, oas.TextsAt(asked, name))
		}
	}
	if auth := oas.TextAt(oas.ObjectAt(operation, oas.Extension+"auth"), "type"); auth != "" {
		m.Authorization = strings.ToUpper(auth)
	}
}

func (r *reader) secure(m *restapi.Method, name string, scopes []string) {
	scheme := oas.ObjectAt(r.schemes(), name)
	kind := strings.ToLower(oas.TextAt(scheme, oas.Extension+"authtype"))
	switch {
	case r.authorizers[name] != "":
		m.AuthorizerID, m.Authorization = r.authorizers[name], restapi.AuthCustom
		if r.made.Definition.Authorizers[m.AuthorizerID].Type == restapi.CognitoAuthorizer {
			m.Authorization, m.Scopes = restapi.AuthCognito, scopes
		}
	case kind == "awssigv4":
		m.Authorization = restapi.AuthIAM
	case strings.EqualFold(oas.TextAt(scheme, "type"), "apiKey") && strings.EqualFold(oas.TextAt(scheme, "name"), "x-api-key"):
		m.KeyRequired = true
	case scheme == nil:
		r.warn("Security scheme '%s' is not defined", name)
	}
}
