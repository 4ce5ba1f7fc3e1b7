package sam

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// capacityProvider becomes a capacity provider of Lambda, with the role that it runs instances as.
var capacityProvider = kind{
	rank: otherRank,
	properties: []property{
		{name: "CapacityProviderName", is: text | object, literal: true},
		{name: "VpcConfig", is: object, required: true, literal: true},
		{name: "OperatorRole", is: text | object, literal: true},
		{name: "Tags", is: object, literal: true}, {name: "PropagateTags", is: boolean, literal: true, vague: true},
		{name: "InstanceRequirements", is: object, literal: true}, {name: "ScalingConfig", is: object, literal: true},
		{name: "KmsKeyArn", is: text | object, literal: true},
	},
	expand: func(t *transform, s *source) ([]*resource, error) {
		if err := checkCapacity(s); err != nil {
			return nil, err
		}
		var made []*resource
		role := s.properties["OperatorRole"]
		if !truthy(role) {
			operator := s.make(s.id+"OperatorRole", "AWS::IAM::Role", map[string]any{
				"AssumeRolePolicyDocument": assumedBy("lambda.amazonaws.com"),
				"ManagedPolicyArns":        []any{t.managedARN("AWSLambdaManagedEC2ResourceOperator")},
				"Tags":                     []any{tag(reservedTags[0], "SAM")},
			})
			if own, _ := s.properties["Tags"].(map[string]any); truthy(s.properties["PropagateTags"]) {
				operator.properties["Tags"] = t.markedTags(own)
			}
			role, made = arnOf(operator), append(made, operator)
		}
		return append(made, t.capacity(s, role)), nil
	},
}

// markedTags are a source's own tags and SAM's mark, which they cannot replace.
func (t *transform) markedTags(own map[string]any) []any {
	tags := []any{tag(reservedTags[0], "SAM")}
	for _, each := range t.tagList(own) {
		if at(each, "Key") != reservedTags[0] {
			tags = append(tags, each)
		}
	}
	return tags
}

func (t *transform) capacity(s *source, role any) *resource {
	own, _ := s.properties["Tags"].(map[string]any)
	properties := map[string]any{
		"PermissionsConfig": map[string]any{"CapacityProviderOperatorRoleArn": role}, "Tags": t.markedTags(own),
		"VpcConfig": renamed(s.properties["VpcConfig"], "SubnetIds", "SubnetIds", "SecurityGroupIds", "SecurityGroupIds"),
	}
	for _, name := range []string{"CapacityProviderName", "KmsKeyArn"} {
		if value := s.properties[name]; truthy(value) {
			properties[name] = value
		}
	}
	if given := s.properties["InstanceRequirements"]; truthy(given) {
		properties["InstanceRequirements"] = renamed(given, "Architectures", "Architectures", "AllowedTypes", "AllowedInstanceTypes",
			"ExcludedTypes", "ExcludedInstanceTypes")
	}
	if given := s.properties["ScalingConfig"]; truthy(given) {
		scaling := renamed(given, "MaxVCpuCount", "MaxVCpuCount")
		scaling["ScalingMode"] = "Auto"
		if goal := at(given, "AverageCPUUtilization"); goal != nil {
			scaling["ScalingMode"] = "Manual"
			scaling["ScalingPolicies"] = []any{map[string]any{
				"PredefinedMetricType": "LambdaCapacityProviderAverageCPUUtilization", "TargetValue": decimal(goal),
			}}
		}
		properties["CapacityProviderScalingConfig"] = scaling
	}
	return &resource{id: s.id, typ: "AWS::Lambda::CapacityProvider", dependsOn: s.dependsOn, attributes: s.attributes, properties: properties}
}

// renamed takes members of a map over under other names: pairs of an old and a new one.
func renamed(value any, names ...string) map[string]any {
	taken := map[string]any{}
	for i := 0; i < len(names); i += 2 {
		if member := at(value, names[i]); member != nil {
			taken[names[i+1]] = member
		}
	}
	return taken
}

// capacityParts are the members of the properties that are maps, and what they have to be.
var capacityParts = []struct {
	property string
	members  []property
}{
	{"VpcConfig", []property{{name: "SecurityGroupIds", is: list}, {name: "SubnetIds", is: list, required: true}}},
	{"InstanceRequirements", []property{{name: "Architectures", is: list}, {name: "AllowedTypes", is: list}, {name: "ExcludedTypes", is: list}}},
	{"ScalingConfig", []property{{name: "MaxVCpuCount", is: integer}, {name: "AverageCPUUtilization", is: integer}}},
}

func checkCapacity(s *source) error {
	var wrong []string
	for _, part := range capacityParts {
		given, ok := s.properties[part.property].(map[string]any)
		if !ok {
			continue
		}
		for _, m := range part.members {
			path := "Property '" + part.property + "." + m.name + "' "
			switch value := given[m.name]; {
			case value == nil && m.required:
				wrong = append(wrong, path+"is required.")
			case value != nil && shapeOf(value)&(m.is|object) == 0 && !is[json.Number](value):
				wrong = append(wrong, path+"value must be dictionary or "+shapeNames[m.is]+".")
			}
		}
		for _, name := range sorted(given) {
			if !hasProperty(part.members, name) {
				wrong = append(wrong, "Property '"+part.property+"."+name+"' is an invalid property.")
			}
		}
	}
	if wrong != nil {
		return invalidResource(s.id, "%s", strings.Join(wrong, " "))
	}
	if given := s.properties["InstanceRequirements"]; at(given, "AllowedTypes") != nil && at(given, "ExcludedTypes") != nil {
		return invalidResource(s.id, "Cannot specify 'InstanceRequirements.AllowedTypes' and 'InstanceRequirements.ExcludedTypes' together.")
	}
	return nil
}

func hasProperty(properties []property, name string) bool {
	for i := range properties {
		if properties[i].name == name {
			return true
		}
	}
	return false
}

// connectCapacity writes the function's capacity provider as Lambda takes it.
func (w *functionWork) connectCapacity() error {
	given, _ := w.properties["CapacityProviderConfig"].(map[string]any)
	if len(given) == 0 {
		return nil
	}
	if faults := providerFaults(given); faults != nil {
		plural := "s"
		if len(faults) == 1 {
			plural = ""
		}
		return invalidResource(w.id, "Invalid CapacityProviderConfig: %d validation error%s for CapacityProviderConfig\n%s", len(faults), plural, strings.Join(faults, "\n"))
	}
	arn := given["Arn"]
	if scalar(arn) {
		arn = str(arn)
	}
	instances := map[string]any{"CapacityProviderArn": arn}
	for _, name := range []string{"PerExecutionEnvironmentMaxConcurrency", "ExecutionEnvironmentMemoryGiBPerVCpu"} {
		if given[name] != nil {
			instances[name] = whole(given[name])
		}
	}
	w.function.properties["CapacityProviderConfig"] = map[string]any{"LambdaManagedInstancesCapacityProviderConfig": instances}
	return nil
}

// providerMembers are the members of a function's CapacityProviderConfig, and what the reference calls their types.
var providerMembers = []struct {
	property
	fault string
}{
	{property{name: "Arn", is: text | integer, required: true}, "str type expected (type=type_error.str)"},
	{property{name: "PerExecutionEnvironmentMaxConcurrency", is: integer}, "value is not a valid integer (type=type_error.integer)"},
	{property{name: "ExecutionEnvironmentMemoryGiBPerVCpu", is: integer}, "value is not a valid integer (type=type_error.integer)"},
}

// providerFaults lists what is wrong with a function's CapacityProviderConfig.
func providerFaults(given map[string]any) []string {
	var faults []string
	known := make([]property, 0, len(providerMembers))
	for _, m := range providerMembers {
		known = append(known, m.property)
		switch value := given[m.name]; {
		case value == nil && m.required:
			faults = append(faults, m.name+"\n  field required (type=value_error.missing)")
		case value != nil && !is[json.Number](value) && !is[map[string]any](value) && shapeOf(value)&m.is == 0:
			faults = append(faults, m.name+"\n  value is not a valid dict (type=type_error.dict)", m.name+"\n  "+m.fault)
		}
	}
	for _, name := range sorted(given) {
		if !hasProperty(known, name) {
			faults = append(faults, name+"\n  extra fields not permitted (type=value_error.extra)")
		}
	}
	return faults
}

// whole cuts off the fraction of a number.
func whole(value any) any {
	if n, ok := value.(json.Number); ok {
		if f, err := n.Float64(); err == nil {
			return json.Number(strconv.FormatFloat(math.Trunc(f), 'f', -1, 64))
		}
	}
	return value
}

// decimal writes a whole number with a point, as the reference does where fractions are allowed.
func decimal(value any) any {
	if n, ok := value.(json.Number); ok {
		if f, err := n.Float64(); err == nil && f == math.Trunc(f) {
			return json.Number(strconv.FormatFloat(f, 'f', 1, 64))
		}
	}
	return value
}
