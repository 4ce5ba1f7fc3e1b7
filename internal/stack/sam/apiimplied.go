package sam

import (
	"errors"
	"maps"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// impliedAPI is an API that events imply which name none, and what is known of the events on all APIs of its kind.
type impliedAPI struct {
	id         string // of the implied API
	typ        string
	event      string // type of the events
	property   string // of events, that names their API
	properties map[string]any
	open       func(body any) (openDocument, error)
	// complete fills in what an event leaves out; false skips the event.
	complete func(properties map[string]any) bool

	conditions map[string]map[string]map[string]any // API, path, method -> condition of the function, nil if it has none
	policies   map[string][]any                     // attribute -> the functions' values
}

// openDocument is a definition under edit.
type openDocument interface {
	AddPath(path, method string) error
	MakeConditional(path string, condition any)
	Paths() []string
	Body() *openapi.Dict
}

// impliedRESTID is the logical ID of the REST API that events imply.
const impliedRESTID = "ServerlessRestApi"

func impliedREST() *impliedAPI {
	return &impliedAPI{
		id: impliedRESTID, typ: restType, event: "Api", property: "RestApiId",
		properties: map[string]any{"StageName": "Prod"},
		open:       func(body any) (openDocument, error) { return openapi.Open(body) },
		complete:   func(properties map[string]any) bool { return len(properties) > 0 },
	}
}

func impliedHTTP() *impliedAPI {
	return &impliedAPI{
		id: "ServerlessHttpApi", typ: httpType, event: "HttpApi", property: "ApiId",
		properties: map[string]any{},
		open:       func(body any) (openDocument, error) { return openapi.OpenHTTP(body) },
		complete: func(properties map[string]any) bool {
			if !truthy(properties["Path"]) && !truthy(properties["Method"]) {
				properties["Path"], properties["Method"] = defaultPath, anyMethod
			}
			return true
		},
	}
}

// imply adds the implied API, lets all events of its kind add their paths to their APIs, and takes it away again if no event
// is on it.
func (t *transform) imply(p *impliedAPI) error {
	if !t.hasEvents(p.event) {
		if !t.apis.resources.Has(p.id) {
			t.apis.resources.Put(p.id, nil) // for the traces that it leaves in the table
			t.apis.resources.Delete(p.id)
		}
		return nil
	}
	existing, existed := t.given[p.id]
	existingBody, existingManaged := t.apis.bodies[p.id], t.apis.managed[p.id]
	t.given[p.id] = map[string]any{"Type": p.typ, "Properties": p.properties}
	t.manage(p.id, p.typ, p.properties)
	t.apis.resources.Put(p.id, nil)
	p.conditions, p.policies = map[string]map[string]map[string]any{}, map[string][]any{}

	if err := t.implyAll(p); err != nil {
		return err
	}
	t.passToImplied(p)
	if err := t.conditionPaths(p); err != nil {
		return err
	}
	if paths, _ := t.apis.bodies[p.id].Get("paths").(*openapi.Dict); paths.Len() > 0 {
		return nil
	}
	t.apis.bodies[p.id], t.apis.managed[p.id] = existingBody, existingManaged
	if existed {
		t.given[p.id] = existing
		return nil
	}
	delete(t.given, p.id)
	delete(t.apis.bodies, p.id)
	t.apis.resources.Delete(p.id)
	return nil
}

// implyAll goes through the events of all resources. What is wrong with those is told for all resources at once.
func (t *transform) implyAll(p *impliedAPI) error {
	var faults []*fault
	for _, id := range t.apis.resources.Keys() {
		body := t.given[id].(map[string]any)
		if body["Type"] != "AWS::Serverless::Function" && body["Type"] != "AWS::Serverless::StateMachine" {
			continue
		}
		err := t.implyFrom(p, id, body)
		var f *fault
		if errors.As(err, &f) && f.event {
			faults = append(faults, invalidResource(id, "%s", f.text))
		} else if err != nil {
			return err
		}
	}
	if len(faults) > 0 {
		return &Error{faults: faults}
	}
	return nil
}

// implyFrom goes through the events of one resource, and enters them again where the order of events is kept.
func (t *transform) implyFrom(p *impliedAPI, id string, body map[string]any) error {
	given, _ := at(body, "Properties", "Events").(map[string]any)
	if t.apis.events[id] == nil {
		t.apis.events[id] = openapi.NewDict()
		for _, name := range t.keys(given) {
			t.apis.events[id].Set(name, nil)
		}
	}
	names := openapi.NewDict()
	for _, name := range t.apis.events[id].Keys() {
		if at(given[name], "Type") == p.event {
			names.Set(name, nil)
		}
	}
	for _, name := range names.Keys() {
		if err := t.implyEvent(p, body, name, given[name].(map[string]any)); err != nil {
			return err
		}
	}
	t.apis.events[id].Merge(names)
	return nil
}

func (t *transform) implyEvent(p *impliedAPI, function map[string]any, name string, event map[string]any) error {
	value, given := event["Properties"]
	if !given {
		value = map[string]any{}
	}
	if p.typ == restType && !truthy(value) {
		return nil
	}
	properties, ok := value.(map[string]any)
	if !ok {
		return invalidEvent(name, "Properties should be a map.")
	}
	event["Properties"] = properties
	if !p.complete(properties) {
		return nil
	}
	if _, named := properties[p.property]; !named {
		t.passTags(p, function)
		properties[p.property] = ref(p.id)
	}
	api, path, method, err := p.route(name, properties)
	if err != nil {
		return err
	}
	p.remember(api, path, method, function)
	if err := t.addRoute(p, name, api, path, method); err != nil {
		return err
	}
	if settings, ok := properties["RouteSettings"]; ok && p.typ == httpType {
		return t.addRouteSettings(name, api, path, method, settings, function["Condition"])
	}
	return nil
}

// passTags gives the implied API the tags of a function that propagates them.
func (t *transform) passTags(p *impliedAPI, function map[string]any) {
	typ, _ := function["Type"].(string)
	globals := at(t.template, "Globals", strings.TrimPrefix(typ, "AWS::Serverless::"))
	if !truthy(at(function, "Properties", "PropagateTags")) && !truthy(at(globals, "PropagateTags")) {
		return
	}
	tags, _ := at(function, "Properties", "Tags").(map[string]any)
	if len(tags) == 0 {
		tags, _ = at(globals, "Tags").(map[string]any)
	}
	if len(tags) == 0 {
		return
	}
	all, _ := p.properties["Tags"].(map[string]any)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, tags)
	p.properties["Tags"], p.properties["PropagateTags"] = all, true
}

// route reads which API, path and method an event is about.
func (p *impliedAPI) route(name string, properties map[string]any) (api, path, method string, err error) {
	for _, required := range []string{"Path", "Method"} {
		if properties[required] == nil {
			return "", "", "", invalidEvent(name, "Property '%s' is required.", required)
		}
	}
	id := apiID(properties[p.property])
	for _, v := range []struct {
		property string
		value    any
	}{{p.property, id}, {"Path", properties["Path"]}, {"Method", properties["Method"]}} {
		if err := expectInEvent(name, v.property, v.value, text); err != nil {
			return "", "", "", err
		}
	}
	return id.(string), properties["Path"].(string), properties["Method"].(string), nil
}

// apiID returns the logical ID that an event's property names, by itself or as a reference; else what stands there.
func apiID(value any) any {
	if m, ok := value.(map[string]any); ok {
		if id, ok := m["Ref"]; ok {
			return id
		}
	}
	return value
}

// remember keeps the attributes of a function for the APIs and paths that its event is on.
func (p *impliedAPI) remember(api, path, method string, function map[string]any) {
	if p.conditions[api] == nil {
		p.conditions[api] = map[string]map[string]any{}
	}
	if p.conditions[api][path] == nil {
		p.conditions[api][path] = map[string]any{}
	}
	p.conditions[api][path][method] = function["Condition"]
	if api == p.id {
		for _, attribute := range []string{"DeletionPolicy", "UpdateReplacePolicy"} {
			p.policies[attribute] = append(p.policies[attribute], function[attribute])
		}
	}
}

// addRoute adds an event's path and method to its API, if the transform makes up that API's definition.
func (t *transform) addRoute(p *impliedAPI, event, api, path, method string) error {
	there, _ := t.given[api].(map[string]any)
	if there == nil || there["Type"] == httpType && p.typ != httpType {
		return invalidEvent(event, "%s must be a valid reference to an '%s' resource in same template.", p.property, p.typ)
	}
	body := t.apis.bodies[api]
	if body == nil || !t.apis.managed[api] || p.typ == restType && !openapi.Valid(body) || p.typ == httpType && !openapi.ValidHTTP(body) {
		return nil
	}
	d, err := p.open(body)
	if err != nil {
		return err
	}
	if err := d.AddPath(path, method); err != nil {
		return err
	}
	t.apis.bodies[api] = d.Body()
	return nil
}
