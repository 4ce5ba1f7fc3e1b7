package sam

import (
	"encoding/json"
	"testing"
)

func TestCanonicalIsPythonsJSON(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"sorted, without spaces", map[string]any{"b": []any{json.Number("1"), true, nil}, "a": "x"}, `{"a":"x","b":[1,true,null]}`},
		{"escapes", "a\"\\/\n\r\t\b\f\x01\x7f", `"a\"\\/\n\r\t\b\f\u0001\u007f"`},
		{"beyond ASCII", "ü€😀", `"\u00fc\u20ac\ud83d\ude00"`},
		{"a fraction", json.Number("1.50"), "1.5"},
		{"a whole fraction", json.Number("2.0"), "2.0"},
		{"a large number", json.Number("1e22"), "1e+22"},
		{"an exponent that is not needed", json.Number("1E3"), "1000.0"},
		{"a small number", json.Number("0.00001"), "1e-05"},
		{"an integer of any size", json.Number("123456789012345678901234567890"), "123456789012345678901234567890"},
		{"empty", map[string]any{}, "{}"},
	} {
		if got := canonical(tt.value); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestHash10(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"a text as it is", "abc", "a9993e3647"},
		{"nothing for nothing", "", ""},
		{"nothing for an empty map", map[string]any{}, ""},
		{"a map's JSON", map[string]any{"S3Bucket": "sam-demo-bucket", "S3Key": "hello.zip"}, "640128d35d"}, // as in testdata
	} {
		if got := hash10(tt.value); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
