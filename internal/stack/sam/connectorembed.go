package sam

import "maps"

// liftConnectors makes resources of their own of the connectors that stand in other resources.
func (t *transform) liftConnectors() error {
	lifted := map[string]any{}
	for _, id := range t.keys(t.given) {
		body := t.given[id].(map[string]any)
		given, present := body["Connectors"]
		if !present {
			continue
		}
		connectors, ok := given.(map[string]any)
		if !ok {
			t.note(invalidResource(id, "Attribute '%s.Connectors' should be a map.", id))
			continue
		}
		for _, name := range t.keys(connectors) {
			made, err := t.liftConnector(id, name, connectors[name])
			if err != nil {
				t.note(err)
				continue
			}
			lifted[id+name] = made
		}
	}
	for _, body := range t.given {
		delete(body.(map[string]any), "Connectors")
	}
	maps.Copy(t.given, lifted)
	return nil
}

// liftConnector makes the body of a connector whose source is the resource that it stands in.
func (t *transform) liftConnector(id, name string, given any) (map[string]any, error) {
	full := id + name
	body, ok := given.(map[string]any)
	if !ok {
		return nil, invalidResource(full, "%s.%s should be a map.", id, full)
	}
	body = clone(body).(map[string]any)
	body["Type"] = "AWS::Serverless::Connector"
	properties, ok := body["Properties"].(map[string]any)
	if !ok {
		return nil, invalidResource(id, "Attribute 'Connectors.%s.Properties' should be a map.", name)
	}
	from := map[string]any{"Id": id}
	if reference, given := properties["SourceReference"]; given {
		more, ok := reference.(map[string]any)
		if !ok {
			return nil, invalidResource(id, "Property 'Connectors.%s.Properties.SourceReference' should be a map.", name)
		}
		if hasName(more, "Id") {
			return nil, invalidResource(name, "'Id' shouldn't be defined in 'SourceReference'.")
		}
		maps.Copy(from, more)
		delete(properties, "SourceReference")
	}
	properties["Source"] = from
	s, err := readSource(full, body)
	if err != nil {
		return nil, err
	}
	if err := t.checkProperties(s, connector.properties); err != nil {
		return nil, err
	}
	if _, taken := t.given[full]; taken {
		return nil, duplicateID(id, full, "AWS::Serverless::Connector")
	}
	return body, nil
}
