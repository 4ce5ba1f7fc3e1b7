package language_test

import "testing"

// Recorded: TestLanguageExtensionsTransform.test_transform_foreach and test_transform_foreach_use_case.
func TestTextsWithoutParametersAreWrittenOut(t *testing.T) {
	template := func(value string) string {
		return "Transform: AWS::LanguageExtensions\nParameters: {P: {Type: String, Default: p, NoEcho: true}}\nResources: {A: {Type: T, Properties: {V: " + value + "}}}\n"
	}
	for name, tt := range map[string]struct{ value, want string }{
		"a text":             {"!Sub abc", "abc"},
		"a pseudo parameter": {"!Sub 'in ${AWS::Region}'", "in us-east-1"},
		"a list":             {"!Join [., [a, !Sub '${AWS::AccountId}']]", "a.111111111111"},
		"a parameter":        {"!Sub 'my ${P}'", "!Sub 'my ${P}'"},
		"a resource":         {"!Join ['', [a, !GetAtt A.Arn]]", "!Join ['', [a, !GetAtt A.Arn]]"},
		"what is stored":     {"!Sub '{{resolve:ssm:/${AWS::Region}}}'", "!Sub '{{resolve:ssm:/${AWS::Region}}}'"},
	} {
		same(t, name, template(tt.value), template(tt.want)[len("Transform: AWS::LanguageExtensions\n"):])
	}
	same(t, "a loop's item", "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L:\n    - I\n    - [x, y]\n    - R${I}: {Type: T, Properties: {V: !Join [., [!Ref I, fifo]]}}\n",
		"Resources: {Rx: {Type: T, Properties: {V: x.fifo}}, Ry: {Type: T, Properties: {V: y.fifo}}}")
}
