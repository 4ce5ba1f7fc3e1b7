package schema_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sluice/internal/restapi/schema"
)

// compile compiles a schema that refers to no other.
func compile(t *testing.T, text string) *schema.Schema {
	t.Helper()
	s, err := schema.Compile("test:", func(string) (string, error) { return text, nil })
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

// verdict is what a check says, "" if nothing is wrong.
func verdict(s *schema.Schema, body string) string {
	if err := s.Check(context.Background(), []byte(body)); err != nil {
		return err.Error()
	}
	return ""
}

func TestValuesAreChecked(t *testing.T) {
	for _, tt := range []struct {
		schema, fits, body, wrong string
	}{
		{`{}`, `null`, ``, "the text is not valid JSON"},
		{`{}`, `[1]`, `1 2`, "the text is not valid JSON"},
		{`{"type":"string"}`, `"x"`, `1`, `[instance type (integer) does not match any allowed primitive type (allowed: ["string"])]`},
		{`{"type":"integer"}`, `1.0`, `1.5`, `[instance type (number) does not match any allowed primitive type (allowed: ["integer"])]`},
		{`{"type":"number"}`, `1`, `null`, `[instance type (null) does not match any allowed primitive type (allowed: ["integer","number"])]`},
		{`{"type":["object","boolean"]}`, `true`, `[]`, `[instance type (array) does not match any allowed primitive type (allowed: ["boolean","object"])]`},
		{`{"enum":["a",1,{"b":[2]}]}`, `{"b":[2.0]}`, `"<"`, `[instance value ("<") not found in enum (possible values: ["a",1,{"b":[2]}])]`},
		{`{"minimum":1}`, `1`, `0.5`, `[numeric instance is lower than the required minimum (minimum: 1, found: 0.5)]`},
		{`{"minimum":1,"exclusiveMinimum":true}`, `1.1`, `1`, `[numeric instance is not strictly greater than the required minimum 1]`},
		{`{"maximum":-1}`, `"any"`, `0`, `[numeric instance is greater than the required maximum (maximum: -1, found: 0)]`},
		{`{"maximum":1,"exclusiveMaximum":true}`, `0`, `1e0`, `[numeric instance is not strictly lower than the required maximum 1]`},
		{`{"multipleOf":0.01}`, `19.99`, `0.001`, `[remainder of division is not zero (0.001 / 0.01)]`},
		{`{"minLength":2}`, `"éé"`, `"é"`, `[string "é" is too short (length: 1, required minimum: 2)]`},
		{`{"maxLength":1}`, `"é"`, `"ab"`, `[string "ab" is too long (length: 2, maximum allowed: 1)]`},
		{`{"pattern":"b+"}`, `"abc"`, `"ac"`, `[ECMA 262 regex "b+" does not match input string "ac"]`},
		{`{"minItems":1}`, `[0]`, `[]`, `[array is too short: must have at least 1 elements but instance has 0 elements]`},
		{`{"maxItems":1}`, `[0]`, `[0,0]`, `[array is too long: must have at most 1 elements but instance has 2 elements]`},
		{`{"uniqueItems":true}`, `[1,"1"]`, `[{"a":1},{"a":1.0}]`, `[array must not contain duplicate elements]`},
		{`{"items":[{},{"type":"null"}],"additionalItems":false}`, `[0,null]`, `[0,null,0]`, `[array is too long: must have at most 2 elements but instance has 3 elements]`},
		{`{"items":[{}],"additionalItems":{"maximum":0}}`, `[9,0]`, `[9,1]`, `[numeric instance is greater than the required maximum (maximum: 0, found: 1)]`},
		{`{"items":{"type":"null"}}`, `[]`, `[0,0]`, `[instance type (integer) does not match any allowed primitive type (allowed: ["null"]), instance type (integer) does not match any allowed primitive type (allowed: ["null"])]`},
		{`{"minProperties":1}`, `{"a":0}`, `{}`, `[object has too few properties (found 0 but schema requires at least 1)]`},
		{`{"maxProperties":0}`, `{}`, `{"a":0}`, `[object has too many properties (found 1 but schema requires at most 0)]`},
		{`{"required":["b","a"]}`, `{"a":0,"b":0}`, `{}`, `[object has missing required properties (["a","b"])]`},
		{`{"properties":{"a":{}},"patternProperties":{"^x":{}},"additionalProperties":false}`, `{"a":0,"xy":0}`, `{"c":0,"b":0}`, `[object instance has properties which are not allowed by the schema: ["b","c"]]`},
		{`{"properties":{"a":{"maximum":0}},"additionalProperties":{"minimum":0}}`, `{"a":-1,"b":1}`, `{"b":-1}`, `[numeric instance is lower than the required minimum (minimum: 0, found: -1)]`},
		{`{"patternProperties":{"^x":{"maximum":0}}}`, `{"y":1}`, `{"xx":1}`, `[numeric instance is greater than the required maximum (maximum: 0, found: 1)]`},
		{`{"dependencies":{"a":["b"]}}`, `{"b":0}`, `{"a":0}`, `[property "a" of object has missing property dependencies (schema requires ["b"]; missing: ["b"])]`},
		{`{"dependencies":{"a":{"required":["c"]}}}`, `{"a":0,"c":0}`, `{"a":0}`, `[object has missing required properties (["c"])]`},
		{`{"allOf":[{"minimum":0},{"maximum":1}]}`, `1`, `2`, `[instance failed to match all required schemas (matched only 1 out of 2)]`},
		{`{"anyOf":[{"minimum":1},{"maximum":-1}]}`, `1`, `0`, `[instance failed to match at least one required schema among 2]`},
		{`{"oneOf":[{"minimum":0},{"maximum":1}]}`, `2`, `1`, `[instance failed to match exactly one schema (matched 2 out of 2)]`},
		{`{"not":{"type":"null"}}`, `0`, `null`, `[instance matched a schema which it should not have]`},
		{`{"required":["a"],"properties":{"b":{"type":"null"}}}`, `{"a":0,"b":null}`, `{"b":1}`, `[object has missing required properties (["a"])]`}, // what a member breaks is not said
	} {
		t.Run(tt.schema, func(t *testing.T) {
			s := compile(t, tt.schema)
			if got := verdict(s, tt.fits); got != "" {
				t.Errorf("%s does not fit: %s", tt.fits, got)
			}
			if got := verdict(s, tt.body); got != tt.wrong {
				t.Errorf("%s:\n got %s\nwant %s", tt.body, got, tt.wrong)
			}
		})
	}
}

func TestFormatsAreChecked(t *testing.T) {
	for _, tt := range []struct{ format, fits, not string }{
		{"date-time", "2024-02-29T23:59:59.5Z", "2023-02-29T00:00:00Z"},
		{"date-time", "2024-01-01T00:00:00+02:00", "2024-01-01"},
		{"email", "a@example.com", "A <a@example.com>"},
		{"hostname", "a-1.example", "-a.example"},
		{"hostname", "a", strings.Repeat("a", 64)},
		{"hostname", strings.Repeat("a.", 126) + "a", strings.Repeat("a.", 127) + "a"},
		{"hostname", "x.y", "x_y"},
		{"ipv4", "127.0.0.1", "::1"},
		{"ipv6", "::1", "127.0.0.1"},
		{"regex", "a+", "("},
		{"uri", "https://example.com/x", "/x"},
	} {
		s := compile(t, `{"format":"`+tt.format+`"}`)
		if got := verdict(s, `"`+tt.fits+`"`); got != "" {
			t.Errorf("%s: %s", tt.format, got)
		}
		if got := verdict(s, `"`+tt.not+`"`); !strings.HasPrefix(got, `[string "`+tt.not+`" is `) {
			t.Errorf("%s: %q: %s", tt.format, tt.not, got)
		}
	}
	if got := verdict(compile(t, `{"format":"regex"}`), `"`+strings.Repeat("a", 10_001)+`"`); got == "" {
		t.Error("an expression is read that is too long")
	}
	if got := verdict(compile(t, `{"format":"color"}`), `"x"`); got != "" {
		t.Errorf("an unknown format is checked: %s", got)
	}
}

func TestNumbersOfAnySizeAreCompared(t *testing.T) {
	for _, tt := range []struct {
		schema, body string
		fits         bool
	}{
		{`{"minimum":1}`, `1e999999999999999999999`, true},
		{`{"minimum":1}`, `-1e999999999999999999999`, false},
		{`{"minimum":1}`, `1e-999999999999999999999`, false},
		{`{"maximum":1e400}`, `1e401`, false},
		{`{"maximum":1e400}`, `9.99e399`, true},
		{`{"maximum":-2}`, `-10`, true},
		{`{"minimum":9007199254740993}`, `9007199254740992`, false}, // beyond what a float tells apart
		{`{"type":"integer"}`, `1e999999999`, true},
		{`{"type":"integer"}`, `1e-999999999`, false},
		{`{"type":"integer"}`, `-0.0e-5`, true},
		{`{"multipleOf":3}`, `3e999999999`, true},
		{`{"multipleOf":7}`, `1e999999999`, false},
		{`{"multipleOf":0.5}`, `1e-999999999`, false},
		{`{"multipleOf":20}`, `1e1`, false},
		{`{"multipleOf":20}`, `-4e1`, true},
		{`{"multipleOf":1e-8}`, `12391239123`, true},
		{`{"multipleOf":3}`, `0`, true},
		{`{"enum":[100]}`, `1E+2`, true},
		{`{"enum":[0]}`, `-0.0`, true},
	} {
		if got := verdict(compile(t, tt.schema), tt.body); (got == "") != tt.fits {
			t.Errorf("%s, %s: %s", tt.schema, tt.body, got)
		}
	}
}

func TestACheckEnds(t *testing.T) {
	const itself = `{"$ref":"#"}`
	twice := `{"type":"object","anyOf":[{"properties":{"a":` + itself + `}},{"properties":{"a":` + itself + `}}]}`
	nested := func(depth int) string { return strings.Repeat(`{"a":`, depth) + "1" + strings.Repeat("}", depth) }
	long := strings.Repeat("x", 1<<17)
	for name, tt := range map[string]struct {
		schema, body string
		want         error // nil: it fits
	}{
		"a schema that names others twice, again and again": {`{"$ref":"#/definitions/a0","definitions":{` + doubling(40) + `"a40":{}}}`, "1", schema.ErrTooMuch},
		"a schema that goes in twice at each level":         {twice, nested(40), schema.ErrTooMuch},
		"one that goes in twice, not deep":                  {twice, strings.Replace(nested(8), "1", "{}", 1), nil},
		"a value at the limit of depth":                     {`{"properties":{"a":` + itself + `}}`, nested(1000), nil},
		"a deep value":                                      {`{"properties":{"a":` + itself + `}}`, nested(1001), schema.ErrTooMuch},
		"a deep value that nothing is asked of":             {`{}`, nested(9000), schema.ErrTooMuch},
		"a large value that is compared at each level":      {`{"items":` + itself + `,"uniqueItems":true}`, strings.Repeat("[", 900) + `"` + long + `"` + strings.Repeat("]", 900), schema.ErrTooMuch},
		"a large value that is looked for at each level":    {`{"not":{"enum":[1]},"properties":{"a":` + itself + `}}`, strings.Replace(nested(900), "1", `"`+long+`"`, 1), schema.ErrTooMuch},
		"a number at the limit of digits":                   {`{"multipleOf":7}`, strings.Repeat("7", 1000), nil},
		"a number with many digits":                         {`{"multipleOf":7}`, strings.Repeat("7", 1_000_000), schema.ErrTooMuch},
		"a number with a large exponent":                    {`{"minimum":0,"multipleOf":0.01}`, "1e5000000", nil},
		"elements that have to differ":                      {`{"uniqueItems":true}`, "[" + strings.Repeat("1,", 200_000) + "2]", schema.Mismatch{"array must not contain duplicate elements"}},
		"many patterns for a long text":                     {`{"allOf":[` + strings.Repeat(`{"pattern":"[a-w]{500}y"},`, 50) + `{}]}`, `"` + long + `"`, schema.ErrTooMuch},
		"many patterns for a long name":                     {`{"patternProperties":{` + manyPatterns(50) + `}}`, `{"` + long + `":1}`, schema.ErrTooMuch},
	} {
		t.Run(name, func(t *testing.T) {
			if err := compile(t, tt.schema).Check(t.Context(), []byte(tt.body)); !reflect.DeepEqual(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// manyPatterns are patterns for the names of properties.
func manyPatterns(count int) string {
	var all []string
	for i := range count {
		all = append(all, fmt.Sprintf(`"[a-w]{%d}y":{}`, 100+i))
	}
	return strings.Join(all, ",")
}

func TestACheckEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	body := []byte("[" + strings.Repeat("1,", 10_000) + "2]")
	if err := compile(t, `{"items":{"type":"integer"}}`).Check(ctx, body); !errors.Is(err, schema.ErrTooMuch) {
		t.Error(err)
	}
}

func TestWhatIsWrongIsSaidInBounds(t *testing.T) {
	t.Run("so often", func(t *testing.T) {
		var wrong schema.Mismatch
		err := compile(t, `{"items":{"type":"null"}}`).Check(t.Context(), []byte("["+strings.Repeat("1,", 100_000)+"2]"))
		if !errors.As(err, &wrong) || len(wrong) != 100 {
			t.Errorf("%d texts", len(wrong))
		}
	})
	t.Run("so long", func(t *testing.T) {
		if got := verdict(compile(t, `{"maxLength":1}`), `"`+strings.Repeat("x", 1<<17)+`"`); len(got) > 5000 || !strings.Contains(got, "x… is too long") {
			t.Errorf("%d bytes", len(got))
		}
	})
}
