package shape_test

import (
	"strings"
	"testing"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/lambda"
)

const (
	functionPattern = `(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?` +
		`(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`
	namespacedPattern = `(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?` +
		`(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`
	qualifierPattern = `\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`
	runtimes         = `[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, ` +
		`python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, ` +
		`dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2]`
	architectures = `Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]`
)

func creation() *lambda.CreateFunctionRequest {
	return &lambda.CreateFunctionRequest{
		FunctionName: new("f"), Role: new("arn:aws:iam::111111111111:role/r"), Code: &lambda.FunctionCode{},
	}
}

func created(change func(*lambda.CreateFunctionRequest)) *lambda.CreateFunctionRequest {
	in := creation()
	change(in)
	return in
}

func weighted(weights map[string]float64) *lambda.CreateAliasRequest {
	return &lambda.CreateAliasRequest{
		FunctionName: new("f"), FunctionVersion: new("1"), Name: new("live"),
		RoutingConfig: &lambda.AliasRoutingConfiguration{AdditionalVersionWeights: weights},
	}
}

func layer(runtimes, architectures []string) *lambda.PublishLayerVersionRequest {
	return &lambda.PublishLayerVersionRequest{
		LayerName: new("l"), Content: &lambda.LayerVersionContentInput{},
		CompatibleRuntimes: runtimes, CompatibleArchitectures: architectures,
	}
}

func one(value, member, demand string) string {
	return "1 validation error detected: Value '" + value + "' at '" + member + "' failed to satisfy constraint: " + demand
}

// TestLambdasMessages has the requests that AWS was recorded to refuse with a ValidationException, and its messages.
func TestLambdasMessages(t *testing.T) {
	pattern := "Member must satisfy regular expression pattern: "
	long := "arn:aws:lambda:us-east-1:111111111111:function:" + strings.Repeat("a", 100)
	longest := "arn:aws:lambda:invalid-region:111111111111:function:my-function-" + strings.Repeat("a", 170)
	weights := "routingConfig.additionalVersionWeights"
	range01 := "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have " +
		"value greater than or equal to 0.0, Member must not be null]"
	for _, tt := range []struct {
		operation string
		in        any
		want      string
	}{
		{"CreateFunction", creation(), ""},
		{"CreateFunction", created(func(in *lambda.CreateFunctionRequest) { in.Role = new("r1") }),
			one("r1", "role", pattern+`arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`)},
		{"CreateFunction", created(func(in *lambda.CreateFunctionRequest) { in.Runtime = new("no-such-runtime") }), ""},
		{"CreateFunction", created(func(in *lambda.CreateFunctionRequest) { in.VpcConfig = &lambda.VpcConfig{SubnetIds: []string{"bad"}} }),
			one("[bad]", "vpcConfig.subnetIds", "Member must satisfy constraint: [Member must have length less than or equal to 1024, "+
				"Member must have length greater than or equal to 0, "+pattern+"subnet-[0-9a-z]*]")},
		{"PutFunctionRecursionConfig", &lambda.PutFunctionRecursionConfigRequest{FunctionName: new("f"), RecursiveLoop: new("x")},
			one("x", "recursiveLoop", "Member must satisfy enum value set: [Terminate, Allow]")},
		{"CreateFunction", created(func(in *lambda.CreateFunctionRequest) { in.Architectures = []string{"x86_64", "arm64"} }),
			one("[x86_64, arm64]", "architectures", "Member must have length less than or equal to 1")},
		{"CreateFunction", created(func(in *lambda.CreateFunctionRequest) { in.Architectures = []string{"X86_64"} }),
			one("[X86_64]", "architectures", architectures)},
		{"CreateFunction", created(func(in *lambda.CreateFunctionRequest) { in.FunctionName = new("invalid:function:name") }),
			one("invalid:function:name", "functionName", pattern+functionPattern)},
		{"CreateFunction", created(func(in *lambda.CreateFunctionRequest) { in.FunctionName = &long }),
			one(long, "functionName", "Member must have length less than or equal to 140")},
		{"CreateFunction", created(func(in *lambda.CreateFunctionRequest) { in.FunctionName = &longest }),
			"2 validation errors detected: Value '" + longest + "' at 'functionName' failed to satisfy constraint: Member " +
				"must have length less than or equal to 140; Value '" + longest + "' at 'functionName' failed to satisfy " +
				"constraint: " + pattern + functionPattern},
		{"Invoke", &lambda.InvocationRequest{FunctionName: new("f:1:2"), Qualifier: new(strings.Repeat("a", 129))},
			"2 validation errors detected: Value 'f:1:2' at 'functionName' failed to satisfy constraint: " + pattern +
				namespacedPattern + "; Value '" + strings.Repeat("a", 129) + "' at 'qualifier' failed to satisfy constraint: " +
				"Member must have length less than or equal to 128"},
		{"Invoke", &lambda.InvocationRequest{FunctionName: new("f"), Qualifier: new("a?b")}, one("a?b", "qualifier", pattern+qualifierPattern)},
		{"GetFunction", &lambda.GetFunctionRequest{FunctionName: new("*")}, one("*", "functionName", pattern+namespacedPattern)},
		{"CreateAlias", &lambda.CreateAliasRequest{FunctionName: new("f"), FunctionVersion: new("1"), Name: new("2024")},
			one("2024", "name", pattern+`(?!^[0-9]+$)([a-zA-Z0-9-_]+)`)},
		{"CreateAlias", weighted(map[string]float64{"2": 0.5}), ""},
		{"CreateAlias", weighted(map[string]float64{"2": 2}), one("{2=2.0}", weights, range01)},
		{"CreateAlias", weighted(map[string]float64{"2": -1}), one("{2=-1.0}", weights, range01)},
		{"CreateAlias", weighted(map[string]float64{"$LATEST": 0.5}), one("{$LATEST=0.5}", weights, "Map keys must satisfy "+
			"constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal "+
			"to 1, Member must satisfy regular expression pattern: [0-9]+]")},
		{"PublishLayerVersion", layer([]string{"nodejs14.x", "python3.13"}, nil), ""},
		{"PublishLayerVersion", layer([]string{"a", "b", "nodejs20.x"}, []string{"c", "x86_64"}),
			"2 validation errors detected: Value '[a, b, nodejs20.x]' at 'compatibleRuntimes' failed to satisfy constraint: " +
				"Member must satisfy enum value set: " + runtimes + "; Value '[c, x86_64]' at 'compatibleArchitectures' failed " +
				"to satisfy constraint: " + architectures},
		{"ListLayers", &lambda.ListLayersRequest{CompatibleArchitecture: new("z80")},
			one("z80", "compatibleArchitecture", "Member must satisfy enum value set: [x86_64, arm64]")},
		{"AddPermission", &lambda.AddPermissionRequest{FunctionName: new("f"), StatementId: new("example.com"),
			Action: new("lambda:InvokeFunction"), Principal: new("*")}, one("example.com", "statementId", pattern+"([a-zA-Z0-9-_]+)")},
	} {
		t.Run(tt.operation+" "+tt.want, func(t *testing.T) {
			op, ok := lambda.Model.Operation(tt.operation)
			if !ok {
				t.Fatal("no such operation")
			}
			got := ""
			if violations := shape.Validate(op.Rules, tt.in); len(violations) > 0 {
				got = shape.Message(violations)
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestSecretsStayOutOfMessages(t *testing.T) {
	op, _ := lambda.Model.Operation("CreateFunction")
	in := created(func(in *lambda.CreateFunctionRequest) {
		in.Environment = &lambda.Environment{Variables: map[string]string{"9SECRETNAME": "SECRETVALUE"}}
		in.Code.ZipFile = []byte("SECRETCODE")
	})
	violations := shape.Validate(op.Rules, in)
	if len(violations) == 0 {
		t.Fatal("a variable's name may not begin with a digit")
	}
	if message := shape.Message(violations); strings.Contains(message, "SECRET") {
		t.Errorf("message shows a secret: %s", message)
	}
}

func TestAMissingMemberIsNamed(t *testing.T) {
	op, _ := lambda.Model.Operation("GetFunction")
	violations := shape.Validate(op.Rules, &lambda.GetFunctionRequest{})
	want := "1 validation error detected: Value null at 'functionName' failed to satisfy constraint: Member must not be null"
	if len(violations) != 1 || shape.Message(violations) != want {
		t.Errorf("got %v, want %s", violations, want)
	}
}

func TestEveryOperationsRulesFitItsStructure(t *testing.T) {
	// A rule's field index that does not belong to the structure panics.
	for i := range lambda.Model.Operations {
		op := &lambda.Model.Operations[i]
		shape.Validate(op.Rules, op.Input)
	}
}
