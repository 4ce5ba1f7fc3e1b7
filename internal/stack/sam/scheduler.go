package sam

// scheduleV2 is an event source of EventBridge Scheduler, which needs a role to invoke what it is for.
var scheduleV2 = eventKind{
	properties: schedulerProperties,
	expand: func(t *transform, e *event) ([]*resource, error) {
		return schedule(e.source, e.target, destinationPolicy("Lambda", e.id, arnOf(e.target)))
	},
}

var schedulerProperties = []property{
	{name: "PermissionsBoundary", is: text}, {name: "ScheduleExpression", is: text, required: true},
	{name: "FlexibleTimeWindow", is: object}, {name: "Name", is: text}, {name: "State", is: text}, {name: "Description", is: text},
	{name: "StartDate", is: text}, {name: "EndDate", is: text}, {name: "ScheduleExpressionTimezone", is: text},
	{name: "GroupName", is: text}, {name: "KmsKeyArn", is: text}, {name: "Input", is: text}, {name: "RoleArn", is: text},
	{name: "DeadLetterConfig", is: object}, {name: "RetryPolicy", is: object},
	{name: "OmitName", is: boolean, literal: true, vague: true},
}

// schedule makes a schedule for a target, and its role unless the event gives one. The policy lets it start the target.
func schedule(s *source, target *resource, policy map[string]any) ([]*resource, error) {
	made := &resource{id: s.id, typ: "AWS::Scheduler::Schedule", attributes: target.passed(), properties: map[string]any{}}
	for _, name := range []string{
		"ScheduleExpression", "Description", "FlexibleTimeWindow", "StartDate", "EndDate", "ScheduleExpressionTimezone", "GroupName", "KmsKeyArn",
	} {
		made.properties[name] = s.properties[name]
	}
	if state := s.properties["State"]; truthy(state) {
		made.properties["State"] = state
	}
	if !truthy(made.properties["FlexibleTimeWindow"]) {
		made.properties["FlexibleTimeWindow"] = map[string]any{"Mode": "OFF"}
	}
	if err := scheduleName(s, made); err != nil {
		return nil, err
	}
	all := []*resource{made}
	var dead any
	if config, ok := s.properties["DeadLetterConfig"].(map[string]any); ok {
		arn, queue, err := deadLetterQueue(config, s.id, target.passed())
		if err != nil {
			return nil, err
		}
		dead, all = arn, append(all, queue...)
	}
	role := s.properties["RoleArn"]
	if !truthy(role) {
		executor := schedulerRole(s, target, policy, dead)
		role, all = arnOf(executor), append(all, executor)
	}
	goal := map[string]any{"Arn": arnOf(target), "RoleArn": role}
	for _, name := range []string{"Input", "RetryPolicy"} {
		if value := s.properties[name]; value != nil {
			goal[name] = value
		}
	}
	if s.properties["DeadLetterConfig"] != nil {
		goal["DeadLetterConfig"] = map[string]any{"Arn": dead}
	}
	made.properties["Target"] = goal
	return all, nil
}

// scheduleName names the schedule after the event, which makes it unique in a region but for those that ask for none.
func scheduleName(s *source, made *resource) error {
	name := s.properties["Name"]
	switch omit := truthy(s.properties["OmitName"]); {
	case omit && truthy(name):
		return invalidEvent(s.id, "Name cannot be set when OmitName is True")
	case omit:
	case truthy(name):
		made.properties["Name"] = name
	default:
		made.properties["Name"] = s.id
	}
	return nil
}

func schedulerRole(s *source, target *resource, policy map[string]any, dead any) *resource {
	policies := []any{policy}
	if truthy(dead) {
		policies = append(policies, destinationPolicy("SQS", s.id, dead))
	}
	role := &resource{id: s.id + "Role", typ: "AWS::IAM::Role", attributes: target.passed(), properties: map[string]any{
		"AssumeRolePolicyDocument": assumedBy("scheduler.amazonaws.com"), "Policies": policies,
	}}
	if boundary := s.properties["PermissionsBoundary"]; truthy(boundary) {
		role.properties["PermissionsBoundary"] = boundary
	}
	return role
}
