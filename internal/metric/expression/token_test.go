package expression

import (
	"reflect"
	"slices"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []token
	}{
		{"", nil},
		{" \t\r\n", nil},
		{"m1", []token{{name, "m1", 0}}},
		{"m_1A", []token{{name, "m_1A", 0}}},
		{"1 2.5 .5 1.", []token{{number, "1", 0}, {number, "2.5", 2}, {number, ".5", 6}, {number, "1.", 9}}},
		{"1e3", []token{{number, "1e3", 0}}},
		{"1E-36", []token{{number, "1E-36", 0}}},
		{"1e+3", []token{{number, "1e+3", 0}}},
		{"1e", []token{{number, "1", 0}, {name, "e", 1}}},
		{"2e1m", []token{{number, "2e1", 0}, {name, "m", 3}}},
		{"1e-m", []token{{number, "1", 0}, {name, "e", 1}, {symbol, "-", 2}, {name, "m", 3}}},
		{"a<=b<c", []token{{name, "a", 0}, {symbol, "<=", 1}, {name, "b", 3}, {symbol, "<", 4}, {name, "c", 5}}},
		{"a&&b||c", []token{{name, "a", 0}, {symbol, "&&", 1}, {name, "b", 3}, {symbol, "||", 4}, {name, "c", 6}}},
		{"[(,)]", []token{{symbol, "[", 0}, {symbol, "(", 1}, {symbol, ",", 2}, {symbol, ")", 3}, {symbol, "]", 4}}},
		{`"a b"`, []token{{quoted, "a b", 0}}},
		{`'a "b"'`, []token{{quoted, `a "b"`, 0}}},
		{`'it\'s \\'x`, []token{{quoted, `it's \`, 0}, {name, "x", 10}}},
		{`“ä”+1`, []token{{quoted, "ä", 0}, {symbol, "+", 8}, {number, "1", 9}}},
		{`""`, []token{{quoted, "", 0}}},
	} {
		t.Run(tt.text, func(t *testing.T) {
			got, err := split(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			want := append(slices.Clone(tt.want), token{class: ending, at: len(tt.text)})
			if !reflect.DeepEqual(got, want) {
				t.Errorf("split(%q) = %+v, want %+v", tt.text, got, want)
			}
		})
	}
}

func TestSplitRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"m1 % 2":  "Invalid syntax at character 4: unexpected '%'",
		"m1 = 2":  "Invalid syntax at character 4: unexpected '='",
		"!m1":     "Invalid syntax at character 1: unexpected '!'",
		"a & b":   "Invalid syntax at character 3: unexpected '&'",
		"ä":       "Invalid syntax at character 1: unexpected 'ä'",
		"\xff":    "Invalid syntax at character 1: unexpected '�'",
		"_m":      "Invalid syntax at character 1: unexpected '_'",
		"m + 'x":  "Invalid syntax at character 5: the text is not closed",
		`m + "x\`: "Invalid syntax at character 5: the text is not closed",
		"“x\"":    "Invalid syntax at character 1: the text is not closed",
	} {
		t.Run(text, func(t *testing.T) {
			if _, err := split(text); err == nil || err.Error() != want {
				t.Errorf("split(%q): %v, want %q", text, err, want)
			}
		})
	}
}
