package sam

import "strings"

// serverlessFunction becomes a function of Lambda with its role, and, where asked for, a version and an alias that follow its
// code, a URL, and what its events need.
var serverlessFunction = kind{
	rank:   functionRank,
	before: convertPolicyTemplates,
	expand: expandFunction,
	referable: map[string]string{
		"Alias": "AWS::Lambda::Alias", "Version": "AWS::Lambda::Version",
		"DestinationTopic": "AWS::SNS::Topic", "DestinationQueue": "AWS::SQS::Queue",
	},
	properties: []property{
		{name: "FunctionName", is: text | object},
		{name: "Handler"}, {name: "Runtime"}, {name: "CodeUri"}, {name: "ImageUri"}, {name: "PackageType"}, {name: "InlineCode"},
		{name: "DeadLetterQueue", is: object},
		{name: "Description"}, {name: "MemorySize"}, {name: "Timeout"}, {name: "VpcConfig"},
		{name: "Role", is: text},
		{name: "AssumeRolePolicyDocument", is: object},
		{name: "Policies", is: text | object | list, of: text | object},
		{name: "RolePath"},
		{name: "PermissionsBoundary", is: text},
		{name: "Environment", is: object, of: object},
		{name: "Events", is: object, of: object},
		{name: "Tags", is: object},
		{name: "PropagateTags", is: boolean, vague: true},
		{name: "Tracing", is: object | text},
		{name: "KmsKeyArn"},
		{name: "DeploymentPreference", is: object},
		{name: "ReservedConcurrentExecutions"},
		{name: "Layers", is: list, of: text | object},
		{name: "EventInvokeConfig", is: object},
		{name: "EphemeralStorage"},
		{name: "AutoPublishAlias", is: text, vague: true},
		{name: "AutoPublishCodeSha256", is: text, vague: true},
		{name: "AutoPublishAliasAllProperties", is: boolean, literal: true, vague: true},
		{name: "VersionDescription"}, {name: "ProvisionedConcurrencyConfig"}, {name: "FileSystemConfigs"}, {name: "ImageConfig"},
		{name: "CodeSigningConfigArn"}, {name: "Architectures"},
		{name: "SnapStart", is: object},
		{name: "FunctionUrlConfig", is: object},
		{name: "RuntimeManagementConfig"}, {name: "LoggingConfig"}, {name: "RecursiveLoop"}, {name: "SourceKMSKeyArn"},
		{name: "CapacityProviderConfig", is: object},
		{name: "FunctionScalingConfig", is: object},
		{name: "VersionDeletionPolicy", choices: []string{"Delete", "Retain"}},
		{name: "PublishToLatestPublished"}, {name: "TenancyConfig"},
		{name: "DurableConfig", is: object},
	},
}

// functionWork is a function while it is expanded.
type functionWork struct {
	*transform
	*source
	function, alias, role *resource
	aliasName             string
	// policies are those that its destinations need, of which the role gets one each.
	policies []any
	made     []*resource
}

func expandFunction(t *transform, s *source) ([]*resource, error) {
	w := &functionWork{transform: t, source: s}
	events, err := t.readEvents(s)
	if err != nil {
		return nil, inResource(s.id, err)
	}
	for _, step := range []func() error{
		w.checkTogether, w.checkDeadLetterQueue, w.checkTenancy, w.makeFunction, w.publish, w.makeURL, w.prefer, w.makeInvokeConfig, w.makeRole,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if err := w.expandEvents(events); err != nil {
		return nil, inResource(s.id, err)
	}
	t.propagateTags(s, w.made)
	return w.made, nil
}

// has reports whether a property is given and not empty.
func (w *functionWork) has(property string) bool { return truthy(w.properties[property]) }

// checkTogether refuses properties that do not go together.
func (w *functionWork) checkTogether() error {
	p := w.properties
	var wrong []string
	for _, other := range []string{"ProvisionedConcurrencyConfig", "VpcConfig"} {
		if p["CapacityProviderConfig"] != nil && p[other] != nil {
			wrong = append(wrong, "Cannot specify 'CapacityProviderConfig' and '"+other+"' together.")
		}
	}
	for _, needs := range [][2]string{{"FunctionScalingConfig", "CapacityProviderConfig"}, {"VersionDeletionPolicy", "AutoPublishAlias"}} {
		if p[needs[0]] != nil && p[needs[1]] == nil {
			wrong = append(wrong, "'"+needs[0]+"' requires '"+needs[1]+"'.")
		}
	}
	if wrong != nil {
		return invalidResource(w.id, "%s", strings.Join(wrong, "\n"))
	}
	return nil
}

func (w *functionWork) checkDeadLetterQueue() error {
	queue, _ := w.properties["DeadLetterQueue"].(map[string]any)
	if len(queue) == 0 {
		return nil
	}
	if !truthy(queue["Type"]) || !truthy(queue["TargetArn"]) {
		return invalidResource(w.id, "'DeadLetterQueue' requires Type and TargetArn properties to be specified.")
	}
	if err := expect(w.id, "DeadLetterQueue.Type", queue["Type"], text); err != nil {
		return err
	}
	if _, ok := deadLetterActions[queue["Type"].(string)]; !ok {
		return invalidResource(w.id, "'DeadLetterQueue' requires Type of ['SQS', 'SNS']")
	}
	return nil
}

// deadLetterActions are what a function must be allowed to do with its dead letters, by where they go.
var deadLetterActions = map[string]string{"SQS": "sqs:SendMessage", "SNS": "sns:Publish"}

// checkTenancy refuses what functions with isolated tenants cannot have.
func (w *functionWork) checkTenancy() error {
	if !w.has("TenancyConfig") {
		return nil
	}
	for _, other := range [][2]string{
		{"ProvisionedConcurrencyConfig", "Provisioned concurrency"}, {"FunctionUrlConfig", "Function URL"}, {"SnapStart", "SnapStart"},
	} {
		if w.has(other[0]) {
			return invalidResource(w.id, "%s is not supported for functions enabled with tenancy configuration.", other[1])
		}
	}
	events, _ := w.properties["Events"].(map[string]any)
	for _, name := range w.keys(events) {
		if typ := at(events[name], "Type"); typ != "Api" && typ != "HttpApi" {
			return invalidResource(w.id, "Event source '%s' is not supported for functions enabled with tenancy configuration. "+
				"Only Api and HttpApi event sources are supported.", str(typ))
		}
	}
	return nil
}

// asGiven are the properties that the function of Lambda has from that of SAM as they are.
var asGiven = []string{
	"Handler", "Runtime", "Description", "MemorySize", "Timeout", "VpcConfig", "Role", "Environment", "KmsKeyArn",
	"ReservedConcurrentExecutions", "Layers", "FileSystemConfigs", "ImageConfig", "PackageType", "Architectures", "SnapStart",
	"EphemeralStorage", "CodeSigningConfigArn", "RuntimeManagementConfig", "LoggingConfig", "TenancyConfig", "RecursiveLoop",
	"DurableConfig", "PublishToLatestPublished",
}

func (w *functionWork) makeFunction() error {
	properties := map[string]any{}
	for _, name := range asGiven {
		if value := w.properties[name]; value != nil {
			properties[name] = value
		}
	}
	w.function = &resource{id: w.id, typ: "AWS::Lambda::Function", dependsOn: w.dependsOn, attributes: w.attributes, properties: properties}
	w.made = append(w.made, w.function)
	code, err := w.code()
	if err != nil {
		return err
	}
	properties["Code"] = code
	tags, err := w.createdTags(w.source)
	if err != nil {
		return err
	}
	properties["Tags"] = tags
	for _, name := range []string{"FunctionName", "FunctionScalingConfig"} {
		if w.has(name) {
			properties[name] = w.properties[name]
		}
	}
	if w.traced() {
		properties["TracingConfig"] = map[string]any{"Mode": w.properties["Tracing"]}
	}
	if w.has("DeadLetterQueue") {
		properties["DeadLetterConfig"] = map[string]any{"TargetArn": at(w.properties["DeadLetterQueue"], "TargetArn")}
	}
	if err := w.connectCapacity(); err != nil {
		return err
	}
	return w.checkPackage()
}

// traced reports whether the function asks for tracing. Disabled is the same as nothing.
func (w *functionWork) traced() bool {
	return w.has("Tracing") && w.resolve(w.properties["Tracing"]) != "Disabled"
}

// expandEvents makes what connects the events to the function, or to its alias if it publishes one.
func (w *functionWork) expandEvents(events []*event) error {
	for _, e := range events {
		e.target, e.role = w.function, w.role
		if w.alias != nil {
			e.target = w.alias
		}
		made, err := e.kind.expand(w.transform, e)
		if err != nil {
			return err
		}
		w.made = append(w.made, made...)
	}
	return nil
}

// make returns a resource that goes with the function.
func (w *functionWork) make(id, typ string, properties map[string]any) *resource {
	return w.source.make(id, typ, properties)
}
