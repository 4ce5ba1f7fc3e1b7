package template_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/stack/template"
)

// stack is a Resolver with a few resources.
type stack struct{ unknown string }

func (s stack) Ref(id string) (any, error) {
	if id == s.unknown {
		return nil, &template.Unknown{LogicalID: id}
	}
	return "ref-" + id, nil
}

func (s stack) GetAtt(id, attribute string) (any, error) {
	if id == s.unknown {
		return nil, &template.Unknown{LogicalID: id, Attribute: attribute}
	}
	if attribute == "List" {
		return []any{"x", "y"}, nil
	}
	return id + "/" + attribute, nil
}

func (stack) ImportValue(name string) (any, error) {
	if name == "none" {
		return nil, errors.New("No export named none found.")
	}
	return "imported " + name, nil
}

func (stack) Zones(region string) ([]any, error) { return []any{region + "a", region + "b"}, nil }

func (stack) Stored(name string, version int) (string, error) {
	return fmt.Sprintf("<%s %d>", name, version), nil
}

// head declares what the expressions of these tests use.
const head = `Parameters:
  Env: {Type: String, Default: dev}
  Subnets: {Type: CommaDelimitedList, Default: "subnet-1, subnet-2,subnet-3"}
  Ports: {Type: List<Number>, Default: "80,443"}
  None: {Type: CommaDelimitedList, Default: ""}
  Count: {Type: Number, Default: 2}
Mappings:
  Map:
    us-east-1: {Ami: ami-east, Size: 2, Zones: [a, b]}
Conditions:
  Yes: !Equals [!Ref Env, dev]
  No: !Not [!Condition Yes]
Resources:
  A: {Type: T}
  B: {Type: T}
  R:
    Type: T
    Properties:
      P: `

var pseudo = template.Pseudo{
	AccountID: "111111111111", Region: "us-east-1", StackName: "s", StackID: "arn:s", NotificationARNs: []string{"arn:t"},
}

func bound(t *testing.T, text string) *template.Bound {
	t.Helper()
	b, err := parsed(t, text).Bind(template.Inputs{Pseudo: pseudo})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// property evaluates the properties of the last resource.
func evaluated(t *testing.T, b *template.Bound, from template.Resolver) (any, error) {
	t.Helper()
	return b.Evaluate(b.Resources[len(b.Resources)-1].Properties, from)
}

func TestEvaluate(t *testing.T) {
	for _, tt := range []struct{ value, want string }{
		{"text", `"text"`},
		{"[1.50, true, {a: b}]", `[1.50,true,{"a":"b"}]`},
		{"!Ref A", `"ref-A"`},
		{"!Ref Env", `"dev"`},
		{"!Ref Subnets", `["subnet-1","subnet-2","subnet-3"]`},
		{"!Ref Ports", `["80","443"]`},
		{"!Ref None", `[]`},
		{"!Ref Count", `"2"`},
		{"!Ref AWS::AccountId", `"111111111111"`},
		{"!Ref AWS::Region", `"us-east-1"`},
		{"!Ref AWS::Partition", `"aws"`},
		{"!Ref AWS::URLSuffix", `"amazonaws.com"`},
		{"!Ref AWS::StackName", `"s"`},
		{"!Ref AWS::StackId", `"arn:s"`},
		{"!Ref AWS::NotificationARNs", `["arn:t"]`},
		{"{a: !Ref AWS::NoValue, b: [!Ref AWS::NoValue, c]}", `{"b":["c"]}`},
		{"!If [No, x, !Ref AWS::NoValue]", ``},
		{"!GetAtt A.Arn", `"A/Arn"`},
		{"!GetAtt A.Outputs.X", `"A/Outputs.X"`},
		{"{'Fn::GetAtt': A.Arn}", `"A/Arn"`},
		{"!GetAtt [A, !Ref Env]", `"A/dev"`},
		{"!Sub '${A}-${B.Arn}-${Env}-${AWS::Region}-${!Literal}-$x-${'", `"ref-A-B/Arn-dev-us-east-1-${Literal}-$x-${"`},
		{"!Sub ['${X} ${X.Y} ${A}', {X: !GetAtt B.Arn, X.Y: 1.0}]", `"B/Arn 1.0 ref-A"`},
		{"!Sub ''", `""`},
		{"!Sub 'a${AWS::NoValue}b'", `"ab"`},
		{"!Join ['-', [a, !Ref A, 1.0, true]]", `"a-ref-A-1.0-true"`},
		{"!Join [',', [!Ref Env, !Ref AWS::NoValue]]", `"dev"`},
		{"!Join [',', [!Ref AWS::NoValue]]", `""`},
		{"!Join [',', !Ref Subnets]", `"subnet-1,subnet-2,subnet-3"`},
		{"!Join ['', !GetAtt A.List]", `"xy"`},
		{"!Split [',', 'a,,b']", `["a","","b"]`},
		{"!Select [1, [a, b]]", `"b"`},
		{"!Select ['1', !Ref Subnets]", `"subnet-2"`},
		{"!Select [!Ref Count, !Ref Subnets]", `"subnet-3"`},
		{"!Select [0, !GetAZs '']", `"us-east-1a"`},
		{"!GetAZs eu-west-1", `["eu-west-1a","eu-west-1b"]`},
		{"!FindInMap [Map, !Ref AWS::Region, Ami]", `"ami-east"`},
		{"!FindInMap [Map, us-east-1, Size]", `2`},
		{"!FindInMap [Map, us-east-1, Zones]", `["a","b"]`},
		{"!If [Yes, !Ref A, !Ref B]", `"ref-A"`},
		{"!If [No, a, !If [Yes, b, c]]", `"b"`},
		{"!Base64 hello world", `"aGVsbG8gd29ybGQ="`},
		{"!Base64 {'Fn::Sub': '${Env}'}", `"ZGV2"`},
		{"!ImportValue a", `"imported a"`},
		{"!ImportValue {'Fn::Sub': '${Env}-x'}", `"imported dev-x"`},
		{"!Cidr ['192.168.0.0/24', 3, 5]", `["192.168.0.0/27","192.168.0.32/27","192.168.0.64/27"]`},
		{"!Cidr ['10.0.7.9/16', '2', '8']", `["10.0.0.0/24","10.0.1.0/24"]`},
		{"!Cidr ['10.0.0.0/16', 1]", `["10.0.0.0/24"]`},
		{"!Cidr ['2600:1f18:abc:de00::/56', 2, 64]", `["2600:1f18:abc:de00::/64","2600:1f18:abc:de01::/64"]`},
		{"'{{resolve:ssm:/a/b:3}} and {{resolve:ssm:c}}'", `"</a/b 3> and <c 0>"`},
		{"!Join ['', ['{{resolve:ssm:', !Ref Env, '}}']]", `"<dev 0>"`},
		{"'{{ resolve:other:a}} {{x}}'", `"{{ resolve:other:a}} {{x}}"`},
		{"{Condition: {StringEquals: {a: !Ref A}}}", `{"Condition":{"StringEquals":{"a":"ref-A"}}}`},
	} {
		value, err := evaluated(t, bound(t, head+tt.value+"\n"), stack{})
		if err != nil {
			t.Errorf("%s: %v", tt.value, err)
			continue
		}
		want := `{"P":` + tt.want + `}`
		if tt.want == "" {
			want = `{}`
		}
		if got := printed(t, value); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.value, got, want)
		}
	}
}

func TestEvaluateErrorsOfValues(t *testing.T) {
	for _, tt := range []struct{ value, want string }{
		{"!Select [2, !GetAtt A.List]", "Template error: Fn::Select cannot select nonexistent value at index 2"},
		{"!Join ['', [!GetAtt A.List]]", "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."},
		{"!Join ['', !Ref A]", "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."},
		{"!Split [',', !GetAtt A.List]", "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split."},
		{"!Sub '${A.List}'", "Template error: variable A.List in Fn::Sub expression does not resolve to a string"},
		{"!Base64 {'Fn::GetAtt': [A, List]}", "Template error: every Fn::Base64 object must have a String-typed value."},
		{"!ImportValue none", "No export named none found."},
		{"!Join ['', ['{{resolve:secretsmanager:a}}']]", "Dynamic references to secretsmanager are not supported here; store the value as a String parameter and use {{resolve:ssm:NAME}}: {{resolve:secretsmanager:a}}"},
		{"!Join ['', ['{{resolve:ssm-secure:a:1}}']]", "Dynamic references to ssm-secure are not supported here; store the value as a String parameter and use {{resolve:ssm:NAME}}: {{resolve:ssm-secure:a:1}}"},
		{"!Join ['', ['{{resolve:ssm:a:b}}']]", "Incorrect format is used in the following SSM reference: [{{resolve:ssm:a:b}}]"},
		{"!Sub '{{resolve:${Env}}}'", "Incorrect format is used in the following dynamic reference: [{{resolve:dev}}]"},
		{"!Join ['', ['{{resolve:ssm::1}}']]", "Incorrect format is used in the following SSM reference: [{{resolve:ssm::1}}]"},
	} {
		_, err := evaluated(t, bound(t, head+tt.value+"\n"), stack{})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s\ngot  %v\nwant %s", tt.value, err, tt.want)
		}
	}
}

func TestEvaluateTellsUnknownFromWrong(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"a reference", "!Sub '${A}'", "the value of resource A is not known yet"},
		{"an attribute", "!Join ['', [a, !GetAtt A.Arn]]", "attribute Arn of resource A is not known yet"},
		{"deep inside", "{a: [{b: !Select [0, !Split [':', !GetAtt A.Arn]]}]}", "attribute Arn of resource A is not known yet"},
	} {
		_, err := evaluated(t, bound(t, head+tt.value+"\n"), stack{unknown: "A"})
		var unknown *template.Unknown
		if !errors.As(err, &unknown) || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	_, err := evaluated(t, bound(t, head+"{a: !Ref A, b: !Select [7, !GetAtt B.List], c: !Ref A}\n"), stack{unknown: "A"})
	var unknown *template.Unknown
	if errors.As(err, &unknown) || err == nil || !strings.Contains(err.Error(), "index 7") {
		t.Errorf("got %v, want the error that no value can mend", err)
	}
}

func TestEvaluateLeavesTheTemplateAsItIs(t *testing.T) {
	b := bound(t, head+"{a: !Ref AWS::NoValue, b: ['{{resolve:ssm:x}}', !Ref A]}\n")
	before := printed(t, b.Resources[2].Properties)
	if _, err := evaluated(t, b, stack{}); err != nil {
		t.Fatal(err)
	}
	if after := printed(t, b.Resources[2].Properties); after != before {
		t.Errorf("the properties became %s", after)
	}
}
