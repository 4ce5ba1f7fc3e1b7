package velocity

import (
	"strings"
	"testing"

	"sluice/internal/fault"
)

const document = `{"name": "Ann", "age": 7, "price": 1.5, "tags": ["a", "b"], "pets": [{"kind": "cat", "n": 1}, {"kind": "dog", "n": 2}], "a-b": {"c": true}, "none": null}`

// variables are what the tests' templates know.
func variables() map[string]any {
	context := NewMap(map[string]any{"stage": "dev", "requestOverride": NewMap(map[string]any{"querystring": &Map{}, "path": &Map{}})})
	return map[string]any{
		"input":   NewInput(document, map[string]string{"id": "7"}, map[string]string{"q": "x y", "id": "query"}, map[string]string{"X-A": "head"}),
		"util":    NewTools(),
		"context": context,
	}
}

func render(t *testing.T, text string) string {
	t.Helper()
	parsed, err := Parse(text)
	if err != nil {
		t.Fatalf("parse %s: %v", text, err)
	}
	got, err := parsed.Render(variables())
	if err != nil {
		t.Fatalf("render %s: %v", text, err)
	}
	return got
}

func TestTemplates(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"text", `a # b $ c $5 #foo ${ #{x`, `a # b $ c $5 #foo ${ #{x`},
		{"references", `#set($a = "x")$a ${a}b $!a $!{a} $missing $!missing ${missing}`, `x xb x x $missing  ${missing}`},
		{"a name with a hyphen", `#set($a-b = 1)$a-b`, `1`},
		{"what is not there of what is", `[$context.nope][$context.nope.deeper][$input.params('nope')]`, `[][][]`},
		{"a method on what is not there", `#set($x = $context.nope.size())[$x]`, `[]`},
		{"text behind a reference", `$context.stage. $context.stage[ $context.stage.(`, `dev. dev[ dev.(`},
		{"escapes", `#set($a = 1)\$a \\$a \$b \#set \#x \ a`, `$a \1 \$b #set \#x \ a`},
		{"comments", "a## b\nc #* d\n *#e", "ac e"},
		{"what is not parsed", `#[[$a #set]]#`, `$a #set`},
		{"a line of a directive", "#set($a = 1)\n  #set($b = 2)\nx\n#if($a == 1)\ny\n#end\nz", "x\ny\nz"},
		{"if", `#if($context.stage == "prd")1#elseif($context.stage == 'dev')2#else 3#end`, `2`},
		{"else without a space", `#if(false)1#{else}2#end`, `2`},
		{"an empty text is true", `#if("")yes#end`, `yes`},
		{"nothing is false", `#if($context.nope)yes#{else}no#end`, `no`},
		{"nothing equals an empty text", `#if($input.path('$.nope') == "")same#end`, `same`},
		{"foreach", `#foreach($p in $input.path('$.pets'))$foreach.index/$foreach.count/$velocityCount $p.kind#if($foreach.hasNext), #end#end`, `0/1/1 cat, 1/2/2 dog`},
		{"foreach over a map", `#foreach($v in {"a": 1, "b": 2})$v#end`, `12`},
		{"foreach over nothing", `#foreach($v in $context.nope)x#end`, ``},
		{"nested loops", `#foreach($a in [1,2])#foreach($b in [1..2])$foreach.count#end$foreach.count;#end`, `121;122;`},
		{"a loop's variable ends with it", `#set($v = "before")#foreach($v in [1])$v#end$v`, `1before`},
		{"break", `#foreach($v in [1..9])#if($v > 2)#break#end$v#end`, `12`},
		{"stop", `a#stop b`, `a`},
		{"break outside of a loop", `a#break b`, `a`},
		{"break within a macro", `#macro(m)x#break#end#foreach($i in [1..3])$i#m()#end!`, `1x!`},
		{"define", `#define($d)<$x>#end#set($x = 1)$d#set($x = 2)$d`, `<1><2>`},
		{"macro", `#macro(hi $a $b)[$a $b]#end#hi("x" 2) #hi(1, $z) #ho(1) #ho`, `[x 2] [1 ] #ho(1) #ho`},
		{"ranges", `[1..3] #set($r = [3..1])$r`, `[1..3][3, 2, 1]`},
		{"literals", `#set($m = {"a": 1, "b": [true, null, 'x']})$m $m.b[2] $m["a"] $m.size()`, `{a=1, b=[true, null, x]} x 1 2`},
		{"quotes in quotes", `#set($a = "say ""$context.stage""")$a;#set($b = 'it''s $a')$b`, `say "dev";it's $a`},
		{"interpolation with a directive", `#set($a = "#if(true)yes#end")$a`, `yes`},
		{"setting members", `#set($context.requestOverride.path.id = 1)#set($context["requestOverride"].querystring["a"] = "b")$context.requestOverride`, `{path={id=1}, querystring={a=b}}`},
		{"setting an item", `#set($l = [1, 2])#set($l[1] = 3)$l`, `[1, 3]`},
		{"setting nothing", `#set($a = 1)#set($a = $context.nope)[$a]`, `[]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := render(t, tt.text); got != tt.want {
				t.Errorf("%s\ngot  %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestCalculations(t *testing.T) {
	for _, tt := range []struct{ expression, want string }{
		{`1 + 2 * 3`, `7`}, {`(1 + 2) * 3`, `9`}, {`7 / 2`, `3`}, {`7 % 4`, `3`}, {`7.0 / 2`, `3.5`}, {`2 - -1`, `3`}, {`1 - 1 - 1`, `-1`},
		{`1 / 0`, ``}, {`1 % 0`, ``}, {`1.5 % 1`, `0.5`}, {`1 + "a"`, `1a`}, {`"a" + 1.0`, `a1.0`}, {`true + 1`, ``},
		{`12345678.0`, `1.2345678E7`}, {`0.00001 * 1`, `1.0E-5`}, {`-9223372036854775807 - 1`, `-9223372036854775808`},
		{`1 < 2`, `true`}, {`2 le 2`, `true`}, {`2 >= 3`, `false`}, {`"a" lt "b"`, `true`}, {`1 gt "a"`, `false`},
		{`1 == 1.0`, `true`}, {`"1" == 1`, `true`}, {`1 ne 2`, `true`}, {`"a" != "a"`, `false`}, {`null == null`, `true`}, {`null == 1`, `false`},
		{`true && false`, `false`}, {`true and not false`, `true`}, {`false || 1`, `true`}, {`!true or !$nope`, `true`},
		{`[1, 2] == [1, 2]`, `true`}, {`[1..2].size()`, ``},
	} {
		t.Run(tt.expression, func(t *testing.T) {
			text := "#set($x = " + tt.expression + ")$!x"
			parsed, err := Parse(text)
			if err != nil {
				if tt.want != "" {
					t.Fatal(err)
				}
				return
			}
			if got, err := parsed.Render(nil); got != tt.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestMethods(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"texts", `#set($s = "Hello")$s.length() $s.toLowerCase() $s.toUpperCase() $s.contains("ell") $s.startsWith("He") $s.endsWith("x") $s.indexOf("l") $s.lastIndexOf("l") $s.isEmpty() $s.empty`,
			`5 hello HELLO true true false 2 3 false false`},
		{"parts of texts", `#set($s = "Grüße")$s.substring(2) $s.substring(0, 3) $s.charAt(2) $s.indexOf("e") [$s.substring(9)] [$s.substring(3, 2)]`, `üße Grü ü 4 [] []`},
		{"replacing", `#set($s = "a.b.c")$s.replace(".", "-") $s.replaceAll("[ab]", "<$0>") $s.replaceFirst("\.", "\$") $s.replaceAll("(", "x")`, `a-b-c <a>.<b>.c a$b.c `},
		{"splitting", `#set($s = "a,b,,")$s.split(",") $s.split(",").size() $s.split(",")[1]`, `[a, b] 2 b`},
		{"comparing", `#set($s = "Ab")$s.equals("Ab") $s.equals("ab") $s.equalsIgnoreCase("aB") $s.matches("[A-Z]b") $s.matches("A") $s.compareTo("B") $s.equals($nope)`, `true false true true false -1 false`},
		{"more of texts", `#set($s = " a ")[$s.trim()] $s.trim().concat("b") $s.toString()x $s.nope()`, `[a] ab  a x `},
		{"numbers", `#set($i = 0)$i.parseInt("12");#set($n = $i.parseInt("1"))#set($m = $n + 1)$m;#set($d = 2.9)$d.intValue() $d.toString()`, `12;2;2 2.9`},
		{"lists", `#set($l = ["a"])#set($x = $l.add("b"))$l $l.size() $l.contains("b") $l.indexOf("z") $l.get(0) [$l.get(7)] $l.isEmpty() $l[-1] $l.subList(1, 2)`,
			`[a, b] 2 true -1 a [] false b [b]`},
		{"changing lists", `#set($l = [1, 2, 3])#set($x = $l.remove(0))#set($x = $l.set(0, "s"))#set($x = $l.addAll([7]))#set($x = $l.add(0, "first"))$l;#set($x = $l.remove("s"))$l $l.join("+");#set($x = $l.clear())$l`,
			`[first, s, 3, 7];[first, 3, 7] first+3+7;[]`},
		{"maps", `#set($m = {"a": 1})#set($x = $m.put("b", 2))$m.get("b") $m.keySet() $m.values() $m.entrySet() $m.containsKey("a") $m.containsValue(2) $m.getOrDefault("z", 9) $m.size() $m.isEmpty()`,
			`2 [a, b] [1, 2] [a=1, b=2] true true 9 2 false`},
		{"changing maps", `#set($m = {"a": 1})$m.putAll({"c": 3})$m.remove("a") $m $m.clear()$m $m.empty`, `1 {c=3} {} true`},
		{"entries", `#foreach($e in {"a": 1, "b": 2}.entrySet())x#end`, ``},
		{"entries of a map", `#set($m = {"a": 1, "b": 2})#foreach($e in $m.entrySet())$e.key=$e.value/$e.getKey()=$e.getValue();#end`, `a=1/a=1;b=2/b=2;`},
		{"getters", `#set($m = {"name": "n"})$m.getName() $m.get("name")`, `n n`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Contains(tt.text, "}.entrySet") {
				if _, err := Parse(tt.text); !fault.Is(err, fault.Invalid, "template") {
					t.Errorf("a method of a literal: %v", err)
				}
				return
			}
			if got := render(t, tt.text); got != tt.want {
				t.Errorf("%s\ngot  %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestInput(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`$input.params('id') $input.params('q') $input.params('X-A') [$input.params('nope')]`, `7 x y head []`},
		{`$input.params().querystring.q $input.params().get("header").get("X-A") $input.params().path`, `x y head {id=7}`},
		{`#foreach($k in $input.params().keySet())$k #end`, `path querystring header `},
		{`$input.path('$.name') $input.path('$.age') $input.path('$.price') $input.path('$.pets[1].kind') $input.path('$.a-b.c')`, `Ann 7 1.5 dog true`},
		{`$input.path('$.tags') $input.path('$.pets[0]') $input.path('$.pets')`, `["a","b"] {kind=cat, n=1} [{"kind":"cat","n":1},{"kind":"dog","n":2}]`},
		{`$input.json('$.name') $input.json('$.tags') $input.json('$.nope') $input.json('$.none') $input.json('$.pets[0]')`, `"Ann" ["a","b"] "" "" {"kind":"cat","n":1}`},
		{`$input.json("$.pets[?(@.n > 1)].kind") $input.json('$..n') $input.json('$.pets[*].kind')`, `["dog"] [1,2] ["cat","dog"]`},
		{`#set($root = $input.path('$'))$root.name $root.tags.size() $root.tags[1] [$root.nope]`, `Ann 2 b []`},
		{`[$input.path('$[')] [$input.nope('x')]`, `[] []`},
		{`$input.body.length()`, `153`},
	} {
		t.Run(tt.text, func(t *testing.T) {
			if got := render(t, tt.text); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestEmptyBodyIsAnObject(t *testing.T) {
	parsed, err := Parse(`$input.body $input.json('$') [$input.path('$.a')]`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parsed.Render(map[string]any{"input": NewInput("", nil, nil, nil)})
	if err != nil || got != `{} {} []` {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestBodyThatIsNoJSON(t *testing.T) {
	parsed, err := Parse(`$input.body|$input.json('$')|$input.path('$.a')`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parsed.Render(map[string]any{"input": NewInput("a=1", nil, nil, nil)})
	if err != nil || got != `a=1|"a=1"|` {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestTools(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`$util.escapeJavaScript("a""b'c\d")`, `a\"b\'c\\d`},
		{"$util.escapeJavaScript('é\n\U0001F600')", `\u00E9\n\uD83D\uDE00`},
		{`$util.urlEncode("a b&c") $util.urlDecode("a+b%26c") $util.urlDecode("%")`, `a+b%26c a b&c %`},
		{`$util.base64Encode("hi") $util.base64Decode("aGk=") [$util.base64Decode("%")]`, `aGk= hi []`},
		{`#set($o = $util.parseJson('{"a": {"b": [1, 2.50, 12345678901234567890]}}'))$o.a.b[0] $o $o.a.b.size()`, `1 {a={b=[1,2.5,12345678901234567890]}} 3`},
		{`[$util.nope("x")] [$util.urlEncode()]`, `[] []`},
	} {
		t.Run(tt.text, func(t *testing.T) {
			if got := render(t, tt.text); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestMistakesHavePlaces(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no end", "a\n #if(true)", `line 2, column 2: #if has no #end`},
		{"an end too many", "a\nb #end", `line 2, column 7: #end belongs to nothing`},
		{"no parenthesis", `#if true#end`, `line 1, column 1: #if has no parenthesis`},
		{"no closing parenthesis", `#set($a = 1`, `line 1, column 1: a closing parenthesis is missing`},
		{"no value", `#set($a = )`, `line 1, column 11: a value is missing`},
		{"no reference", `#set(a = 1)`, `line 1, column 6: #set needs a reference to set`},
		{"no list", `#foreach($a)x#end`, `line 1, column 12: #foreach needs a variable and "in"`},
		{"no quote", `#set($a = "x)`, `line 1, column 11: a closing quote is missing`},
		{"no bracket", `#set($a = [1, 2)`, `line 1, column 16: a comma or ] is missing`},
		{"no colon", `#set($a = {1})`, `line 1, column 12: a key of a map has no colon`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.text)
			if !fault.Is(err, fault.Invalid, "template") || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

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

func TestTemplatesMayBeRenderedAtOnce(t *testing.T) {
	parsed, err := Parse(`#macro(m $x)<$x>#end#set($a = $input.path('$.age'))#m($a)`)
	if err != nil {
		t.Fatal(err)
	}
	results := make(chan string)
	for range 8 {
		go func() {
			got, err := parsed.Render(variables())
			if err != nil {
				got = err.Error()
			}
			results <- got
		}()
	}
	for range 8 {
		if got := <-results; got != "<7>" {
			t.Error(got)
		}
	}
}

func FuzzParseAndRender(f *testing.F) {
	for _, seed := range []string{`#set($a = 1)$a`, `#foreach($i in [1..3])$i#end`, `$input.path('$.pets[?(@.n>1)]')`, `${a.b("x", [1])}`, `#macro(m $a)$a#end#m(1)`, `#if(1==1)a#else b#end`, `\$a #[[x]]#`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := Parse(text)
		if err == nil {
			_, err = parsed.Render(variables())
		}
		if err != nil && !fault.Is(err, fault.Invalid, "") && !fault.Is(err, fault.Limit, "template") {
			t.Errorf("error %v", err)
		}
	})
}
