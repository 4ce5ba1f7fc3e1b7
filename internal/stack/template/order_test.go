package template_test

import (
	"strings"
	"testing"

	"sluice/internal/stack/template"
)

// ids are the logical ids of the resources, and the keys of the outputs.
func ids(b *template.Bound) string {
	var names []string
	for _, r := range b.Resources {
		names = append(names, r.LogicalID)
	}
	for _, o := range b.Outputs {
		names = append(names, o.Key)
	}
	return strings.Join(names, " ")
}

func TestMembersAreInTheOrderOfTheText(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"YAML", "Outputs:\n  Y: {Value: a}\n  X: {Value: a}\nResources:\n  Z: {Type: T}\n  A: {Type: T}\n  M: {Type: T}\n"},
		{"JSON", `{"Outputs":{"Y":{"Value":"a"},"X":{"Value":"a"}},"Resources":{"Z":{"Type":"T"},"A":{"Type":"T"},"M":{"Type":"T"}}}`},
		{"one line of YAML", "{'Outputs': {Y: {Value: a}, X: {Value: a}}, Resources: {Z: {Type: T}, A: {Type: T}, M: {Type: T}}}"},
	} {
		text := tt.text
		if tt.name == "one line of YAML" {
			text = "---\n" + text + "\n"
		}
		if got := ids(bound(t, text)); got != "Z A M Y X" {
			t.Errorf("%s: %s", tt.name, got)
		}
	}
}

func TestWhatATransformAddedComesLast(t *testing.T) {
	original := parsed(t, "Resources:\n  Z: {Type: T}\n  Y: {Type: T}\n")
	resource := map[string]any{"Type": "T"}
	b, err := original.With(map[string]any{"Resources": map[string]any{
		"Y": resource, "Z": resource, "M": resource, "A": resource,
	}}).Bind(template.Inputs{})
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(b); got != "Z Y A M" {
		t.Error(got)
	}
}

func TestReferencesOfABoundResource(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"none", "a", ""},
		{"a parameter", "!Ref Env", "P Env "},
		{"pseudo parameters", "!Sub '${AWS::Region} ${AWS::NoValue}'", ""},
		{"an attribute", "!GetAtt A.Outputs.X", "P A Outputs.X"},
		{"an attribute of a function", "!GetAtt [A, !Ref Env]", "P Env |P A *"},
		{"variables of the function itself", "!Sub ['${A} ${X}', {X: !Ref B, A: c}]", "P B "},
		{"both operands", "!Join ['', [!Ref A, !GetAtt B.C]]", "P A |P B C"},
		{"the branch that is taken", "!If [No, !Ref A, !If [Yes, !Ref B, !Ref A]]", "P B "},
		{"deep inside", "{x: [{y: !Base64 {Ref: A}}]}", "P A "},
		{"a map that is no function", "{Ref: A, Other: b}", ""},
	} {
		b := bound(t, head+tt.value+"\n")
		var got []string
		for _, r := range b.Resources[2].References {
			got = append(got, r.Property+" "+r.To+" "+r.Attribute)
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestDependenciesFollowReferences(t *testing.T) {
	for _, tt := range []struct{ name, attributes, want string }{
		{"properties", "Properties: {P: !Ref B, Q: !Sub '${A.Arn}'}", "A B"},
		{"DependsOn", "DependsOn: [B, A, B]", "A B"},
		{"one in DependsOn", "DependsOn: B", "B"},
		{"an update policy", "UpdatePolicy: {P: {A: !Ref A}}", "A"},
		{"a creation policy", "CreationPolicy: {P: !Ref A}", "A"},
		{"metadata", "Metadata: {P: !GetAtt B.C}", "B"},
		{"parameters", "Properties: {P: !Ref AWS::Region}", ""},
		{"a resource that is not made", "DependsOn: [Skipped, A]", "A"},
	} {
		b := bound(t, "Conditions:\n  No: !Equals [a, b]\nResources:\n  A: {Type: T}\n  B: {Type: T}\n  Skipped: {Type: T, Condition: No}\n  R:\n    Type: T\n    "+
			tt.attributes+"\n")
		if got := strings.Join(b.Resources[2].DependsOn, " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestScopeOfATransform(t *testing.T) {
	scope := template.NewScope(map[string]any{"P": "p"}, map[string]any{"Mappings": map[string]any{"M": map[string]any{"p": map[string]any{"k": "v"}}}})
	for _, tt := range []struct{ value, want, err string }{
		{value: "!Sub s3://${P}/x", want: `"s3://p/x"`},
		{value: "!FindInMap [M, !Ref P, k]", want: `"v"`},
		{value: "!Ref A", want: `"ref-A"`},
		{value: "!If [C, a, b]", err: "Template error: unresolved condition dependency C in Fn::If"},
		{value: "!Join [a]", err: "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."},
		{value: "!Rain cats", err: "Template error: Encountered unsupported function: Fn::Rain Supported functions are: [Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr]"},
	} {
		snippet, err := template.Snippet("V: " + tt.value + "\n")
		if err != nil {
			t.Fatal(err)
		}
		value, err := scope.Evaluate(snippet.(map[string]any)["V"], stack{})
		if tt.err != "" && (err == nil || err.Error() != tt.err) {
			t.Errorf("%s\ngot  %v\nwant %s", tt.value, err, tt.err)
		}
		if tt.err == "" && (err != nil || printed(t, value) != tt.want) {
			t.Errorf("%s: %v, %v", tt.value, value, err)
		}
	}
}

func TestTransforms(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Resources: {}", ""},
		{"Transform: A", "A"},
		{"Transform: [A, {Name: B, Parameters: {C: d}}, E]", "A B E"},
		{"Transform: {Name: A}", "A"},
		{"Transform: {Name: [A]}", ""},
	} {
		if got := strings.Join(parsed(t, tt.text+"\n").Transforms(), " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}
