package sam

import "strings"

// webSocketAPI becomes a WebSocket API with a stage that deploys by itself; for each route an integration and a permission;
// and what its domain and authorizer need.
var webSocketAPI = kind{
	rank: apiRank,
	properties: []property{
		{name: "ApiKeySelectionExpression", is: text},
		{name: "AccessLogSettings", is: object},
		{name: "Auth", is: object},
		{name: "DefaultRouteSettings", is: object},
		{name: "Description", is: text},
		{name: "DisableExecuteApiEndpoint", is: boolean},
		{name: "Domain", is: object},
		{name: "DisableSchemaValidation", is: boolean},
		{name: "FailOnWarnings", is: boolean},
		{name: "IpAddressType", is: text},
		{name: "Name", is: text},
		{name: "PropagateTags", is: boolean},
		{name: "Routes", required: true, is: object},
		{name: "RouteSettings", is: object},
		{name: "RouteSelectionExpression", required: true, is: text},
		{name: "StageName", is: text | object},
		{name: "StageVariables", is: object},
		{name: "Tags", is: object},
	},
	referable: httpAPI.referable,
	expand: func(t *transform, s *source) ([]*resource, error) {
		s.attributes = nil // the reference implementation passes none on
		return (&webSocketBuild{apiBuild: apiBuild{t, s}}).expand()
	},
}

// webSocketBuild is a WebSocket API on its way.
type webSocketBuild struct {
	apiBuild
	routes, auth map[string]any
	tags         map[string]any // with SAM's own
}

// webSocketTag marks what SAM made.
const webSocketTag = "websocketapi:createdBy"

func (w *webSocketBuild) expand() ([]*resource, error) {
	for _, name := range [...]string{"Auth", "Domain", "Routes"} {
		if value, ok := w.properties[name]; ok {
			w.properties[name] = w.t.resolve(value)
		}
	}
	w.routes, _ = w.properties["Routes"].(map[string]any)
	w.auth, _ = w.properties["Auth"].(map[string]any)
	if err := w.check(); err != nil {
		return nil, err
	}
	api := w.api()
	domain, err := w.regionalDomain(webSocketTag)
	if err != nil {
		return nil, err
	}
	if w.properties["StageName"] == defaultPath {
		return nil, invalidResource(w.id, "Stages cannot be named $default for WebSocket APIs.")
	}
	made, routes := []*resource{api}, []any{}
	for _, key := range w.t.keys(w.routes) {
		of, err := w.route(key)
		if err != nil {
			return nil, err
		}
		made, routes = append(made, of...), append(routes, of[0].id)
	}
	stage := w.stage()
	if truthy(w.properties["RouteSettings"]) {
		stage.dependsOn = routes
	}
	made = append(append(made, domain...), stage)
	made = append(made, w.authorizer()...)
	w.setTags(made)
	return made, nil
}

// check refuses what WebSocket APIs cannot have.
func (w *webSocketBuild) check() error {
	address := w.properties["IpAddressType"]
	_, connects := w.routes["$connect"]
	switch {
	case len(w.routes) == 0:
		return invalidResource(w.id, "WebSocket API must have at least one route.")
	case address != nil && !isIntrinsic(address) && address != "ipv4" && address != "dualstack":
		return invalidResource(w.id, "IpAddressType must be 'ipv4' or 'dualstack'.")
	case truthy(at(w.properties["Domain"], "MutualTlsAuthentication")):
		return invalidResource(w.id, "Mutual TLS domain name association is not supported for Websocket APIs.")
	case len(w.auth) > 0 && !connects:
		return invalidResource(w.id, "Authorization is only available if there is a $connect route.")
	}
	return nil
}

func (w *webSocketBuild) api() *resource {
	if w.tags, _ = w.properties["Tags"].(map[string]any); w.tags == nil {
		w.tags = map[string]any{}
	}
	w.tags[webSocketTag] = "SAM"
	r := w.make(w.id, "AWS::ApiGatewayV2::Api", map[string]any{"Name": w.id, "ProtocolType": "WEBSOCKET", "Tags": w.tags})
	r.dependsOn = w.dependsOn
	for _, name := range [...]string{
		"ApiKeySelectionExpression", "Description", "DisableExecuteApiEndpoint", "DisableSchemaValidation", "IpAddressType", "Name", "RouteSelectionExpression",
	} {
		if value := w.properties[name]; value != nil {
			r.properties[name] = value
		}
	}
	return r
}

// setTags gives domain and stage the API's tags, if they are propagated.
func (w *webSocketBuild) setTags(made []*resource) {
	if !truthy(w.properties["PropagateTags"]) || w.properties["Tags"] == nil {
		return
	}
	for _, r := range made {
		if r.typ == "AWS::ApiGatewayV2::Stage" || r.typ == "AWS::ApiGatewayV2::DomainName" {
			r.properties["Tags"] = w.tags
		}
	}
}

// stageName is the stage's name, default if none is given.
func (w *webSocketBuild) stageName() any {
	if name := w.properties["StageName"]; name != nil {
		return name
	}
	return "default"
}

func (w *webSocketBuild) stage() *resource {
	name, _ := w.stageName().(string)
	id := w.id + name + "Stage"
	if name == "default" {
		id = w.id + "DefaultStage"
	}
	r := w.make(id, "AWS::ApiGatewayV2::Stage", map[string]any{
		"ApiId": ref(w.id), "StageName": w.stageName(), "AutoDeploy": true, "Tags": map[string]any{webSocketTag: "SAM"},
	})
	for _, property := range [...]string{"StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"} {
		r.properties[property] = w.properties[property]
	}
	return r
}

// route makes a route, its integration and the permission to invoke its function.
func (w *webSocketBuild) route(key string) ([]*resource, error) {
	spec, ok := w.routes[key].(map[string]any)
	if !ok {
		return nil, invalidResource(w.id, "Property 'Routes.%s' should be a map.", key)
	}
	plain := strings.ToLower(strings.TrimPrefix(key, "$"))
	if special := key == "$connect" || key == "$disconnect" || key == "$default"; !special && !alphanumeric(key) {
		return nil, invalidResource(w.id, "Route key '%s' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported.", key)
	}
	prefix := w.id + strings.ToUpper(plain[:1]) + plain[1:]
	route := w.make(prefix+"Route", "AWS::ApiGatewayV2::Route", map[string]any{
		"RouteKey": key, "ApiId": ref(w.id), "Target": join("/", "integrations", ref(prefix+"Integration")),
	})
	for _, name := range [...]string{
		"ApiKeyRequired", "ModelSelectionExpression", "OperationName", "RequestModels", "RequestParameters", "RouteResponseSelectionExpression",
	} {
		route.properties[name] = spec[name]
	}
	if !truthy(spec["RequestParameters"]) {
		delete(route.properties, "RequestParameters")
	} else if key != "$connect" {
		return nil, invalidResource(w.id, "Request parameters are only supported for the $connect route in WebSocket APIs.")
	}
	if err := w.secure(key, route); err != nil {
		return nil, err
	}
	function, given := spec["FunctionArn"]
	if !given {
		return nil, invalidResource(w.id, "Route must have associated function.")
	}
	integration := w.make(prefix+"Integration", "AWS::ApiGatewayV2::Integration", map[string]any{
		"ApiId": ref(w.id), "IntegrationType": "AWS_PROXY", "TimeoutInMillis": spec["IntegrationTimeout"],
		"IntegrationUri": invocationOf("FunctionArn", function),
	})
	return []*resource{route, integration, w.permission(prefix, key, function)}, nil
}

func invocationOf(variable string, function any) map[string]any {
	return subWith("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${"+variable+"}/invocations",
		map[string]any{variable: clone(function)})
}

// permission lets the stage's route invoke its function.
func (w *webSocketBuild) permission(prefix, key string, function any) *resource {
	api := "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${" + w.id + ".ApiId}/"
	source := subWith(api+"${__StageName__}/"+key, map[string]any{"__StageName__": clone(w.stageName())})
	if stage, ok := w.stageName().(string); ok {
		source = sub(api + stage + "/" + key)
	}
	return w.make(prefix+"Permission", "AWS::Lambda::Permission", map[string]any{
		"Action": "lambda:InvokeFunction", "FunctionName": clone(function), "Principal": gatewayPrincipal, "SourceArn": source,
	})
}
