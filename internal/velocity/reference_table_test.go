package velocity

import (
	"testing"

	"sluice/internal/fault"
)

// referring sets what the references of the tables below lead to.
const referring = `#set($a = 1)#set($t = "text")#set($m = {"k": "v", "n": {"k": "w"}, "l": [7, [8]], "with space": 2, "7": "seven"})#set($l = [1, {"k": "v"}, "x"])`

// Velocity's user guide, "References": what belongs to a reference, and what is text behind it.
func TestWhereReferencesEnd(t *testing.T) {
	for text, want := range map[string]string{
		`$a`:                        `1`,
		`${a}`:                      `1`,
		`$!a`:                       `1`,
		`$!{a}`:                     `1`,
		`$a.`:                       `1.`,
		`$a,`:                       `1,`,
		`$a;`:                       `1;`,
		`$a:`:                       `1:`,
		`$a/`:                       `1/`,
		`$a"`:                       `1"`,
		`$a'`:                       `1'`,
		`$a)`:                       `1)`,
		`($a)`:                      `(1)`,
		`[$a]`:                      `[1]`,
		`{$a}`:                      `{1}`,
		`<$a>`:                      `<1>`,
		`$a$a`:                      `11`,
		`$a${a}`:                    `11`,
		`$$a`:                       `$1`,
		`$5`:                        `$5`,
		`$ a`:                       `$ a`,
		`$`:                         `$`,
		`$!`:                        `$!`,
		`${`:                        `${`,
		`${}`:                       `${}`,
		`$!{`:                       `$!{`,
		`$-a`:                       `$-a`,
		`${a`:                       `${a`,
		`${a }`:                     `${a }`,
		`${ a}`:                     `${ a}`,
		`${a}b`:                     `1b`,
		`$ab`:                       `$ab`,
		`$a_b`:                      `$a_b`,
		`$A`:                        `$A`,
		`a$a`:                       `a1`,
		`a@$a.example`:              `a@`,
		`a@${a}.example`:            `a@1.example`,
		`$t.`:                       `text.`,
		`$t..`:                      `text..`,
		`$t.length()`:               `4`,
		`$t.length().`:              `4.`,
		`$t.length() x`:             `4 x`,
		`$t.length ()`:              ` ()`,
		`${t}.length()`:             `text.length()`,
		`${t.length()}`:             `4`,
		`$m.k`:                      `v`,
		`$m.k.`:                     `v.`,
		`${m.k}.x`:                  `v.x`,
		`$m.n.k`:                    `w`,
		`$m.n["k"]`:                 `w`,
		`$m["n"].k`:                 `w`,
		`$m["n"]["k"]`:              `w`,
		`$m['k']`:                   `v`,
		`$m[ "k" ]`:                 `v`,
		`$m[$t]`:                    ``,
		`$m[7]`:                     `seven`,
		`$m["with space"]`:          `2`,
		`$m.with space`:             ` space`,
		`$m.l[0]`:                   `7`,
		`$m.l[1][0]`:                `8`,
		`$m.get("n").get("k")`:      `w`,
		`$m.getN().k`:               `w`,
		`$m.n.keySet()[0]`:          `k`,
		`$l[1].k`:                   `v`,
		`$l[$a].k`:                  `v`,
		`$l[$a + 1]`:                `x`,
		`$l[-1]`:                    `x`,
		`$l.get($l[0]).k`:           `v`,
		`$l.size()]`:                `3]`,
		`$l[`:                       `[1, {k=v}, x][`,
		`$l[]`:                      `[1, {k=v}, x][]`,
		`$l[0`:                      `[1, {k=v}, x][0`,
		`$t.concat("x")`:            `textx`,
		`$t.concat( "x" )`:          `textx`,
		`$t.concat($t)`:             `texttext`,
		`$t.concat($t.concat("!"))`: `texttext!`,
		`$t.replace("t", "T")`:      `TexT`,
		`$t.replace("t","T")`:       `TexT`,
		`$t.concat("a)b")`:          `texta)b`,
		`$t.concat('a"b')`:          `texta"b`,
		`$t.concat("$a")`:           `text1`,
		`$t.concat('$a')`:           `text$a`,
	} {
		t.Run(text, func(t *testing.T) {
			if got := render(t, referring+text); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// What was never set is written as it stands, unless its reference is quiet; what is nothing is written as nothing.
func TestReferencesToNothing(t *testing.T) {
	for text, want := range map[string]string{
		`$nope`:                            `$nope`,
		`${nope}`:                          `${nope}`,
		`$!nope`:                           ``,
		`$!{nope}`:                         ``,
		`$nope.a`:                          `$nope.a`,
		`$nope.a()`:                        `$nope.a()`,
		`$nope[0]`:                         `$nope[0]`,
		`$nope.a("x", [1]).b`:              `$nope.a("x", [1]).b`,
		`$!nope.a`:                         ``,
		`$!{nope.a}.b`:                     `.b`,
		`$m.nope`:                          ``,
		`$m.nope.nope`:                     ``,
		`$m.nope()`:                        ``,
		`$m.nope[0]`:                       ``,
		`$a.nope`:                          ``,
		`$t.nope()`:                        ``,
		`$t[0]`:                            ``,
		`$l[9]`:                            ``,
		`$l.nope`:                          ``,
		`#set($n = $nope)$n`:               ``,
		`#set($n = $m.nope)$n`:             ``,
		`#set($n = null)$n`:                ``,
		`#set($n = null)$n.a`:              ``,
		`#set($n = "$nope")$n`:             `$nope`,
		`#set($n = "$!nope")$n`:            ``,
		`#set($n = "$m.nope")$n`:           ``,
		`#set($a = null)#set($a = 2)$a`:    `2`,
		`#if($nope.a.b)x#{else}y#end`:      `y`,
		`#foreach($i in $nope.list)x#end`:  ``,
		`#set($n = [$nope])$n`:             `[null]`,
		`#set($n = {"a": $nope})$n`:        `{a=null}`,
		`#set($n = {"a": $nope})[$n.a]`:    `[]`,
		`#set($n = {"a": $nope})$n.size()`: `1`,
	} {
		t.Run(text, func(t *testing.T) {
			if got := render(t, referring+text); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// What no one can read is told by its line and column, never guessed at.
func TestTemplatesThatCanNotBeRead(t *testing.T) {
	for _, text := range []string{
		`#set`, `#set()`, `#set($a)`, `#set($a =)`, `#set($a == 1)`, `#set(1 = $a)`, `#set($a = 1 2)`, `#set($a = 1))#end`, `#set($ = 1)`, `#set($a = $)`,
		`#set($a = #if(true)1#end)`, `#set($a = @)`, `#set($a = 1 +)`, `#set($a = * 1)`, `#set($a = 1 & 2)`, `#set($a = 1 = 2)`, `#set($a = yes)`, `#set($a = True)`,
		`#set($a = [)`, `#set($a = [1)`, `#set($a = [1,)`, `#set($a = [,1])`, `#set($a = [1 2])`, `#set($a = [1,])`, `#set($a = [1..])`, `#set($a = [..1])`,
		`#set($a = [1...2])`, `#set($a = {)`, `#set($a = {"a"})`, `#set($a = {"a": })`, `#set($a = {"a": 1,})`, `#set($a = {"a" 1})`, `#set($a = {: 1})`, `#set($a = {a: 1})`,
		`#set($a = (1)`, `#set($a = ())`, `#set($a = "a)`, `#set($a = 'a)`, `#set($a = "a""b)`, `#set($a = "#end")`, `#set($a = "#set($b)")`,
		`#if`, `#if true`, `#if(true)`, `#if(true`, `#if()a#end`, `#if(true)a#else`, `#if(true)a#elseif(true)`, `#if(true)a#elseif()b#end`, `#if(true)a#elseif b#end`,
		`#if(true false)a#end`, `#if(true)a#end#end`, `#if(true)#if(true)a#end`,
		`#foreach`, `#foreach()a#end`, `#foreach($i)a#end`, `#foreach($i in)a#end`, `#foreach($i of [1])a#end`, `#foreach(i in [1])a#end`, `#foreach($i in [1])a`,
		`#foreach($i in [1])a#elseif(true)#end`, `#foreach($i in [1] [2])a#end`,
		`#define`, `#define()a#end`, `#define(d)a#end`, `#define($d)a`, `#define($d a#end`, `#define($)a#end`, `#macro`, `#macro()a#end`, `#macro(m`, `#macro(m)a`, `#macro(m $)a#end`, `#macro(m 1)a#end`,
		`#end`, `#else`, `#elseif(true)`, `a #end b`, `#{end}`, `#{else}`,
	} {
		t.Run(text, func(t *testing.T) {
			if _, err := Parse(text); !fault.Is(err, fault.Invalid, "template") {
				t.Errorf("got %v", err)
			}
		})
	}
}
