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
