package resource_test

import (
	"strings"
	"testing"
)

func TestPermission(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	f.create(f.source("F", object{"FunctionName": "f"}))
	f.create(f.order("V", "AWS::Lambda::Version", object{"FunctionName": "f"}))
	alias := f.create(f.order("A", "AWS::Lambda::Alias", object{"FunctionName": "f", "FunctionVersion": "1", "Name": "live"}))
	o := f.order("P", "AWS::Lambda::Permission", object{
		"FunctionName": alias.PhysicalID, "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com", "SourceArn": "arn:aws:execute-api:us-east-1:000000000000:x/*",
	})
	made := f.create(o)
	f.equal("the attribute", made.Attributes["Id"], made.PhysicalID)
	policy, _ := f.call("Lambda", "GetPolicy", object{"FunctionName": "f", "Qualifier": "live"})["Policy"].(string)
	if !strings.Contains(policy, `"Sid":"`+made.PhysicalID+`"`) || !strings.Contains(policy, "apigateway.amazonaws.com") {
		t.Errorf("the policy is %s", policy)
	}
	again := f.order("P", "AWS::Lambda::Permission", o.Properties)
	again.Repeated = true
	f.equal("the permission of a repeated order", f.create(again).PhysicalID, made.PhysicalID)
	f.delete(o)
	f.missing("Lambda", "GetPolicy", object{"FunctionName": "f", "Qualifier": "live"}, "ResourceNotFoundException")
}

func TestFunctionURL(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	function := f.create(f.source("F", object{"FunctionName": "f"}))
	o := f.order("U", "AWS::Lambda::Url", object{
		"TargetFunctionArn": function.Attributes["Arn"], "AuthType": "NONE", "Cors": object{"AllowOrigins": []any{"*"}, "MaxAge": "60"}, "InvokeMode": "RESPONSE_STREAM",
	})
	made := f.create(o)
	f.equal("the Ref", made.PhysicalID, f.function("f"))
	if url, _ := made.Attributes["FunctionUrl"].(string); !strings.HasPrefix(url, "http") {
		t.Errorf("the URL is %q", url)
	}
	shown := f.call("Lambda", "GetFunctionUrlConfig", object{"FunctionName": "f"})
	f.equal("other origins", at(shown, "Cors", "AllowOrigins"), []any{"*"})

	next := f.change(o, object{"AuthType": "AWS_IAM", "Cors": nil, "InvokeMode": nil})
	f.equal("the URL", f.update(next).Attributes["FunctionUrl"], made.Attributes["FunctionUrl"])
	shown = f.call("Lambda", "GetFunctionUrlConfig", object{"FunctionName": "f"})
	f.equal("who may call", shown["AuthType"], "AWS_IAM")
	f.equal("the mode", shown["InvokeMode"], "BUFFERED")
	f.equal("other origins", at(shown, "Cors", "AllowOrigins"), nil)
	f.delete(next)
	f.missing("Lambda", "GetFunctionUrlConfig", object{"FunctionName": "f"}, "ResourceNotFoundException")
}

func TestEventInvokeConfig(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	f.create(f.source("F", object{"FunctionName": "f"}))
	o := f.order("E", "AWS::Lambda::EventInvokeConfig", object{"FunctionName": "f", "Qualifier": "$LATEST", "MaximumRetryAttempts": "0"})
	f.create(o)
	next := f.change(o, object{"MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 60})
	f.update(next)
	shown := f.call("Lambda", "GetFunctionEventInvokeConfig", object{"FunctionName": "f", "Qualifier": "$LATEST"})
	f.equal("the retries", shown["MaximumRetryAttempts"], 1)
	f.equal("the age", shown["MaximumEventAgeInSeconds"], 60)
	f.delete(next)
}

func TestLayer(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	f.create(f.order("B", "AWS::S3::Bucket", object{"BucketName": "packages"}))
	f.put("packages/layer.zip", zipped(t, "nodejs/a.js", "1"))
	layer := f.order("L", "AWS::Lambda::LayerVersion", object{
		"LayerName": "tools", "Content": object{"S3Bucket": "packages", "S3Key": "layer.zip"}, "CompatibleRuntimes": []any{"nodejs22.x"},
	})
	made := f.create(layer)
	arn := f.arn("lambda", "layer:tools:1")
	f.equal("the ARN", made.PhysicalID, arn)

	allowed := f.order("P", "AWS::Lambda::LayerVersionPermission", object{"LayerVersionArn": arn, "Action": "lambda:GetLayerVersion", "Principal": "*"})
	f.equal("the permission", f.create(allowed).PhysicalID, arn+"#app-P-0123456789AB")
	policy, _ := f.call("Lambda", "GetLayerVersionPolicy", object{"LayerName": "tools", "VersionNumber": 1})["Policy"].(string)
	if !strings.Contains(policy, "app-P-0123456789AB") {
		t.Errorf("the policy is %s", policy)
	}
	f.delete(allowed)

	f.put("packages/f.zip", zipped(t, "index.js", nodeSource))
	function := f.source("F", object{"FunctionName": "f", "Code": object{"S3Bucket": "packages", "S3Key": "f.zip"}, "Layers": []any{arn}})
	f.create(function)
	f.equal("the layer", at(f.call("Lambda", "GetFunctionConfiguration", object{"FunctionName": "f"}), "Layers", 0, "Arn"), arn)
	f.delete(layer)
	f.missing("Lambda", "GetLayerVersion", object{"LayerName": "tools", "VersionNumber": 1}, "ResourceNotFoundException")
}
