package velocity

import (
	"strings"
	"testing"

	"sluice/internal/fault"
)

// Each of these would run for a very long time, or take all memory.
func TestTemplatesThatGoTooFarEnd(t *testing.T) {
	nested := func(open, inner, end string) string {
		return strings.Repeat(open, 5000) + inner + strings.Repeat(end, 5000)
	}
	for name, text := range map[string]string{
		"a text that doubles":       `#set($s = "xxxxxxxx")#foreach($i in [1..100])#set($s = "$s$s")#end`,
		"a list of itself":          `#set($l = [1])#set($x = $l.add($l))$l`,
		"lists of lists":            `#set($l = [1, 1])#foreach($i in [1..90])#set($l = [$l, $l])#end$l`,
		"equal lists of lists":      `#set($l = [1, 1])#foreach($i in [1..90])#set($l = [$l, $l])#end#if($l == [1])x#end`,
		"loops in loops":            `#foreach($a in [1..999])#foreach($b in [1..999])#foreach($c in [1..999])x#end#end#end`,
		"a long range":              `#set($r = [1..2000000000])`,
		"a range that overflows":    `#set($r = [-9223372036854775807..9223372036854775807])`,
		"a macro that calls itself": `#macro(m)#m()#end#m()`,
		"a definition of itself":    `#define($d)$d$d#end$d`,
		"a replacement that grows":  `#set($s = "aaaaaaaa")#foreach($i in [1..99])#set($s = $s.replace("a", "aaaaaaaa"))#end`,
		"a pattern that grows":      `#set($s = "aaaaaaaa")#foreach($i in [1..99])#set($s = $s.replaceAll("a", "aaaaaaaa"))#end`,
		"large output":              `#set($s = $util.base64Encode("x"))#foreach($i in [1..20])#set($s = "$s$s")#end#foreach($i in [1..100])$s#end`,
		"nested blocks":             nested("#if(true)", "x", "#end"),
		"nested parentheses":        "#set($a = " + nested("(", "1", ")") + ")",
		"nested lists":              "#set($a = " + nested("[", "1", "]") + ")",
		"many negations":            "#if(" + nested("!", "true", "") + ")#end",
		"a path of many descents":   `$input.path('$..*..*..*')`,
		"a path of many unions":     `$input.path("$['pets','pets','pets','pets'][0,0,0,0,0,0,0]['n','n','n','n']")`,
		"a long path":               `$input.path('$` + strings.Repeat(".a", 600) + `')`,
		"many searches":             `#foreach($a in [1..999])#foreach($b in [1..999])#set($x = $input.path('$..n'))#end#end`,
		"a long template":           strings.Repeat("x", MaxTemplate+1),
	} {
		t.Run(name, func(t *testing.T) {
			parsed, err := Parse(text)
			if err == nil {
				_, err = parsed.Render(variables())
			}
			if !fault.Is(err, fault.Limit, "template") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestLoopsEndAfterAThousandRounds(t *testing.T) {
	if got := render(t, `#foreach($i in [1..5000])x#end`); len(got) != maxRounds {
		t.Errorf("%d rounds", len(got))
	}
}
