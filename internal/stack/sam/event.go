package sam

import (
	"encoding/json"
	"slices"
	"strings"
)

// eventKind says what becomes of an event source of a function.
type eventKind struct {
	properties []property
	// link, if there is one, is called for all events of a function before any is expanded, and sets event.linked.
	link   func(t *transform, e *event) error
	expand func(t *transform, e *event) ([]*resource, error)
}

// event is one event source of a function.
type event struct {
	*source // its id is the function's followed by the event's
	owner   *source
	name    string // its ID within the owner
	kind    *eventKind
	linked  any

	// What the function became. target is what the event invokes: the alias, if the function publishes one. role is the
	// execution role that would be made, whether it is or not.
	target, role *resource
}

// eventKindOf returns what becomes of a type of event source.
func eventKindOf(typ string) *eventKind {
	switch typ {
	case "Api":
		return &apiEvent
	case "HttpApi":
		return &httpAPIEvent
	case "S3":
		return &s3Event
	case "SNS":
		return &snsEvent
	case "SQS":
		return &sqsEvent
	case "Kinesis":
		return &kinesisEvent
	case "DynamoDB":
		return &dynamoDBEvent
	case "MSK":
		return &mskEvent
	case "MQ":
		return &mqEvent
	case "SelfManagedKafka":
		return &kafkaEvent
	case "DocumentDB":
		return &documentDBEvent
	case "Schedule":
		return &scheduleEvent
	case "ScheduleV2":
		return &scheduleV2
	case "CloudWatchEvent", "EventBridgeRule":
		return &patternEvent
	case "CloudWatchLogs":
		return &cloudWatchLogs
	case "IoTRule":
		return &iotRule
	case "AlexaSkill":
		return &alexaSkill
	case "Cognito":
		return &cognito
	}
	return nil
}

// targetName is what a permission calls the target: a function by its name, an alias by its ARN.
func (e *event) targetName() any { return ref(e.target.id) }

// targetARN is the ARN of the function or alias.
func (e *event) targetARN() any { return arnOf(e.target) }

// arnOf returns the reference that yields a resource's ARN.
func arnOf(r *resource) any {
	switch r.typ {
	case "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::SNS::Topic", "AWS::StepFunctions::StateMachine",
		"AWS::StepFunctions::StateMachineAlias":
		return ref(r.id)
	}
	return getAtt(r.id, "Arn")
}

// make returns a resource that goes with the target: with its condition and deletion policy, not the event's.
func (e *event) make(id, typ string, properties map[string]any) *resource {
	return &resource{id: id, typ: typ, attributes: e.target.passed(), properties: properties}
}

// permission lets a service invoke the target. Its logical ID is a prefix followed by Permission and the suffix, if that is
// alphanumeric, or its hash.
func (e *event) permission(prefix, suffix, principal string, properties map[string]any) *resource {
	if !alphanumeric(suffix) {
		suffix = hash10(suffix)
	}
	all := map[string]any{"Action": "lambda:InvokeFunction", "FunctionName": e.targetName(), "Principal": principal}
	for name, value := range properties {
		all[name] = value
	}
	return e.make(prefix+"Permission"+suffix, "AWS::Lambda::Permission", all)
}

// readEvents reads the events of a function and links them.
func (t *transform) readEvents(function *source) ([]*event, error) {
	given, _ := function.properties["Events"].(map[string]any)
	events := make([]*event, 0, len(given))
	for _, name := range t.eventNames(function.id, given) {
		e, err := t.readEvent(function, name, given[name], eventKindOf)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	// An event on the path $default makes permissions for the other paths needless: it comes first.
	slices.SortStableFunc(events, func(a, b *event) int { return strings.Compare(a.turn(), b.turn()) })
	return events, nil
}

func (e *event) turn() string {
	if path, ok := e.properties["Path"].(string); ok {
		return path
	}
	return e.name
}

// readEvent reads an event of a function or state machine and links it.
func (t *transform) readEvent(owner *source, name string, value any, kindOf func(string) *eventKind) (*event, error) {
	body, ok := value.(map[string]any)
	if !ok {
		typ := pythonType(value)
		if typ == "str" && t.apis.tables {
			typ = "Py27UniStr" // the reference has a type of its own for the texts of templates with APIs
		}
		return nil, invalidEvent(name, "'%s' object has no attribute 'get'", typ)
	}
	typ, _ := body["Type"].(string)
	kind := kindOf(typ)
	if kind == nil {
		return nil, invalidEvent(name, "Resource dict has missing or invalid value for key Type. Event Type is: %s.", str(body["Type"]))
	}
	s, err := readSource(owner.id+name, body)
	if err != nil {
		return nil, err
	}
	if err := t.checkProperties(s, kind.properties); err != nil {
		return nil, err
	}
	e := &event{source: s, owner: owner, name: name, kind: kind}
	if kind.link != nil {
		return e, kind.link(t, e)
	}
	return e, nil
}

// pythonType names a value's type as the reference implementation's messages do.
func pythonType(value any) string {
	switch v := value.(type) {
	case nil:
		return "NoneType"
	case bool:
		return "bool"
	case string:
		return "str"
	case []any:
		return "list"
	case map[string]any:
		return "dict"
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return "float"
		}
	}
	return "int"
}
