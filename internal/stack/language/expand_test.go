package language_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack/language"
	"sluice/internal/stack/template"
)

// fetch stands for the buckets of a server.
func fetch(location string) (string, error) {
	switch location {
	case "s3://artifacts/swagger.yml":
		return "swagger: '2.0'\npaths:\n  /:\n    get: {uri: !Sub '${AWS::Region}'}\n", nil
	case "s3://artifacts/resources.json":
		return `{"Included": {"Type": "T"}, "Own": {"Type": "Other"}}`, nil
	case "s3://artifacts/outputs.yml":
		return "Outputs:\n  O: {Value: x}\nResources:\n  More: {Type: T}\n  Own: {Type: Other}\n", nil
	case "s3://artifacts/list.yml":
		return "- a\n- b\n", nil
	case "s3://artifacts/bad.yml":
		return "a: [b\n", nil
	case "s3://artifacts/nested.yml":
		return "a: {'Fn::Transform': {Name: AWS::Include}}\n", nil
	}
	if strings.HasPrefix(location, "s3://nowhere/") {
		return "", fault.Errorf(fault.Invalid, "location", "S3 error: %w", fault.Errorf(fault.NotFound, "bucket", "The specified bucket does not exist"))
	}
	return "", fault.Errorf(fault.NotFound, "object", "The specified key does not exist.")
}

// expand expands a text, with the defaults of its parameters.
func expand(t *testing.T, text string) (map[string]any, error) {
	t.Helper()
	parsed, err := template.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	_, values, err := parsed.Values(template.Inputs{Pseudo: template.Pseudo{Region: "us-east-1", AccountID: "111111111111"}})
	if err != nil {
		t.Fatal(err)
	}
	before := printed(t, parsed.Tree)
	tree, err := language.Expand(parsed.Tree, language.Options{Values: values, Fetch: fetch, Account: "111111111111"})
	if after := printed(t, parsed.Tree); after != before {
		t.Errorf("the template became %s", after)
	}
	return tree, err
}

func printed(t *testing.T, value any) string {
	t.Helper()
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(out.String())
}

// same compares the expansion of a text with the tree of another.
func same(t *testing.T, name, text, want string) {
	t.Helper()
	got, err := expand(t, text)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	wanted, err := template.Parse(want)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, wanted.Tree) {
		t.Errorf("%s\ngot  %s\nwant %s", name, printed(t, got), printed(t, wanted.Tree))
	}
}

func TestExpandLeavesOtherTemplatesAsTheyAre(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"a plain one", "Resources:\n  A: {Type: T, Properties: {P: !Ref AWS::Region}}\n"},
		{"one of SAM", "Transform: AWS::Serverless-2016-10-31\nResources:\n  A: {Type: T}\n"},
		{"functions without their transform", "Resources:\n  A: {Type: T, Properties: {P: !Length [a]}}\n"},
	} {
		same(t, tt.name, tt.text, tt.text)
	}
}

func TestExpandLeavesSAMToOthers(t *testing.T) {
	same(t, "with extensions", "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\nResources:\n  A: {Type: T, Properties: {P: !Length [a]}}\n",
		"Transform: AWS::Serverless-2016-10-31\nResources:\n  A: {Type: T, Properties: {P: 1}}\n")
}

func TestInclude(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{
			"in place of a value, at a location made of a parameter",
			"Parameters:\n  Bucket: {Type: String, Default: artifacts}\nResources:\n  A:\n    Type: T\n    Properties:\n      Body:\n        Fn::Transform:\n          Name: AWS::Include\n          Parameters:\n            Location: !Sub s3://${Bucket}/swagger.yml\n",
			"Parameters:\n  Bucket: {Type: String, Default: artifacts}\nResources:\n  A:\n    Type: T\n    Properties:\n      Body:\n        swagger: '2.0'\n        paths:\n          /:\n            get: {uri: !Sub '${AWS::Region}'}\n",
		},
		{
			"beside other keys, of which its own take the place",
			"Resources:\n  Other: {Type: T}\n  Own: {Type: T}\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://artifacts/resources.json}}\n",
			"Resources:\n  Other: {Type: T}\n  Own: {Type: Other}\n  Included: {Type: T}\n",
		},
		{
			"several at one place",
			"Resources:\n  A: {Type: T}\n  Fn::Transform:\n    - {Name: AWS::Include, Parameters: {Location: s3://artifacts/resources.json}}\n    - {Name: AWS::Include, Parameters: {Location: s3://artifacts/resources.json}}\n",
			"Resources:\n  A: {Type: T}\n  Included: {Type: T}\n  Own: {Type: Other}\n",
		},
		{
			"for the whole template",
			"Transform: {Name: AWS::Include, Parameters: {Location: s3://artifacts/outputs.yml}}\nResources:\n  Own: {Type: T}\n",
			"Resources:\n  Own: {Type: T}\n  More: {Type: T}\nOutputs:\n  O: {Value: x}\n",
		},
		{
			"a list in a list",
			"Resources:\n  A:\n    Type: T\n    Properties: {P: [{'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://artifacts/list.yml}}}]}\n",
			"Resources:\n  A:\n    Type: T\n    Properties: {P: [[a, b]]}\n",
		},
	} {
		same(t, tt.name, tt.text, tt.want)
	}
}

// looped is a template with the extensions.
func looped(sections string) string { return "Transform: AWS::LanguageExtensions\n" + sections }

func TestForEach(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{
			"resources by a list parameter",
			"Parameters:\n  Names: {Type: CommaDelimitedList, Default: 'A,B'}\nResources:\n  Fn::ForEach::Topics:\n    - Name\n    - !Ref Names\n    - Topic${Name}:\n        Type: T\n        DependsOn: Other\n        Properties: {N: !Ref Name, S: !Sub '${Name}-${AWS::Region}', J: !Join ['.', [!Ref Name, fifo]]}\n  Other: {Type: T}\n",
			"Parameters:\n  Names: {Type: CommaDelimitedList, Default: 'A,B'}\nResources:\n  TopicA:\n    Type: T\n    DependsOn: Other\n    Properties: {N: A, S: A-us-east-1, J: A.fifo}\n" +
				"  TopicB:\n    Type: T\n    DependsOn: Other\n    Properties: {N: B, S: B-us-east-1, J: B.fifo}\n  Other: {Type: T}\n",
		},
		{
			"properties",
			"Resources:\n  A:\n    Type: T\n    Properties:\n      Fn::ForEach::P: [K, [X, Y], {'${K}Name': !Ref K}]\n      Own: 1\n",
			"Resources:\n  A:\n    Type: T\n    Properties: {XName: X, YName: Y, Own: 1}\n",
		},
		{
			"outputs and conditions",
			"Conditions:\n  Fn::ForEach::C: [E, [dev, prod], {'Is${E}': !Equals [!Ref AWS::Region, !Ref E]}]\nResources:\n  A: {Type: T}\nOutputs:\n  Fn::ForEach::O: [K, [X], {'Out${K}': {Value: !GetAtt 'A.${K}'}}]\n",
			"Conditions:\n  Isdev: !Equals [!Ref AWS::Region, dev]\n  Isprod: !Equals [!Ref AWS::Region, prod]\nResources:\n  A: {Type: T}\nOutputs:\n  OutX: {Value: !GetAtt A.X}\n",
		},
		{
			"a loop in a loop",
			"Resources:\n  Fn::ForEach::Outer:\n    - I\n    - [A, B]\n    - Fn::ForEach::Inner${I}:\n        - J\n        - [X, '${I}Y']\n        - R${I}${J}: {Type: T, Properties: {P: !GetAtt 'R${I}X.Arn'}}\n",
			"Resources:\n  RAX: {Type: T, Properties: {P: !GetAtt RAX.Arn}}\n  RAAY: {Type: T, Properties: {P: !GetAtt RAX.Arn}}\n  RBX: {Type: T, Properties: {P: !GetAtt RBX.Arn}}\n  RBBY: {Type: T, Properties: {P: !GetAtt RBX.Arn}}\n",
		},
		{
			"items that are no logical ids",
			"Resources:\n  Fn::ForEach::IPs: [IP, [10.0.0.1, 10.0.0.2], {'R&{IP}': {Type: T, Properties: {IP: !Ref IP, S: '${IP}/32'}}}]\n",
			"Resources:\n  R10001: {Type: T, Properties: {IP: 10.0.0.1, S: 10.0.0.1/32}}\n  R10002: {Type: T, Properties: {IP: 10.0.0.2, S: 10.0.0.2/32}}\n",
		},
		{
			"a collection from a mapping",
			"Mappings:\n  M: {a: {b: [X]}}\nResources:\n  A: {Type: T}\n  Fn::ForEach::L: [I, !FindInMap [M, a, b], {'R${I}': {Type: T}}]\n",
			"Mappings:\n  M: {a: {b: [X]}}\nResources:\n  A: {Type: T}\n  RX: {Type: T}\n",
		},
		{
			"a list parameter among the items",
			"Parameters:\n  L: {Type: CommaDelimitedList, Default: 'X,Y'}\nResources:\n  Fn::ForEach::L: [I, [!Ref L, Z], {'R${I}': {Type: T}}]\n",
			"Parameters:\n  L: {Type: CommaDelimitedList, Default: 'X,Y'}\nResources:\n  RX: {Type: T}\n  RY: {Type: T}\n  RZ: {Type: T}\n",
		},
		{
			"no items",
			"Parameters:\n  L: {Type: CommaDelimitedList, Default: ''}\nResources:\n  A: {Type: T}\n  Fn::ForEach::L: [I, !Ref L, {'R${I}': {Type: T}}]\n",
			"Parameters:\n  L: {Type: CommaDelimitedList, Default: ''}\nResources:\n  A: {Type: T}\n",
		},
	} {
		same(t, tt.name, looped(tt.text), tt.want)
	}
}

// valued is a template with the extensions in which a property has a value.
func valued(value string) string {
	return looped("Parameters:\n  L: {Type: CommaDelimitedList, Default: 'a,b,c'}\n  P: {Type: String, Default: p}\nMappings:\n  M: {a: {b: found, l: [1, 2]}}\nResources:\n  A: {Type: T}\n  B:\n    Type: T\n    Properties:\n      V: " + value + "\n")
}

func TestFunctionsOfTheExtensions(t *testing.T) {
	for _, tt := range []struct{ value, want string }{
		{"!Length [a, !GetAtt A.Arn]", `2`},
		{"!Length {Ref: L}", `3`},
		{"!Length {'Fn::Split': ['|', 'a|b']}", `2`},
		{"!Length {'Fn::FindInMap': [M, a, l]}", `2`},
		{"!ToJsonString {b: [1.50, true, '<&>'], a: !Ref P}", `"{\"a\":\"p\",\"b\":[1.50,true,\"<&>\"]}"`},
		{"!ToJsonString [a, !Ref L]", `"[\"a\",[\"a\",\"b\",\"c\"]]"`},
		{"!ToJsonString {a: !Ref AWS::NoValue, b: c}", `"{\"b\":\"c\"}"`},
		{"!ToJsonString {n: !Length [x], a: !GetAtt A.Arn, l: [!Ref A, !Ref P]}", `{"Fn::Join":["",["{\"a\":\"",{"Fn::GetAtt":["A","Arn"]},"\",\"l\":[\"",{"Ref":"A"},"\",\"p\"],\"n\":1}"]]}`},
		{"!FindInMap [M, a, b, {DefaultValue: d}]", `"found"`},
		{"!FindInMap [M, x, b, {DefaultValue: d}]", `"d"`},
		{"!FindInMap [None, x, b, {DefaultValue: !GetAtt A.Arn}]", `{"Fn::GetAtt":["A","Arn"]}`},
		{"!FindInMap [M, !Select [0, !Ref L], !Sub '${P}', {DefaultValue: !Ref AWS::NoValue}]", `{"Ref":"AWS::NoValue"}`},
		{"!FindInMap [M, a, b]", `{"Fn::FindInMap":["M","a","b"]}`},
	} {
		tree, err := expand(t, valued(tt.value))
		if err != nil {
			t.Errorf("%s: %v", tt.value, err)
			continue
		}
		b := tree["Resources"].(map[string]any)["B"].(map[string]any)
		if got := printed(t, b["Properties"].(map[string]any)["V"]); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.value, got, tt.want)
		}
	}
}

func TestWrongExpansions(t *testing.T) {
	const failed = "Transform AWS::LanguageExtensions failed with: "
	included := func(location string) string {
		return "Resources:\n  A: {Type: T}\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: " + location + "}}\n"
	}
	loop := func(arg string) string { return looped("Resources:\n  Fn::ForEach::L: " + arg + "\n") }
	for _, tt := range []struct{ name, text, want string }{
		{"a macro", "Transform: Mine\nResources: {}\n", "No transform named 111111111111::Mine found."},
		{"a macro of AWS", "Transform: [AWS::Other]\nResources: {}\n", "No transform named AWS::Other found."},
		{"a macro inside", "Resources: {'Fn::Transform': {Name: Mine}}\n", "No transform named 111111111111::Mine found."},
		{"a macro by its name alone", "Resources: {A: {Type: T, Properties: {'Fn::Transform': Mine}}}\n", "No transform named 111111111111::Mine found."},
		{"a reference", "Transform: {Name: !Ref M}\nResources: {}\n", "Key Name of transform definition must be a string."},
		{"a number", "Transform: 1\nResources: {}\n", "Template format error: Transform must be a string, an object or a list of them."},
		{"no location", "Transform: {Name: AWS::Include}\nResources: {}\n", "Transform AWS::Include failed with: The value of parameter Location under transform Include must resolve to a string, number, boolean or a list of any of these."},
		{"a location of a resource", included("!Ref A"), "Transform AWS::Include failed with: The value of parameter Location under transform Include must resolve to a string, number, boolean or a list of any of these."},
		{"a location elsewhere", included("https://example.com/a"), "Transform AWS::Include failed with: The location parameter is not a valid S3 uri."},
		{"a location without key", included("s3://bucket/"), "Transform AWS::Include failed with: The location parameter is not a valid S3 uri."},
		{"nothing there", included("s3://artifacts/none"), "Transform AWS::Include failed with: The specified key does not exist."},
		{"no such bucket", included("s3://nowhere/a"), "Transform AWS::Include failed with: S3 bucket [nowhere] does not exist."},
		{"no YAML", included("s3://artifacts/bad.yml"), "Transform AWS::Include failed with: The specified S3 object's content should be valid Yaml/JSON (s3://artifacts/bad.yml: Template format error: YAML not well-formed. (line 2, column 1): while parsing a flow sequence, did not find expected ',' or ']')"},
		{"a list beside keys", included("s3://artifacts/list.yml"), "Transform AWS::Include failed with: The snippet must be an object, because there are other keys beside Fn::Transform."},
		{"a list of sections", "Transform: {Name: AWS::Include, Parameters: {Location: s3://artifacts/list.yml}}\nResources: {}\n", "Transform AWS::Include failed with: The snippet must be an object."},
		{"loop of two", loop("[I, [a]]"), failed + "Fn::ForEach::L must be a list of an identifier, a collection and an object."},
		{"loop with a bad identifier", loop("['I-J', [a], {}]"), failed + "the identifier of Fn::ForEach::L must be a string of letters and digits."},
		{"loop without object", loop("[I, [a], b]"), failed + "the third member of Fn::ForEach::L must be an object."},
		{"loop over a text", loop("[I, a, {}]"), failed + "the collection of Fn::ForEach::L must be a list of strings."},
		{"loop over a resource", loop("[I, [!GetAtt R.Arn], {}]"), failed + "the collection of Fn::ForEach::L: attribute Arn of resource R is not known yet"},
		{"loop whose keys are the same", loop("[I, [a, b], {R: {Type: T}}]"), failed + "Duplicate key 'R' when merging keys to parent object in Fn::ForEach"},
		{"loop in a loop of its name", loop("[I, [a], {'Fn::ForEach::M': [I, [b], {}]}]"), failed + "the identifier I of Fn::ForEach::M is that of a loop around it."},
		{"loops without end", looped("Parameters:\n  L: {Type: CommaDelimitedList, Default: '" + strings.Repeat("a,", 700) + "'}\nResources:\n  Fn::ForEach::A: [I, !Ref L, {'Fn::ForEach::B': [J, !Ref L, {'Fn::ForEach::C': [K, !Ref L, {}]}]}]\n"), failed + "the template would have more than 250000 values."},
		{"length of a text", valued("!Length a"), failed + "Fn::Length requires a list, or a function that returns one."},
		{"length of an attribute", valued("!Length {'Fn::GetAtt': [A, L]}"), failed + "Fn::Length: attribute L of resource A is not known yet"},
		{"JSON of a text", valued("!ToJsonString a"), failed + "Fn::ToJsonString requires an object or a list."},
		{"a default that is none", valued("!FindInMap [M, a, b, c]"), failed + "the fourth argument of Fn::FindInMap must be an object with the key DefaultValue alone."},
		{"a mapping of a resource", valued("!FindInMap [M, !Ref A, b, {DefaultValue: d}]"), failed + "Fn::FindInMap: the value of resource A is not known yet"},
	} {
		_, err := expand(t, tt.text)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s\ngot  %v\nwant %s", tt.name, err, tt.want)
		}
		if !fault.Is(err, fault.Invalid, "template") {
			t.Errorf("%s: the error is no fault about a template", tt.name)
		}
	}
}

func TestAnIncludeInASnippetIsLeftToBeRefused(t *testing.T) {
	text := "Resources:\n  A:\n    Type: T\n    Properties:\n      Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://artifacts/nested.yml}}\n"
	tree, err := expand(t, text)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := template.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parsed.With(tree).Bind(template.Inputs{}); err == nil || !strings.Contains(err.Error(), "Encountered unsupported function: Fn::Transform") {
		t.Errorf("Bind says %v", err)
	}
}

func FuzzExpand(f *testing.F) {
	f.Add(valued("!ToJsonString {n: !Length [x], a: !GetAtt A.Arn}"))
	f.Add(looped("Resources:\n  Fn::ForEach::Outer:\n    - I\n    - [A, B]\n    - Fn::ForEach::Inner${I}: [J, ['&{I}'], {'R${I}${J}': {Type: T}}]\n"))
	f.Add("Transform: [{Name: AWS::Include, Parameters: {Location: s3://artifacts/outputs.yml}}, AWS::LanguageExtensions]\nResources: {}\n")
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := template.Parse(text)
		if err != nil {
			return
		}
		_, values, err := parsed.Values(template.Inputs{})
		if err != nil {
			return
		}
		tree, err := language.Expand(parsed.Tree, language.Options{Values: values, Fetch: fetch})
		if err == nil {
			_, _ = parsed.With(tree).Bind(template.Inputs{})
		}
	})
}
