package resource_test

import (
	"regexp"
	"strings"
	"testing"

	"sluice/internal/stack"
)

const nodeSource = "exports.handler = async () => 1"

// source is an order for a function whose source is in the template.
func (f *fixture) source(logicalID string, more object) *stack.Order {
	properties := object{"Role": roleARN, "Runtime": "nodejs22.x", "Handler": "index.handler", "Code": object{"ZipFile": nodeSource}}
	for name, value := range more {
		properties[name] = value
	}
	return f.order(logicalID, "AWS::Lambda::Function", properties)
}

func TestFunction(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	o := f.source("F", object{
		"Timeout": "30", "MemorySize": "256", "Environment": object{"Variables": object{"COUNT": 1, "ON": true}},
		"Tags": []any{object{"Key": "own", "Value": "yes"}}, "ReservedConcurrentExecutions": "5", "RecursiveLoop": "Allow",
		"RuntimeManagementConfig": object{"UpdateRuntimeOn": "FunctionUpdate"}, "KmsKeyArn": "arn:aws:kms:us-east-1:000000000000:key/k",
	})
	made := f.create(o)
	name := "app-F-0123456789AB"
	f.equal("the name", made.PhysicalID, name)
	f.equal("the ARN", made.Attributes["Arn"], f.function(name))
	f.equal("SnapStart", made.Attributes["SnapStartResponse.ApplyStatus"], "None")

	shown := f.call("Lambda", "GetFunction", object{"FunctionName": name})
	f.equal("the state", at(shown, "Configuration", "State"), "Active")
	f.equal("the timeout", at(shown, "Configuration", "Timeout"), 30)
	f.equal("the key", at(shown, "Configuration", "KMSKeyArn"), "arn:aws:kms:us-east-1:000000000000:key/k")
	f.equal("the environment", at(shown, "Configuration", "Environment", "Variables"), object{"COUNT": 1, "ON": true})
	f.equal("the tags", shown["Tags"], object{"own": "yes", "team": "blue"})
	f.equal("the concurrency", at(shown, "Concurrency", "ReservedConcurrentExecutions"), 5)
	f.equal("loops", f.call("Lambda", "GetFunctionRecursionConfig", object{"FunctionName": name})["RecursiveLoop"], "Allow")
	f.equal("updates", f.call("Lambda", "GetRuntimeManagementConfig", object{"FunctionName": name})["UpdateRuntimeOn"], "FunctionUpdate")
	sum := at(shown, "Configuration", "CodeSha256")

	next := f.change(o, object{
		"Code": object{"ZipFile": "exports.handler = async () => 2"}, "Timeout": nil, "MemorySize": nil, "Environment": nil, "KmsKeyArn": nil,
		"Tags": []any{object{"Key": "other", "Value": "1"}}, "ReservedConcurrentExecutions": nil, "RecursiveLoop": nil,
		"RuntimeManagementConfig": nil, "Description": "new",
	})
	f.equal("the same function", f.update(next).PhysicalID, name)
	shown = f.call("Lambda", "GetFunction", object{"FunctionName": name})
	if at(shown, "Configuration", "CodeSha256") == sum {
		t.Error("the code is that of before")
	}
	f.equal("the timeout", at(shown, "Configuration", "Timeout"), 3)
	f.equal("the memory", at(shown, "Configuration", "MemorySize"), 128)
	f.equal("the description", at(shown, "Configuration", "Description"), "new")
	f.equal("the environment", at(shown, "Configuration", "Environment", "Variables"), object{})
	f.equal("the key", at(shown, "Configuration", "KMSKeyArn"), nil)
	f.equal("the tags", shown["Tags"], object{"other": "1", "team": "blue"})
	f.equal("the concurrency", shown["Concurrency"], nil)
	f.equal("loops", f.call("Lambda", "GetFunctionRecursionConfig", object{"FunctionName": name})["RecursiveLoop"], "Terminate")
	f.delete(next)
	f.missing("Lambda", "GetFunction", object{"FunctionName": name}, "ResourceNotFoundException")
}

// An update that is undone comes while the one before it is still settling.
func TestUpdatesOfAFunctionInARow(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	o := f.source("F", nil)
	name := f.create(o).PhysicalID
	f.call("Lambda", "UpdateFunctionConfiguration", object{"FunctionName": name, "Description": "by hand"})
	f.update(f.change(o, object{"Description": "mine"}))
	f.equal("the description", f.call("Lambda", "GetFunctionConfiguration", object{"FunctionName": name})["Description"], "mine")
}

func TestARepeatedCreationTakesTheFunctionThatIsThere(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	f.create(f.source("F", object{"FunctionName": "f"}))
	again := f.source("F", object{"FunctionName": "f", "ReservedConcurrentExecutions": 3})
	// AWS's form, reported by users of many tools.
	double := regexp.MustCompile(`^Resource handler returned message: "Function already exist: f \(Service: Lambda, Status Code: 409, Request ID: [0-9a-f-]{36}\)" ` +
		`\(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: AlreadyExists\)$`)
	if _, err := f.provider.Create(t.Context(), again); err == nil || !double.MatchString(err.Error()) {
		t.Errorf("a double: %v", err)
	}
	again.Repeated = true
	f.equal("the ARN", f.create(again).Attributes["Arn"], f.function("f"))
	f.equal("what was left to do", f.call("Lambda", "GetFunctionConcurrency", object{"FunctionName": "f"})["ReservedConcurrentExecutions"], 3)
}

func TestFunctionsThatCanNotBe(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
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
			o := f.source("F", tt.properties)
			made, err := f.provider.Create(t.Context(), o)
			if err == nil || !strings.Contains(err.Error(), tt.text) || !strings.HasSuffix(err.Error(), "HandlerErrorCode: "+tt.code+")") {
				t.Errorf("got %v, want %q and %s", err, tt.text, tt.code)
			}
			if made != nil { // it is told of, and can be deleted
				f.delete(o)
			}
			f.missing("Lambda", "GetFunction", object{"FunctionName": o.PhysicalID}, "ResourceNotFoundException")
		})
	}
}
