package sam

import (
	"errors"

	"sluice/internal/stack/sam/openapi"
)

// apiState is what the APIs of a template share.
type apiState struct {
	// resources are the logical IDs in the order in which the reference implementation goes through them.
	resources *openapi.Dict
	// bodies are the definitions of APIs by logical ID, as far as edited: events on an API change it before it is expanded.
	bodies map[string]*openapi.Dict
	// managed are the APIs whose definitions the transform makes up from events.
	managed map[string]bool
	// events are the events of resources by logical ID and name, in the order in which the reference implementation goes
	// through them.
	events map[string]*openapi.Dict
	// tables says that the reference implementation goes through maps as Python 2.7 did, which it does if there are APIs.
	tables  bool
	plan    sharedPlan
	records map[string]*resource // record sets by logical ID, which several domains share
}

// prepareAPIs gives APIs without a definition an empty one, and adds the APIs that events imply. It runs before the globals
// are merged.
func (t *transform) prepareAPIs() error {
	t.apis = apiState{
		resources: openapi.NewDict(),
		bodies:    map[string]*openapi.Dict{},
		managed:   map[string]bool{},
		events:    map[string]*openapi.Dict{},
		records:   map[string]*resource{},
		tables:    hasAPI(t.given) || hasDefaultAuthorizer(t.given, t.template["Globals"]),
	}
	for _, id := range t.keys(t.given) {
		t.apis.resources.Set(id, nil)
		t.readBody(id, t.given[id].(map[string]any))
	}
	for _, implied := range []*impliedAPI{impliedREST(), impliedHTTP()} {
		if err := t.imply(implied); err != nil {
			return t.wrong(err)
		}
	}
	return nil
}

// readBody takes over an API's definition, or begins an empty one if it is nowhere else.
func (t *transform) readBody(id string, body map[string]any) {
	typ, _ := body["Type"].(string)
	if typ != restType && typ != httpType {
		return
	}
	properties, given := body["Properties"].(map[string]any)
	if !given {
		properties = map[string]any{}
		if typ == httpType {
			body["Properties"] = properties
		}
	}
	if manage, _ := properties[manageProperty].(bool); manage {
		t.apis.managed[id] = true
	}
	if definition, ok := properties["DefinitionBody"].(map[string]any); ok && len(definition) > 0 {
		t.apis.bodies[id] = t.tree(definition).(*openapi.Dict)
		return
	}
	if truthy(properties["DefinitionBody"]) || truthy(properties["DefinitionUri"]) {
		return
	}
	t.manage(id, typ, properties)
}

// manage begins a definition that the transform makes up. The property stays for checks.
func (t *transform) manage(id, typ string, properties map[string]any) {
	properties["DefinitionBody"] = map[string]any{}
	t.apis.managed[id] = true
	t.apis.bodies[id] = openapi.Skeleton()
	if typ == httpType {
		t.apis.bodies[id] = openapi.SkeletonHTTP()
	}
}

// apiBuild is an API on its way: a REST API or an HTTP API.
type apiBuild struct {
	t *transform
	*source
}

// Types of APIs, and the property by which the reference implementation marks those whose definition it makes up.
const (
	restType       = "AWS::Serverless::Api"
	httpType       = "AWS::Serverless::HttpApi"
	manageProperty = "__MANAGE_SWAGGER"
)

// settleAPIs runs after the globals are merged, which may have given the version of OpenAPI.
func (t *transform) settleAPIs() error {
	for id, body := range t.apis.bodies {
		resource, _ := t.given[id].(map[string]any)
		properties, _ := resource["Properties"].(map[string]any)
		version, ok := properties["OpenApiVersion"]
		if resource["Type"] != restType || !ok || !t.apis.managed[id] || !openapi.Version3(t.tree(version)) {
			continue
		}
		s, isText := version.(string)
		if isText {
			body.Put("openapi", s)
		} else {
			s = str(version)
			body.Put("openapi", openapi.Word(s))
		}
		properties["OpenApiVersion"] = s
		if openapi.Truth(body.Get("swagger")) {
			body.Delete("swagger")
		}
	}
	return nil
}

// tree takes over a value of the template for a definition.
func (t *transform) tree(value any) any { return openapi.From(value, t.keys) }

// wrong makes of an error about a definition one that ends the transform, as in the reference implementation. Others stay.
func (t *transform) wrong(err error) error {
	var e *openapi.Error
	if !errors.As(err, &e) {
		return err
	}
	t.abort("%s", e.Message)
	return t.fatal
}

// setTags gives those of the made resources that have tags the API's.
func (t *transform) setTags(s *source, made []*resource) {
	tags, _ := s.properties["Tags"].(map[string]any)
	if !truthy(s.properties["PropagateTags"]) || len(tags) == 0 {
		return
	}
	for _, r := range made {
		switch r.typ {
		case "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGateway::DomainName", "AWS::ApiGateway::DomainNameV2",
			"AWS::ApiGateway::UsagePlan", "AWS::ApiGateway::ApiKey", "AWS::ApiGateway::DomainNameAccessAssociation":
			r.properties["Tags"] = t.tagList(tags)
		}
	}
}
