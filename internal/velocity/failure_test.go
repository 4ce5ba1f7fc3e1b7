package velocity

import (
	"strings"
	"testing"

	"sluice/internal/fault"
)

// failing is an expression that can't be evaluated, wherever it stands: what it should parse is no JSON.
const failing = `$util.parseJson('{')`

// A failure ends the template wherever it comes about, and nothing of its text is made: no construct takes it for nothing.
func TestAFailureEndsTheTemplate(t *testing.T) {
	for name, text := range map[string]string{
		"in the text":                      `a FAIL b`,
		"in a quiet reference":             `$!util.parseJson("{")`,
		"in braces":                        `${util.parseJson("{")}`,
		"behind slashes":                   `\\$util.parseJson("{")`,
		"before a member":                  `FAIL.name`,
		"before a method":                  `FAIL.size()`,
		"before an index":                  `FAIL[0]`,
		"as an index":                      `#set($l = [1])$l[FAIL]`,
		"as an argument":                   `$context.stage.concat(FAIL)`,
		"as the second argument":           `$context.stage.replace("d", FAIL)`,
		"as an argument of an argument":    `$util.urlEncode($util.urlEncode(FAIL))`,
		"as a value":                       `#set($x = FAIL)`,
		"as a member's value":              `#set($m = {})#set($m.a = FAIL)`,
		"as the index that is set":         `#set($l = [1])#set($l[FAIL] = 2)`,
		"on the way to what is set":        `#set($m = {})#set($m.get(FAIL).a = 2)`,
		"left of plus":                     `#set($x = FAIL + 1)`,
		"right of plus":                    `#set($x = 1 + FAIL)`,
		"left of a comparison":             `#set($x = FAIL == 1)`,
		"right of a comparison":            `#set($x = 1 < FAIL)`,
		"left of and":                      `#set($x = FAIL && true)`,
		"right of and":                     `#set($x = true && FAIL)`,
		"right of or":                      `#set($x = false || FAIL)`,
		"behind not":                       `#set($x = !FAIL)`,
		"in parentheses":                   `#set($x = (FAIL))`,
		"in a list":                        `#set($x = [1, FAIL])`,
		"in a list of lists":               `#set($x = [[FAIL]])`,
		"at a range's beginning":           `#set($x = [FAIL..2])`,
		"at a range's end":                 `#set($x = [1..FAIL])`,
		"as a map's key":                   `#set($x = {FAIL: 1})`,
		"as a map's value":                 `#set($x = {"a": FAIL})`,
		"in a text in quotes":              `#set($x = "a FAIL")`,
		"in a directive in a text":         `#set($x = "#if(FAIL)a#end")`,
		"as a condition":                   `#if(FAIL)a#end`,
		"as a later condition":             `#if(false)a#elseif(FAIL)b#end`,
		"in a branch":                      `#if(true)FAIL#end`,
		"in an else":                       `#if(false)a#{else}FAIL#end`,
		"as what a loop goes through":      `#foreach($i in FAIL)a#end`,
		"in a loop":                        `#foreach($i in [1, 2])FAIL#end`,
		"in a loop of a loop":              `#foreach($i in [1])#foreach($j in [1])FAIL#end#end`,
		"in a macro":                       `#macro(m)FAIL#end#m()`,
		"as a macro's argument":            `#macro(m $a)x#end#m(FAIL)`,
		"in a definition":                  `#define($d)FAIL#end$d`,
		"in a definition's method":         `#define($d)FAIL#end$d.length()`,
		"in a definition in a text":        `#define($d)FAIL#end#set($x = "$d")`,
		"in a definition that is compared": `#define($d)FAIL#end#if($d == "a")a#end`,
	} {
		t.Run(name, func(t *testing.T) {
			wantFailure(t, strings.ReplaceAll(text, "FAIL", failing), fault.Invalid, "JSON")
		})
	}
}

// What is not asked for does not fail.
func TestFailuresThatAreNotReached(t *testing.T) {
	for name, text := range map[string]string{
		"right of and":                  `#set($x = false && FAIL)`,
		"right of or":                   `#set($x = true || FAIL)`,
		"in the word and":               `#set($x = $nope and FAIL)`,
		"in the word or":                `#set($x = 1 or FAIL)`,
		"a branch that does not hold":   `#if(false)FAIL#end`,
		"a later condition":             `#if(true)#elseif(FAIL)#end`,
		"an else that is not taken":     `#if(true)#{else}FAIL#end`,
		"a loop over nothing":           `#foreach($i in [])FAIL#end`,
		"behind a break":                `#foreach($i in [1])#break FAIL#end`,
		"behind a stop":                 `#stop FAIL`,
		"a macro that nobody calls":     `#macro(m)FAIL#end`,
		"a definition that is not used": `#define($d)FAIL#end`,
		"an argument too many":          `#macro(m)#end#m(FAIL)`,
		"a method of nothing":           `#set($x = $nope.call(FAIL))`,
		"an index of nothing":           `#set($x = $nope[FAIL])`,
		"a comment":                     `## FAIL`,
		"a comment over lines":          `#* FAIL *#`,
		"in single quotes":              `#set($x = '$util.parseJson("{")')`,
		"text that is not parsed":       `#[[FAIL]]##set($x = 1)`,
	} {
		t.Run(name, func(t *testing.T) {
			render(t, strings.ReplaceAll(text, "FAIL", failing))
		})
	}
}

func wantFailure(t *testing.T, text string, kind fault.Kind, noun string) {
	t.Helper()
	parsed, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parsed.Render(variables())
	if !fault.Is(err, kind, noun) || got != "" {
		t.Errorf("%s: got %q, %v", text, got, err)
	}
}

// nestedTooDeeply sets $deep to a list of lists that can't be written, and $map to a map of maps.
const nestedTooDeeply = `#set($deep = [1])#set($map = {})#foreach($i in [1..200])#set($deep = [$deep])#set($map = {"a": $map})#end`

// Every way to write a value ends at the same depth.
func TestValuesThatAreNestedTooDeeply(t *testing.T) {
	for name, text := range map[string]string{
		"a list":                    `$deep`,
		"a map":                     `$map`,
		"a map's entries":           `$map.entrySet()`,
		"toString":                  `$deep.toString()`,
		"in a text":                 `#set($x = "<$deep>")`,
		"added to a text":           `#set($x = "a" + $deep)`,
		"a text added to it":        `#set($x = $map + "a")`,
		"as a map's key":            `#set($x = {$deep: 1})`,
		"compared":                  `#if($deep == $deep)a#end`,
		"compared from the right":   `#if("a" == $map)a#end`,
		"compared for a difference": `#if($deep != 1)a#end`,
		"equals":                    `$context.stage.equals($deep)`,
		"joined":                    `#set($l = [$deep])$l.join(",")`,
		"looked for":                `#set($l = ["a"])$l.contains($deep)`,
		"looked for by its place":   `#set($l = ["a"])$l.indexOf($map)`,
		"removed":                   `#set($l = ["a"])$l.remove($deep)`,
		"a map's value":             `#set($m = {"a": 1})$m.containsValue($deep)`,
		"concatenated":              `$context.stage.concat($deep)`,
		"encoded":                   `$util.urlEncode($deep)`,
		"base64":                    `$util.base64Encode($map)`,
		"escaped":                   `$util.escapeJavaScript($deep)`,
		"parsed":                    `$util.parseJson($deep)`,
		"JSON of a list":            `#set($root = $input.path('$'))#set($root.name = $deep)$input.json('$.name')`,
		"JSON of a map":             `#set($root = $input.path('$'))#set($root.name = $map)$input.json('$.name')`,
		"in a list from JSON":       `#set($l = $input.path('$.tags'))#set($l[0] = $deep)$l`,
	} {
		t.Run(name, func(t *testing.T) { wantFailure(t, nestedTooDeeply+text, fault.Limit, "template") })
	}
}

// million sets $s to a text of a megabyte.
const million = `#set($s = "aaaaaaaaaaaaaaaa")#foreach($i in [1..16])#set($s = "$s$s")#end`

// Every way to make a text ends at the same size.
func TestTextsThatGrowTooLarge(t *testing.T) {
	for name, text := range map[string]string{
		"in quotes":          `#set($x = "$s$s$s$s$s$s$s$s$s$s$s")`,
		"a sum":              `#set($x = "")#foreach($i in [1..11])#set($x = $x + $s)#end`,
		"concat":             `#set($x = "")#foreach($i in [1..11])#set($x = $x.concat($s))#end`,
		"join":               `#set($l = [$s, $s, $s, $s, $s, $s])$l.join($s)`,
		"replace":            `#set($x = $s.replace("a", "aaaaaaaaaaaa"))`,
		"replaceAll":         `#set($x = $s.replaceAll("a", "aaaaaaaaaaaa"))`,
		"urlEncode":          `#set($x = $s.replace("a", "////"))#set($x = $util.urlEncode($x))`,
		"escapeJavaScript":   `#set($x = $s.replace("a", "////////"))#set($x = $util.escapeJavaScript($x))`,
		"base64Encode":       `#set($x = "$s$s$s$s$s$s$s$s")#set($x = $util.base64Encode($x))`,
		"a list":             `#set($x = "" + [$s, $s, $s, $s, $s, $s, $s, $s, $s, $s, $s])`,
		"a map":              `#set($x = "" + {"a": "$s$s$s$s$s$s", "b": "$s$s$s$s$s$s"})`,
		"a definition":       `#define($d)$s$s$s$s$s$s$s$s$s$s$s#end#set($x = $d)`,
		"a loop":             `#foreach($i in [1..11])$s#end`,
		"a macro":            `#macro(m)$s$s#end#m()#m()#m()#m()#m()#m()`,
		"what stands behind": `#foreach($i in [1..10])$s#end a`,
	} {
		t.Run(name, func(t *testing.T) { wantFailure(t, million+text, fault.Limit, "template") })
	}
}
