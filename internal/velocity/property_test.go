package velocity

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// rendered is a template's text with one variable.
func rendered(t *rapid.T, text string, value any) string {
	parsed, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parsed.Render(map[string]any{"v": value, "util": NewTools()})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// Text without a sign is what it is.
func TestTextWithoutSignsStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.NewReplacer("$", "", "#", "", `\`, "").Replace(rapid.String().Draw(t, "text"))
		if got := rendered(t, text, nil); got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}

// A value is not looked into, whatever stands in it.
func TestValuesAreNoTemplates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("$#\\{}()[]!.\"'avx \n*"))).Draw(t, "text")
		for _, template := range []string{`$v`, `${v}`, `$!v`, `#set($x = $v)$x`, `#set($x = "$v")$x`, `#foreach($x in [$v])$x#end`, `#macro(m $x)$x#end#m($v)`, `#define($x)$v#end$x`} {
			if got := rendered(t, template, text); got != text {
				t.Errorf("%q by %s became %q", text, template, got)
			}
		}
	})
}

func TestWhatIsEncodedCanBeDecoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if got := rendered(t, `$util.base64Decode($util.base64Encode($v))`, text); got != text {
			t.Errorf("base64 of %q: %q", text, got)
		}
		if got := rendered(t, `$util.urlDecode($util.urlEncode($v))`, text); got != text {
			t.Errorf("URL encoding of %q: %q", text, got)
		}
		if got, err := url.QueryUnescape(rendered(t, `$util.urlEncode($v)`, text)); err != nil || got != text {
			t.Errorf("URL encoding of %q: %q, %v", text, got, err)
		}
	})
}

// What is escaped for JavaScript is a text in JSON once single quotes and slashes are as JSON has them (AWS's page tells people to
// take the backslash before single quotes away).
func TestWhatIsEscapedIsAText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		escaped := strings.ReplaceAll(rendered(t, `$util.escapeJavaScript($v)`, text), `\'`, "'")
		var got string
		if err := json.Unmarshal([]byte(`"`+escaped+`"`), &got); err != nil || got != text {
			t.Errorf("%q was escaped as %s: %q, %v", text, escaped, got, err)
		}
	})
}

// drawn is a JSON value of at most some depth.
func drawn(t *rapid.T, depth int) any {
	kind := rapid.IntRange(0, 5+min(depth, 1)*2).Draw(t, "kind")
	switch kind {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2, 3:
		return rapid.Int32().Draw(t, "number")
	case 6:
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			list = append(list, drawn(t, depth-1))
		}
		return list
	case 7:
		object := map[string]any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			object[rapid.StringMatching(`[a-z]{1,3}`).Draw(t, "key")] = drawn(t, depth-1)
		}
		return object
	}
	return rapid.String().Draw(t, "text")
}

// A body goes through $input.json and $util.parseJson as it was.
func TestJSONGoesThrough(t *testing.T) {
	parsed, err := Parse(`#set($copy = $util.parseJson($input.json('$')))$input.json('$')`)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		body, err := json.Marshal(map[string]any{"value": drawn(t, 3)})
		if err != nil {
			t.Fatal(err)
		}
		got, err := parsed.Render(map[string]any{"input": NewInput(string(body), nil, nil, nil), "util": NewTools()})
		if err != nil {
			t.Fatal(err)
		}
		var is, was any
		if err := json.Unmarshal([]byte(got), &is); err != nil {
			t.Fatalf("%s: %v", got, err)
		}
		if err := json.Unmarshal(body, &was); err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(is); err != nil || string(again) != string(mustMarshal(t, was)) {
			t.Errorf("%s became %s, %v", body, got, err)
		}
	})
}

func mustMarshal(t *rapid.T, value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Whole numbers are calculated as Java's long is.
func TestWholeNumbersAreCalculatedAsInGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		for operator, want := range map[string]int64{"+": a + b, "-": a - b, "*": a * b} {
			if got := arithmetic(operator, a, b); got != want {
				t.Errorf("%d %s %d is %v", a, operator, b, got)
			}
		}
		if b == 0 {
			return
		}
		if quotient, rest := arithmetic("/", a, b), arithmetic("%", a, b); quotient != a/b || rest != a%b {
			t.Errorf("%d by %d is %v, rest %v", a, b, quotient, rest)
		}
	})
}

// A range has both its ends, in either direction.
func TestRanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.IntRange(-50, 50).Draw(t, "from"), rapid.IntRange(-50, 50).Draw(t, "to")
		got := rendered(t, `#set($r = [`+strconv.Itoa(from)+`..`+strconv.Itoa(to)+`])$r[0] $r[-1] $r.size()`, nil)
		if want := strconv.Itoa(from) + " " + strconv.Itoa(to) + " " + strconv.Itoa(max(from-to, to-from)+1); got != want {
			t.Errorf("[%d..%d]: %s, want %s", from, to, got, want)
		}
	})
}

// Parts of a text together are the text.
func TestPartsOfTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		at := rapid.IntRange(0, len([]rune(text))).Draw(t, "at")
		n := strconv.Itoa(at)
		if got := rendered(t, `$v.substring(0, `+n+`)$v.substring(`+n+`)`, text); got != text {
			t.Errorf("%q at %d: %q", text, at, got)
		}
		if got := rendered(t, `$v.replace("ab", "ab")`, text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}
