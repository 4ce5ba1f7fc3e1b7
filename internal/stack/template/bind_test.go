package template_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sluice/internal/stack/template"
)

const conditional = `Parameters:
  Env: {Type: String, AllowedValues: [prod, dev], Default: dev}
  Size: {Type: String, Default: small}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsBig: !Equals [!Ref Size, big]
  ProdAndBig: !And [!Condition IsProd, !Condition IsBig]
  ProdOrBig: !Or [!Condition IsProd, !Condition IsBig]
  NotProd: !Not [!Condition IsProd]
  Joined: !Equals [!Join ['-', [!Ref Env, !Ref Size]], dev-small]
  Selected: !Equals [!If [IsProd, a, b], b]
Resources:
  Zebra: {Type: T}
  Prod: {Type: T, Condition: IsProd}
  Both: {Type: T, Condition: ProdAndBig}
  Either: {Type: T, Condition: ProdOrBig}
  Dev: {Type: T, Condition: NotProd}
Outputs:
  Always: {Value: !Ref Zebra}
  OfProd: {Value: !Ref Prod, Condition: IsProd}
`

func TestConditionsSayWhatIsMade(t *testing.T) {
	for _, tt := range []struct{ env, size, resources, outputs, conditions string }{
		{"prod", "small", "Zebra Prod Either", "Always OfProd", "IsProd ProdOrBig"},
		{"prod", "big", "Zebra Prod Both Either", "Always OfProd", "IsBig IsProd ProdAndBig ProdOrBig"},
		{"dev", "big", "Zebra Either Dev", "Always", "IsBig NotProd ProdOrBig Selected"},
		{"dev", "small", "Zebra Dev", "Always", "Joined NotProd Selected"},
	} {
		b, err := parsed(t, conditional).Bind(template.Inputs{Parameters: map[string]string{"Env": tt.env, "Size": tt.size}})
		if err != nil {
			t.Fatal(err)
		}
		var resources, outputs, conditions []string
		for _, r := range b.Resources {
			resources = append(resources, r.LogicalID)
		}
		for _, o := range b.Outputs {
			outputs = append(outputs, o.Key)
		}
		for _, name := range []string{"IsBig", "IsProd", "Joined", "NotProd", "ProdAndBig", "ProdOrBig", "Selected"} {
			if b.Conditions[name] {
				conditions = append(conditions, name)
			}
		}
		got := fmt.Sprintf("%s; %s; %s", strings.Join(resources, " "), strings.Join(outputs, " "), strings.Join(conditions, " "))
		if want := fmt.Sprintf("%s; %s; %s", tt.resources, tt.outputs, tt.conditions); got != want {
			t.Errorf("%s %s\ngot  %s\nwant %s", tt.env, tt.size, got, want)
		}
	}
}

func TestBindReadsResources(t *testing.T) {
	b := bound(t, `Parameters:
  P: {Type: String, Default: p}
Conditions:
  No: !Equals [a, b]
Resources:
  Role: {Type: AWS::IAM::Role}
  Skipped: {Type: T, Condition: No}
  Alias:
    Type: AWS::Lambda::Alias
    DependsOn: [Other, Skipped]
    DeletionPolicy: RetainExceptOnCreate
    UpdateReplacePolicy: Retain
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: !Ref App}}
    CreationPolicy: {A: b}
    Metadata: {Note: !Ref Noted}
    Properties:
      B: !If [No, !Ref Skipped, !Sub '${Role.Arn} ${P} ${AWS::Region}']
      A: [!Ref Role, !GetAtt Role.Arn, !Ref Role]
  App: {Type: T}
  Noted: {Type: T}
  Other: {Type: T}
`)
	r := b.Resources[1]
	want := &template.Resource{
		LogicalID: "Alias", Type: "AWS::Lambda::Alias", DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain",
		Properties: r.Properties, UpdatePolicy: r.UpdatePolicy, CreationPolicy: r.CreationPolicy, Metadata: r.Metadata,
		DependsOn: []string{"App", "Noted", "Other", "Role"},
		References: []template.Reference{
			{"Properties", "B", "Role", "Arn"}, {"Properties", "B", "P", ""}, {"Properties", "A", "Role", ""}, {"Properties", "A", "Role", "Arn"},
			{"UpdatePolicy", "", "App", ""}, {"Metadata", "", "Noted", ""},
		},
	}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("got  %+v\nwant %+v", r, want)
	}
	for name, section := range map[string]any{"Properties": r.Properties["B"], "UpdatePolicy": r.UpdatePolicy["CodeDeployLambdaAliasUpdate"], "CreationPolicy": r.CreationPolicy["A"], "Metadata": r.Metadata["Note"]} {
		if section == nil {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestBranchesThatAreNotTakenMakeNoCycle(t *testing.T) {
	b := bound(t, "Conditions:\n  C: !Equals [a, a]\nResources:\n  A:\n    Type: T\n    Properties: {P: !If [C, x, !Ref B]}\n  B:\n    Type: T\n    DependsOn: A\n")
	if on := b.Resources[0].DependsOn; on != nil {
		t.Errorf("A depends on %v", on)
	}
}

func TestOutput(t *testing.T) {
	b := bound(t, "Resources:\n  A: {Type: T}\nOutputs:\n  N: {Value: 1.50, Description: d, Export: {Name: !Sub '${AWS::StackName}-n'}}\n  L: {Value: !GetAtt A.List}\n  E: {Value: a, Export: {Name: !GetAtt A.List}}\n  B: {Value: true}\n")
	for i, tt := range []struct{ value, export, err string }{
		{value: "1.50", export: "s-n"},
		{err: "Template format error: The Value field of every Outputs member must evaluate to a String."},
		{err: "Template format error: Output E is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens."},
		{value: "true"},
	} {
		value, export, err := b.Output(b.Outputs[i], stack{})
		if value != tt.value || export != tt.export || err == nil && tt.err != "" || err != nil && err.Error() != tt.err {
			t.Errorf("%s: %q, %q, %v", b.Outputs[i].Key, value, export, err)
		}
	}
	if b.Outputs[0].Description != "d" {
		t.Errorf("the description is %q", b.Outputs[0].Description)
	}
}

func TestRules(t *testing.T) {
	const text = `Parameters:
  V: {Type: String}
  L: {Type: CommaDelimitedList, Default: 'a,a'}
Rules:
  Version:
    RuleCondition: !Not [!Equals [!Ref V, skip]]
    Assertions:
      - Assert: {'Fn::Not': [{'Fn::Contains': [['1', '2'], !Ref V]}]}
        AssertDescription: Version 3 or later is required.
      - Assert: {'Fn::EachMemberEquals': [!Ref L, a]}
      - Assert: {'Fn::EachMemberIn': [!Ref L, [a, b]]}
Resources:
  R: {Type: T}
`
	for _, tt := range []struct{ version, list, want string }{
		{"3", "a,a", ""},
		{"skip", "x", ""},
		{"2", "a,a", "Template validation error: Rule Version failed: Version 3 or later is required. (line 8, column 9)"},
		{"3", "a,b", "Template validation error: Rule Version failed:  (line 10, column 9)"},
	} {
		_, err := parsed(t, text).Bind(template.Inputs{Parameters: map[string]string{"V": tt.version, "L": tt.list}})
		if got := fmt.Sprint(err); got != tt.want && (err != nil || tt.want != "") {
			t.Errorf("%s %s\ngot  %s\nwant %s", tt.version, tt.list, got, tt.want)
		}
	}
}

func TestPoliciesMayBeFunctions(t *testing.T) {
	b := bound(t, "Parameters:\n  P: {Type: String, Default: Retain}\nConditions:\n  C: !Equals [!Ref P, Retain]\nResources:\n  A:\n    Type: T\n    DeletionPolicy: !Ref P\n    UpdateReplacePolicy: !If [C, Delete, Retain]\n"+
		"  B:\n    Type: T\n    DeletionPolicy: !If [C, !Ref AWS::NoValue, Retain]\n")
	for i, want := range []string{"Retain Delete", " "} {
		if got := b.Resources[i].DeletionPolicy + " " + b.Resources[i].UpdateReplacePolicy; got != want {
			t.Errorf("%s: %q, want %q", b.Resources[i].LogicalID, got, want)
		}
	}
}

func TestReferencesOfOutputs(t *testing.T) {
	b := bound(t, "Resources:\n  A: {Type: T}\n  B: {Type: T}\nOutputs:\n  O: {Value: !Sub '${A.Arn}', Export: {Name: !Ref B}}\n")
	want := []template.Reference{{To: "A", Attribute: "Arn"}, {To: "B"}}
	if got := b.Outputs[0].References; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
