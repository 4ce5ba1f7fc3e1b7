package resource_test

import (
	"context"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/wire"
	"sluice/internal/stack"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	f.create(f.source("F", object{"FunctionName": "f"}))
	o := f.order("V", "AWS::Lambda::Version", object{"FunctionName": "f", "Description": "first", "ProvisionedConcurrencyConfig": nil})
	made := f.create(o)
	f.equal("the ARN", made.PhysicalID, f.function("f:1"))
	f.equal("the number", made.Attributes["Version"], "1")
	f.equal("the description", f.call("Lambda", "GetFunctionConfiguration", object{"FunctionName": "f", "Qualifier": "1"})["Description"], "first")

	second := f.order("W", "AWS::Lambda::Version", object{"FunctionName": "f"})
	// AWS's words, reported in aws/serverless-application-model#3281.
	const same = `Resource handler returned message: "A version for this Lambda function exists ( 1 ). Modify the function to create a new version."`
	if _, err := f.provider.Create(t.Context(), second); err == nil || !strings.HasPrefix(err.Error(), same) {
		t.Errorf("a version of nothing new: %v", err)
	}
	f.delete(o)
	f.missing("Lambda", "GetFunction", object{"FunctionName": "f", "Qualifier": "1"}, "ResourceNotFoundException")
	f.equal("the next number", f.create(second).Attributes["Version"], "2")
}

// The server was killed after it published.
func TestARepeatedVersionIsTheOneThatIsThere(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	f.create(f.source("F", object{"FunctionName": "f"}))
	f.call("Lambda", "PublishVersion", object{"FunctionName": "f"})
	o := f.order("V", "AWS::Lambda::Version", object{"FunctionName": "f"})
	o.Repeated = true
	f.equal("the version", f.create(o).Attributes["Version"], "1")
}

// A version is taken that was retained when its resource was rolled back, and none that another resource has.
func TestAVersionThatIsThere(t *testing.T) {
	for name, tt := range map[string]struct {
		others []*stack.Resource
		refuse bool
	}{
		"of nobody":           {nil, false},
		"retained":            {[]*stack.Resource{{Status: stack.DeleteSkipped, Instance: stack.Instance{PhysicalID: lambda + "f:1"}}}, false},
		"of another resource": {[]*stack.Resource{{Status: stack.Created, Instance: stack.Instance{PhysicalID: lambda + "f:1"}}}, true},
		"to be put back":      {[]*stack.Resource{{Status: stack.Updating, Before: &stack.Instance{PhysicalID: lambda + "f:1"}}}, true},
		"to be deleted":       {[]*stack.Resource{{Status: stack.Updated, Leftovers: []stack.Instance{{PhysicalID: lambda + "f:1"}}}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			call := func(_ context.Context, _ wire.Origin, _, operation string, _ object) (object, error) {
				return map[string]object{
					"ListVersionsByFunction": {"Versions": []any{object{"Version": "$LATEST"}, object{"Version": "1"}}},
					"PublishVersion":         {"Version": "1", "FunctionArn": lambda + "f:1", "State": "Active"},
				}[operation], nil
			}
			p := resource.New(resource.Config{Call: call, Stacks: &nested{others: tt.others}})
			o := customOrder(nil)
			o.Type, o.Properties = "AWS::Lambda::Version", object{"FunctionName": "f"}
			if _, err := p.Create(t.Context(), o); (err != nil) != tt.refuse {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAVersionOfAnotherPackage(t *testing.T) {
	t.Parallel()
	f := inRegion(t, 60)
	f.create(f.source("F", object{"FunctionName": "f"}))
	_, err := f.provider.Create(t.Context(), f.order("V", "AWS::Lambda::Version", object{"FunctionName": "f", "CodeSha256": "x"}))
	if err == nil || !strings.Contains(err.Error(), "is different from current CodeSHA256") {
		t.Errorf("got %v", err)
	}
}
