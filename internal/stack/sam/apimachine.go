package sam

// machineAPI is an API's method that starts a state machine.
var machineAPI = eventKind{
	properties: []property{
		{name: "Path", is: text, required: true}, {name: "Method", is: text, required: true}, {name: "RestApiId", is: text, required: true},
		{name: "Stage", is: text}, {name: "Auth", is: object}, {name: "UnescapeMappingTemplate", is: boolean, literal: true, vague: true},
	},
	expand: func(t *transform, e *event) ([]*resource, error) {
		return nil, invalidEvent(e.name, "Events of the type Api are not supported for state machines: write the method and its integration into the API's definition.")
	},
}
