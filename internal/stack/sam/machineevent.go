package sam

// Event sources of state machines: rules and schedules, which need a role to start an execution.

// machineEventKindOf returns what becomes of a type of event source of state machines.
func machineEventKindOf(typ string) *eventKind {
	switch typ {
	case "Schedule":
		return &machineSchedule
	case "ScheduleV2":
		return &machineScheduleV2
	case "CloudWatchEvent", "EventBridgeRule":
		return &machinePattern
	case "Api":
		return &machineAPI
	}
	return nil
}

// readMachineEvents reads the events of a state machine and links them.
func (t *transform) readMachineEvents(s *source) ([]*event, error) {
	given, _ := s.properties["Events"].(map[string]any)
	events := make([]*event, 0, len(given))
	for _, name := range t.eventNames(s.id, given) {
		e, err := t.readEvent(s, name, given[name], machineEventKindOf)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}

var machineScheduleV2 = eventKind{
	properties: schedulerProperties,
	expand: func(t *transform, e *event) ([]*resource, error) {
		return schedule(e.source, e.target, startPolicy(e.id, e.target))
	},
}

var machineSchedule = eventKind{
	properties: []property{
		{name: "Schedule", is: text, required: true}, {name: "Input", is: text}, {name: "Enabled", is: boolean, vague: true},
		{name: "State", is: text}, {name: "Name", is: text}, {name: "Description", is: text}, {name: "DeadLetterConfig", is: object},
		{name: "RetryPolicy", is: object}, {name: "Target", is: object, literal: true}, {name: "RoleArn", is: text, literal: true},
	},
	expand: func(t *transform, e *event) ([]*resource, error) {
		return startedBy(e, map[string]any{
			"ScheduleExpression": e.properties["Schedule"], "Name": e.properties["Name"], "Description": e.properties["Description"],
		}, "Input", "RetryPolicy")
	},
}

var machinePattern = eventKind{
	properties: []property{
		{name: "EventBusName", is: text}, {name: "RuleName", is: text}, {name: "Pattern", is: object}, {name: "Input", is: text},
		{name: "InputPath", is: text}, {name: "DeadLetterConfig", is: object}, {name: "RetryPolicy", is: object}, {name: "State", is: text},
		{name: "Target", is: object, literal: true}, {name: "InputTransformer", is: object},
	},
	expand: func(t *transform, e *event) ([]*resource, error) {
		return startedBy(e, map[string]any{
			"EventBusName": e.properties["EventBusName"], "EventPattern": e.properties["Pattern"], "Name": e.properties["RuleName"],
		}, "Input", "InputPath", "RetryPolicy", "InputTransformer")
	},
}

// startedBy makes a rule that starts the state machine, and the role that it needs for this unless the event gives one.
func startedBy(e *event, properties map[string]any, names ...string) ([]*resource, error) {
	rule := e.make(e.id, "AWS::Events::Rule", properties)
	if err := ruleState(e.source, e.name, rule); err != nil {
		return nil, err
	}
	made := []*resource{rule}
	role := e.properties["RoleArn"]
	if role == nil {
		starter := e.starter("events.amazonaws.com")
		role, made = arnOf(starter), append(made, starter)
	}
	dead, queue, err := deadLetters(e.source, e.id, e.target.passed(), arnOf(rule))
	if err != nil {
		return nil, err
	}
	target := ruleTarget(e.source, e.id, "StepFunctionsTarget", arnOf(e.target), dead, names...)
	target["RoleArn"] = role
	rule.properties["Targets"] = []any{target}
	return append(made, queue...), nil
}

// starter is a role as which a service starts the state machine.
func (e *event) starter(service string) *resource {
	id := e.id + "Role"
	role := e.make(id, "AWS::IAM::Role", map[string]any{"AssumeRolePolicyDocument": assumedBy(service), "Policies": []any{startPolicy(id, e.target)}})
	if boundary := e.owner.properties["PermissionsBoundary"]; truthy(boundary) {
		role.properties["PermissionsBoundary"] = boundary
	}
	return role
}

// startPolicy lets a state machine be started.
func startPolicy(id string, machine *resource) map[string]any {
	return inlinePolicy(id+"StartExecutionPolicy", map[string]any{"Statement": []any{allow("states:StartExecution", arnOf(machine))}})
}
