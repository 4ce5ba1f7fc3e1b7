package openapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/httpapi"
)

// schemes are the document's named ways to prove who calls.
func (r *reader) schemes() object { return objectAt(r.root, "components", "securitySchemes") }

func (r *reader) readAuthorizers() {
	all := r.schemes()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		given := objectAt(all, name, extension+"authorizer")
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
		Name: name, Type: strings.ToUpper(textAt(given, "type")), URI: textAt(given, "authorizerUri"),
		Credentials: textAt(given, "authorizerCredentials"), Format: formatAt(given, "authorizerPayloadFormatVersion"),
		Simple: truthAt(given, "enableSimpleResponses"),
		Issuer: textAt(objectAt(given, "jwtConfiguration"), "issuer"), Audience: textsAt(objectAt(given, "jwtConfiguration"), "audience"),
	}
	for _, text := range textsAt(given, "identitySource") {
		for source := range strings.SplitSeq(text, ",") {
			z.Identity = append(z.Identity, strings.TrimSpace(source))
		}
	}
	if ttl, err := strconv.ParseInt(textAt(given, "authorizerResultTtlInSeconds"), 10, 64); err == nil {
		z.TTL = &ttl
	}
	return z
}

// readSecurity says who may call a route: what the operation says, or else what the document says for all.
func (r *reader) readSecurity(route *httpapi.Route, operation object) {
	security := listAt(operation, "security")
	if _, own := operation["security"]; !own {
		security = listAt(r.root, "security")
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
	scheme := objectAt(r.schemes(), name)
	id := r.authorizers[name]
	switch {
	case scheme == nil && name == nobody:
	case id == "" && strings.EqualFold(textAt(scheme, extension+"authtype"), "awsSigv4"):
		route.Authorization = httpapi.AuthIAM
	case id == "":
		r.warn("Security scheme '%s' of route '%s' has no authorizer", name, route.Key)
	case r.made.Definition.Authorizers[id].Type == httpapi.JWTAuthorizer:
		route.AuthorizerID, route.Authorization, route.Scopes = id, httpapi.AuthJWT, scopes
	default:
		route.AuthorizerID, route.Authorization = id, httpapi.AuthCustom
	}
}
