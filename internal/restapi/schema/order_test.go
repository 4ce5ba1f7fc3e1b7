package schema_test

import (
	"strings"
	"testing"
)

// All that a value breaks is said, in the order of AWS's library: types, values, limits, combinations; and what its members break
// only if it breaks nothing itself.
func TestAllThatIsWrongIsSaidInOrder(t *testing.T) {
	const (
		noString = `instance type (integer) does not match any allowed primitive type (allowed: ["string"])`
		noNumber = `instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])`
	)
	for _, tt := range []struct {
		name, schema, body string
		wrong              []string
	}{
		{
			"type, enum and limits", `{"maximum":1,"multipleOf":2,"enum":["a"],"type":"string","minimum":9}`, `3`,
			[]string{
				noString,
				`instance value (3) not found in enum (possible values: ["a"])`,
				`numeric instance is lower than the required minimum (minimum: 9, found: 3)`,
				`numeric instance is greater than the required maximum (maximum: 1, found: 3)`,
				`remainder of division is not zero (3 / 2)`,
			},
		},
		{
			"a text's limits", `{"minLength":3,"maxLength":1,"pattern":"x","format":"ipv4"}`, `"ab"`,
			[]string{
				`string "ab" is too short (length: 2, required minimum: 3)`,
				`string "ab" is too long (length: 2, maximum allowed: 1)`,
				`ECMA 262 regex "x" does not match input string "ab"`,
				`string "ab" is not a valid IPv4 address`,
			},
		},
		{
			"an array's limits", `{"minItems":3,"maxItems":1,"items":[{}],"additionalItems":false,"uniqueItems":true}`, `[1,1]`,
			[]string{
				`array is too short: must have at least 3 elements but instance has 2 elements`,
				`array is too long: must have at most 1 elements but instance has 2 elements`,
				`array is too long: must have at most 1 elements but instance has 2 elements`,
				`array must not contain duplicate elements`,
			},
		},
		{
			"an object's limits", `{"minProperties":3,"maxProperties":1,"required":["c"],"additionalProperties":false,"dependencies":{"a":["d"]}}`, `{"a":1,"b":2}`,
			[]string{
				`object has too few properties (found 2 but schema requires at least 3)`,
				`object has too many properties (found 2 but schema requires at most 1)`,
				`object has missing required properties (["c"])`,
				`object instance has properties which are not allowed by the schema: ["a","b"]`,
				`property "a" of object has missing property dependencies (schema requires ["d"]; missing: ["d"])`,
			},
		},
		{
			"combinations", `{"not":{},"oneOf":[{},{}],"anyOf":[{"type":"null"}],"allOf":[{"type":"null"},{}]}`, `1`,
			[]string{
				`instance failed to match all required schemas (matched only 1 out of 2)`,
				`instance failed to match at least one required schema among 1`,
				`instance failed to match exactly one schema (matched 2 out of 2)`,
				`instance matched a schema which it should not have`,
			},
		},
		{
			"members in the order of their names", `{"properties":{"b":{"type":"string"},"a":{"type":"number"}}}`, `{"b":1,"a":"x"}`,
			[]string{noNumber, noString},
		},
		{
			"elements in their order", `{"items":{"type":"string"}}`, `[1,"a",2]`,
			[]string{noString, noString},
		},
		{
			"a property's own schema, then those of its name", `{"properties":{"a":{"type":"string"}},"patternProperties":{"a":{"maximum":0}}}`, `{"a":1}`,
			[]string{noString, `numeric instance is greater than the required maximum (maximum: 0, found: 1)`},
		},
		{
			"members of what is wrong itself", `{"minProperties":2,"properties":{"a":{"type":"string"}}}`, `{"a":1}`,
			[]string{`object has too few properties (found 1 but schema requires at least 2)`},
		},
		{
			"members of members", `{"properties":{"a":{"required":["x"],"properties":{"b":{"type":"string"}}}}}`, `{"a":{"b":1}}`,
			[]string{`object has missing required properties (["x"])`},
		},
		{
			"what a combination's schema breaks is not told", `{"allOf":[{"required":["a"]}]}`, `{}`,
			[]string{`instance failed to match all required schemas (matched only 0 out of 1)`},
		},
		{
			"what a dependency's schema breaks is", `{"dependencies":{"a":{"maxProperties":0,"not":{}}}}`, `{"a":1}`,
			[]string{
				`object has too many properties (found 1 but schema requires at most 0)`,
				`instance matched a schema which it should not have`,
			},
		},
		{
			"values as they are written", `{"enum":[1.50,"<&>"]}`, `{"b":2.0,"a":"<&>"}`,
			[]string{`instance value ({"a":"<&>","b":2.0}) not found in enum (possible values: [1.50,"<&>"])`},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := verdict(compile(t, tt.schema), tt.body), "["+strings.Join(tt.wrong, ", ")+"]"; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// Types are listed once and in alphabetical order, whatever the schema's is.
func TestTypesAreListedInOrder(t *testing.T) {
	for types, want := range map[string]string{
		`"number"`:                               `["integer","number"]`,
		`["string","array"]`:                     `["array","string"]`,
		`["string","number","integer","string"]`: `["integer","number","string"]`,
		`["object","null","boolean"]`:            "",
	} {
		got := verdict(compile(t, `{"type":`+types+`}`), `true`)
		if want == "" {
			if got != "" {
				t.Errorf("%s: %s", types, got)
			}
			continue
		}
		if want = "[instance type (boolean) does not match any allowed primitive type (allowed: " + want + ")]"; got != want {
			t.Errorf("%s: %s, want %s", types, got, want)
		}
	}
}
