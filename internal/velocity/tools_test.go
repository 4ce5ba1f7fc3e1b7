package velocity

import (
	"testing"

	"sluice/internal/fault"
)

func TestTools(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`$util.escapeJavaScript("a""b'c\d")`, `a\"b\'c\\d`},
		{"$util.escapeJavaScript('é\n\U0001F600')", `\u00E9\n\uD83D\uDE00`},
		{`$util.urlEncode("a b&c") $util.urlDecode("a+b%26c") $util.urlDecode("%")`, `a+b%26c a b&c %`},
		{`$util.base64Encode("hi") $util.base64Decode("aGk=") [$util.base64Decode("%")]`, `aGk= hi []`},
		{`#set($o = $util.parseJson('{"a": {"b": [1, 2.50, 12345678901234567890]}}'))$o.a.b[0] $o $o.a.b.size()`, `1 {a={b=[1,2.5,12345678901234567890]}} 3`},
		{`[$util.nope("x")] [$util.urlEncode()] [$util.nope]`, `[] [] []`},
		{`$util.escapeJavaScript("/<a>	")`, `\/<a>\t`}, {`$util.escapeJavaScript(7) $util.base64Encode({"a": 1})`, `7 e2E9MX0=`},
		{`$util.base64Decode("_-8") $util.base64Decode($util.base64Encode("ü"))`, "\xff\xef ü"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			if got := render(t, tt.text); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestWhatIsNoJSONCanNotBeParsed(t *testing.T) {
	for _, text := range []string{``, `{`, `{"a"}`, `[1,]`, `1 2`, `nope`, `{"a":1}}`} {
		parsed, err := Parse(`#set($x = $util.parseJson($text))`)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parsed.Render(map[string]any{"util": NewTools(), "text": text}); !fault.Is(err, fault.Invalid, "JSON") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
