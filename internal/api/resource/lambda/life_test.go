package lambda_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func look(operation string, in object, at ...any) resourcetest.Look {
	return resourcetest.Look{Service: "Lambda", Operation: operation, In: in, At: at}
}

// functions makes the functions here and there, with a version and an alias each.
func functions(t *testing.T) *resourcetest.Fixture {
	f := resourcetest.InRegion(t, 60)
	for _, name := range []string{"here", "there"} {
		f.Create(f.Source("F", object{"FunctionName": name}))
		f.Create(f.Order("V", "AWS::Lambda::Version", object{"FunctionName": name}))
		f.Create(f.Order("A", "AWS::Lambda::Alias", object{"FunctionName": name, "FunctionVersion": "1", "Name": "live"}))
	}
	layers := "layers-" + f.Region // no other region has a bucket of the name
	f.Create(f.Order("B", "AWS::S3::Bucket", object{"BucketName": layers}))
	f.Put(layers+"/layer.zip", resourcetest.Zipped(t, "nodejs/a.js", "1"))
	return f
}

func TestLivesOfFunctions(t *testing.T) {
	t.Parallel()
	f := functions(t)
	f.Create(f.Source("F", object{"FunctionName": "fresh"}))
	f.Create(f.Source("F", object{"FunctionName": "fresher"}))
	code := object{"ZipFile": resourcetest.NodeSource}
	f.Live(t,
		resourcetest.Life{
			Type: "AWS::Lambda::Function",
			Properties: object{
				"Role": resourcetest.RoleARN, "Runtime": "nodejs22.x", "Handler": "index.handler", "Code": code, "Timeout": "9", "MemorySize": "256",
				"Environment": object{"Variables": object{"KEY": "1"}}, "ReservedConcurrentExecutions": "2",
			},
			Ref: "app-Function-0123456789AB",
			Attributes: map[string]string{
				"Arn": f.Function("app-Function-0123456789AB"), "SnapStartResponse": "map[ApplyStatus:None OptimizationStatus:Off]",
				"SnapStartResponse.ApplyStatus": "None", "SnapStartResponse.OptimizationStatus": "Off",
			},
			Look:  func(ref string) resourcetest.Look { return look("GetFunction", object{"FunctionName": ref}) },
			Gone:  "ResourceNotFoundException",
			Shown: object{"Configuration.Timeout": 9, "Configuration.Environment.Variables.KEY": "1", "Concurrency.ReservedConcurrentExecutions": 2},
			Changes: object{
				"Timeout": nil, "MemorySize": "512", "Environment": nil, "ReservedConcurrentExecutions": nil,
				"Code": object{"ZipFile": "exports.handler = async () => 2"},
			},
			Changed: object{
				"Configuration.Timeout": 3, "Configuration.MemorySize": 512, "Configuration.Environment.Variables.KEY": nil,
				"Concurrency.ReservedConcurrentExecutions": nil,
			},
			Replacement: object{"FunctionName": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:       "AWS::Lambda::Version",
			Properties: object{"FunctionName": "fresh"},
			Ref:        f.Function("fresh:1"),
			Attributes: map[string]string{"FunctionArn": f.Function("fresh:1"), "Version": "1"},
			Look: func(ref string) resourcetest.Look {
				return look("GetFunction", object{"FunctionName": ref}, "Configuration")
			},
			Gone:        "ResourceNotFoundException",
			Shown:       object{"Version": "1"},
			Repeated:    true,
			Replacement: object{"FunctionName": "fresher"},
		},
		resourcetest.Life{
			Type:       "AWS::Lambda::Alias",
			Properties: object{"FunctionName": "here", "FunctionVersion": "1", "Name": "dev", "Description": "old"},
			Ref:        f.Function("here:dev"),
			Attributes: map[string]string{"AliasArn": f.Function("here:dev")},
			Look: func(ref string) resourcetest.Look {
				return look("GetFunction", object{"FunctionName": ref}, "Configuration")
			},
			Gone:        "ResourceNotFoundException",
			Shown:       object{"Version": "1"},
			Changes:     object{"Description": nil, "FunctionVersion": "$LATEST"},
			Changed:     object{"Version": "$LATEST"},
			Replacement: object{"Name": "test"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:       "AWS::Lambda::LayerVersion",
			Properties: object{"Content": object{"S3Bucket": "layers-" + f.Region, "S3Key": "layer.zip"}, "CompatibleRuntimes": []any{"nodejs22.x"}, "LayerName": "l"},
			Ref:        f.ARN("lambda", "layer:l:1"),
			Attributes: map[string]string{"LayerVersionArn": f.ARN("lambda", "layer:l:1")},
			Look:       func(ref string) resourcetest.Look { return look("GetLayerVersionByArn", object{"Arn": ref}) },
			Gone:       "ResourceNotFoundException",
			Shown:      object{"Version": 1, "CompatibleRuntimes": []any{"nodejs22.x"}},
			Replacement: object{
				"Description": "new",
			},
		},
	)
}

func TestLivesOfWhatFunctionsHave(t *testing.T) {
	t.Parallel()
	f := functions(t)
	layer := f.Create(f.Order("L", "AWS::Lambda::LayerVersion", object{"LayerName": "l", "Content": object{"S3Bucket": "layers-" + f.Region, "S3Key": "layer.zip"}})).PhysicalID
	policy := func(string) resourcetest.Look {
		return look("GetPolicy", object{"FunctionName": "here"}, "Policy")
	}
	f.Live(t,
		resourcetest.Life{
			Type:       "AWS::Lambda::Permission",
			Properties: object{"FunctionName": "here", "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com"},
			Ref:        "app-Permission-0123456789AB",
			Attributes: map[string]string{"Id": "app-Permission-0123456789AB"},
			Look:       policy, Gone: "ResourceNotFoundException",
			Repeated: true,
		},
		resourcetest.Life{
			Type:       "AWS::Lambda::Url",
			Properties: object{"TargetFunctionArn": f.Function("here"), "AuthType": "NONE", "Cors": object{"AllowMethods": []any{"GET"}}},
			Ref:        f.Function("here"),
			Attributes: map[string]string{"FunctionArn": f.Function("here"), "FunctionUrl": "http*"},
			Look: func(ref string) resourcetest.Look {
				return look("GetFunctionUrlConfig", object{"FunctionName": ref})
			},
			Gone:        "ResourceNotFoundException",
			Shown:       object{"AuthType": "NONE", "InvokeMode": "BUFFERED", "Cors.AllowMethods.0": "GET"},
			Changes:     object{"AuthType": "AWS_IAM", "InvokeMode": "RESPONSE_STREAM", "Cors": nil},
			Changed:     object{"AuthType": "AWS_IAM", "InvokeMode": "RESPONSE_STREAM", "Cors.AllowMethods": nil},
			Replacement: object{"TargetFunctionArn": f.Function("there")},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:       "AWS::Lambda::EventInvokeConfig",
			Properties: object{"FunctionName": "here", "Qualifier": "live", "MaximumRetryAttempts": "1", "MaximumEventAgeInSeconds": "120"},
			Ref:        "here:live",
			Look: func(ref string) resourcetest.Look {
				return look("GetFunctionEventInvokeConfig", object{"FunctionName": ref})
			},
			Gone:        "ResourceNotFoundException",
			Shown:       object{"MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 120},
			Changes:     object{"MaximumRetryAttempts": "0", "MaximumEventAgeInSeconds": nil},
			Changed:     object{"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": nil},
			Replacement: object{"FunctionName": "there"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:       "AWS::Lambda::LayerVersionPermission",
			Properties: object{"LayerVersionArn": layer, "Action": "lambda:GetLayerVersion", "Principal": "*"},
			Ref:        layer + "#app-LayerVersionPermission-0123456789AB",
			Attributes: map[string]string{"Id": layer + "#app-LayerVersionPermission-0123456789AB"},
			Look: func(string) resourcetest.Look {
				return look("GetLayerVersionPolicy", object{"LayerName": f.ARN("lambda", "layer:l"), "VersionNumber": 1}, "Policy")
			},
			Gone:     "ResourceNotFoundException",
			Repeated: true,
		},
	)
}
