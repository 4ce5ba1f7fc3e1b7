package lambda_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

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
