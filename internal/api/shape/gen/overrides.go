package main

import (
	"fmt"
	"slices"
)

// change alters the model where AWS was recorded to behave otherwise.
type change struct {
	// recording names the recorded scenario that shows the behaviour; internal/conformance says where they come from.
	recording string
	// structure and member say whose shape changes: the member gets a copy of its shape, so that other members of
	// the same shape keep theirs. An empty structure changes the shape called member itself.
	structure, member string
	apply             func(*shape)
}

func enum(values ...string) func(*shape) {
	return func(s *shape) { s.Enum = values }
}

// says makes messages list values, while all that the model knows are accepted.
func says(values ...string) func(*shape) {
	return func(s *shape) {
		for _, v := range s.Enum {
			if !slices.Contains(values, v) {
				s.unlisted = append(s.unlisted, v)
			}
		}
		s.Enum = values
	}
}

// ahead moves a member before another one: violations are told in the order of the members.
func ahead(first, then string) func(*shape) {
	return func(s *shape) {
		names := slices.DeleteFunc(slices.Clone(s.Members.names), func(n string) bool { return n == first })
		s.Members.names = slices.Insert(names, slices.Index(names, then), first)
	}
}

func text(pattern string) func(*shape) {
	return func(s *shape) { s.Pattern = &pattern }
}

func unchecked(s *shape) { s.Min, s.Max, s.Pattern, s.Enum = nil, nil, nil, nil }

// currentRuntimes are the runtimes a new function may have, in the order that AWS's messages list them.
var currentRuntimes = []string{
	"nodejs20.x", "python3.14", "provided.al2023", "python3.12", "python3.13", "nodejs24.x", "nodejs22.x", "java25",
	"python3.10", "python3.11", "java21", "ruby3.3", "ruby3.4", "ruby3.2", "python3.8", "python3.9", "java17",
	"nodejs16.x", "dotnet10", "dotnet8", "java11", "dotnet6", "nodejs18.x", "provided.al2", "java8.al2",
}

// knownRuntimes are all that ListLayers accepts as a filter, in the order of its message.
var knownRuntimes = []string{
	"ruby3.5", "ruby2.6", "dotnetcore1.0", "python3.7", "nodejs8.10", "nasa", "ruby2.7", "python2.7-greengrass",
	"dotnetcore2.0", "python3.8", "java21", "dotnet6", "dotnetcore2.1", "python3.9", "java11", "nodejs6.10", "provided",
	"dotnetcore3.1", "dotnet8", "java25", "java17", "nodejs", "nodejs4.3", "java8.al2", "go1.x", "dotnet10",
	"nodejs20.x", "go1.9", "byol", "nodejs10.x", "provided.al2023", "nodejs22.x", "python3.10", "java8", "nodejs12.x",
	"python3.11", "nodejs24.x", "nodejs8.x", "python3.12", "nodejs14.x", "nodejs8.9", "nodejs26.x", "python3.13",
	"python3.14", "nodejs16.x", "python3.15", "provided.al2", "nodejs4.3-edge", "nodejs18.x", "ruby3.2", "python3.4",
	"ruby3.3", "ruby3.4", "ruby2.5", "python3.6", "python2.7",
}

const (
	layerVersion = `(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:` +
		`[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)`

	taggable = `arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:` +
		`(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|` +
		`code-signing-config:csc-[a-z0-9]{17}|` +
		`event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|` +
		`capacity-provider:[a-zA-Z0-9-_]+)`
)

var changes = map[string][]change{
	"cloudwatch": {
		{"cloudwatch/TestCloudwatch.test_set_alarm_invalid_input", "", "StateValue", enum("INSUFFICIENT_DATA", "ALARM", "OK")},
	},
	"lambda": {
		// An unknown runtime is an InvalidParameterValueException with another text, so a rule of the service itself.
		{"lambda/TestLambdaFunction.test_create_lambda_exceptions", "CreateFunctionRequest", "Runtime", unchecked},
		{"lambda/TestLambdaFunction.test_create_lambda_exceptions", "UpdateFunctionConfigurationRequest", "Runtime", unchecked},
		{"lambda/TestLambdaLayer.test_layer_exceptions", "ListLayersRequest", "CompatibleRuntime", enum(knownRuntimes...)},
		{"lambda/TestLambdaLayer.test_layer_exceptions", "ListLayerVersionsRequest", "CompatibleRuntime", enum(knownRuntimes...)},
		{"lambda/TestLambdaLayer.test_layer_exceptions", "", "CompatibleRuntimes", func(s *shape) { s.ofList = true }},
		{"lambda/TestLambdaLayer.test_layer_exceptions", "", "Runtime", says(currentRuntimes...)},
		{"lambda/TestLambdaLayer.test_layer_exceptions", "", "PublishLayerVersionRequest",
			ahead("CompatibleRuntimes", "CompatibleArchitectures")},
		{"lambda/TestLambdaLayer.test_layer_exceptions", "", "LayerVersionArn", text(layerVersion)},
		{"lambda/TestLambdaTag.test_tag_exceptions--lambda_function", "", "TaggableResource", text(taggable)},
		{"lambda/TestLambdaRecursion.test_put_function_recursion_config_invalid_value", "", "RecursiveLoop", enum("Terminate", "Allow")},
		{"lambda/TestLambdaFunction.test_invalid_vpc_config_subnet", "", "SubnetIds", func(s *shape) { s.sparse = true }},
		{"lambda/TestLambdaFunction.test_invalid_vpc_config_security_group", "", "SecurityGroupIds", func(s *shape) { s.sparse = true }},
		{"lambda-runtime/TestLambdaURL.test_lambda_url_invalid_invoke_mode", "", "InvokeMode", enum("RESPONSE_STREAM", "BUFFERED")},
	},
}

// override applies the changes of a package to its model. One that no longer finds its target is an error, so that a
// newer model makes somebody look at it.
func override(m *model, pkg string) error {
	for _, c := range changes[pkg] {
		name := c.member
		if c.structure != "" {
			s := m.Shapes[c.structure]
			if s == nil || s.Members.values[c.member] == nil {
				return fmt.Errorf("override of %s.%s: no such member", c.structure, c.member)
			}
			of := s.Members.values[c.member]
			name = c.structure + c.member
			private := *m.Shapes[of.Shape]
			m.Shapes[name] = &private
			of.Shape = name
		}
		if m.Shapes[name] == nil {
			return fmt.Errorf("override of %s: no such shape", name)
		}
		c.apply(m.Shapes[name])
	}
	return nil
}
