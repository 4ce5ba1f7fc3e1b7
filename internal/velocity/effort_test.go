package velocity

import (
	"strings"
	"testing"

	"sluice/internal/fault"
)

// A step is counted for each part of a text that is gone through, so that no method hides much work in one step.
func TestMethodsOfLargeTextsAreCounted(t *testing.T) {
	text := strings.Repeat("a", 1<<20)
	for method, args := range map[string][]any{
		"length": nil, "trim": nil, "toLowerCase": nil, "toUpperCase": nil, "toString": nil, "nope": nil, "contains": {"b"}, "startsWith": {text}, "endsWith": {text},
		"equalsIgnoreCase": {text}, "matches": {"b"}, "indexOf": {"b"}, "lastIndexOf": {"b"}, "concat": {"b"}, "substring": {int64(0), int64(1)}, "charAt": {int64(7)},
		"split": {"b"}, "replace": {"a", ""}, "replaceAll": {"b", ""}, "replaceFirst": {"b", ""}, "compareTo": {text}, "equals": {text},
	} {
		t.Run(method, func(t *testing.T) {
			r := newRun(nil)
			if _, err := r.call(text, method, args); err != nil || r.steps < len(text)/stepSize {
				t.Errorf("it took %d steps, %v", r.steps, err)
			}
		})
	}
}

func TestComparisonsOfLargeTextsAreCounted(t *testing.T) {
	text := constant{strings.Repeat("a", 1<<20)}
	for _, operator := range []string{"==", "!=", "eq", "<", "ge"} {
		t.Run(operator, func(t *testing.T) {
			r := newRun(nil)
			if _, err := (&operation{operator, text, text}).value(r); err != nil || r.steps < 1<<20/stepSize {
				t.Errorf("it took %d steps, %v", r.steps, err)
			}
		})
	}
}

// What a replacement would make is known before it is made.
func TestReplacementsThatGrow(t *testing.T) {
	const many = `#set($w = "$0$0$0$0")#foreach($i in [1..14])#set($w = "$w$w")#end`
	for _, method := range []string{`replaceFirst("(?s).*", $w)`, `replaceAll("(?s).*", $w)`, `replace("a", $w)`} {
		t.Run(method, func(t *testing.T) {
			wantTooMuch(t, `#set($s = "aaaaaaaa")#foreach($i in [1..12])#set($s = "$s$s")#end`+many+`#set($x = $s.`+method+`)`)
		})
	}
}

func wantTooMuch(t *testing.T, text string) {
	t.Helper()
	parsed, err := Parse(text)
	if err == nil {
		_, err = parsed.Render(variables())
	}
	if !fault.Is(err, fault.Limit, "template") {
		t.Errorf("got %v", err)
	}
}
