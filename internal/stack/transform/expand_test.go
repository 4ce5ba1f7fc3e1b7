package transform_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
	"sluice/internal/stack/template"
	"sluice/internal/stack/transform"
)

// source is a template of text, with its parameters' values.
func source(t *testing.T, text string, values map[string]any) stack.Source {
	t.Helper()
	parsed, err := template.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return stack.Source{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, StackName: "app", Template: parsed, Values: values}
}

// types are those of the resources of a tree, by logical ID: "A AWS::Lambda::Function".
func types(tree map[string]any) (made []string) {
	for name, resource := range tree["Resources"].(map[string]any) {
		made = append(made, name+" "+resource.(map[string]any)["Type"].(string))
	}
	slices.Sort(made)
	return made
}

func TestATemplateWithoutTransformsStaysAsItIs(t *testing.T) {
	for name, text := range map[string]string{
		"none":           `{"Resources":{"P":{"Type":"AWS::SSM::Parameter"}}}`,
		"a list of none": `{"Transform":[],"Resources":{"P":{"Type":"AWS::SSM::Parameter"}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := transform.Expand(source(t, text, nil), transform.Options{})
			if tree != nil || err != nil {
				t.Errorf("it became %v, %v", tree, err)
			}
		})
	}
}

// SAM comes last, wherever the template lists it: it sees what snippets and loops made, and the parameters' values.
func TestTransformsAreAppliedInTheirOrder(t *testing.T) {
	snippet := "Fn::ForEach::Functions:\n  - Name\n  - [First, Second]\n  - ${Name}:\n      Type: AWS::Serverless::Function\n" +
		"      Properties: {Handler: a.b, Runtime: python3.12, CodeUri: s3://b/k, AutoPublishAlias: !Ref Alias}\n"
	fetch := func(location string) (string, error) {
		if location != "s3://shelf/functions.yaml" {
			return "", fault.Errorf(fault.NotFound, "object", "no object at %s", location)
		}
		return snippet, nil
	}
	for name, order := range map[string]string{
		"SAM listed last":  "[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]",
		"SAM listed first": "[AWS::Serverless-2016-10-31, AWS::LanguageExtensions]",
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := transform.Expand(source(t, "Transform: "+order+`
Parameters: {Alias: {Type: String}}
Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://shelf/functions.yaml}}
`, map[string]any{"Alias": "live", "AWS::Region": "us-east-1"}), transform.Options{Fetch: fetch})
			if err != nil {
				t.Fatal(err)
			}
			made := types(tree)
			for _, want := range []string{"FirstAliaslive AWS::Lambda::Alias", "First AWS::Lambda::Function", "SecondAliaslive AWS::Lambda::Alias"} {
				if !slices.Contains(made, want) {
					t.Errorf("it has %q, and no %s", made, want)
				}
			}
			if _, stays := tree["Transform"]; stays {
				t.Errorf("the section Transform stays: %v", tree["Transform"])
			}
		})
	}
}

func TestAnIncludeNeedsNoSectionTransform(t *testing.T) {
	fetch := func(string) (string, error) { return "P: {Type: AWS::SSM::Parameter}", nil }
	given := source(t, `{"Resources":{"Fn::Transform":{"Name":"AWS::Include","Parameters":{"Location":"s3://b/k"}}}}`, nil)
	tree, err := transform.Expand(given, transform.Options{Fetch: fetch})
	if err != nil || !slices.Equal(types(tree), []string{"P AWS::SSM::Parameter"}) {
		t.Errorf("it became %v, %v", tree, err)
	}
	if resources := given.Template.Tree["Resources"].(map[string]any); resources["P"] != nil {
		t.Errorf("the template that was given became %v", resources)
	}
}

// An API with AlwaysDeploy is deployed anew at another time, so the transform is told what time it is.
func TestTimeReachesSAM(t *testing.T) {
	text := `
Transform: AWS::Serverless-2016-10-31
Resources:
  A:
    Type: AWS::Serverless::Api
    Properties: {StageName: live, AlwaysDeploy: true, DefinitionBody: {swagger: "2.0", paths: {}}}
`
	at := func(now time.Time) []string {
		tree, err := transform.Expand(source(t, text, map[string]any{"AWS::Region": "us-east-1"}), transform.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return types(tree)
	}
	noon := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	if first, same := at(noon), at(noon); !slices.Equal(first, same) {
		t.Errorf("at one time it becomes %q and %q", first, same)
	}
	if first, later := at(noon), at(noon.Add(time.Minute)); slices.Equal(first, later) {
		t.Errorf("at two times it becomes %q", first)
	}
}

func TestTransformsThatFail(t *testing.T) {
	missing := func(string) (string, error) {
		return "", fault.Errorf(fault.Invalid, "location", "S3 error: The specified key does not exist.")
	}
	for name, tt := range map[string]struct{ template, want string }{
		"SAM's": {`{"Transform":"AWS::Serverless-2016-10-31","Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{}}}}`,
			"Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. Resource with id [F] is invalid. "},
		"one that is not there": {`{"Transform":"Mine","Resources":{}}`, "No transform named 000000000000::Mine found."},
		"a snippet's": {`{"Resources":{"Fn::Transform":{"Name":"AWS::Include","Parameters":{"Location":"s3://b/k"}}}}`,
			"Transform AWS::Include failed with: S3 error: The specified key does not exist."},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := transform.Expand(source(t, tt.template, nil), transform.Options{Fetch: missing})
			if !fault.Is(err, fault.Invalid, "transform") || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// A store that is closed is no fault of the template: the change set is not to fail for good.
func TestSnippetsThatCanNotBeReadNowFailTheRequest(t *testing.T) {
	closed := fault.Errorf(fault.Unavailable, "store", "the store is closed")
	_, err := transform.Expand(source(t, `{"Resources":{"Fn::Transform":{"Name":"AWS::Include","Parameters":{"Location":"s3://b/k"}}}}`, nil),
		transform.Options{Fetch: func(string) (string, error) { return "", closed }})
	if !errors.Is(err, closed) || fault.Is(err, fault.Invalid, "transform") {
		t.Errorf("the error is %v", err)
	}
}
