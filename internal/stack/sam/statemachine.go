package sam

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

// stateMachine becomes a state machine of Step Functions with its role, and, where asked for, a version and an alias.
var stateMachine = kind{
	rank:   stateMachineRank,
	before: convertPolicyTemplates,
	expand: expandStateMachine,
	properties: []property{
		{name: "Definition", is: object}, {name: "DefinitionUri", is: text | object}, {name: "Logging", is: object},
		{name: "Role", is: text}, {name: "RolePath"}, {name: "DefinitionSubstitutions", is: object},
		{name: "Events", is: object, of: object}, {name: "Name", is: text}, {name: "Type", is: text}, {name: "Tags", is: object},
		{name: "PropagateTags", is: boolean, vague: true}, {name: "Policies", is: text | list, of: text | object},
		{name: "Tracing", is: object}, {name: "PermissionsBoundary", is: text}, {name: "AutoPublishAlias"}, {name: "DeploymentPreference"},
		{name: "UseAliasAsEventTarget", is: boolean, literal: true, vague: true},
	},
}

// machineWork is a state machine while it is expanded.
type machineWork struct {
	*transform
	*source
	machine, alias *resource
	made           []*resource
}

func expandStateMachine(t *transform, s *source) ([]*resource, error) {
	w := &machineWork{transform: t, source: s}
	events, err := t.readMachineEvents(s)
	if err != nil {
		return nil, inResource(s.id, err)
	}
	w.machine = &resource{id: s.id, typ: "AWS::StepFunctions::StateMachine", dependsOn: s.dependsOn, attributes: s.attributes, properties: map[string]any{}}
	w.made = []*resource{w.machine}
	for _, step := range []func() error{w.define, w.giveRole, w.configure, w.publish} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	for _, e := range events {
		e.target = w.machine
		if truthy(s.properties["UseAliasAsEventTarget"]) {
			e.target = cmp.Or(w.alias, w.machine)
		}
		made, err := e.kind.expand(t, e)
		if err != nil {
			return nil, err // the reference tells these without the state machine
		}
		w.made = append(w.made, made...)
	}
	t.propagateTags(s, w.made)
	return w.made, nil
}

// define enters the definition: as text, with substitutions for what CloudFormation has to find out, or where it lies.
func (w *machineWork) define() error {
	definition, _ := w.properties["Definition"].(map[string]any)
	uri := w.properties["DefinitionUri"]
	if given := w.properties["DefinitionSubstitutions"]; truthy(given) {
		w.machine.properties["DefinitionSubstitutions"] = given
	}
	switch {
	case len(definition) > 0 && truthy(uri):
		return invalidResource(w.id, "Specify either 'Definition' or 'DefinitionUri' property and not both.")
	case truthy(uri):
		location, err := definitionLocation(w.id, uri)
		w.machine.properties["DefinitionS3Location"] = location
		return err
	case len(definition) == 0:
		return invalidResource(w.id, "Either 'Definition' or 'DefinitionUri' property must be specified.")
	}
	definition = clone(definition).(map[string]any)
	found := map[string]any{}
	substituteDynamic(definition, found)
	if len(found) > 0 {
		substitutions := map[string]any{}
		given, _ := w.machine.properties["DefinitionSubstitutions"].(map[string]any)
		for name, value := range given {
			substitutions[name] = value
		}
		for name, value := range found {
			substitutions[name] = value
		}
		w.machine.properties["DefinitionSubstitutions"] = substitutions
	}
	var lines []any
	for line := range strings.SplitSeq(indented(definition, ""), "\n") {
		lines = append(lines, line)
	}
	w.machine.properties["DefinitionString"] = join("\n", lines...)
	return nil
}

func definitionLocation(id string, uri any) (map[string]any, error) {
	if given, ok := uri.(map[string]any); ok {
		if !truthy(given["Bucket"]) || !truthy(given["Key"]) {
			return nil, invalidResource(id, "'DefinitionUri' requires Bucket and Key properties to be specified.")
		}
		location := map[string]any{"Bucket": given["Bucket"], "Key": given["Key"]}
		if version, ok := given["Version"]; ok {
			location["Version"] = version
		}
		return location, nil
	}
	s, _ := uri.(string)
	bucket, key, version, ok := parseS3URI(s)
	if !ok {
		return nil, invalidResource(id, "'DefinitionUri' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.")
	}
	location := map[string]any{"Bucket": bucket, "Key": key}
	if version != "" {
		location["Version"] = version
	}
	return location, nil
}

var dynamicReference = regexp.MustCompile(`^{{resolve:([a-z-]+):(.+)}}\n?$`)

// substituteDynamic replaces, in place, the functions of CloudFormation and dynamic references by variables, and collects
// these: by name, or index, of where they stand.
func substituteDynamic(value any, found map[string]any) {
	replace := func(member any) any {
		s, isText := member.(string)
		if isIntrinsic(member) || isText && dynamicReference.MatchString(s) {
			name := "definition_substitution_" + strconv.Itoa(len(found)+1)
			found[name] = member
			return "${" + name + "}"
		}
		substituteDynamic(member, found)
		return member
	}
	switch v := value.(type) {
	case map[string]any:
		for _, name := range sorted(v) {
			v[name] = replace(v[name])
		}
	case []any:
		for i := range v {
			v[i] = replace(v[i])
		}
	}
}

// indented is a value's JSON text with sorted names, four spaces a level.
func indented(value any, margin string) string {
	inner := margin + "    "
	var members []string
	switch v := value.(type) {
	case map[string]any:
		for _, name := range sorted(v) {
			members = append(members, inner+canonical(name)+": "+indented(v[name], inner))
		}
		return bracketed("{", members, "}", margin)
	case []any:
		for _, member := range v {
			members = append(members, inner+indented(member, inner))
		}
		return bracketed("[", members, "]", margin)
	}
	return canonical(value)
}

func bracketed(open string, members []string, end, margin string) string {
	if len(members) == 0 {
		return open + end
	}
	return open + "\n" + strings.Join(members, ",\n") + "\n" + margin + end
}

func (w *machineWork) giveRole() error {
	role, policies := w.properties["Role"], w.properties["Policies"]
	if truthy(role) && truthy(policies) {
		return invalidResource(w.id, "Specify either 'Role' or 'Policies' (but not both at the same time) or neither of them")
	}
	if truthy(role) {
		w.machine.properties["RoleArn"] = role
		return nil
	}
	entries := policyEntries(policies)
	if at(w.properties["Tracing"], "Enabled") == true {
		entries = append(entries, w.tracingPolicy())
	}
	from := *w.source
	from.properties = map[string]any{
		"Policies": entries, "RolePath": w.properties["RolePath"], "PermissionsBoundary": w.properties["PermissionsBoundary"],
	}
	made, err := w.roleOf(&from, assumedBy("states.amazonaws.com"), nil, nil)
	if err != nil {
		return err
	}
	made.properties["Tags"] = w.machineTags()
	w.machine.properties["RoleArn"] = arnOf(made)
	w.made = append(w.made, made)
	return nil
}

func (w *machineWork) machineTags() []any {
	own, _ := w.properties["Tags"].(map[string]any)
	return append([]any{tag("stateMachine:createdBy", "SAM")}, w.tagList(own)...)
}

func (w *machineWork) configure() error {
	for name, from := range map[string]string{
		"StateMachineName": "Name", "StateMachineType": "Type", "LoggingConfiguration": "Logging", "TracingConfiguration": "Tracing",
	} {
		w.machine.properties[name] = w.properties[from]
	}
	w.machine.properties["Tags"] = w.machineTags()
	return nil
}

// publish makes a version and an alias that moves to it.
func (w *machineWork) publish() error {
	alias, preference := w.properties["AutoPublishAlias"], w.properties["DeploymentPreference"]
	switch {
	case truthy(alias):
	case truthy(w.properties["UseAliasAsEventTarget"]):
		return invalidResource(w.id, "'UseAliasAsEventTarget' requires 'AutoPublishAlias' property to be specified.")
	case truthy(preference):
		return invalidResource(w.id, "'DeploymentPreference' requires 'AutoPublishAlias' property to be specified.")
	default:
		return nil
	}
	version := w.make(w.id+"Version", "AWS::StepFunctions::StateMachineVersion", map[string]any{
		"StateMachineArn": ref(w.id), "StateMachineRevisionId": getAtt(w.id, "StateMachineRevisionId"),
	})
	for _, name := range []string{"DeletionPolicy", "UpdateReplacePolicy"} {
		if _, given := version.attributes[name]; !given {
			version.attributes[name] = "Retain" // a deployment leads from the version before
		}
	}
	moves := map[string]any{"Type": "ALL_AT_ONCE"}
	if truthy(preference) {
		given, ok := preference.(map[string]any)
		if !ok {
			return invalidResource(w.id, "Property 'DeploymentPreference' should be a map.")
		}
		moves = clone(given).(map[string]any)
	}
	moves["StateMachineVersionArn"] = ref(version.id)
	id := w.id + "Alias" + str(alias)
	if !alphanumeric(id) {
		return invalidResource(id, "Logical ids must be alphanumeric.")
	}
	w.alias = w.make(id, "AWS::StepFunctions::StateMachineAlias", map[string]any{"Name": alias, "DeploymentPreference": moves})
	w.made = append(w.made, version, w.alias)
	return nil
}

// make returns a resource that goes with the state machine.
func (w *machineWork) make(id, typ string, properties map[string]any) *resource {
	return w.source.make(id, typ, properties)
}
