package template_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/stack/template"
)

// BenchmarkBind reads, checks and binds a template of 200 functions, each with an alias and an alarm.
func BenchmarkBind(b *testing.B) {
	var text strings.Builder
	text.WriteString("Resources:\n  Role: {Type: 'AWS::IAM::Role'}\n")
	for i := range 166 {
		fmt.Fprintf(&text, "  F%[1]d:\n    Type: AWS::Lambda::Function\n    Properties:\n      Role: !GetAtt Role.Arn\n      Code: {ZipFile: 'x'}\n"+
			"  A%[1]d:\n    Type: AWS::Lambda::Alias\n    Properties:\n      FunctionName: !Ref F%[1]d\n      Name: live\n"+
			"  L%[1]d:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      Dimensions:\n        - {Name: Resource, Value: !Sub '${F%[1]d}:live'}\n", i)
	}
	for b.Loop() {
		parsed, err := template.Parse(text.String())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := parsed.Bind(template.Inputs{}); err != nil {
			b.Fatal(err)
		}
	}
}
