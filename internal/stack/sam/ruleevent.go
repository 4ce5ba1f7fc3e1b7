package sam

// Event sources that are rules of EventBridge.

var scheduleEvent = eventKind{
	properties: []property{
		{name: "Schedule", is: text, required: true}, {name: "RuleName", is: text}, {name: "Input", is: text},
		{name: "Enabled", is: boolean, vague: true}, {name: "State", is: text}, {name: "Name", is: text},
		{name: "Description", is: text}, {name: "DeadLetterConfig", is: object}, {name: "RetryPolicy", is: object},
	},
	expand: func(t *transform, e *event) ([]*resource, error) {
		rule := e.make(e.id, "AWS::Events::Rule", map[string]any{
			"ScheduleExpression": e.properties["Schedule"], "Name": e.properties["Name"], "Description": e.properties["Description"],
		})
		if err := ruleState(e.source, e.name, rule); err != nil {
			return nil, err
		}
		dead, made, err := deadLetters(e.source, e.id, e.target.passed(), arnOf(rule))
		if err != nil {
			return nil, err
		}
		rule.properties["Targets"] = []any{ruleTarget(e.source, e.id, "LambdaTarget", e.targetARN(), dead, "Input", "RetryPolicy")}
		permission := e.permission(e.id, "", "events.amazonaws.com", map[string]any{"SourceArn": arnOf(rule)})
		return append(append([]*resource{rule}, made...), permission), nil
	},
}

var patternEvent = eventKind{
	properties: []property{
		{name: "EventBusName", is: text}, {name: "RuleName", is: text}, {name: "Pattern", is: object},
		{name: "DeadLetterConfig", is: object}, {name: "RetryPolicy", is: object}, {name: "Input", is: text},
		{name: "InputPath", is: text}, {name: "Target", is: object}, {name: "Enabled", is: boolean, vague: true},
		{name: "State", is: text}, {name: "InputTransformer", is: object},
	},
	expand: func(t *transform, e *event) ([]*resource, error) {
		rule := e.make(e.id, "AWS::Events::Rule", map[string]any{
			"EventBusName": e.properties["EventBusName"], "EventPattern": e.properties["Pattern"], "Name": e.properties["RuleName"],
		})
		dead, made, err := deadLetters(e.source, e.id, e.target.passed(), arnOf(rule))
		if err != nil {
			return nil, err
		}
		if err := ruleState(e.source, e.name, rule); err != nil {
			return nil, err
		}
		rule.properties["Targets"] = []any{
			ruleTarget(e.source, e.id, "LambdaTarget", e.targetARN(), dead, "Input", "InputPath", "RetryPolicy", "InputTransformer"),
		}
		return append(made, rule, e.permission(e.id, "", "events.amazonaws.com", map[string]any{"SourceArn": arnOf(rule)})), nil
	},
}

// ruleState enters into a rule whether it is enabled, if the event says so.
func ruleState(s *source, name string, rule *resource) error {
	state, enabled := s.properties["State"], s.properties["Enabled"]
	if truthy(state) && enabled != nil {
		return invalidEvent(name, "State and Enabled Properties cannot both be specified.")
	}
	if truthy(state) {
		rule.properties["State"] = state
	}
	if enabled != nil {
		rule.properties["State"] = "DISABLED"
		if truthy(enabled) {
			rule.properties["State"] = "ENABLED"
		}
	}
	return nil
}

// targetIDLength is the most that EventBridge takes as the ID of a target.
const targetIDLength = 64

// ruleTarget is what a rule invokes, with those of the event's properties that a target has too. dead is the ARN of the queue
// for what could not be delivered. Its ID is the event's, with a suffix.
func ruleTarget(s *source, id, suffix string, arn, dead any, names ...string) map[string]any {
	target := map[string]any{"Arn": arn, "Id": id[:min(len(id), targetIDLength-len(suffix))] + suffix}
	if own, ok := s.properties["Target"].(map[string]any); ok && hasName(own, "Id") {
		target["Id"] = own["Id"]
	}
	for _, name := range names {
		if value := s.properties[name]; value != nil {
			target[name] = value
		}
	}
	if s.properties["DeadLetterConfig"] != nil {
		target["DeadLetterConfig"] = map[string]any{"Arn": dead}
	}
	return target
}

// deadLetters returns the ARN of the queue for what a rule could not deliver, and makes the queue if the event gives none. All
// are empty if the event wants no such queue.
func deadLetters(s *source, id string, attributes map[string]any, rule any) (arn any, made []*resource, err error) {
	config, _ := s.properties["DeadLetterConfig"].(map[string]any)
	if config == nil {
		return nil, nil, nil
	}
	if arn, made, err = deadLetterQueue(config, id, attributes); err != nil || made == nil {
		return arn, nil, err
	}
	queue := made[0]
	policy := &resource{id: id + "QueuePolicy", typ: "AWS::SQS::QueuePolicy", attributes: attributes, properties: map[string]any{
		"PolicyDocument": sendFrom(rule, arn, map[string]any{"Service": "events.amazonaws.com"}), "Queues": []any{ref(queue.id)},
	}}
	return arn, append(made, policy), nil
}

// deadLetterQueue returns the queue alone.
func deadLetterQueue(config map[string]any, id string, attributes map[string]any) (arn any, made []*resource, err error) {
	_, hasARN := config["Arn"]
	typ, hasType := config["Type"]
	switch {
	case hasARN && hasType:
		return nil, nil, invalidEvent(id, "You can either define 'Arn' or 'Type' property of DeadLetterConfig.")
	case hasType && typ != "SQS":
		return nil, nil, invalidEvent(id, "The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.")
	case !hasARN && !hasType:
		return nil, nil, invalidEvent(id, "No 'Arn' or 'Type' property provided for DeadLetterConfig.")
	case config["Arn"] != nil:
		return config["Arn"], nil, nil
	}
	name, isText := config["QueueLogicalId"].(string)
	if config["QueueLogicalId"] != nil && !isText {
		return nil, nil, invalidEvent(id, "QueueLogicalId must be a string")
	}
	if name == "" {
		name = id + "Queue"
	}
	queue := &resource{id: name, typ: "AWS::SQS::Queue", attributes: attributes, properties: map[string]any{}}
	return arnOf(queue), []*resource{queue}, nil
}
