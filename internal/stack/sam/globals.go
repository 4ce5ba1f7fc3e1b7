package sam

import (
	"maps"
	"slices"
	"strings"
)

// globalProperties are the properties that the section Globals may give for each type: those that make sense for several
// resources at once.
var globalProperties = map[string][]string{
	"Function": strings.Fields(`Handler Runtime CodeUri DeadLetterQueue Description MemorySize Timeout VpcConfig Environment Tags
		PropagateTags Tracing KmsKeyArn AutoPublishAlias AutoPublishAliasAllProperties Layers DeploymentPreference RolePath
		PermissionsBoundary ReservedConcurrentExecutions ProvisionedConcurrencyConfig AssumeRolePolicyDocument EventInvokeConfig
		FileSystemConfigs CodeSigningConfigArn Architectures SnapStart EphemeralStorage FunctionUrlConfig RuntimeManagementConfig
		LoggingConfig RecursiveLoop SourceKMSKeyArn TenancyConfig DurableConfig CapacityProviderConfig FunctionScalingConfig
		PublishToLatestPublished VersionDeletionPolicy`),
	"Api": strings.Fields(`Auth Name DefinitionUri CacheClusterEnabled CacheClusterSize MergeDefinitions Variables
		EndpointConfiguration MethodSettings BinaryMediaTypes MinimumCompressionSize Cors GatewayResponses AccessLogSetting
		CanarySetting TracingEnabled OpenApiVersion Domain AlwaysDeploy PropagateTags SecurityPolicy EndpointAccessMode`),
	"HttpApi": strings.Fields(`Auth AccessLogSettings StageVariables Tags CorsConfiguration DefaultRouteSettings Domain
		RouteSettings FailOnWarnings PropagateTags`),
	"SimpleTable":  {"SSESpecification"},
	"StateMachine": {"PropagateTags"},
	"LayerVersion": {"PublishLambdaVersion"},
	"CapacityProvider": strings.Fields(`VpcConfig OperatorRole Tags InstanceRequirements ScalingConfig KmsKeyArn
		PropagateTags`),
	"WebSocketApi": strings.Fields(`AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint
		DisableSchemaValidation Domain FailOnWarnings IpAddressType PropagateTags RouteSelectionExpression RouteSettings
		StageVariables Tags`),
}

// mergeGlobals gives the resources what the section Globals says for their type, and removes the section.
func (t *transform) mergeGlobals() error {
	section, given := t.template["Globals"]
	delete(t.template, "Globals")
	if !given {
		return nil
	}
	globals, ok := section.(map[string]any)
	if !ok {
		return wrongGlobals("It must be a non-empty dictionary")
	}
	for _, name := range t.keys(globals) {
		if err := t.checkGlobals(name, globals[name]); err != nil {
			return err
		}
	}
	for _, id := range t.keys(t.given) {
		body := t.given[id].(map[string]any)
		typ, _ := body["Type"].(string)
		name, _ := strings.CutPrefix(typ, "AWS::Serverless::")
		defaults, ok := globals[name].(map[string]any)
		if !ok || !globalType(typ) {
			continue
		}
		defaults, err := withoutIgnored(id, defaults, body["IgnoreGlobals"])
		if err != nil {
			return err
		}
		properties, _ := body["Properties"].(map[string]any)
		body["Properties"] = t.mergeMaps(defaults, properties)
	}
	return nil
}

func wrongGlobals(text string) error {
	return &fault{id: "Globals", text: "'Globals' section is invalid. " + text}
}

// checkGlobals refuses types and properties that Globals cannot have.
func (t *transform) checkGlobals(name string, value any) error {
	allowed, ok := globalProperties[name]
	if !ok {
		return wrongGlobals("'" + name + "' is not supported. Must be one of the following values - " + reprList(sorted(globalProperties)))
	}
	properties, ok := value.(map[string]any)
	if !ok {
		return wrongGlobals("Value of ${section} must be a dictionary")
	}
	names := t.keys(properties)
	if name == "Api" {
		names = t.tableKeys(properties)
	}
	for _, property := range names {
		if !slices.Contains(allowed, property) {
			return wrongGlobals("'" + property + "' is not a supported property of '" + name + "'. Must be one of the following values - " + reprList(allowed))
		}
	}
	return nil
}

func reprList(names []string) string {
	values := make([]any, len(names))
	for i, name := range names {
		values[i] = name
	}
	return repr(values)
}

// withoutIgnored leaves out the defaults that a resource does not want.
func withoutIgnored(id string, defaults map[string]any, ignored any) (map[string]any, error) {
	if !truthy(ignored) {
		return defaults, nil
	}
	if ignored == "*" {
		return nil, nil
	}
	names, ok := ignored.([]any)
	if !ok {
		return nil, invalidResource(id, "Resource %s has invalid resource attribute 'IgnoreGlobals'.", id)
	}
	rest := maps.Clone(defaults)
	for _, name := range names {
		s, _ := name.(string)
		if _, ok := rest[s]; !ok {
			return nil, invalidResource(id, "Resource %s has invalid resource attribute 'IgnoreGlobals' on item '%s'.", id, str(name))
		}
		delete(rest, s)
	}
	return rest, nil
}

// merge combines a default with a resource's own value: maps member by member, lists one behind the other. Otherwise the
// own value counts, and functions of CloudFormation count as plain values.
func (t *transform) merge(common, own any) any {
	switch c := common.(type) {
	case map[string]any:
		if o, ok := own.(map[string]any); ok && !isIntrinsic(c) && !isIntrinsic(o) {
			return t.mergeMaps(c, o)
		}
	case []any:
		if o, ok := own.([]any); ok {
			return slices.Concat(c, o)
		}
	}
	return own
}

func (t *transform) mergeMaps(common, own map[string]any) map[string]any {
	merged := maps.Clone(common)
	if merged == nil {
		merged = make(map[string]any, len(own))
	}
	names := t.tableKeys(common)
	for _, name := range t.tableKeys(own) {
		if _, both := common[name]; both {
			merged[name] = t.merge(common[name], own[name])
			continue
		}
		merged[name] = own[name]
		names = append(names, name)
	}
	t.order.note(merged, names)
	return merged
}
