package sam

import (
	"slices"
	"strconv"
	"strings"
)

// connector lets a resource use another: it becomes the policy that the one or the other needs for this.
var connector = kind{
	rank: connectorRank,
	properties: []property{
		{name: "Source", is: object, required: true, vague: true},
		{name: "Destination", is: object | list, of: object, required: true, vague: true},
		{name: "Permissions", is: list, of: text, required: true},
	},
	expand: expandConnector,
}

// connectorWork is a connector while it is expanded to one of its destinations.
type connectorWork struct {
	*transform
	*source
	from, to    *endpoint
	permissions []string
	suffix      string // of what is made for one of several destinations
}

func expandConnector(t *transform, s *source) ([]*resource, error) {
	given, several := s.properties["Destination"].([]any)
	if !several {
		given = []any{s.properties["Destination"]}
	}
	one, _ := s.properties["Source"].(map[string]any)
	var made []*resource
	for i, d := range given {
		destination, _ := d.(map[string]any)
		to, err := t.endpoint(s.id, destination, one)
		if err != nil {
			return nil, err
		}
		from, err := t.endpoint(s.id, one, destination)
		if err != nil {
			return nil, err
		}
		w := &connectorWork{transform: t, source: s, from: from, to: to}
		if several {
			w.suffix = "Destination" + strconv.Itoa(i)
		}
		connected, err := w.connect()
		if err != nil {
			return nil, err
		}
		w.describe(connected)
		made = append(made, connected...)
	}
	t.standIn(s.id, made)
	if len(made) == 0 {
		return nil, invalidResource(s.id, "'Destination' is an empty list")
	}
	return made, nil
}

// connect makes what one destination takes.
func (w *connectorWork) connect() ([]*resource, error) {
	c := connectionBetween(w.from.typ, w.to.typ)
	if c == nil {
		return nil, invalidResource(w.id, "Unable to create connector from %s to %s; it's not supported or the template is invalid.", w.from.typ, w.to.typ)
	}
	if err := w.choose(c); err != nil {
		return nil, err
	}
	access, err := w.filled(c)
	if err != nil {
		return nil, err
	}
	end, side := w.to, "Destination"
	if c.AtSource {
		end, side = w.from, "Source"
	}
	missing := func(what string) error {
		return invalidResource(w.id, "Unable to get %s from '%s' resource.", what, side)
	}
	switch c.By {
	case "role":
		if end.role == nil {
			return nil, missing("IAM role name")
		}
		policy := w.made("Policy", "AWS::IAM::ManagedPolicy", map[string]any{"PolicyDocument": document(access), "Roles": []any{end.role}})
		w.letWait(c, policy)
		return []*resource{policy}, nil
	case "queue":
		if end.url == nil {
			return nil, missing("SQS queue URL")
		}
		return []*resource{w.made("QueuePolicy", "AWS::SQS::QueuePolicy", map[string]any{"PolicyDocument": document(access), "Queues": []any{end.url}})}, nil
	case "topic":
		if end.arn == nil {
			return nil, missing("SNS topic ARN")
		}
		return []*resource{w.made("TopicPolicy", "AWS::SNS::TopicPolicy", map[string]any{"PolicyDocument": document(access), "Topics": []any{end.arn}})}, nil
	}
	if end.arn == nil {
		return nil, missing("Lambda function ARN")
	}
	var made []*resource
	for _, a := range access {
		a.Permission["FunctionName"] = end.arn
		made = append(made, w.made(a.Name+"LambdaPermission", "AWS::Lambda::Permission", a.Permission))
	}
	return made, nil
}

// made returns a resource that goes with the connector.
func (w *connectorWork) made(name, typ string, properties map[string]any) *resource {
	attributes := map[string]any{}
	for name, value := range w.attributes {
		attributes[name] = value
	}
	return &resource{id: w.id + name + w.suffix, typ: typ, dependsOn: w.dependsOn, attributes: attributes, properties: properties}
}

// document is the policy of some accesses.
func document(access []access) map[string]any {
	statements := []any{}
	for _, a := range access {
		statements = append(statements, a.Statements...)
	}
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}

// choose reads the permissions that are asked for, and refuses those that the connection has not.
func (w *connectorWork) choose(c *connection) error {
	given, _ := w.properties["Permissions"].([]any)
	for _, value := range given {
		name, _ := value.(string)
		w.permissions = append(w.permissions, name)
	}
	slices.Sort(w.permissions)
	w.permissions = slices.Compact(w.permissions)
	valid := strings.Join(c.names(), ", ")
	if len(w.permissions) == 0 {
		return invalidResource(w.id, "'Permissions' cannot be empty; valid values are: %s.", valid)
	}
	for _, name := range w.permissions {
		if !slices.Contains(c.names(), name) {
			return invalidResource(w.id, "Unsupported 'Permissions' provided for connector from %s to %s; valid values are: %s.", w.from.typ, w.to.typ, valid)
		}
	}
	if c.Together == nil || slices.ContainsFunc(c.Together, func(names []string) bool { return slices.Equal(names, w.permissions) }) {
		return nil
	}
	var combinations []string
	for _, names := range c.Together {
		combinations = append(combinations, strings.Join(names, " + "))
	}
	return invalidResource(w.id, "Unsupported 'Permissions' provided for connector from %s to %s; valid combinations are: %s.",
		w.from.typ, w.to.typ, strings.Join(combinations, ", "))
}

// letWait makes what reads from the source wait for the policy that lets it.
func (w *connectorWork) letWait(c *connection, policy *resource) {
	switch {
	case c.Waits == "source" && w.from.id != "":
		w.dependOn(w.from.id, policy.id)
	case c.Waits == "mapping" && w.from.id != "" && w.to.id != "":
		if mappings := w.mappings(w.from.id, w.to.id); len(mappings) == 1 {
			w.dependOn(mappings[0], policy.id)
		}
	}
}

// mappings are the event source mappings from one resource to a function.
func (w *connectorWork) mappings(from, function string) []string {
	var ids []string
	resources := w.resources()
	for _, id := range sorted(resources) {
		if at(resources[id], "Type") == "AWS::Lambda::EventSourceMapping" &&
			referredID(at(resources[id], "Properties", "FunctionName")) == function &&
			referredID(at(resources[id], "Properties", "EventSourceArn")) == from {
			ids = append(ids, id)
		}
	}
	return ids
}

func (t *transform) dependOn(id, on string) {
	if body, ok := t.resources()[id].(map[string]any); ok {
		body["DependsOn"] = unique(append(asList(body["DependsOn"]), on))
	}
}

// asList is a list, or a list of a single value, as a new list.
func asList(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return slices.Clone(v)
	}
	return []any{value}
}

// standIn makes what depends on the connector depend on what it became.
func (t *transform) standIn(id string, made []*resource) {
	for _, body := range t.resources() {
		m, _ := body.(map[string]any)
		on := asList(m["DependsOn"])
		i := slices.Index(on, any(id))
		if i < 0 {
			continue
		}
		on = slices.Delete(on, i, i+1)
		for _, r := range made {
			on = append(on, r.id)
		}
		m["DependsOn"] = unique(on)
	}
}

// describe notes in what was made which types it connects: those of the template, not what they became.
func (w *connectorWork) describe(made []*resource) {
	typ := func(e *endpoint) any {
		if given := at(w.given[e.id], "Type"); truthy(given) {
			return given
		}
		return e.typ
	}
	for _, r := range made {
		metadata := map[string]any{}
		if given, ok := r.attributes["Metadata"].(map[string]any); ok {
			for name, value := range given {
				metadata[name] = value
			}
		}
		metadata["aws:sam:connectors"] = map[string]any{w.id: map[string]any{
			"Source": map[string]any{"Type": typ(w.from)}, "Destination": map[string]any{"Type": typ(w.to)},
		}}
		r.attributes["Metadata"] = metadata
	}
}
