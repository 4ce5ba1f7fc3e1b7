package sam

import (
	"strconv"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// httpAuthorizer is one that an HTTP API defines: by tokens (JWT), by a function, or IAM.
type httpAuthorizer struct {
	name       string
	iam        bool
	properties map[string]any
}

func (z *httpAuthorizer) byTokens() bool { return !z.iam && truthy(z.properties["JwtConfiguration"]) }

// addAuth adds the API's security to its definition.
func (h *httpBuild) addAuth() error {
	if len(h.auth) == 0 {
		return nil
	}
	if h.body == nil {
		return invalidResource(h.id, "Auth works only with inline OpenApi specified in the 'DefinitionBody' property.")
	}
	if !onlyKeys(h.auth, []string{"Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"}) {
		return invalidResource(h.id, "Invalid value for 'Auth' property")
	}
	if !openapi.ValidHTTP(h.body) {
		return invalidResource(h.id, "Unable to add Auth configuration because 'DefinitionBody' does not contain a valid OpenApi definition.")
	}
	authorizers, err := h.authorizers()
	if err != nil {
		return err
	}
	return h.edit(func(d *openapi.HTTPDocument) error {
		definitions := openapi.Listed()
		for _, z := range authorizers {
			definition, err := h.definition(z)
			if err != nil {
				return err
			}
			definitions.Set(z.name, definition)
		}
		d.AddAuthorizers(definitions)
		return h.setDefaultAuthorizer(d, authorizers)
	})
}

func (h *httpBuild) setDefaultAuthorizer(d *openapi.HTTPDocument, authorizers []*httpAuthorizer) error {
	standard := h.auth["DefaultAuthorizer"]
	if !truthy(standard) || isNoValue(standard) {
		return nil
	}
	if err := expect(h.id, "Auth.DefaultAuthorizer", standard, text); err != nil {
		return err
	}
	for _, z := range authorizers {
		if z.name != standard {
			continue
		}
		scopes := z.properties["AuthorizationScopes"]
		if scopes == nil {
			scopes = []any{}
		}
		return d.SetDefaultAuthorizer(z.name, h.t.tree(scopes))
	}
	return invalidResource(h.id, "Unable to set DefaultAuthorizer because '%s' was not defined in 'Authorizers'.", standard)
}

// authorizers reads the API's authorizers, IAM first if it is on.
func (h *httpBuild) authorizers() ([]*httpAuthorizer, error) {
	var out []*httpAuthorizer
	if h.auth["EnableIamAuthorizer"] == true {
		out = append(out, &httpAuthorizer{name: openapi.IAM, iam: true})
	}
	given := h.auth["Authorizers"]
	if !truthy(given) {
		return out, nil
	}
	if err := expect(h.id, "Auth.Authorizers", given, object); err != nil {
		return nil, err
	}
	for _, name := range h.t.tableKeys(given.(map[string]any)) {
		value := given.(map[string]any)[name]
		if err := expect(h.id, "Auth.Authorizers."+name, value, object); err != nil {
			return nil, err
		}
		z := &httpAuthorizer{name: name, properties: value.(map[string]any)}
		if err := z.check(h); err != nil {
			return nil, err
		}
		out = append(out, z)
	}
	return out, nil
}

// tokenFields and functionFields are the properties of which kind of authorizer has them, with what errors call that kind.
var (
	tokenFields = [...][2]string{
		{"AuthorizationScopes", "OAuth2 Authorizer"}, {"JwtConfiguration", "OAuth2 Authorizer"},
		{"IdentitySource", "OAuth2 Authorizer. For Lambda Authorizer, use the 'Identity' property instead"},
	}
	functionFields = [...][2]string{
		{"FunctionArn", "Lambda Authorizer"}, {"FunctionInvokeRole", "Lambda Authorizer"}, {"Identity", "Lambda Authorizer"},
		{"AuthorizerPayloadFormatVersion", "Lambda Authorizer"}, {"EnableSimpleResponses", "Lambda Authorizer"},
		{"EnableFunctionDefaultPermissions", "Lambda Authorizer"},
	}
)

func (z *httpAuthorizer) check(h *httpBuild) error {
	p := z.properties
	if _, ok := p["OpenIdConnectUrl"]; ok {
		return invalidResource(h.id, "'OpenIdConnectUrl' is no longer a supported property for authorizer '%s'. Please refer to the AWS SAM documentation.", z.name)
	}
	if jwt := p["JwtConfiguration"]; truthy(jwt) {
		if err := expect(h.id, "JwtConfiguration", jwt, object); err != nil {
			return err
		}
	}
	if scopes := p["AuthorizationScopes"]; scopes != nil && !is[[]any](scopes) {
		return invalidResource(h.id, "AuthorizationScopes must be a list.")
	}
	foreign, missing := functionFields[:], []string{"IdentitySource"}
	kind := "OAuth2"
	if !z.byTokens() {
		foreign, missing, kind = tokenFields[:], []string{"FunctionArn", "AuthorizerPayloadFormatVersion"}, "Lambda"
	}
	for _, field := range foreign {
		if p[field[0]] != nil && (field[0] != "JwtConfiguration" || truthy(p[field[0]])) {
			return invalidResource(h.id, "%s is only supported for %s.", field[0], field[1])
		}
	}
	for _, field := range missing {
		if !truthy(p[field]) {
			return invalidResource(h.id, "%s %s Authorizer must define '%s'.", z.name, kind, field)
		}
	}
	if enable := p["EnableFunctionDefaultPermissions"]; enable != nil && !is[bool](enable) {
		return invalidResource(h.id, "Property 'Authorizers.%s.EnableFunctionDefaultPermissions' should be a boolean.", z.name)
	}
	return nil
}

// definition writes an authorizer as OpenAPI's securitySchemes have it.
func (h *httpBuild) definition(z *httpAuthorizer) (*openapi.Dict, error) {
	d := openapi.Listed()
	switch {
	case z.iam:
		return d.Put("type", openapi.Word("apiKey")).Put("name", openapi.Word("Authorization")).Put("in", openapi.Word("header")).
			Put("x-amazon-apigateway-authtype", openapi.Word("awsSigv4")), nil
	case z.byTokens():
		jwt := openapi.Listed()
		for key, value := range h.t.tree(z.properties["JwtConfiguration"]).(*openapi.Dict).All() {
			jwt.Set(strings.ToLower(key), value)
		}
		tokens := openapi.Listed().Put("jwtConfiguration", jwt).Put("identitySource", h.t.tree(z.properties["IdentitySource"])).Put("type", openapi.Word("jwt"))
		return d.Put("type", openapi.Word("oauth2")).Put(authorizerKey, tokens), nil
	}
	function, err := h.functionAuthorizer(z)
	return d.Put("type", openapi.Word("apiKey")).Put("name", openapi.Word("Unused")).Put("in", openapi.Word("header")).Put(authorizerKey, function), err
}

func (h *httpBuild) functionAuthorizer(z *httpAuthorizer) (*openapi.Dict, error) {
	p := z.properties
	d := openapi.Listed().Put("type", openapi.Word("request")).Put("authorizerUri", h.t.authorizerURI(h.t.partition, p["FunctionArn"]))
	if role := p["FunctionInvokeRole"]; truthy(role) && role != "NONE" {
		d.Put("authorizerCredentials", h.t.tree(role))
	}
	if value := p["Identity"]; truthy(value) {
		if err := expect(h.id, "Auth.Authorizers."+z.name+".Identity", value, object); err != nil {
			return nil, err
		}
		identity := value.(map[string]any)
		if seconds := identity["ReauthorizeEvery"]; seconds != nil {
			d.Put("authorizerResultTtlInSeconds", h.t.tree(seconds))
		}
		sources, err := h.identitySources(z, identity)
		if err != nil {
			return nil, err
		}
		d.Put("identitySource", sources)
	}
	d.Put("authorizerPayloadFormatVersion", h.t.tree(p["AuthorizerPayloadFormatVersion"]))
	if simple := p["EnableSimpleResponses"]; truthy(simple) {
		d.Put("enableSimpleResponses", h.t.tree(simple))
	}
	return d, nil
}

// identitySources lists what of a request says who calls.
func (h *httpBuild) identitySources(z *httpAuthorizer, identity map[string]any) ([]any, error) {
	sources := []any{}
	for _, source := range identitySources {
		value := identity[source.property]
		if !truthy(value) {
			continue
		}
		path := "Authorizers." + z.name + ".Identity." + source.property
		if err := expect(h.id, path, value, list); err != nil {
			return nil, err
		}
		for i, name := range value.([]any) {
			if err := expect(h.id, path+"["+strconv.Itoa(i)+"]", name, text); err != nil {
				return nil, err
			}
			sources = append(sources, source.http+name.(string))
		}
	}
	return sources, nil
}

// authorizerPermissions lets API Gateway invoke the functions of authorizers that ask for it.
func (h *httpBuild) authorizerPermissions() ([]*resource, error) {
	if len(h.auth) == 0 {
		return nil, nil
	}
	authorizers, err := h.authorizers()
	var made []*resource
	for _, z := range authorizers {
		if function := z.properties["FunctionArn"]; truthy(function) && truthy(z.properties["EnableFunctionDefaultPermissions"]) {
			made = append(made, h.authorizerPermission("${AWS::Partition}", z.name, function))
		}
	}
	return made, err
}
