package sam

import "sluice/internal/stack/sam/openapi"

// httpAPI becomes an HTTP API with a stage that deploys by itself, and what its domain and authorizers need.
var httpAPI = kind{
	rank: apiRank,
	properties: []property{
		{name: manageProperty, is: boolean},
		{name: "Name"},
		{name: "StageName", is: text | object},
		{name: "Tags", is: object},
		{name: "PropagateTags", is: boolean},
		{name: "DefinitionBody", is: object},
		{name: "DefinitionUri", is: text | object},
		{name: "StageVariables", is: object},
		{name: "CorsConfiguration", is: boolean | object},
		{name: "AccessLogSettings", is: object},
		{name: "DefaultRouteSettings", is: object},
		{name: "Auth", is: object},
		{name: "RouteSettings", is: object},
		{name: "Domain", is: object},
		{name: "FailOnWarnings", is: boolean},
		{name: "Description", is: text},
		{name: "DisableExecuteApiEndpoint", is: boolean},
	},
	referable: map[string]string{"Stage": "AWS::ApiGatewayV2::Stage", "DomainName": "AWS::ApiGatewayV2::DomainName"},
	expand: func(t *transform, s *source) ([]*resource, error) {
		made, err := (&httpBuild{apiBuild: apiBuild{t, s}}).expand()
		if err != nil {
			return nil, t.wrong(err)
		}
		return made, nil
	},
}

// httpBuild is an HTTP API on its way.
type httpBuild struct {
	apiBuild
	body *openapi.Dict // nil if it is elsewhere
	auth map[string]any
	tags map[string]any // with SAM's own
}

// samTag marks what SAM made.
const samTag = "httpapi:createdBy"

func (h *httpBuild) expand() ([]*resource, error) {
	for _, name := range [...]string{"CorsConfiguration", "Domain"} {
		if value, ok := h.properties[name]; ok {
			h.properties[name] = h.t.resolve(value)
		}
	}
	h.auth, _ = h.properties["Auth"].(map[string]any)
	h.tags, _ = h.properties["Tags"].(map[string]any)
	if truthy(h.properties["DefinitionBody"]) || h.t.apis.managed[h.id] {
		h.body = h.t.apis.bodies[h.id]
	}
	api, err := h.api()
	if err != nil {
		return nil, err
	}
	domain, err := h.regionalDomain(samTag)
	if err != nil {
		return nil, err
	}
	permissions, err := h.authorizerPermissions()
	if err != nil {
		return nil, err
	}
	made := append(append([]*resource{api}, permissions...), domain...)
	made = append(made, h.stage())
	h.setTags(made)
	return made, nil
}

// setTags gives domain and stage the tags, which an API has in its definition: if it has that in the template.
func (h *httpBuild) setTags(made []*resource) {
	if len(h.tags) == 0 || h.body == nil {
		return
	}
	for _, r := range made {
		if r.typ == "AWS::ApiGatewayV2::Stage" || r.typ == "AWS::ApiGatewayV2::DomainName" {
			r.properties["Tags"] = h.tags
		}
	}
}

// api makes the HTTP API itself.
func (h *httpBuild) api() (*resource, error) {
	uri := h.properties["DefinitionUri"]
	if truthy(uri) && h.body != nil {
		return nil, invalidResource(h.id, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.")
	}
	for _, step := range []func() error{h.addCORS, h.addAuth, h.addTags, h.disableEndpoint, h.addTitle, h.addDescription} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r := &resource{id: h.id, typ: "AWS::ApiGatewayV2::Api", dependsOn: h.dependsOn, attributes: h.attributes, properties: map[string]any{}}
	if warn := h.properties["FailOnWarnings"]; truthy(warn) {
		r.properties["FailOnWarnings"] = warn
		if h.body != nil {
			openapi.MoveDefaultPath(h.body)
		}
	}
	switch {
	case truthy(uri):
		location, err := h.bodyLocation(uri)
		if err != nil {
			return nil, err
		}
		r.properties["BodyS3Location"] = location
	case h.body != nil:
		r.properties["Body"] = openapi.Plain(h.body)
	default:
		return nil, invalidResource(h.id, "'DefinitionUri' or 'DefinitionBody' are required properties of an 'AWS::Serverless::HttpApi'. "+
			"Add a value for one of these properties or add a 'HttpApi' event to an 'AWS::Serverless::Function'.")
	}
	return r, nil
}

// stage makes the API's stage, $default if none is named.
func (h *httpBuild) stage() *resource {
	name := h.properties["StageName"]
	if !truthy(name) {
		name = defaultPath
	}
	id := h.stageID(name)
	if name == defaultPath {
		id = h.id + "ApiGatewayDefaultStage"
	}
	r := h.make(id, "AWS::ApiGatewayV2::Stage", map[string]any{"ApiId": ref(h.id), "StageName": name, "AutoDeploy": true})
	for _, property := range [...]string{"StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"} {
		r.properties[property] = h.properties[property]
	}
	if h.tags != nil {
		r.properties["Tags"] = h.tags
	}
	return r
}
