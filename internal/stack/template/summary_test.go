package template_test

import (
	"reflect"
	"testing"

	"sluice/internal/stack/template"
)

func TestSummary(t *testing.T) {
	s, err := parsed(t, `AWSTemplateFormatVersion: 2010-09-09
Description: d
Metadata: {A: b}
Parameters:
  Z: {Type: Number, Default: 1.50, Description: z, NoEcho: 'true', AllowedValues: [1.50, 2], MinValue: 1}
  A: {Type: String}
Resources:
  R: {Type: 'AWS::IAM::Role', Properties: {RoleName: r}}
  P: {Type: 'AWS::IAM::Policy'}
  F: {Type: 'AWS::Lambda::Function'}
  G: {Type: 'AWS::Lambda::Function'}
`).Summary()
	if err != nil {
		t.Fatal(err)
	}
	standard := "1.50"
	want := &template.Summary{
		Version: "2010-09-09", Description: "d", Metadata: map[string]any{"A": "b"},
		Parameters: []template.Parameter{
			{Key: "Z", Type: "Number", Description: "z", NoEcho: true, Default: &standard, AllowedValues: []string{"1.50", "2"}, MinValue: "1"},
			{Key: "A", Type: "String"},
		},
		ResourceTypes: []string{"AWS::IAM::Policy", "AWS::IAM::Role", "AWS::Lambda::Function"},
		Resources: []template.ResourceSummary{
			{LogicalID: "R", Type: "AWS::IAM::Role"}, {LogicalID: "P", Type: "AWS::IAM::Policy"},
			{LogicalID: "F", Type: "AWS::Lambda::Function"}, {LogicalID: "G", Type: "AWS::Lambda::Function"},
		},
		Capabilities: []string{"CAPABILITY_NAMED_IAM"},
		Reason:       "The following resource(s) require capabilities: [AWS::IAM::Policy, AWS::IAM::Role]",
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
}

func TestSummaryNamesCapabilities(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"none", "Resources:\n  R: {Type: T}\n", nil},
		{"a role", "Resources:\n  R: {Type: 'AWS::IAM::Role'}\n", []string{"CAPABILITY_IAM"}},
		{"a policy with a name", "Resources:\n  R: {Type: 'AWS::IAM::Policy', Properties: {PolicyName: p}}\n", []string{"CAPABILITY_IAM"}},
		{"a managed policy with a name", "Resources:\n  R: {Type: 'AWS::IAM::ManagedPolicy', Properties: {ManagedPolicyName: p}}\n", []string{"CAPABILITY_NAMED_IAM"}},
		{"SAM", "Transform: AWS::Serverless-2016-10-31\nGlobals: {}\nResources:\n  R: {Type: 'AWS::IAM::Role'}\n", []string{"CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"}},
		{"an include", "Resources:\n  Fn::Transform: {Name: 'AWS::Include'}\n", []string{"CAPABILITY_AUTO_EXPAND"}},
	} {
		s, err := parsed(t, tt.text).Summary()
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if !reflect.DeepEqual(s.Capabilities, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, s.Capabilities, tt.want)
		}
	}
}

func TestSummaryChecksWhatNoTransformWillChange(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a wrong resource", "Resources:\n  R: {}\n", "Template format error: [/Resources/R] Every Resources object must contain a Type member. (line 2, column 3)"},
		{"a wrong parameter before a transform", "Transform: AWS::Serverless-2016-10-31\nParameters:\n  P: {}\n", "Template format error: Every Parameters object must contain a Type member. (line 3, column 3)"},
		{"a wrong section before a transform", "Transform: AWS::Serverless-2016-10-31\nGlobal: {}\n", "Invalid template property or properties [Global] (line 2, column 1)"},
	} {
		_, err := parsed(t, tt.text).Summary()
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s\ngot  %v\nwant %s", tt.name, err, tt.want)
		}
	}
}

func TestCheckLeavesToTransformsWhatIsTheirs(t *testing.T) {
	if err := parsed(t, "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [I, [a], {}]\n").Check(); err != nil {
		t.Error(err)
	}
	if err := parsed(t, "Resources:\n  R: {Type: T}\n").Check(); err != nil {
		t.Error(err)
	}
}
