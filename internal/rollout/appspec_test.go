package rollout_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/rollout"
)

// yamlSpec is an AppSpec file as AWS's page "AppSpec file example for an AWS Lambda deployment" lays it out.
const yamlSpec = `version: 0.0
Resources:
  - myLambdaFunction:
      Type: AWS::Lambda::Function
      Properties:
        Name: "f"
        Alias: "live"
        CurrentVersion: "1"
        TargetVersion: "2"
`

const jsonSpec = `{"version": 0.0, "Resources": [{"myLambdaFunction": {"Type": "AWS::Lambda::Function",
	"Properties": {"Name": "f", "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2"}}}]}`

func TestParseSpec(t *testing.T) {
	tests := map[string]string{
		"YAML":                 yamlSpec,
		"JSON":                 jsonSpec,
		"a version in a text":  strings.Replace(jsonSpec, "0.0", `"0.0"`, 1),
		"numbers for versions": strings.NewReplacer(`"1"`, "1", `"2"`, "2").Replace(yamlSpec),
		"keys in lower case": strings.NewReplacer("Resources", "resources", "Type", "type", "Properties", "properties",
			"Name", "name", "Alias", "alias", "CurrentVersion", "currentversion", "TargetVersion", "targetversion").Replace(yamlSpec),
		"an empty list of hooks": yamlSpec + "Hooks: []\n",
	}
	want := rollout.Spec{Function: "f", Alias: "live", Current: 1, Target: 2}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := rollout.ParseSpec(content); err != nil || got != want {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestParseSpecReadsHooks(t *testing.T) {
	got, err := rollout.ParseSpec(yamlSpec + "Hooks:\n  - BeforeAllowTraffic: check\n  - AfterAllowTraffic: arn:aws:lambda:x\n")
	if err != nil || got.Before != "check" || got.After != "arn:aws:lambda:x" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestParseSpecSaysWhatIsWrong(t *testing.T) {
	replace := func(old, next string) string { return strings.Replace(yamlSpec, old, next, 1) }
	tests := []struct{ name, content, says string }{
		{"nothing", "", "version"},
		{"no YAML", "a: [", "not well-formed yaml"},
		{"a text", "hello", "not well-formed yaml"},
		{"another version", replace("0.0", "1.0"), "version must be 0.0"},
		{"no resources", "version: 0.0\n", "exactly one resource"},
		{"resources of another kind", "version: 0.0\nResources: 1\n", "exactly one resource"},
		{"two resources", yamlSpec + "  - other: {}\n", "exactly one resource"},
		{"a resource of another type", replace("AWS::Lambda::Function", "AWS::ECS::Service"), "AWS::ECS::Service"},
		{"a resource without a name", "version: 0.0\nResources: [1]\n", "one name"},
		{"no properties", "version: 0.0\nResources: [{f: {Type: AWS::Lambda::Function}}]\n", "no Properties"},
		{"no function", replace(`Name: "f"`, `Name: ""`), "Name and an Alias"},
		{"no alias", replace(`        Alias: "live"`+"\n", ""), "Name and an Alias"},
		{"an unpublished version", replace(`CurrentVersion: "1"`, `CurrentVersion: $LATEST`), "CurrentVersion"},
		{"no number", replace(`TargetVersion: "2"`, `TargetVersion: two`), "TargetVersion"},
		{"zero", replace(`TargetVersion: "2"`, `TargetVersion: 0`), "TargetVersion"},
		{"a list for a version", replace(`TargetVersion: "2"`, `TargetVersion: [2]`), "TargetVersion"},
		{"a hook that does not exist", yamlSpec + "Hooks:\n  - BeforeInstall: f\n", "BeforeInstall"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := rollout.ParseSpec(tt.content)
			if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.HasPrefix(err.Error(), "The deployment failed because the AppSpec file") {
				t.Errorf("error %v, want one that says %q", err, tt.says)
			}
		})
	}
}

// What would keep the parser busy for long is refused before it sees it; what an AppSpec file may look like is not.
func TestParseSpecBoundsTheNesting(t *testing.T) {
	for name, content := range map[string]string{
		"brackets": strings.Repeat("[", 40), "brackets on lines": strings.Repeat("[\n", 40), "closed ones": strings.Repeat("[", 40) + strings.Repeat("]", 40),
		"maps": strings.Repeat("{a: ", 40), "dashes": strings.Repeat("- ", 40), "files": strings.Repeat("---\na: b\n", 3),
	} {
		if _, err := rollout.ParseSpec(content); err == nil || !strings.Contains(err.Error(), "nested too deeply") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, before := range []string{"---\n", "# ours\n---\n", "# " + strings.Repeat("[] ", 100) + "\n"} {
		if _, err := rollout.ParseSpec(before + yamlSpec); err != nil {
			t.Errorf("behind %.20q: %v", before, err)
		}
	}
}

// An AppSpec comes from outside: whatever it is, there is an answer.
func FuzzParseSpec(f *testing.F) {
	for _, seed := range []string{yamlSpec, jsonSpec, "a: &a [*a]", "- - -", "version: {}", "Resources: [{f: [1]}]", "? [a]: b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		spec, err := rollout.ParseSpec(content)
		if err == nil && (spec.Function == "" || spec.Alias == "" || spec.Current < 1 || spec.Target < 1) {
			t.Errorf("%q is taken for %+v", content, spec)
		}
	})
}

// YAML's references let a few bytes stand for as many values as there are grains of sand.
func TestAnAppSpecOfReferences(t *testing.T) {
	bomb := "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i), 10), ","))
	}
	for name, content := range map[string]string{
		"version": bomb + "version: *a9\n",
		"hooks":   bomb + yamlSpec + "Hooks:\n  - BeforeAllowTraffic: *a9\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := rollout.ParseSpec(content); err == nil || len(err.Error()) > 1000 {
				t.Errorf("error %.100v", err)
			}
		})
	}
}
