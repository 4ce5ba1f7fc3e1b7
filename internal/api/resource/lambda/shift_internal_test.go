package lambda

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"sluice/internal/stack"
)

func TestFunctionName(t *testing.T) {
	const arn = "arn:aws:lambda:us-east-1:000000000000:function:"
	for given, want := range map[string]string{
		"f": "f", "f:live": "f", arn + "f": "f", arn + "f:live": "f", "000000000000:function:f": "f", "": "",
	} {
		if got := functionName(given); got != want {
			t.Errorf("%s names the function %q, want %q", given, got, want)
		}
	}
}

func TestCutVersion(t *testing.T) {
	for arn, want := range map[string][2]string{"a:b:1": {"a:b", "1"}, "a": {"a", ""}, "": {"", ""}, "a:": {"a", ""}} {
		if name, number := cutVersion(arn); name != want[0] || number != want[1] {
			t.Errorf("%q is cut into %q and %q", arn, name, number)
		}
	}
}

// moves is the task of an alias that goes to version 2.
func moves(logicalID string) *task {
	return &task{Order: &stack.Order{LogicalID: logicalID, Token: "0b9d3c1e", Properties: members{
		"FunctionName": "arn:aws:lambda:us-east-1:000000000000:function:f", "Name": "live", "FunctionVersion": "2",
	}}}
}

// The document is what CodeDeploy's page "AppSpec 'resources' section" says of Lambda.
func TestAppSpec(t *testing.T) {
	const resources = `"Resources": [{"Alias": {"Type": "AWS::Lambda::Function", "Properties": {"Name": "f", "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2"}}}]`
	for name, tt := range map[string]struct {
		policy members
		hooks  string
	}{
		"without hooks": {members{"ApplicationName": "app"}, ""},
		"with one":      {members{"AfterAllowTrafficHook": "after"}, `, "Hooks": [{"AfterAllowTraffic": "after"}]`},
		"with both": {
			members{"AfterAllowTrafficHook": "after", "BeforeAllowTrafficHook": "before"},
			`, "Hooks": [{"BeforeAllowTraffic": "before"}, {"AfterAllowTraffic": "after"}]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var want members
			if err := json.Unmarshal([]byte(`{"version": "0.0", `+resources+tt.hooks+`}`), &want); err != nil {
				t.Fatal(err)
			}
			coded, err := json.Marshal(appSpec(moves("Alias"), tt.policy, "1"))
			if err != nil {
				t.Fatal(err)
			}
			var got members
			if err := json.Unmarshal(coded, &got); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("it is %s, %v", coded, err)
			}
		})
	}
}

// A deployment's description is how a repeated order knows its own again.
func TestDescriptionsFitTheirBound(t *testing.T) {
	if got := description(moves("Alias")); got != "Update of Alias by CloudFormation 0b9d3c1e" {
		t.Errorf("it is %q", got)
	}
	if got := description(moves(strings.Repeat("A", 300))); len(got) != 256 {
		t.Errorf("a long one has %d characters", len(got))
	}
}

func TestRouting(t *testing.T) {
	weights := func(all ...any) members { return members{"RoutingConfig": members{"AdditionalVersionWeights": all}} }
	for name, tt := range map[string]struct {
		properties members
		want       any
	}{
		"none":       {members{}, nil},
		"empty ones": {weights(), nil},
		"one": {
			weights(members{"FunctionVersion": 2, "FunctionWeight": 0.1}), members{"AdditionalVersionWeights": members{"2": 0.1}},
		},
	} {
		if got := routing(tt.properties); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestHolds(t *testing.T) {
	for name, tt := range map[string]struct {
		r    stack.Resource
		want bool
	}{
		"one that has it":          {stack.Resource{Instance: stack.Instance{PhysicalID: "v:1"}}, true},
		"one that has another":     {stack.Resource{Instance: stack.Instance{PhysicalID: "v:2"}}, false},
		"one that is deleted":      {stack.Resource{Status: stack.Deleted, Instance: stack.Instance{PhysicalID: "v:1"}}, false},
		"one that was retained":    {stack.Resource{Status: stack.DeleteSkipped, Instance: stack.Instance{PhysicalID: "v:1"}}, false},
		"one that had it before":   {stack.Resource{Before: &stack.Instance{PhysicalID: "v:1"}}, true},
		"one that is yet to go":    {stack.Resource{Leftovers: []stack.Instance{{PhysicalID: "v:2"}, {PhysicalID: "v:1"}}}, true},
		"one without any instance": {stack.Resource{}, false},
	} {
		if got := holds(&tt.r, "v:1"); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
