package sam

import (
	"regexp"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// gatewayPrincipal is API Gateway as permissions call it.
const gatewayPrincipal = "apigateway.amazonaws.com"

var trailingSlash = regexp.MustCompile(`^(.+)/$`)

// permissionPath writes a path as ARNs of methods do: without the slash at the end, which API Gateway removes.
func permissionPath(path string) string { return trailingSlash.ReplaceAllString(path, "$1") }

// permissionMethod writes a method as ARNs do.
func permissionMethod(method string) string {
	if method == "any" || method == anyMethod {
		return "*"
	}
	return strings.ToUpper(method)
}

// apiPermission lets all stages of the API invoke the function for the method.
func (e *event) apiPermission(t *transform, m *methodEvent) *resource {
	method := "*"
	if m.method != "any" {
		method = strings.ToUpper(m.method)
	}
	return e.permission(e.id, m.api.stage, gatewayPrincipal, map[string]any{"SourceArn": methodARN(
		t.partition, method+openapi.Wildcards(permissionPath(m.path)), e.properties["RestApiId"])})
}

func methodARN(partition, method string, api any) map[string]any {
	return subWith("arn:"+partition+":execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/"+method,
		map[string]any{"__ApiId__": clone(api), "__Stage__": "*"})
}

// integrationURI is the address under which API Gateway invokes the event's target.
func (t *transform) integrationURI(e *event, partition string, streams bool) *openapi.Dict {
	version, invocations := "2015-03-31", "/invocations"
	if streams {
		version, invocations = "2021-11-15", "/response-streaming-invocations"
	}
	name, isAlias := e.target.id, true
	if _, byAttribute := at(e.targetARN(), "Fn::GetAtt").([]any); byAttribute {
		name, isAlias = name+".Arn", false
	}
	uri := "arn:" + partition + ":apigateway:${AWS::Region}:lambda:path/" + version + "/functions/${" + name + "}" + invocations
	if isAlias {
		return openapi.NewDict().Put("Fn::Sub", openapi.Word(uri))
	}
	return openapi.NewDict().Put("Fn::Sub", uri)
}
