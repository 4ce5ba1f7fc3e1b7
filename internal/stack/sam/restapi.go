package sam

import (
	"regexp"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// restAPI becomes a REST API with a deployment and a stage, and what its domain, usage plan and authorizers need.
var restAPI = kind{
	rank: apiRank,
	properties: []property{
		{name: manageProperty, is: boolean},
		{name: "Name", is: text | object},
		{name: "StageName", required: true, is: text | object},
		{name: "Tags", is: object},
		{name: "PropagateTags", is: boolean},
		{name: "DefinitionBody", is: object},
		{name: "DefinitionUri", is: text | object},
		{name: "MergeDefinitions", is: boolean, literal: true},
		{name: "CacheClusterEnabled", is: boolean},
		{name: "CacheClusterSize", is: text},
		{name: "Variables", is: object},
		{name: "EndpointConfiguration", is: text | object},
		{name: "MethodSettings", is: list},
		{name: "BinaryMediaTypes", is: list},
		{name: "MinimumCompressionSize", is: integer},
		{name: "Cors", is: text | object},
		{name: "Auth", is: object},
		{name: "GatewayResponses", is: object},
		{name: "AccessLogSetting", is: object},
		{name: "CanarySetting", is: object},
		{name: "TracingEnabled", is: boolean},
		{name: "OpenApiVersion", is: text},
		{name: "Models", is: object},
		{name: "Domain", is: object},
		{name: "FailOnWarnings", is: boolean},
		{name: "Description", is: text},
		{name: "Mode", is: text},
		{name: "DisableExecuteApiEndpoint", is: boolean},
		{name: "ApiKeySourceType", is: text},
		{name: "AlwaysDeploy", is: boolean, literal: true},
		{name: "Policy", is: text | object},
		{name: "SecurityPolicy", is: text},
		{name: "EndpointAccessMode", is: text},
	},
	referable: map[string]string{
		"Stage":        "AWS::ApiGateway::Stage",
		"Deployment":   "AWS::ApiGateway::Deployment",
		"DomainName":   "AWS::ApiGateway::DomainName",
		"DomainNameV2": "AWS::ApiGateway::DomainNameV2",
		"UsagePlan":    "AWS::ApiGateway::UsagePlan",
		"UsagePlanKey": "AWS::ApiGateway::UsagePlanKey",
		"ApiKey":       "AWS::ApiGateway::ApiKey",
	},
	expand: func(t *transform, s *source) ([]*resource, error) {
		made, err := (&restBuild{apiBuild: apiBuild{t, s}}).expand()
		if err != nil {
			return nil, t.wrong(err)
		}
		t.setTags(s, made)
		return made, nil
	},
}

// restBuild is a REST API on its way.
type restBuild struct {
	apiBuild
	body      *openapi.Dict // nil if it is elsewhere
	location  *openapi.Dict // where the body is, if that is S3
	auth      map[string]any
	domain    *openapi.Dict // the property Domain with what is added to it, as the deployment's hash has it
	stageName string        // logical ID of the stage
}

func (a *restBuild) expand() ([]*resource, error) {
	for _, name := range [...]string{"BinaryMediaTypes", "Domain", "Auth"} {
		if value, ok := a.properties[name]; ok {
			a.properties[name] = a.t.resolve(value)
		}
	}
	a.auth, _ = a.properties["Auth"].(map[string]any)
	if truthy(a.properties["DefinitionBody"]) || a.t.apis.managed[a.id] {
		a.body = a.t.apis.bodies[a.id]
	}
	api, err := a.api()
	if err != nil {
		return nil, err
	}
	domain, err := a.domainResources()
	if err != nil {
		return nil, err
	}
	deployment, stage := a.deploymentAndStage()
	permissions, err := a.authorizerPermissions()
	if err != nil {
		return nil, err
	}
	plan, err := a.usagePlan()
	if err != nil {
		return nil, err
	}
	made := append([]*resource{api, deployment, stage}, permissions...)
	return append(append(made, domain...), plan...), nil
}

var openAPIVersion = regexp.MustCompile(`\A[2-3](\.\d)(\.\d)?\n?\z`)

func (a *restBuild) check() error {
	uri := truthy(a.properties["DefinitionUri"])
	version := a.properties["OpenApiVersion"]
	switch {
	case uri && a.body != nil:
		return invalidResource(a.id, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.")
	case uri && truthy(a.properties["MergeDefinitions"]):
		return invalidResource(a.id, "Cannot set 'MergeDefinitions' to True when using `DefinitionUri`.")
	case truthy(version) && !openAPIVersion.MatchString(str(version)):
		return invalidResource(a.id, "The OpenApiVersion value must be of the format '3.0.0'.")
	}
	return nil
}

// api makes the REST API itself.
func (a *restBuild) api() (*resource, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	r := &resource{id: a.id, typ: "AWS::ApiGateway::RestApi", dependsOn: a.dependsOn, attributes: a.attributes, properties: map[string]any{
		"BinaryMediaTypes":       a.properties["BinaryMediaTypes"],
		"MinimumCompressionSize": a.properties["MinimumCompressionSize"],
	}}
	if err := a.setEndpoint(r); err != nil {
		return nil, err
	}
	for _, step := range []func() error{a.addCORS, a.addAuth, a.addResponses, a.addMediaTypes, a.addModels, a.disableEndpoint} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if err := a.setBody(r); err != nil {
		return nil, err
	}
	for _, name := range [...]string{"FailOnWarnings", "Name", "Description", "Mode", "ApiKeySourceType", "Policy", "SecurityPolicy", "EndpointAccessMode"} {
		if value := a.properties[name]; truthy(value) {
			r.properties[name] = value
		}
	}
	return r, nil
}

func (a *restBuild) setBody(r *resource) error {
	if uri := a.properties["DefinitionUri"]; truthy(uri) {
		location, err := a.bodyLocation(uri)
		if err != nil {
			return err
		}
		a.location = openapi.NewDict()
		for _, name := range [...]string{"Bucket", "Key", "Version"} {
			if value, ok := location[name]; ok {
				a.location.Put(name, a.t.tree(value))
			}
		}
		r.properties["BodyS3Location"] = location
		return nil
	}
	if a.body == nil {
		return nil
	}
	if err := openapi.Upgrade(a.body, a.properties["OpenApiVersion"]); err != nil {
		return err
	}
	r.properties["Body"] = openapi.Plain(a.body)
	return nil
}

// setEndpoint says how clients reach the API. Partitions without edge locations get a regional one.
func (a *restBuild) setEndpoint(r *resource) error {
	value := a.properties["EndpointConfiguration"]
	if !truthy(value) {
		if !strings.HasPrefix(a.t.partition, "aws-") {
			return nil
		}
		value = "REGIONAL"
	}
	configuration, _ := value.(map[string]any)
	typ := configuration["Type"]
	if !truthy(typ) {
		r.properties["EndpointConfiguration"] = map[string]any{"Types": []any{value}}
		r.properties["Parameters"] = map[string]any{"endpointConfigurationTypes": clone(value)}
		return nil
	}
	r.properties["Parameters"] = map[string]any{"endpointConfigurationTypes": clone(typ)}
	endpoint := map[string]any{"Types": []any{typ}}
	r.properties["EndpointConfiguration"] = endpoint
	upper, isUpper := configuration["VPCEndpointIds"]
	lower, isLower := configuration["VpcEndpointIds"]
	switch {
	case isUpper && isLower:
		return invalidResource(a.id, "'VPCEndpointIds' and 'VpcEndpointIds' cannot be used together in EndpointConfiguration.")
	case truthy(upper):
		endpoint["VpcEndpointIds"] = upper
	case isUpper || isLower:
		endpoint["VpcEndpointIds"] = lower
	}
	if address, ok := configuration["IpAddressType"]; ok {
		endpoint["IpAddressType"] = address
	}
	return nil
}
