package sam

import (
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// apiEvent is a method of a REST API that invokes the function.
var apiEvent = eventKind{
	properties: []property{
		{name: "Path", required: true, is: text},
		{name: "Method", required: true, is: text},
		{name: "RestApiId", required: true, is: text},
		{name: "Stage", is: text},
		{name: "Auth", is: object},
		{name: "RequestModel", is: object},
		{name: "RequestParameters", is: list},
		{name: "TimeoutInMillis", is: integer},
		{name: "ResponseTransferMode", is: text},
	},
	link: func(t *transform, e *event) error {
		linked, err := t.linkREST(e.name, e.properties["RestApiId"])
		e.linked = linked
		return err
	},
	expand: expandAPIEvent,
}

// linkedAPI is the API that an event is on.
type linkedAPI struct {
	id         any // logical ID, or what stands for it
	properties map[string]any
	stage      string // name of the stage, as far as known
	given      bool   // whether the template names the stage
}

// stageText is the stage's name for a definition.
func (l *linkedAPI) stageText() any {
	if l.given {
		return l.stage
	}
	return openapi.Word(l.stage)
}

// linkREST finds the REST API of an event. An API that is not in the template has no stage that is known.
func (t *transform) linkREST(event string, value any) (*linkedAPI, error) {
	api := &linkedAPI{id: apiID(value), stage: "AllStages"}
	id, ok := api.id.(string)
	if !ok {
		return api, nil
	}
	resource, ok := t.given[id].(map[string]any)
	if !ok {
		return nil, invalidEvent(event, "RestApiId property of Api event must reference a valid resource in the same template.")
	}
	properties, given := resource["Properties"]
	if api.properties, ok = properties.(map[string]any); given && !ok {
		return nil, invalidResource(id, "Attribute 'Properties' should be a map.")
	}
	api.stage = "Stage"
	if stage, ok := api.properties["StageName"].(string); ok {
		if stage == "" {
			return nil, invalidResource(id, "StageName cannot be empty.")
		}
		api.stage, api.given = stage, id != impliedRESTID
	}
	return api, nil
}

// methodEvent is an event on a method, which adds to its API's definition.
type methodEvent struct {
	t            *transform
	api          *linkedAPI
	name         string // of the event
	path, method string // the method in lower case
	auth         map[string]any
	properties   map[string]any
	stage        any // that resource policies name
}

func expandAPIEvent(t *transform, e *event) ([]*resource, error) {
	m := methodEventOf(t, e.source, e.name, e.linked.(*linkedAPI))
	made := []*resource{e.apiPermission(t, m)}
	id, _ := m.api.id.(string)
	body := t.apis.bodies[id]
	if body == nil && !truthy(m.api.properties["DefinitionBody"]) {
		return made, nil
	}
	if t.apis.managed[id] || truthy(m.api.properties["MergeDefinitions"]) {
		if err := m.addFunction(e, id, body); err != nil {
			return nil, t.wrong(err)
		}
	}
	if !truthy(m.auth["OverrideApiAuth"]) {
		return made, nil
	}
	return made, t.wrong(m.overrideAuth(id))
}

func methodEventOf(t *transform, s *source, name string, api *linkedAPI) *methodEvent {
	m := &methodEvent{t: t, api: api, name: name, properties: s.properties, stage: api.stageText()}
	m.path, _ = s.properties["Path"].(string)
	m.method, _ = s.properties["Method"].(string)
	m.method = strings.ToLower(m.method)
	m.auth, _ = s.properties["Auth"].(map[string]any)
	return m
}

// opened reads a definition that the method is to be added to, and may not have yet.
func (m *methodEvent) opened(body *openapi.Dict) (*openapi.Document, error) {
	d, err := openapi.Open(body)
	if err != nil {
		return nil, err
	}
	there, err := d.HasIntegration(m.path, m.method)
	if err == nil && there {
		err = m.definedTwice()
	}
	return d, err
}

// addFunction adds the method with its settings to the API's definition.
func (m *methodEvent) addFunction(e *event, api string, body *openapi.Dict) error {
	merges := truthy(m.api.properties["MergeDefinitions"])
	if merges {
		body = openapi.Skeleton() // so that the given definition does not change what is generated
	}
	d, err := m.opened(body)
	if err != nil {
		return err
	}
	apiAuth, err := m.apiAuth(api)
	if err != nil {
		return err
	}
	condition, _ := e.target.attributes["Condition"].(string)
	f := openapi.Function{
		URI:         m.t.integrationURI(e, m.t.partition, e.properties["ResponseTransferMode"] == "RESPONSE_STREAM"),
		Condition:   condition,
		Streams:     e.properties["ResponseTransferMode"] == "RESPONSE_STREAM",
		Credentials: m.credentials(apiAuth),
	}
	if err := d.AddFunction(m.path, m.method, f); err != nil {
		return err
	}
	if err := m.addSettings(d, api); err != nil {
		return err
	}
	if merges {
		return m.merge(api, d.Body())
	}
	m.t.apis.bodies[api] = d.Body()
	return nil
}

func (m *methodEvent) definedTwice() error {
	return invalidEvent(m.name, `API method "%s" defined multiple times for path "%s".`, m.method, m.path)
}

func (m *methodEvent) addSettings(d *openapi.Document, api string) error {
	if len(m.auth) > 0 {
		if err := m.addAuth(d, api); err != nil {
			return err
		}
	}
	if timeout := m.properties["TimeoutInMillis"]; truthy(timeout) {
		if err := d.SetTimeout(m.path, m.method, m.t.tree(timeout)); err != nil {
			return err
		}
	}
	if err := m.addModel(d); err != nil {
		return err
	}
	return m.addParameters(d)
}

// apiAuth returns the property Auth of the event's API.
func (m *methodEvent) apiAuth(api string) (map[string]any, error) {
	value := m.api.properties["Auth"]
	if !truthy(value) {
		return nil, nil
	}
	if err := expect(api, "Auth", value, object); err != nil {
		return nil, err
	}
	return value.(map[string]any), nil
}

// merge puts the generated method over that of the given definition; what only one of them has stays.
func (m *methodEvent) merge(api string, generated *openapi.Dict) error {
	if m.t.apis.bodies[api] == nil {
		return invalidResource(api, "Property 'DefinitionBody' should be a map.")
	}
	given := m.t.apis.bodies[api].Copy()
	paths, _ := given.Get("paths").(*openapi.Dict)
	if paths.Len() == 0 {
		paths = openapi.NewDict() // and what is merged gets lost, as in the reference implementation
	}
	old, err := openapi.Dig(paths, m.path, m.method)
	if err != nil {
		return invalidResource(api, "Property 'DefinitionBody' is invalid: %v", err)
	}
	merged := openapi.Listed()
	if openapi.Truth(old) {
		d, ok := old.(*openapi.Dict)
		if !ok {
			return invalidResource(api, "Property 'DefinitionBody.paths.%s.%s' should be a map.", m.path, m.method)
		}
		merged.Merge(d)
	}
	key := m.method
	if key == "any" {
		key = anyMethod
	}
	method, _ := openapi.Dig(generated, "paths", m.path, key)
	if d, ok := method.(*openapi.Dict); ok {
		merged.Merge(d)
	}
	if !paths.Has(m.path) {
		paths.Set(m.path, openapi.Listed())
	}
	if item, ok := paths.Get(m.path).(*openapi.Dict); ok {
		item.Set(m.method, merged)
	}
	m.t.apis.bodies[api] = given
	return nil
}

// Names of API Gateway for what stands for all methods, and all paths.
const (
	anyMethod   = "x-amazon-apigateway-any-method"
	defaultPath = "$default"
)
