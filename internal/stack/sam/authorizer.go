package sam

import (
	"encoding/json"
	"strconv"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// authorizer is one that a REST API defines: a user pool of Cognito, a function, or IAM.
type authorizer struct {
	name       string
	iam        bool
	properties map[string]any
	scopes     any // a list of openapi's
}

// authorizers reads the API's own ones.
func (a *restBuild) authorizers() ([]*authorizer, error) {
	given := a.auth["Authorizers"]
	if !truthy(given) {
		return nil, nil
	}
	if err := expect(a.id, "Auth.Authorizers", given, object); err != nil {
		return nil, err
	}
	properties := given.(map[string]any)
	var out []*authorizer
	for _, name := range a.t.tableKeys(properties) {
		if err := expect(a.id, "Auth.Authorizers."+name, properties[name], object); err != nil {
			return nil, err
		}
		z := &authorizer{name: name, properties: properties[name].(map[string]any)}
		if err := z.check(a); err != nil {
			return nil, err
		}
		out = append(out, z)
	}
	return out, nil
}

func (z *authorizer) check(a *restBuild) error {
	if typ := z.properties["FunctionPayloadType"]; typ != nil && typ != "TOKEN" && typ != "REQUEST" {
		return invalidResource(a.id, "%s Authorizer has invalid 'FunctionPayloadType': %s.", z.name, str(typ))
	}
	if z.properties["FunctionPayloadType"] == "REQUEST" {
		missing, err := z.missesIdentity(a)
		if err != nil {
			return err
		}
		if missing {
			return invalidResource(a.id, "%s Authorizer must specify Identity with at least one of Headers, QueryStrings, StageVariables, or Context.", z.name)
		}
	}
	z.scopes = []any{}
	if scopes := z.properties["AuthorizationScopes"]; scopes != nil {
		if err := expect(a.id, "Authorizers."+z.name+".AuthorizationScopes", scopes, list); err != nil {
			return err
		}
		z.scopes = a.t.tree(scopes)
	}
	if disable := z.properties["DisableFunctionDefaultPermissions"]; disable != nil && !is[bool](disable) {
		return invalidResource(a.id, "Property 'Authorizers.%s.DisableFunctionDefaultPermissions' should be a boolean.", z.name)
	}
	return nil
}

// missesIdentity reports whether a request authorizer says by nothing who calls, though its answers are kept.
func (z *authorizer) missesIdentity(a *restBuild) (bool, error) {
	value := z.properties["Identity"]
	if !truthy(value) {
		return true, nil
	}
	if err := expect(a.id, "Authorizer."+z.name+".Identity", value, object); err != nil {
		return false, err
	}
	identity := value.(map[string]any)
	for _, source := range identitySources {
		if truthy(identity[source.property]) {
			return false, nil
		}
	}
	seconds, ok := wholeNumber(identity["ReauthorizeEvery"])
	return !ok || seconds > 0, nil
}

// wholeNumber reads an integer as Python's int does from a number or text.
func wholeNumber(value any) (int, bool) {
	switch v := value.(type) {
	case json.Number:
		f, err := v.Float64()
		return int(f), err == nil
	case string:
		n, err := strconv.Atoi(strings.TrimSpace(v))
		return n, err == nil
	case bool:
		return map[bool]int{true: 1}[v], true
	}
	return 0, false
}

// identitySources are where a request authorizer may find who calls.
var identitySources = [...]struct{ property, rest, http string }{
	{"Headers", "method.request.header.", "$request.header."},
	{"QueryStrings", "method.request.querystring.", "$request.querystring."},
	{"StageVariables", "stageVariables.", "$stageVariables."},
	{"Context", "context.", "$context."},
}

const authorizerKey = "x-amazon-apigateway-authorizer"

// definition writes an authorizer as Swagger's securityDefinitions have it.
func (a *restBuild) definition(z *authorizer) (*openapi.Dict, error) {
	header, err := a.identityHeader(z)
	if err != nil {
		return nil, err
	}
	d := openapi.NewDict().Put("type", openapi.Word("apiKey")).Put("name", header).Put("in", openapi.Word("header"))
	switch {
	case z.iam:
		return d.Put("x-amazon-apigateway-authtype", openapi.Word("awsSigv4")), nil
	case truthy(z.properties["UserPoolArn"]):
		pools, ok := z.properties["UserPoolArn"].([]any)
		if !ok {
			pools = []any{z.properties["UserPoolArn"]}
		}
		cognito := openapi.NewDict().Put("type", openapi.Word("cognito_user_pools")).Put("providerARNs", a.t.tree(pools))
		a.addValidation(z, cognito)
		return d.Put("x-amazon-apigateway-authtype", openapi.Word("cognito_user_pools")).Put(authorizerKey, cognito), nil
	}
	function, err := a.functionAuthorizer(z)
	return d.Put("x-amazon-apigateway-authtype", openapi.Word("custom")).Put(authorizerKey, function), err
}

// byRequest reports whether an authorizer's function gets the whole request, not only a token.
func (z *authorizer) byRequest() bool {
	return !z.iam && !truthy(z.properties["UserPoolArn"]) && z.properties["FunctionPayloadType"] == "REQUEST"
}

// identityHeader is the header that says who calls.
func (a *restBuild) identityHeader(z *authorizer) (any, error) {
	if z.byRequest() {
		return openapi.Word("Unused"), nil
	}
	identity, ok := z.properties["Identity"].(map[string]any)
	if truthy(z.properties["Identity"]) && !ok {
		return nil, invalidResource(a.id, "Auth.Authorizers.<Authorizer>.Identity must be a dict (LambdaTokenAuthorizationIdentity, "+
			"LambdaRequestAuthorizationIdentity or CognitoAuthorizationIdentity).")
	}
	if header := identity["Header"]; truthy(header) {
		return a.t.tree(header), nil
	}
	return openapi.Word("Authorization"), nil
}

func (a *restBuild) functionAuthorizer(z *authorizer) (*openapi.Dict, error) {
	typ := openapi.Word("token")
	if z.byRequest() {
		typ = "request"
	}
	d := openapi.NewDict().Put("type", typ).Put("authorizerUri", a.t.authorizerURI(a.t.partition, z.properties["FunctionArn"]))
	identity, _ := z.properties["Identity"].(map[string]any)
	if seconds := identity["ReauthorizeEvery"]; seconds != nil {
		d.Put("authorizerResultTtlInSeconds", a.t.tree(seconds))
	}
	if role := z.properties["FunctionInvokeRole"]; truthy(role) && role != "NONE" {
		d.Put("authorizerCredentials", a.t.tree(role))
	}
	if !z.byRequest() {
		a.addValidation(z, d)
		return d, nil
	}
	source, err := a.identitySource(z, identity)
	if source != "" {
		d.Put("identitySource", source)
	}
	return d, err
}

// addValidation says which tokens are refused without asking.
func (a *restBuild) addValidation(z *authorizer, d *openapi.Dict) {
	if expression := at(z.properties["Identity"], "ValidationExpression"); truthy(expression) {
		d.Put("identityValidationExpression", a.t.tree(expression))
	}
}

// identitySource lists what of a request says who calls.
func (a *restBuild) identitySource(z *authorizer, identity map[string]any) (string, error) {
	var sources []string
	for _, source := range identitySources {
		value := identity[source.property]
		if !truthy(value) {
			continue
		}
		path := "Auth.Authorizers." + z.name + ".Identity." + source.property
		if err := expect(a.id, path, value, list); err != nil {
			return "", err
		}
		for i, name := range value.([]any) {
			if err := expect(a.id, path+"["+strconv.Itoa(i)+"]", name, text); err != nil {
				return "", err
			}
			sources = append(sources, source.rest+name.(string))
		}
	}
	return strings.Join(sources, ", "), nil
}

// authorizerURI is the address under which API Gateway invokes an authorizer's function.
func (t *transform) authorizerURI(partition string, function any) *openapi.Dict {
	return openapi.Sub(openapi.Word("arn:"+partition+":apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations"),
		openapi.Listed().Put("__FunctionArn__", t.tree(function)))
}

// authorizerPermission lets API Gateway invoke an authorizer's function.
func (s *source) authorizerPermission(partition, name string, function any) *resource {
	return s.make(s.id+name+"AuthorizerPermission", "AWS::Lambda::Permission", map[string]any{
		"Action": "lambda:InvokeFunction", "FunctionName": clone(function), "Principal": gatewayPrincipal,
		"SourceArn": subWith("arn:"+partition+":execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*",
			map[string]any{"__ApiId__": ref(s.id)}),
	})
}

// authorizerPermissions lets API Gateway invoke the functions of the API's authorizers.
func (a *restBuild) authorizerPermissions() ([]*resource, error) {
	authorizers, err := a.authorizers()
	var made []*resource
	for _, z := range authorizers {
		if function := z.properties["FunctionArn"]; truthy(function) && !truthy(z.properties["DisableFunctionDefaultPermissions"]) {
			made = append(made, a.authorizerPermission(a.t.partition, z.name, function))
		}
	}
	return made, err
}
