package lambda

import (
	"strings"
	"testing"

	"sluice/internal/fault"
)

func TestCheckPayloadAcceptsJSON(t *testing.T) {
	for _, payload := range []string{"", "{}", "null", " [1, 2] ", `"text"`, "1e3"} {
		if err := checkPayload([]byte(payload)); err != nil {
			t.Errorf("%q is refused: %v", payload, err)
		}
	}
}

func TestCheckPayloadSaysWhatIsWrongAndWhere(t *testing.T) {
	const object = "for Object starting at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1])"
	for payload, want := range map[string]string{
		"Hello World":      "line: 1, column: 7]",
		"'test'":           "Unexpected character (''' (code 39)): expected a valid value",
		"{code: 1}":        "Unexpected character ('c' (code 99)): was expecting double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]",
		`{"a":1 2}`:        "Unexpected character ('2' (code 50)): was expecting comma to separate Object entries",
		`[[1] {`:           "Unexpected character ('{' (code 123)): was expecting comma to separate Array entries",
		`{"a" 1}`:          "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
		`{"a":[1}`:         "Unexpected close marker '}': expected ']' (for Array starting at",
		`{"a":[1]]`:        "Unexpected close marker ']': expected '}' (" + object,
		`{"a":{},}`:        "Unexpected character ('}' (code 125)): was expecting double-quote",
		"[1,]":             "Unexpected character (']' (code 93)): expected a valid value",
		`[{"a":[],"b`:      "Unexpected end-of-input: was expecting closing quote for a string value",
		"\"a\nb\"":         "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped",
		"\"\x99\"":         "Invalid UTF-8 start byte 0x99\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 3]",
		"n\x87r":           "Invalid UTF-8 start byte 0x87\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 3]",
		"\"\xc3x\"":        "Invalid UTF-8 middle byte 0x78",
		"\"\xe2\x82":       "closing quote",
		"\"\xed\xa0\x80\"": "Invalid UTF-8 start byte 0xed",
		"-x":               "Unexpected character ('x' (code 120)) in numeric value",
		"[-":               "Unexpected end-of-input: expected close marker for Array",
		"01":               "Invalid numeric value: Leading zeroes not allowed",
		"0D":               "Unexpected character ('D' (code 68)): Expected space separating root-level values",
		"{} x":             "Unexpected character ('x' (code 120)): expected a valid value",
		`{"a":1.2.3}`:      "Unexpected end-of-input",
		`"\`:               "closing quote",
		"{":                "Unexpected end-of-input: expected close marker for Object (start marker at [Source",
		"\x99hello":        "Unexpected character ((CTRL-CHAR, code 153)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1]",
		"hello":            "Unrecognized token 'hello': was expecting",
		"{\"a\":\n ?}":     "Unexpected character ('?' (code 63)): expected a valid value",
		`{"a": 1`:          "Unexpected end-of-input",
		"{\"a\":\n  \x01":  "line: 2, column: 3]",
	} {
		err := checkPayload([]byte(payload))
		if !fault.Is(err, fault.Invalid, "payload") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", payload, err, want)
		}
	}
}

func FuzzCheckPayload(f *testing.F) {
	f.Add([]byte(`{"a":`))
	f.Fuzz(func(_ *testing.T, payload []byte) { checkPayload(payload) }) // must not panic
}
