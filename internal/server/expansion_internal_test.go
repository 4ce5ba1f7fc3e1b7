package server

import (
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
	"sluice/internal/stack/template"
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

func TestATemplateWithoutTransformsStaysAsItIs(t *testing.T) {
	tree, err := expansion{}.expand(t.Context(), source(t, `{"Resources":{"P":{"Type":"AWS::SSM::Parameter"}}}`, nil))
	if tree != nil || err != nil {
		t.Errorf("it became %v, %v", tree, err)
	}
}

// SAM comes last, and sees what the template's loops made and its parameters' values.
func TestTransformsAreAppliedInTheirOrder(t *testing.T) {
	tree, err := expansion{}.expand(t.Context(), source(t, `
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters: {Alias: {Type: String}}
Resources:
  Fn::ForEach::Functions:
    - Name
    - [First, Second]
    - ${Name}:
        Type: AWS::Serverless::Function
        Properties: {Handler: a.b, Runtime: python3.12, CodeUri: s3://b/k, AutoPublishAlias: !Ref Alias}
`, map[string]any{"Alias": "live", "AWS::Region": "us-east-1"}))
	if err != nil {
		t.Fatal(err)
	}
	var made []string
	for name, resource := range tree["Resources"].(map[string]any) {
		made = append(made, name+" "+resource.(map[string]any)["Type"].(string))
	}
	for _, want := range []string{"FirstAliaslive AWS::Lambda::Alias", "Second AWS::Lambda::Function"} {
		if !slices.Contains(made, want) {
			t.Errorf("it has %q, and no %s", made, want)
		}
	}
}

func TestTransformsThatFail(t *testing.T) {
	for name, tt := range map[string]struct{ template, want string }{
		"SAM's": {`{"Transform":"AWS::Serverless-2016-10-31","Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{}}}}`,
			"Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. Resource with id [F] is invalid. "},
		"one that is not there": {`{"Transform":"Mine","Resources":{}}`, "No transform named 000000000000::Mine found."},
		"a snippet's":           {`{"Resources":{"Fn::Transform":{"Name":"AWS::Include","Parameters":{"Location":"https://example.com/x"}}}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := expansion{}.expand(t.Context(), source(t, tt.template, nil))
			if !fault.Is(err, fault.Invalid, "transform") || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}
