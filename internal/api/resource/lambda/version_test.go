package lambda_test

import (
	"context"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/lambda"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/stack"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Source("F", object{"FunctionName": "f"}))
	o := f.Order("V", "AWS::Lambda::Version", object{"FunctionName": "f", "Description": "first", "ProvisionedConcurrencyConfig": nil})
	made := f.Create(o)
	f.Equal("the ARN", made.PhysicalID, f.Function("f:1"))
	f.Equal("the number", made.Attributes["Version"], "1")
	f.Equal("the description", f.Call("Lambda", "GetFunctionConfiguration", object{"FunctionName": "f", "Qualifier": "1"})["Description"], "first")

	second := f.Order("W", "AWS::Lambda::Version", object{"FunctionName": "f"})
	// AWS's words, reported in aws/serverless-application-model#3281.
	const same = `Resource handler returned message: "A version for this Lambda function exists ( 1 ). Modify the function to create a new version."`
	if _, err := f.Provider.Create(t.Context(), second); err == nil || !strings.HasPrefix(err.Error(), same) {
		t.Errorf("a version of nothing new: %v", err)
	}
	f.Delete(o)
	f.Missing("Lambda", "GetFunction", object{"FunctionName": "f", "Qualifier": "1"}, "ResourceNotFoundException")
	f.Equal("the next number", f.Create(second).Attributes["Version"], "2")
}

// The server was killed after it published.
func TestARepeatedVersionIsTheOneThatIsThere(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Source("F", object{"FunctionName": "f"}))
	f.Call("Lambda", "PublishVersion", object{"FunctionName": "f"})
	o := f.Order("V", "AWS::Lambda::Version", object{"FunctionName": "f"})
	o.Repeated = true
	f.Equal("the version", f.Create(o).Attributes["Version"], "1")
}

// A version is taken that was retained when its resource was rolled back, and none that another resource has.
func TestAVersionThatIsThere(t *testing.T) {
	for name, tt := range map[string]struct {
		others []*stack.Resource
		refuse bool
	}{
		"of nobody":           {nil, false},
		"retained":            {[]*stack.Resource{{Status: stack.DeleteSkipped, Instance: stack.Instance{PhysicalID: resourcetest.FunctionARN + "f:1"}}}, false},
		"of another resource": {[]*stack.Resource{{Status: stack.Created, Instance: stack.Instance{PhysicalID: resourcetest.FunctionARN + "f:1"}}}, true},
		"to be put back":      {[]*stack.Resource{{Status: stack.Updating, Before: &stack.Instance{PhysicalID: resourcetest.FunctionARN + "f:1"}}}, true},
		"to be deleted":       {[]*stack.Resource{{Status: stack.Updated, Leftovers: []stack.Instance{{PhysicalID: resourcetest.FunctionARN + "f:1"}}}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			call := func(_ context.Context, _ wire.Origin, _, operation string, _ object) (object, error) {
				return map[string]object{
					"ListVersionsByFunction": {"Versions": []any{object{"Version": "$LATEST"}, object{"Version": "1"}}},
					"PublishVersion":         {"Version": "1", "FunctionArn": resourcetest.FunctionARN + "f:1", "State": "Active"},
				}[operation], nil
			}
			p := resource.New(resource.Config{Call: call}, lambda.Types(holding(tt.others))...)
			o := resourcetest.Order()
			o.Type, o.Properties = "AWS::Lambda::Version", object{"FunctionName": "f"}
			if _, err := p.Create(t.Context(), o); (err != nil) != tt.refuse {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAVersionOfAnotherPackage(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Source("F", object{"FunctionName": "f"}))
	_, err := f.Provider.Create(t.Context(), f.Order("V", "AWS::Lambda::Version", object{"FunctionName": "f", "CodeSha256": "x"}))
	if err == nil || !strings.Contains(err.Error(), "is different from current CodeSHA256") {
		t.Errorf("got %v", err)
	}
}

// holding is a stack that has resources.
type holding []*stack.Resource

func (h holding) Resources(context.Context, function.Scope, string) (*stack.Stack, []*stack.Resource, error) {
	return nil, h, nil
}
