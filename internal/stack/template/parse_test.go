package template_test

import (
	"encoding/json"
	"strings"
	"testing"

	"sluice/internal/stack/template"
)

// printed is a tree as JSON.
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

func parsed(t *testing.T, text string) *template.Template {
	t.Helper()
	p, err := template.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParseWritesShortTagsOut(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"!Ref X", `{"Ref":"X"}`},
		{"!Condition X", `{"Condition":"X"}`},
		{"!Sub 'a${B}'", `{"Fn::Sub":"a${B}"}`},
		{"!Sub [a, {b: c}]", `{"Fn::Sub":["a",{"b":"c"}]}`},
		{"!GetAtt A.B", `{"Fn::GetAtt":["A","B"]}`},
		{"!GetAtt A.Outputs.B", `{"Fn::GetAtt":["A","Outputs.B"]}`},
		{"!GetAtt [A, B]", `{"Fn::GetAtt":["A","B"]}`},
		{"!GetAtt\n    - A\n    - B", `{"Fn::GetAtt":["A","B"]}`},
		{"!If [C, !Ref A, !Ref B]", `{"Fn::If":["C",{"Ref":"A"},{"Ref":"B"}]}`},
		{"!Join ['', [a]]", `{"Fn::Join":["",["a"]]}`},
		{"!Select [0, !GetAZs '']", `{"Fn::Select":[0,{"Fn::GetAZs":""}]}`},
		{"!Split [',', a]", `{"Fn::Split":[",","a"]}`},
		{"!FindInMap [M, a, b]", `{"Fn::FindInMap":["M","a","b"]}`},
		{"!Base64 a", `{"Fn::Base64":"a"}`},
		{"!Base64\n    Fn::Sub: a", `{"Fn::Base64":{"Fn::Sub":"a"}}`},
		{"!Base64 |\n    a\n    b\n", `{"Fn::Base64":"a\nb\n"}`},
		{"!Cidr [a, 1, 2]", `{"Fn::Cidr":["a",1,2]}`},
		{"!ImportValue a", `{"Fn::ImportValue":"a"}`},
		{"!And [!Equals [a, b], !Or [c], !Not [d]]", `{"Fn::And":[{"Fn::Equals":["a","b"]},{"Fn::Or":["c"]},{"Fn::Not":["d"]}]}`},
		{"!Transform {Name: N}", `{"Fn::Transform":{"Name":"N"}}`},
		{"!Length [a]", `{"Fn::Length":["a"]}`},
		{"!ToJsonString {a: b}", `{"Fn::ToJsonString":{"a":"b"}}`},
		{"!GetAZs", `{"Fn::GetAZs":""}`},
		{"!Ref 12", `{"Ref":"12"}`},
	} {
		if got := printed(t, parsed(t, "A: "+tt.text+"\n").Tree["A"]); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestParseKeepsScalarsAsWritten(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"2012-10-17", `"2012-10-17"`},
		{"'2012-10-17'", `"2012-10-17"`},
		{"python3.6", `"python3.6"`},
		{"3.10", `3.10`},
		{"012345678901", `"012345678901"`},
		{"123456789012", `123456789012`},
		{"12345678901234567890123", `12345678901234567890123`},
		{"1e3", `1e3`},
		{"0x1F", `"0x1F"`},
		{"1_000", `"1_000"`},
		{"+1", `"+1"`},
		{".5", `".5"`},
		{".inf", `".inf"`},
		{"true", `true`},
		{"yes", `"yes"`},
		{"off", `"off"`},
		{"~", `null`},
		{"null", `null`},
		{"", `null`},
		{"'~'", `"~"`},
		{"a:b", `"a:b"`},
		{"12:30:45", `"12:30:45"`},
		{"!!str 1.50", `"1.50"`},
		{"!!str", `""`},
		{"\"\\u00e4\\n\"", `"ä\n"`},
		{">-\n  a\n  b\n", `"a b"`},
		{"|\n  #!/bin/sh\n  a\n", `"#!/bin/sh\na\n"`},
		{"&x a", `"a"`},
	} {
		if got := printed(t, parsed(t, "A: "+tt.text+"\n").Tree["A"]); got != tt.want {
			t.Errorf("%q\ngot  %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestParseReadsColonsBetweenBraces(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"{a: !Ref AWS::Region, b: c}", `{"a":{"Ref":"AWS::Region"},"b":"c"}`},
		{"{a: [!Ref AWS::Region]}", `{"a":[{"Ref":"AWS::Region"}]}`},
		{"{a: !Sub s3://b/c:d, e: f}", `{"a":{"Fn::Sub":"s3://b/c:d"},"e":"f"}`},
		{"{Action: [s3:Get*, logs:*], Resource: '*'}", `{"Action":["s3:Get*","logs:*"],"Resource":"*"}`},
		{"{Action: s3:*, b: c}", `{"Action":"s3:*","b":"c"}`},
		{"{a: [arn:aws:s3:::b/*, x:&y]}", `{"a":["arn:aws:s3:::b/*","x:&y"]}`},
		{"{a: [10:30, b:1]}", `{"a":["10:30","b:1"]}`},
		{"{a: !Join ['', ['arn:aws:s3:::', !Ref B]]}", `{"a":{"Fn::Join":["",["arn:aws:s3:::",{"Ref":"B"}]]}}`},
		{"{'AWS::X': b, 'c':d, \"e\":[f]}", `{"AWS::X":"b","c":"d","e":["f"]}`},
		{"{aws:SourceArn: !Ref B}", `{"aws:SourceArn":{"Ref":"B"}}`},
		{"{a: {b: c}, d: 1 }", `{"a":{"b":"c"},"d":1}`},
		{"[{a: b},\n  {c: !Ref AWS::D}]", `[{"a":"b"},{"c":{"Ref":"AWS::D"}}]`},
		{"!If [C, {a: !Ref AWS::B}, {c: d}]", `{"Fn::If":["C",{"a":{"Ref":"AWS::B"}},{"c":"d"}]}`},
	} {
		p, err := template.Parse("A: " + tt.text + "\n")
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
		} else if got := printed(t, p.Tree["A"]); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestParseEndsAnEmptyTagWithItsLine(t *testing.T) {
	got := printed(t, parsed(t, "A:\n  B: !GetAZs\n  C:\n    -\n    - !Ref D\nE: !GetAZs\n").Tree)
	if want := `{"A":{"B":{"Fn::GetAZs":""},"C":[null,{"Ref":"D"}]},"E":{"Fn::GetAZs":""}}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestParseReadsKeysAsText(t *testing.T) {
	got := printed(t, parsed(t, "200: a\n2010-09-09: b\ntrue: c\n'q': d\n? e\n: f\n").Tree)
	if want := `{"200":"a","2010-09-09":"b","e":"f","q":"d","true":"c"}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestParseReadsJSON(t *testing.T) {
	text := "\ufeff {\"A\": [1, -1.50e3, true, false, null, \"\\u00e4\\ud83d\\ude00\\n\", {}, []]}\n"
	if got, want := printed(t, parsed(t, text).Tree), `{"A":[1,-1.50e3,true,false,null,"ä😀\n",{},[]]}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPosition(t *testing.T) {
	yaml := "Resources:\n  A:\n    Type: T\n    Properties:\n      P:\n        - a\n        - !Sub 'ä${B}'\n"
	json := "{\n  \"Resources\": {\"A\": {\n    \"Type\": \"T\",\n    \"Properties\": {\n      \"P\": [\"a\",\n        {\"Fn::Sub\": \"ä${B}\"}]}}}}"
	for _, tt := range []struct {
		path                 string
		yamlLine, yamlColumn int
		jsonLine, jsonColumn int
	}{
		{"Resources", 1, 1, 2, 3},
		{"Resources A", 2, 3, 2, 17},
		{"Resources A Properties P", 5, 7, 5, 7},
		{"Resources A Properties P 0", 6, 11, 5, 13},
		{"Resources A Properties P 1", 7, 11, 6, 9},
		{"Resources A Properties P 1 Fn::Sub", 7, 11, 6, 10},
		{"Resources A Properties P 2", 5, 7, 5, 7},
		{"Resources A Properties Q R", 4, 5, 4, 5},
		{"Resources B", 0, 0, 0, 0},
		{"Outputs", 0, 0, 0, 0},
	} {
		path := strings.Fields(tt.path)
		if line, column := parsed(t, yaml).Position(path...); line != tt.yamlLine || column != tt.yamlColumn {
			t.Errorf("%s in YAML: %d, %d, want %d, %d", tt.path, line, column, tt.yamlLine, tt.yamlColumn)
		}
		if line, column := parsed(t, json).Position(path...); line != tt.jsonLine || column != tt.jsonColumn {
			t.Errorf("%s in JSON: %d, %d, want %d, %d", tt.path, line, column, tt.jsonLine, tt.jsonColumn)
		}
	}
}

func TestErrorsKeepTheirPlaceAfterATransform(t *testing.T) {
	original := parsed(t, "Resources:\n  A:\n    Type: T\n    Properties:\n      P: !Ref X\n")
	made := map[string]any{"Resources": map[string]any{
		"A": map[string]any{"Type": "T", "Properties": map[string]any{"P": map[string]any{"Ref": "Nothing"}}},
		"B": map[string]any{"Type": "T"},
	}}
	_, err := original.With(made).Bind(template.Inputs{})
	if want := "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template (line 5, column 10)"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	delete(made["Resources"].(map[string]any)["B"].(map[string]any), "Type")
	_, err = original.With(made).Bind(template.Inputs{})
	if want := "Template format error: [/Resources/B] Every Resources object must contain a Type member."; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestASingleLineHasNoPlacesInErrors(t *testing.T) {
	err := judge(`{"Resources":{"Topic":{"Type":"T","Properties":{"Value":{"Ref":"InvalidRef"}}}}}`)
	want := "Template format error: Unresolved resource dependencies [InvalidRef] in the Resources block of the template"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestSnippet(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a list", "- a\n- !Ref B\n", `["a",{"Ref":"B"}]`},
		{"JSON", `{"a": [1]}`, `{"a":[1]}`},
		{"an alias", "a: &x {b: c}\nd: *x\n", `{"a":{"b":"c"},"d":{"b":"c"}}`},
		{"a merge", "a: &x {b: c, d: e}\nf:\n  <<: *x\n  d: own\n", `{"a":{"b":"c","d":"e"},"f":{"b":"c","d":"own"}}`},
		{"merges", "a:\n  <<: [{b: 1, c: 1}, {c: 2, d: 2}]\n", `{"a":{"b":1,"c":1,"d":2}}`},
		{"nothing", "", `null`},
	} {
		value, err := template.Snippet(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if got := printed(t, value); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestSnippetRefusesABomb(t *testing.T) {
	_, err := template.Snippet(bomb())
	if want := "Template format error: the template has more than 250000 values. (line 6, column 5)"; err == nil || !strings.HasPrefix(err.Error(), want[:60]) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestSnippetRefusesAnAliasWithoutAnchor(t *testing.T) {
	_, err := template.Snippet("a: *b\n")
	if want := "Template format error: YAML not well-formed. (line 1, column 4): unknown anchor 'b' referenced"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
