package lambda_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

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
