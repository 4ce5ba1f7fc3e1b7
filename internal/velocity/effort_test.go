package velocity

import (
	"testing"

	"sluice/internal/fault"
)

// large makes $s of 8 MiB.
const large = `#set($s = "aaaaaaaa")#foreach($i in [1..20])#set($s = "$s$s")#end`

// A step is counted for each part of a text that is gone through, so that no method hides much work in one step.
func TestMethodsOfLargeTextsAreCounted(t *testing.T) {
	for _, method := range []string{
		`length()`, `trim()`, `toLowerCase()`, `toUpperCase()`, `contains("b")`, `startsWith($s)`, `endsWith($s)`, `equalsIgnoreCase($s)`, `matches("b")`,
		`indexOf("b")`, `lastIndexOf("b")`, `concat("b")`, `substring(0, 1)`, `substring(1)`, `charAt(7)`, `split("b")`, `replace("b", "c")`, `replace("a", "")`,
		`replaceAll("b", "")`, `replaceFirst("b", "")`, `compareTo($s)`, `equals($s)`, `toString()`, `nope()`,
	} {
		t.Run(method, func(t *testing.T) {
			wantTooMuch(t, large+`#foreach($a in [1..999])#set($x = $s.`+method+`)#end`)
		})
	}
}

func TestComparisonsOfLargeTextsAreCounted(t *testing.T) {
	for _, comparison := range []string{`$s == $t`, `$s != $t`, `$s < $t`, `$l.contains($t)`, `$l.indexOf($t) == 0`} {
		t.Run(comparison, func(t *testing.T) {
			wantTooMuch(t, large+`#set($t = $s.concat(""))#set($l = [$s])#foreach($a in [1..999])#if(`+comparison+`)#end#end`)
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
