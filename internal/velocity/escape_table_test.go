package velocity

import (
	"fmt"
	"strings"
	"testing"
)

// Java's StringEscapeUtils.escapeEcmaScript, which AWS runs as $util.escapeJavaScript, character by character.
func TestEachEscapeOfJavaScript(t *testing.T) {
	own := map[rune]string{
		'"': `\"`, '\'': `\'`, '\\': `\\`, '/': `\/`, '\b': `\b`, '\n': `\n`, '\t': `\t`, '\f': `\f`, '\r': `\r`,
		0x7f: `\u007F`, 0x80: `\u0080`, 0xe4: `\u00E4`, 0x20ac: `\u20AC`, 0x2028: `\u2028`, 0xfffd: `\uFFFD`, 0x1f600: `\uD83D\uDE00`, 0x10ffff: `\uDBFF\uDFFF`,
	}
	for c := range rune(0x7f) {
		if _, there := own[c]; there {
			continue
		}
		own[c] = string(c)
		if c < ' ' {
			own[c] = fmt.Sprintf(`\u%04X`, c)
		}
	}
	for c, want := range own {
		parsed, err := Parse(`$util.escapeJavaScript($c)`)
		if err != nil {
			t.Fatal(err)
		}
		got, err := parsed.Render(map[string]any{"util": NewTools(), "c": string(c)})
		if err != nil || got != want {
			t.Errorf("%U became %s, %v; want %s", c, got, err, want)
		}
	}
}

// application/x-www-form-urlencoded: letters, digits and four signs stay, a blank is a plus sign, all others are their bytes.
func TestEachEscapeOfURLs(t *testing.T) {
	for c := range rune(0x100) {
		want := ""
		switch {
		case c == ' ':
			want = "+"
		case c < 0x80 && strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.*", c):
			want = string(c)
		default:
			for _, b := range []byte(string(c)) {
				want += fmt.Sprintf("%%%02X", b)
			}
		}
		got, known, err := NewTools().call(newRun(nil), "urlEncode", []any{string(c)})
		if got != want || !known || err != nil {
			t.Errorf("%U became %v, %v, %v; want %s", c, got, known, err, want)
		}
	}
}

// What $util's methods make of values that are no texts is what they make of these values' texts.
func TestToolsOfOtherValues(t *testing.T) {
	wantValues(t, []valued{
		{`$util.escapeJavaScript(1.5)`, `1.5`},
		{`$util.escapeJavaScript(true)`, `true`},
		{`$util.escapeJavaScript(["a", 'b"'])`, `[a, b\"]`},
		{`$util.escapeJavaScript({"a": "/"})`, `{a=\/}`},
		{`$util.escapeJavaScript($input.path('$.tags'))`, `[\"a\",\"b\"]`},
		{`$util.escapeJavaScript($input.json('$.name'))`, `\"Ann\"`},
		{`$util.escapeJavaScript($nope)`, ``},
		{`$util.escapeJavaScript("a", "b")`, ``},
		{`$util.urlEncode(7)`, `7`},
		{`$util.urlEncode([1, 2])`, `%5B1%2C+2%5D`},
		{`$util.urlEncode({"a": 1})`, `%7Ba%3D1%7D`},
		{`$util.urlEncode($input.json('$.pets[0]'))`, `%7B%22kind%22%3A%22cat%22%2C%22n%22%3A1%7D`},
		{`$util.urlEncode($nope)`, ``},
		{`$util.urlDecode(7)`, `7`},
		{`$util.urlDecode("%7B%7D")`, `{}`},
		{`$util.urlDecode("a+b")`, `a b`},
		{`$util.urlDecode("%C3%A4")`, `ä`},
		{`$util.urlDecode($nope)`, ``},
		{`$util.base64Encode(7)`, `Nw==`},
		{`$util.base64Encode(true)`, `dHJ1ZQ==`},
		{`$util.base64Encode([])`, `W10=`},
		{`$util.base64Encode($nope)`, ``},
		{`$util.base64Decode("Nw==")`, `7`},
		{`$util.base64Decode("Nw")`, `7`},
		{`$util.base64Decode("____")`, "\xff\xff\xff"},
		{`$util.base64Decode("////")`, "\xff\xff\xff"},
		{`$util.base64Decode("a b")`, ``},
		{`$util.base64Decode($nope)`, ``},
		{`$util.parseJson("7").length()`, ``},
		{`$util.parseJson(7)`, `7`},
		{`$util.parseJson(true)`, `true`},
		{`$util.parseJson([1, 2])`, `[1,2]`},
		{`$util.parseJson($input.json('$.pets'))[1].kind`, `dog`},
		{`$util.parseJson($input.json('$.nope'))`, ``},
		{`$util.parseJson($nope)`, ``},
		{`$util.parseJson('{"a": {"b": null}}').a.b`, ``},
		{`$util.parseJson('{"a": 1, "a": 2}').a`, `2`},
		{`$util.parseJson('[]').isEmpty()`, `true`},
		{`$util.parseJson('{}').isEmpty()`, `true`},
		{`$util.parseJson(' [ 1 ] ')[0]`, `1`},
		{`$util.parseJson('1e3')`, `1000.0`},
		{`$util.parseJson('-0.5')`, `-0.5`},
		{`$util.parseJson('"a\u00e4"')`, `aä`},
		{`$util.parseJson('"a\nb"').length()`, `3`},
	})
}
