package openapi

import (
	"encoding/json"
	"testing"
)

func TestPrint(t *testing.T) {
	d := NewDict().Set("k", "v").Put("w", Word("x")).
		Set("n", []any{nil, true, json.Number("1"), "it's", "é\n\"\\", Word("\n\"'é")})
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{"whole", d, `{u'k': u'v', 'w': 'x', u'n': [None, True, 1, u"it's", u'\xe9\n"\\', '\n"\'é']}`},
		{"empty", NewDict(), "{}"},
		{"beyond 64 bits", json.Number("9223372036854775808"), "9223372036854775808L"},
		{"fraction", json.Number("2.5"), "2.5"},
		{"beyond latin", "ключ\U0001f600\t\r\x01", `u'\u043a\u043b\u044e\u0447\U0001f600\t\r\x01'`},
		{"quotes of both kinds", `'"`, `u'\'"'`},
		{"false in a list", []any{false}, "[False]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Print(c.value); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestMessage(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{"text", "text"},
		{map[string]any{"Ref": "X"}, "{'Ref': 'X'}"},
		{[]any{"a", json.Number("9223372036854775808")}, "['a', 9223372036854775808]"},
	} {
		if got := Message(c.value); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestJSON(t *testing.T) {
	d := Listed().Set("b", []any{json.Number("1"), nil, true, Word("w")}).Set("a", "\"\\\n\r\t\b\f\x7fé\U0001f600")
	const want = `{"b": [1, null, true, "w"], "a": "\"\\\n\r\t\b\f\u007f\u00e9\ud83d\ude00"}`
	if got := JSON(d); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
