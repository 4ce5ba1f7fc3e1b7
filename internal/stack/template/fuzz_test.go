package template_test

import (
	"errors"
	"testing"
	"time"

	"sluice/internal/stack/template"
)

// seeds are small templates that use each form of the language.
var seeds = []string{
	`{"Resources": {"A": {"Type": "T", "Properties": {"P": {"Fn::Join": ["", [{"Ref": "AWS::Region"}, "\u00e4"]]}}}}}`,
	"Parameters:\n  P: {Type: CommaDelimitedList, Default: 'a,b'}\nConditions:\n  C: !And [!Equals [!Select [0, !Ref P], a], !Not [!Condition D]]\n  D: !Or [!Equals [a, b], !Equals [c, d]]\n" +
		"Resources:\n  A:\n    Type: T\n    Condition: C\n    Properties: {P: !If [C, !Sub ['${X}${!Y}', {X: 1.50}], !Ref AWS::NoValue], Q: !Cidr ['::/56', 2, 64]}\n" +
		"Outputs:\n  O: {Value: !Base64 '{{resolve:ssm:/a:1}}', Export: {Name: !Join ['-', !Split [',', 'a,b']]}}\n",
	"A: &a [1, 0x1F, yes, ~]\n? b\n: |\n  text\nc: !!str 1\nd: >-\n  folded\n<<: *a\n",
	"Mappings:\n  M: {a: {b: [c]}}\nRules:\n  R:\n    RuleCondition: !Equals [a, a]\n    Assertions: [{Assert: !Contains [[a], a]}]\nResources:\n  R: {Type: T, DependsOn: [R]}\n",
}

func FuzzParse(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	for _, each := range wrong(f) {
		if len(each.text) < 500 {
			f.Add(each.text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		hung := time.AfterFunc(50*patience, func() { panic("it takes too long") })
		defer hung.Stop()
		parsed, err := template.Parse(text)
		var placed *template.Error
		if err != nil && !errors.As(err, &placed) {
			t.Fatalf("the error of Parse has no place: %v", err)
		}
		if err == nil {
			_, err = parsed.Bind(template.Inputs{Pseudo: template.Pseudo{Region: "us-east-1"}})
			if err != nil && !errors.As(err, &placed) {
				t.Fatalf("the error of Bind has no place: %v", err)
			}
			_, _ = parsed.Summary()
		}
		_, _ = template.Snippet(text)
	})
}
