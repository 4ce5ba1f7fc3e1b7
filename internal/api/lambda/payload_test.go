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
	for payload, want := range map[string]string{
		"\x99hello":       "Unexpected character ((CTRL-CHAR, code 153)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1]",
		"hello":           "Unrecognized token 'hello': was expecting",
		"{\"a\":\n ?}":    "Unexpected character ('?' (code 63)): expected a valid value",
		`{"a": 1`:         "Unexpected end-of-input",
		"{\"a\":\n  \x01": "line: 2, column: 3]",
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
