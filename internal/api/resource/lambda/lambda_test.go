package lambda_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestPermission(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Source("F", object{"FunctionName": "f"}))
	f.Create(f.Order("V", "AWS::Lambda::Version", object{"FunctionName": "f"}))
	alias := f.Create(f.Order("A", "AWS::Lambda::Alias", object{"FunctionName": "f", "FunctionVersion": "1", "Name": "live"}))
	o := f.Order("P", "AWS::Lambda::Permission", object{
		"FunctionName": alias.PhysicalID, "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com", "SourceArn": "arn:aws:execute-api:us-east-1:000000000000:x/*",
	})
	made := f.Create(o)
	f.Equal("the attribute", made.Attributes["Id"], made.PhysicalID)
	policy, _ := f.Call("Lambda", "GetPolicy", object{"FunctionName": "f", "Qualifier": "live"})["Policy"].(string)
	if !strings.Contains(policy, `"Sid":"`+made.PhysicalID+`"`) || !strings.Contains(policy, "apigateway.amazonaws.com") {
		t.Errorf("the policy is %s", policy)
	}
	again := f.Order("P", "AWS::Lambda::Permission", o.Properties)
	again.Repeated = true
	f.Equal("the permission of a repeated order", f.Create(again).PhysicalID, made.PhysicalID)
	f.Delete(o)
	f.Missing("Lambda", "GetPolicy", object{"FunctionName": "f", "Qualifier": "live"}, "ResourceNotFoundException")
}

func TestFunctionURL(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	function := f.Create(f.Source("F", object{"FunctionName": "f"}))
	o := f.Order("U", "AWS::Lambda::Url", object{
		"TargetFunctionArn": function.Attributes["Arn"], "AuthType": "NONE", "Cors": object{"AllowOrigins": []any{"*"}, "MaxAge": "60"}, "InvokeMode": "RESPONSE_STREAM",
	})
	made := f.Create(o)
	f.Equal("the Ref", made.PhysicalID, f.Function("f"))
	if url, _ := made.Attributes["FunctionUrl"].(string); !strings.HasPrefix(url, "http") {
		t.Errorf("the URL is %q", url)
	}
	shown := f.Call("Lambda", "GetFunctionUrlConfig", object{"FunctionName": "f"})
	f.Equal("other origins", resourcetest.At(shown, "Cors", "AllowOrigins"), []any{"*"})

	next := f.Change(o, object{"AuthType": "AWS_IAM", "Cors": nil, "InvokeMode": nil})
	f.Equal("the URL", f.Update(next).Attributes["FunctionUrl"], made.Attributes["FunctionUrl"])
	shown = f.Call("Lambda", "GetFunctionUrlConfig", object{"FunctionName": "f"})
	f.Equal("who may call", shown["AuthType"], "AWS_IAM")
	f.Equal("the mode", shown["InvokeMode"], "BUFFERED")
	f.Equal("other origins", resourcetest.At(shown, "Cors", "AllowOrigins"), nil)
	f.Delete(next)
	f.Missing("Lambda", "GetFunctionUrlConfig", object{"FunctionName": "f"}, "ResourceNotFoundException")
}

func TestEventInvokeConfig(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Source("F", object{"FunctionName": "f"}))
	o := f.Order("E", "AWS::Lambda::EventInvokeConfig", object{"FunctionName": "f", "Qualifier": "$LATEST", "MaximumRetryAttempts": "0"})
	f.Create(o)
	next := f.Change(o, object{"MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 60})
	f.Update(next)
	shown := f.Call("Lambda", "GetFunctionEventInvokeConfig", object{"FunctionName": "f", "Qualifier": "$LATEST"})
	f.Equal("the retries", shown["MaximumRetryAttempts"], 1)
	f.Equal("the age", shown["MaximumEventAgeInSeconds"], 60)
	f.Delete(next)
}

func TestLayer(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Order("B", "AWS::S3::Bucket", object{"BucketName": "packages"}))
	f.Put("packages/layer.zip", resourcetest.Zipped(t, "nodejs/a.js", "1"))
	layer := f.Order("L", "AWS::Lambda::LayerVersion", object{
		"LayerName": "tools", "Content": object{"S3Bucket": "packages", "S3Key": "layer.zip"}, "CompatibleRuntimes": []any{"nodejs22.x"},
	})
	made := f.Create(layer)
	arn := f.ARN("lambda", "layer:tools:1")
	f.Equal("the ARN", made.PhysicalID, arn)

	allowed := f.Order("P", "AWS::Lambda::LayerVersionPermission", object{"LayerVersionArn": arn, "Action": "lambda:GetLayerVersion", "Principal": "*"})
	f.Equal("the permission", f.Create(allowed).PhysicalID, arn+"#app-P-0123456789AB")
	policy, _ := f.Call("Lambda", "GetLayerVersionPolicy", object{"LayerName": "tools", "VersionNumber": 1})["Policy"].(string)
	if !strings.Contains(policy, "app-P-0123456789AB") {
		t.Errorf("the policy is %s", policy)
	}
	f.Delete(allowed)

	f.Put("packages/f.zip", resourcetest.Zipped(t, "index.js", resourcetest.NodeSource))
	function := f.Source("F", object{"FunctionName": "f", "Code": object{"S3Bucket": "packages", "S3Key": "f.zip"}, "Layers": []any{arn}})
	f.Create(function)
	f.Equal("the layer", resourcetest.At(f.Call("Lambda", "GetFunctionConfiguration", object{"FunctionName": "f"}), "Layers", 0, "Arn"), arn)
	f.Delete(layer)
	f.Missing("Lambda", "GetLayerVersion", object{"LayerName": "tools", "VersionNumber": 1}, "ResourceNotFoundException")
}
