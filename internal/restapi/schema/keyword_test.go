package schema_test

import "testing"

// What each keyword of draft 4 says of a value: a row a body, with whether it fits.
func TestKeywords(t *testing.T) {
	for _, tt := range []struct {
		keyword, schema string
		fits, others    []string
	}{
		{
			"type integer", `{"type":"integer"}`,
			[]string{`0`, `-1`, `1.0`, `1e3`, `1.5e1`, `12345678901234567890`},
			[]string{`1.5`, `1e-1`, `"1"`, `null`, `true`, `[1]`, `{}`},
		},
		{
			"type number", `{"type":"number"}`,
			[]string{`0`, `1.5`, `-1e-5`, `1e400`},
			[]string{`"1.5"`, `null`, `false`, `[]`, `{}`},
		},
		{
			"type string", `{"type":"string"}`,
			[]string{`""`, `"a"`, `"1"`, `"\u0000"`},
			[]string{`1`, `null`, `true`, `[]`, `{}`},
		},
		{
			"type boolean", `{"type":"boolean"}`,
			[]string{`true`, `false`},
			[]string{`0`, `1`, `"true"`, `null`, `[]`, `{}`},
		},
		{
			"type null", `{"type":"null"}`,
			[]string{`null`},
			[]string{`0`, `""`, `false`, `[]`, `{}`},
		},
		{
			"type array", `{"type":"array"}`,
			[]string{`[]`, `[null]`},
			[]string{`{}`, `"[]"`, `null`, `0`},
		},
		{
			"type object", `{"type":"object"}`,
			[]string{`{}`, `{"a":null}`},
			[]string{`[]`, `"{}"`, `null`, `0`},
		},
		{
			"several types", `{"type":["string","null"]}`,
			[]string{`"a"`, `null`},
			[]string{`1`, `[]`, `{}`, `false`},
		},
		{
			"a number twice", `{"type":["integer","number"]}`,
			[]string{`1`, `1.5`},
			[]string{`"1"`},
		},
		{
			"enum", `{"enum":[1,"1",null,true,[1,2],{"a":{"b":1},"c":2}]}`,
			[]string{`1`, `1.0`, `10e-1`, `"1"`, `null`, `true`, `[1,2]`, `[1.0,2]`, `{"c":2,"a":{"b":1}}`},
			[]string{`2`, `"2"`, `false`, `[2,1]`, `[1]`, `[]`, `{}`, `{"a":{"b":1}}`, `{"a":{"b":1},"c":2,"d":3}`},
		},
		{
			"enum of an empty text", `{"enum":[""]}`,
			[]string{`""`},
			[]string{`null`, `0`, `[]`, `{}`, `" "`},
		},
		{
			"minimum", `{"minimum":1.1}`,
			[]string{`1.1`, `1.10`, `2`, `1e1`, `"0"`, `null`, `[]`},
			[]string{`1`, `1.09999999999999999999`, `0`, `-2`, `-1e9`},
		},
		{
			"minimum below zero", `{"minimum":-2}`,
			[]string{`-2`, `-1.5`, `0`, `-0`, `7`},
			[]string{`-2.0001`, `-3`, `-10`},
		},
		{
			"exclusiveMinimum", `{"minimum":1.1,"exclusiveMinimum":true}`,
			[]string{`1.2`, `1.10000000000000000001`},
			[]string{`1.1`, `1.100`, `1`},
		},
		{
			"exclusiveMinimum that is not", `{"minimum":1,"exclusiveMinimum":false}`,
			[]string{`1`, `2`},
			[]string{`0`},
		},
		{
			"maximum", `{"maximum":3}`,
			[]string{`3`, `3.0`, `2.6`, `-100`, `"4"`},
			[]string{`3.5`, `4`, `1e1`, `3.00000000000000000001`},
		},
		{
			"exclusiveMaximum", `{"maximum":3,"exclusiveMaximum":true}`,
			[]string{`2.2`, `2.99999999999999999999`},
			[]string{`3`, `3.0`, `30e-1`},
		},
		{
			"multipleOf", `{"multipleOf":2}`,
			[]string{`10`, `0`, `-4`, `1e2`, `"7"`},
			[]string{`7`, `1`, `2.5`, `-3`},
		},
		{
			"multipleOf a fraction", `{"multipleOf":0.0001}`,
			[]string{`0.0075`, `1`, `12391239123`, `0`},
			[]string{`0.00751`, `1e-5`},
		},
		{
			"multipleOf one and a half", `{"multipleOf":1.5}`,
			[]string{`0`, `4.5`, `-3`, `1.5e0`},
			[]string{`35`, `1`, `0.5`},
		},
		{
			"minLength", `{"minLength":2}`,
			[]string{`"ab"`, `"abc"`, `"💩💩"`, `1`, `[]`},
			[]string{`"a"`, `""`, `"💩"`},
		},
		{
			"maxLength", `{"maxLength":2}`,
			[]string{`""`, `"a"`, `"ab"`, `"💩💩"`, `100`},
			[]string{`"abc"`, `"💩💩💩"`},
		},
		{
			"pattern", `{"pattern":"^a*$"}`,
			[]string{`"aaa"`, `""`, `1`, `null`, `{}`},
			[]string{`"abc"`, `"b"`},
		},
		{
			"pattern without anchors", `{"pattern":"a+"}`,
			[]string{`"xxaayy"`, `"a"`},
			[]string{`"xx"`, `""`},
		},
		{
			"minItems", `{"minItems":1}`,
			[]string{`[1]`, `[1,2]`, `""`, `{}`},
			[]string{`[]`},
		},
		{
			"maxItems", `{"maxItems":2}`,
			[]string{`[]`, `[1]`, `[1,2]`, `"foobar"`},
			[]string{`[1,2,3]`},
		},
		{
			"uniqueItems", `{"uniqueItems":true}`,
			[]string{`[]`, `[1,2]`, `[1,true]`, `[0,false]`, `["1",1]`, `[{"a":1},{"a":2}]`, `[[1],[2]]`, `[[1],1]`, `"aa"`},
			[]string{`[1,1]`, `[1.0,1.00,1]`, `["a","b","a"]`, `[{"a":1,"b":2},{"b":2,"a":1}]`, `[[1],[1]]`, `[null,null]`, `[{},{}]`},
		},
		{
			"uniqueItems that need not be", `{"uniqueItems":false}`,
			[]string{`[1,1]`},
			nil,
		},
		{
			"items", `{"items":{"type":"integer"}}`,
			[]string{`[]`, `[1,2,3]`, `{"foo":"bar"}`, `"x"`},
			[]string{`["x"]`, `[1,"x"]`, `[[1]]`},
		},
		{
			"items by place", `{"items":[{"type":"integer"},{"type":"string"}]}`,
			[]string{`[1,"foo"]`, `[1]`, `[]`, `[1,"foo",true]`, `{"0":"invalid"}`},
			[]string{`["foo",1]`, `["foo"]`, `[1,2]`},
		},
		{
			"additionalItems", `{"items":[{}],"additionalItems":{"type":"integer"}}`,
			[]string{`[null,2,3,4]`, `["x"]`, `[]`},
			[]string{`[null,2,3,"foo"]`},
		},
		{
			"no additionalItems", `{"items":[{},{}],"additionalItems":false}`,
			[]string{`[]`, `[1]`, `[1,2]`, `{"a":1}`},
			[]string{`[1,2,3]`},
		},
		{
			"additionalItems without places", `{"items":{},"additionalItems":false}`,
			[]string{`[1,2,3,4]`},
			nil,
		},
		{
			"minProperties", `{"minProperties":1}`,
			[]string{`{"a":1}`, `{"a":1,"b":2}`, `[]`, `""`},
			[]string{`{}`},
		},
		{
			"maxProperties", `{"maxProperties":1}`,
			[]string{`{}`, `{"a":1}`, `[1,2,3]`},
			[]string{`{"a":1,"b":2}`},
		},
		{
			"required", `{"required":["a","b"]}`,
			[]string{`{"a":null,"b":0}`, `{"a":1,"b":2,"c":3}`, `[]`, `"ab"`, `null`},
			[]string{`{}`, `{"a":1}`, `{"b":1}`, `{"A":1,"b":1}`},
		},
		{
			"properties", `{"properties":{"a":{"type":"integer"},"b":{"type":"string"}}}`,
			[]string{`{"a":1,"b":"x"}`, `{"a":1}`, `{}`, `{"c":[]}`, `[]`},
			[]string{`{"a":"x"}`, `{"a":1,"b":{}}`, `{"b":null}`},
		},
		{
			"properties of odd names", `{"properties":{"foo\nbar":{"type":"number"},"a/b":{"type":"number"},"":{"type":"number"}}}`,
			[]string{`{"foo\nbar":1,"a/b":1,"":1}`},
			[]string{`{"foo\nbar":"1"}`, `{"a/b":"1"}`, `{"":"1"}`},
		},
		{
			"patternProperties", `{"patternProperties":{"f.*o":{"type":"integer"},"^x":{"maximum":5}}}`,
			[]string{`{"foo":1}`, `{"foo":1,"fooo":2}`, `{"bar":"x"}`, `{"x":5}`, `{"xfo":5}`, `[]`},
			[]string{`{"foo":"bar"}`, `{"foo":1,"foooooo":"baz"}`, `{"x":6}`, `{"xfo":6}`, `{"xfo":1.5}`},
		},
		{
			"both kinds of properties", `{"properties":{"foo":{"type":"array","maxItems":3}},"patternProperties":{"f.o":{"minItems":2}},"additionalProperties":{"type":"integer"}}`,
			[]string{`{"foo":[1,2]}`, `{"fxo":[1,2]}`, `{"quux":3}`, `{"foo":[1,2,3],"fxo":"any"}`},
			[]string{`{"foo":[1,2,3,4]}`, `{"foo":[]}`, `{"fxo":[]}`, `{"quux":"foo"}`},
		},
		{
			"no additionalProperties", `{"properties":{"foo":{},"bar":{}},"patternProperties":{"^v":{}},"additionalProperties":false}`,
			[]string{`{"foo":1}`, `{"foo":1,"vroom":2}`, `[1]`, `"x"`, `{}`},
			[]string{`{"foo":1,"bar":2,"quux":"boom"}`, `{"Foo":1}`},
		},
		{
			"additionalProperties that may be", `{"properties":{"foo":{}},"additionalProperties":true}`,
			[]string{`{"foo":1,"quux":true}`},
			nil,
		},
		{
			"additionalProperties alone", `{"additionalProperties":{"type":"boolean"}}`,
			[]string{`{"foo":true}`, `{}`, `[1]`},
			[]string{`{"foo":1}`, `{"a":true,"b":0}`},
		},
		{
			"dependencies on names", `{"dependencies":{"quux":["foo","bar"]}}`,
			[]string{`{}`, `{"foo":1,"bar":2}`, `{"foo":1,"bar":2,"quux":3}`, `["quux"]`, `"quux"`},
			[]string{`{"quux":1}`, `{"foo":1,"quux":2}`, `{"bar":1,"quux":2}`},
		},
		{
			"dependencies on a schema", `{"dependencies":{"bar":{"properties":{"foo":{"type":"integer"},"bar":{"type":"integer"}}}}}`,
			[]string{`{"foo":1,"bar":2}`, `{"foo":"quux"}`, `{}`, `["bar"]`},
			[]string{`{"foo":"quux","bar":2}`, `{"foo":2,"bar":"quux"}`},
		},
		{
			"allOf", `{"properties":{"bar":{"type":"integer"}},"required":["bar"],"allOf":[{"required":["foo"]},{"properties":{"baz":{"type":"null"}}}]}`,
			[]string{`{"foo":"quux","bar":2,"baz":null}`, `{"foo":1,"bar":2}`},
			[]string{`{"foo":"quux","baz":null}`, `{"bar":2}`, `{"foo":1,"bar":2,"baz":0}`, `{"foo":1,"bar":"x"}`},
		},
		{
			"anyOf", `{"anyOf":[{"type":"integer"},{"minimum":2}]}`,
			[]string{`1`, `2.5`, `3`, `"x"`},
			[]string{`1.5`, `-0.5`},
		},
		{
			"oneOf", `{"oneOf":[{"type":"integer"},{"minimum":2}]}`,
			[]string{`1`, `2.5`, `"x"`},
			[]string{`3`, `1.5`},
		},
		{
			"not", `{"not":{"type":["integer","boolean"]}}`,
			[]string{`"foo"`, `null`, `1.5`},
			[]string{`1`, `true`},
		},
		{
			"not a property", `{"properties":{"foo":{"not":{}}}}`,
			[]string{`{"bar":1}`, `{}`},
			[]string{`{"foo":1}`, `{"foo":null}`},
		},
		{
			"not not", `{"not":{"not":{"type":"string"}}}`,
			[]string{`"x"`},
			[]string{`1`},
		},
		{
			"keywords of other drafts", `{"const":1,"if":{"type":"string"},"then":false,"contains":{"type":"null"},"propertyNames":{"maxLength":0},"exclusive":true,"$comment":1}`,
			[]string{`2`, `"x"`, `[]`, `{"long":1}`},
			nil,
		},
		{
			"words for readers", `{"title":1,"description":{},"default":"x","$schema":"http://json-schema.org/draft-04/schema#","type":"integer"}`,
			[]string{`1`},
			[]string{`"x"`},
		},
	} {
		t.Run(tt.keyword, func(t *testing.T) {
			s := compile(t, tt.schema)
			for _, body := range tt.fits {
				if got := verdict(s, body); got != "" {
					t.Errorf("%s does not fit: %s", body, got)
				}
			}
			for _, body := range tt.others {
				if got := verdict(s, body); got == "" {
					t.Errorf("%s fits", body)
				}
			}
		})
	}
}
