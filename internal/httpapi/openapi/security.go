package openapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/httpapi"
	"sluice/internal/oas"
)

// schemes are the document's named ways to prove who calls.
func (r *reader) schemes() object { return oas.ObjectAt(r.root, "components", "securitySchemes") }

func (r *reader) readAuthorizers() {
	all := r.schemes()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		given := oas.ObjectAt(all, name, oas.Extension+"authorizer")
		if given == nil {
			continue
		}
		made, err := r.made.Definition.CreateAuthorizer(authorizer(name, given))
		if r.check(err, "Unable to create authorizer '%s'", name) {
			r.authorizers[name] = made.ID
		}
	}
}

func authorizer(name string, given object) httpapi.Authorizer {
	z := httpapi.Authorizer{
		Name: name, Type: strings.ToUpper(oas.TextAt(given, "type")), URI: oas.TextAt(given, "authorizerUri"),
		Credentials: oas.TextAt(given, "authorizerCredentials"), Format: formatAt(given, "authorizerPayloadFormatVersion"),
		Simple: oas.TruthAt(given, "enableSimpleResponses"),
		Issuer: oas.TextAt(oas.ObjectAt(given, "jwtConfiguration"), "issuer"), Audience: textsAt(oas.ObjectAt(given, "jwtConfiguration"), "audience"),
	}
	for _, text := range textsAt(given, "identitySource") {
		for source := range strings.SplitSeq(text, ",") {
			z.Identity = append(z.Identity, strings.TrimSpace(source))
		}
	}
	if ttl, err := strconv.ParseInt(oas.TextAt(given, "authorizerResultTtlInSeconds"), 10, 64); err == nil {
		z.TTL = &ttl
	}
	return z
}

// readSecurity says who may call a route: what the operation says, or else what the document says for all.
func (r *reader) readSecurity(route *httpapi.Route, operation object) {
	security := oas.ListAt(operation, "security")
	if _, own := operation["security"]; !own {
		security = oas.ListAt(r.root, "security")
	}
	for _, each := range security {
		asked, _ := each.(object)
		for _, name := range slices.Sorted(maps.Keys(asked)) {
			r.secure(route, name, textsAt(asked, name))
		}
	}
}

// nobody is the scheme by which SAM marks routes that need no authorizer though others do.
const nobody = "NONE"

func (r *reader) secure(route *httpapi.Route, name string, scopes []string) {
	scheme := oas.ObjectAt(r.schemes(), name)
	id := r.authorizers[name]
	switch {
	case scheme == nil && name == nobody:
	case id == "" && strings.EqualFold(oas.TextAt(scheme, oas.Extension+"authtype"), "awsSigv4"):
		route.Authorization = httpapi.AuthIAM
	case id == "":
		r.warn("Security scheme '%s' of route '%s' has no authorizer", name, route.Key)
	case r.made.Definition.Authorizers[id].Type == httpapi.JWTAuthorizer:
		route.AuthorizerID, route.Authorization, route.Scopes = id, httpapi.AuthJWT, scopes
	default:
		route.AuthorizerID, route.Authorization = id, httpapi.AuthCustom
	}
}
