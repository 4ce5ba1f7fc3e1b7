package lambda_test

import (
	"regexp"
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestFunction(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	o := f.Source("F", object{
		"Timeout": "30", "MemorySize": "256", "Environment": object{"Variables": object{"COUNT": 1, "ON": true}},
		"Tags": []any{object{"Key": "own", "Value": "yes"}}, "ReservedConcurrentExecutions": "5", "RecursiveLoop": "Allow",
		"RuntimeManagementConfig": object{"UpdateRuntimeOn": "FunctionUpdate"}, "KmsKeyArn": "arn:aws:kms:us-east-1:000000000000:key/k",
	})
	made := f.Create(o)
	name := "app-F-0123456789AB"
	f.Equal("the name", made.PhysicalID, name)
	f.Equal("the ARN", made.Attributes["Arn"], f.Function(name))
	f.Equal("SnapStart", made.Attributes["SnapStartResponse.ApplyStatus"], "None")

	shown := f.Call("Lambda", "GetFunction", object{"FunctionName": name})
	f.Equal("the state", resourcetest.At(shown, "Configuration", "State"), "Active")
	f.Equal("the timeout", resourcetest.At(shown, "Configuration", "Timeout"), 30)
	f.Equal("the key", resourcetest.At(shown, "Configuration", "KMSKeyArn"), "arn:aws:kms:us-east-1:000000000000:key/k")
	f.Equal("the environment", resourcetest.At(shown, "Configuration", "Environment", "Variables"), object{"COUNT": 1, "ON": true})
	f.Tagged("F", shown["Tags"], map[string]string{"own": "yes"})
	f.Equal("the concurrency", resourcetest.At(shown, "Concurrency", "ReservedConcurrentExecutions"), 5)
	f.Equal("loops", f.Call("Lambda", "GetFunctionRecursionConfig", object{"FunctionName": name})["RecursiveLoop"], "Allow")
	f.Equal("updates", f.Call("Lambda", "GetRuntimeManagementConfig", object{"FunctionName": name})["UpdateRuntimeOn"], "FunctionUpdate")
	sum := resourcetest.At(shown, "Configuration", "CodeSha256")

	next := f.Change(o, object{
		"Code": object{"ZipFile": "exports.handler = async () => 2"}, "Timeout": nil, "MemorySize": nil, "Environment": nil, "KmsKeyArn": nil,
		"Tags": []any{object{"Key": "other", "Value": "1"}}, "ReservedConcurrentExecutions": nil, "RecursiveLoop": nil,
		"RuntimeManagementConfig": nil, "Description": "new",
	})
	f.Equal("the same function", f.Update(next).PhysicalID, name)
	shown = f.Call("Lambda", "GetFunction", object{"FunctionName": name})
	if resourcetest.At(shown, "Configuration", "CodeSha256") == sum {
		t.Error("the code is that of before")
	}
	f.Equal("the timeout", resourcetest.At(shown, "Configuration", "Timeout"), 3)
	f.Equal("the memory", resourcetest.At(shown, "Configuration", "MemorySize"), 128)
	f.Equal("the description", resourcetest.At(shown, "Configuration", "Description"), "new")
	f.Equal("the environment", resourcetest.At(shown, "Configuration", "Environment", "Variables"), object{})
	f.Equal("the key", resourcetest.At(shown, "Configuration", "KMSKeyArn"), nil)
	f.Tagged("F", shown["Tags"], map[string]string{"other": "1"})
	f.Equal("the concurrency", shown["Concurrency"], nil)
	f.Equal("loops", f.Call("Lambda", "GetFunctionRecursionConfig", object{"FunctionName": name})["RecursiveLoop"], "Terminate")
	f.Delete(next)
	f.Missing("Lambda", "GetFunction", object{"FunctionName": name}, "ResourceNotFoundException")
}

// An update that is undone comes while the one before it is still settling.
func TestUpdatesOfAFunctionInARow(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	o := f.Source("F", nil)
	name := f.Create(o).PhysicalID
	f.Call("Lambda", "UpdateFunctionConfiguration", object{"FunctionName": name, "Description": "by hand"})
	f.Update(f.Change(o, object{"Description": "mine"}))
	f.Equal("the description", f.Call("Lambda", "GetFunctionConfiguration", object{"FunctionName": name})["Description"], "mine")
}

func TestARepeatedCreationTakesTheFunctionThatIsThere(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Source("F", object{"FunctionName": "f"}))
	again := f.Source("F", object{"FunctionName": "f", "ReservedConcurrentExecutions": 3})
	// AWS's form, reported by users of many tools.
	double := regexp.MustCompile(`^Resource handler returned message: "Function already exist: f \(Service: Lambda, Status Code: 409, Request ID: [0-9a-f-]{36}\)" ` +
		`\(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: AlreadyExists\)$`)
	if _, err := f.Provider.Create(t.Context(), again); err == nil || !double.MatchString(err.Error()) {
		t.Errorf("a double: %v", err)
	}
	again.Repeated = true
	f.Equal("the ARN", f.Create(again).Attributes["Arn"], f.Function("f"))
	f.Equal("what was left to do", f.Call("Lambda", "GetFunctionConcurrency", object{"FunctionName": "f"})["ReservedConcurrentExecutions"], 3)
}

func TestFunctionsThatCanNotBe(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	for name, tt := range map[string]struct {
		properties object
		text, code string
	}{
		"source for Java":       {object{"Runtime": "java21"}, "the Runtime is 'java21'", "InvalidRequest"},
		"too much source":       {object{"Code": object{"ZipFile": strings.Repeat("x", 4<<20+1)}}, "Code.ZipFile has 4194305 bytes", "InvalidRequest"},
		"no bucket":             {object{"Code": object{"S3Bucket": "none", "S3Key": "k"}}, "S3 Error Code: NoSuchBucket", "InvalidRequest"},
		"an image":              {object{"Code": object{"ImageUri": "i"}, "PackageType": "Image", "Runtime": nil, "Handler": nil}, "container images", "InvalidRequest"},
		"a negative timeout":    {object{"Timeout": "-1"}, "at 'timeout' failed to satisfy constraint", "InvalidRequest"},
		"too much concurrency":  {object{"ReservedConcurrentExecutions": 5000}, "UnreservedConcurrentExecution", "InvalidRequest"},
		"a word for a number":   {object{"MemorySize": "much"}, "MemorySize", "InvalidRequest"},
		"a list for a function": {object{"Description": []any{"a"}}, "Description", "InvalidRequest"},
	} {
		t.Run(name, func(t *testing.T) {
			o := f.Source("F", tt.properties)
			made, err := f.Provider.Create(t.Context(), o)
			if err == nil || !strings.Contains(err.Error(), tt.text) || !strings.HasSuffix(err.Error(), "HandlerErrorCode: "+tt.code+")") {
				t.Errorf("got %v, want %q and %s", err, tt.text, tt.code)
			}
			if made != nil { // it is told of, and can be deleted
				f.Delete(o)
			}
			f.Missing("Lambda", "GetFunction", object{"FunctionName": o.PhysicalID}, "ResourceNotFoundException")
		})
	}
}
