package sam

import "sluice/internal/stack/sam/openapi"

// machineAPI is a method of a REST API that starts an execution of a state machine.
var machineAPI = eventKind{
	properties: []property{
		{name: "Path", is: text, required: true}, {name: "Method", is: text, required: true}, {name: "RestApiId", is: text, required: true},
		{name: "Stage", is: text}, {name: "Auth", is: object}, {name: "UnescapeMappingTemplate", is: boolean, literal: true, vague: true},
	},
	link: apiEvent.link,
	expand: func(t *transform, e *event) ([]*resource, error) {
		role := e.starter(gatewayPrincipal)
		m := methodEventOf(t, e.source, e.name, e.linked.(*linkedAPI))
		m.stage = t.tree(e.properties["Stage"])
		id, _ := m.api.id.(string)
		if !t.apis.managed[id] {
			return []*resource{role}, nil
		}
		return []*resource{role}, t.wrong(m.addStateMachine(e, id, role))
	},
}

// addStateMachine adds the method to the API's definition.
func (m *methodEvent) addStateMachine(e *event, api string, role *resource) error {
	d, err := m.opened(m.t.apis.bodies[api])
	if err != nil {
		return err
	}
	condition, _ := e.target.attributes["Condition"].(string)
	err = d.AddStateMachine(m.path, m.method, openapi.StateMachine{
		Role:      openapi.Listed().Put("Fn::GetAtt", []any{openapi.Word(role.id), openapi.Word("Arn")}),
		Template:  startTemplate(e.target.id, truthy(e.properties["UnescapeMappingTemplate"])),
		Condition: condition,
	})
	if err != nil {
		return err
	}
	if len(m.auth) > 0 {
		if err := m.addAuth(d, api); err != nil {
			return err
		}
	}
	m.t.apis.bodies[api] = d.Body()
	return nil
}

// startTemplate is the mapping template that makes of a request's body the input of an execution. In the escaped input,
// single quotes stay escaped, which JSON does not allow; hence the other form.
func startTemplate(machine string, unescape bool) *openapi.Dict {
	input := "$util.escapeJavaScript($input.json('$'))"
	template := `{"input": "` + input + `", "stateMachineArn": "${` + machine + `}"}`
	if unescape {
		template = `{"input": "` + input + `.replaceAll("\\'","'")", "stateMachineArn": "${` + machine + `}"}`
	}
	return openapi.Listed().Put("application/json", openapi.Sub(openapi.Word(template), nil))
}
