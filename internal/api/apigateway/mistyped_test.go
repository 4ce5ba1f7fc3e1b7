package apigateway

import (
	"testing"

	"sluice/internal/api/wire"
)

func TestMistyped(t *testing.T) {
	for _, tt := range []struct{ sent, want, message string }{
		{"a boolean", "a string", "class java.lang.Boolean can not be converted to an String"},
		{"a whole number", "a string", "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String"},
		{"a string", "a whole number", "class java.lang.String can not be converted to an Integer"},
		{"null", "a string", "Value at 'x' is null, where a string is expected."},
	} {
		if got := mistyped(wire.Mistyped{Path: "x", Sent: tt.sent, Want: tt.want}); got != tt.message {
			t.Errorf("%s for %s: %q", tt.sent, tt.want, got)
		}
	}
}
