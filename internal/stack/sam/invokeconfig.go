package sam

import "slices"

// makeInvokeConfig makes the configuration of event invocations, with queues or topics for destinations that name none.
func (w *functionWork) makeInvokeConfig() error {
	given, _ := w.properties["EventInvokeConfig"].(map[string]any)
	if len(given) == 0 {
		return nil
	}
	config, _ := w.resolve(given).(map[string]any)
	id := w.id + "EventInvokeConfig"
	made := &resource{id: id, typ: "AWS::Lambda::EventInvokeConfig", attributes: w.attributes, properties: map[string]any{
		"FunctionName": ref(w.id), "Qualifier": "$LATEST",
		"MaximumEventAgeInSeconds": config["MaximumEventAgeInSeconds"], "MaximumRetryAttempts": config["MaximumRetryAttempts"],
	}}
	if w.alias != nil {
		made.dependsOn = []any{w.alias.id}
		made.properties["Qualifier"] = w.aliasName
	}
	destinations := map[string]any{}
	if truthy(config["DestinationConfig"]) {
		if err := expect(w.id, "EventInvokeConfig.DestinationConfig", config["DestinationConfig"], object); err != nil {
			return err
		}
		for _, outcome := range []string{"OnSuccess", "OnFailure"} {
			if err := w.addDestination(outcome, id, at(config, "DestinationConfig", outcome), destinations); err != nil {
				return err
			}
		}
	}
	made.properties["DestinationConfig"] = destinations
	w.made = append(w.made, made)
	return nil
}

// destinationTypes are the services that events' results can go to.
var destinationTypes = []any{"SQS", "SNS", "EventBridge", "Lambda", "S3Bucket"}

func (w *functionWork) addDestination(outcome, id string, value any, destinations map[string]any) error {
	if value == nil {
		return nil
	}
	if err := expect(w.id, "EventInvokeConfig.DestinationConfig."+outcome, value, object); err != nil {
		return err
	}
	given := value.(map[string]any)
	typ, _ := given["Type"].(string)
	if !slices.Contains(destinationTypes, given["Type"]) {
		return invalidResource(w.id, "'Type: %s' must be one of %s", str(given["Type"]), repr(destinationTypes))
	}
	condition, other, err := w.absence(given["Destination"], id)
	if err != nil {
		return err
	}
	destination := given["Destination"]
	if destination == nil || condition != "" {
		if typ != "SQS" && typ != "SNS" {
			return invalidResource(w.id, "Destination is required if Type is not ['SQS', 'SNS']")
		}
		destination = w.makeDestination(typ, id+outcome, condition, other)
	}
	// Another function may share the map, from Globals: it then has this function's destination, as in the reference.
	given["Destination"] = destination
	destinations[outcome] = map[string]any{"Destination": destination}
	w.policies = append(w.policies, destinationPolicy(typ, id+outcome, destination))
	return nil
}

// makeDestination makes a queue or topic, under a condition if there is one, and returns its ARN, or the other one where the
// condition does not hold.
func (w *functionWork) makeDestination(typ, id, condition string, other any) any {
	var made *resource
	if typ == "SQS" {
		made = w.make(id+"Queue", "AWS::SQS::Queue", map[string]any{})
	} else {
		made = w.make(id+"Topic", "AWS::SNS::Topic", map[string]any{})
	}
	if both := w.bothConditions(made.attributes["Condition"], condition); both != nil {
		made.attributes["Condition"] = both
	}
	w.made = append(w.made, made)
	if condition == "" {
		return arnOf(made)
	}
	return conditional(condition, arnOf(made), other)
}

// bothConditions returns the name of a condition that holds if two others do.
func (w *functionWork) bothConditions(ofFunction any, ofDestination string) any {
	first, _ := ofFunction.(string)
	switch {
	case ofDestination == "":
		return ofFunction
	case first == "":
		return ofDestination
	}
	name := w.conditionName(first+"AND"+ofDestination, w.id)
	// The reference nests the references to conditions twice.
	w.conditions()[name] = map[string]any{"Fn::And": []any{
		map[string]any{"Condition": map[string]any{"Condition": first}}, map[string]any{"Condition": map[string]any{"Condition": ofDestination}},
	}}
	return name
}

// conditionName makes a name of one that tells templates' own apart, of 255 letters at most.
func (w *functionWork) conditionName(name, of string) string {
	name += hash10(of)
	return name[:min(len(name), 255)]
}

// absence returns the condition under which a destination has no value, and the value that it has otherwise. Both are empty
// if it does not depend on a condition.
func (w *functionWork) absence(destination any, id string) (condition string, other any, err error) {
	if !isIf(destination) {
		return "", nil, nil
	}
	arguments, ok := ifArguments(destination)
	if !ok {
		return "", nil, invalidResource(id, "Malformed 'Destination' property: %s.", wrongIf)
	}
	name, _ := arguments[0].(string)
	switch then, otherwise := isNoValue(arguments[1]), isNoValue(arguments[2]); {
	case then && !otherwise:
		return name, arguments[2], nil
	case otherwise && !then:
		not := w.conditionName("NOT"+name, id)
		w.conditions()[not] = notCondition(name)
		return not, arguments[1], nil
	}
	return "", nil, nil
}
