package sam

import "sluice/internal/stack/sam/openapi"

// tableKeys returns the names of a map as the reference implementation goes through them: as its hash tables list them if
// the template has APIs, else as the template does.
func (t *transform) tableKeys(m map[string]any) []string {
	names := t.keys(m)
	if !t.apis.tables || len(names) < 2 {
		return names
	}
	d := openapi.NewDict()
	for _, name := range names {
		d.Set(name, nil)
	}
	return d.Keys()
}

// resourceIDs returns the logical IDs of all resources as the reference implementation goes through them.
func (t *transform) resourceIDs() []string {
	names := t.keys(t.given)
	if !t.apis.tables {
		return names
	}
	listed := t.apis.resources.Keys()
	for _, name := range names {
		if !t.apis.resources.Has(name) {
			listed = append(listed, name)
		}
	}
	return listed
}

// eventNames returns the names of a resource's events as the reference implementation goes through them.
func (t *transform) eventNames(id string, events map[string]any) []string {
	if names := t.apis.events[id]; t.apis.tables && names.Len() == len(events) {
		return names.Keys()
	}
	return t.keys(events)
}

// hasAPI reports whether there is a REST API, or an event on one.
func hasAPI(resources map[string]any) bool {
	for _, resource := range resources {
		switch at(resource, "Type") {
		case restType:
			return true
		case "AWS::Serverless::Function", "AWS::Serverless::StateMachine":
			if hasEvent(resource, "Api") {
				return true
			}
		}
	}
	return false
}

// hasEvents reports whether a function or state machine has an event of the type.
func (t *transform) hasEvents(typ string) bool {
	for _, resource := range t.given {
		if hasEvent(resource, typ) {
			return true
		}
	}
	return false
}

func hasEvent(resource any, typ string) bool {
	events, _ := at(resource, "Properties", "Events").(map[string]any)
	for _, event := range events {
		if at(event, "Type") == typ {
			return true
		}
	}
	return false
}

// hasDefaultAuthorizer reports whether there is an HTTP API with one, of its own or from Globals.
func hasDefaultAuthorizer(resources map[string]any, globals any) bool {
	global := truthy(at(globals, "HttpApi", "Auth", "DefaultAuthorizer"))
	for _, resource := range resources {
		switch at(resource, "Type") {
		case httpType:
			if global || truthy(at(resource, "Properties", "Auth", "DefaultAuthorizer")) {
				return true
			}
		case "AWS::Serverless::Function":
			if global && hasEvent(resource, "HttpApi") {
				return true
			}
		}
	}
	return false
}
