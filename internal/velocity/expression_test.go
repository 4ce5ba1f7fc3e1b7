package velocity

import "testing"

func TestTextsAndCollections(t *testing.T) {
	wantRendered(t, []rendering{
		{"ranges", `[1..3] #set($r = [3..1])$r`, `[1..3][3, 2, 1]`},
		{"literals", `#set($m = {"a": 1, "b": [true, null, 'x']})$m $m.b[2] $m["a"] $m.size()`, `{a=1, b=[true, null, x]} x 1 2`},
		{"quotes in quotes", `#set($a = "say ""$context.stage""")$a;#set($b = 'it''s $a')$b`, `say "dev";it's $a`},
		{"interpolation with a directive", `#set($a = "#if(true)yes#end")$a`, `yes`},
	})
}

func TestCalculations(t *testing.T) {
	for _, tt := range []struct{ expression, want string }{
		{`1 + 2 * 3`, `7`}, {`(1 + 2) * 3`, `9`}, {`7 / 2`, `3`}, {`7 % 4`, `3`}, {`7.0 / 2`, `3.5`}, {`2 - -1`, `3`}, {`1 - 1 - 1`, `-1`},
		{`1 / 0`, ``}, {`1 % 0`, ``}, {`1.5 % 1`, `0.5`}, {`1 + "a"`, `1a`}, {`"a" + 1.0`, `a1.0`}, {`true + 1`, ``},
		{`12345678.0`, `1.2345678E7`}, {`0.00001 * 1`, `1.0E-5`}, {`-9223372036854775807 - 1`, `-9223372036854775808`},
		{`1 < 2`, `true`}, {`2 le 2`, `true`}, {`2 >= 3`, `false`}, {`"a" lt "b"`, `true`}, {`1 gt "a"`, `false`},
		{`1 == 1.0`, `true`}, {`"1" == 1`, `true`}, {`1 ne 2`, `true`}, {`"a" != "a"`, `false`}, {`null == null`, `true`}, {`null == 1`, `false`},
		{`true && false`, `false`}, {`true and not false`, `true`}, {`false || 1`, `true`}, {`!true or !$nope`, `true`},
		{`[1, 2] == [1, 2]`, `true`}, {`[1, 2] != "x"`, `true`}, {`{"a": 1} == "{a=1}"`, `true`},
		{`2.5 * 2`, `5.0`}, {`2.5 - 1`, `1.5`}, {`1.5 + 1`, `2.5`}, {`1.5 / 0`, ``}, {`5 % -1`, `0`}, {`5 / -1`, `-5`}, {`-1.5`, `-1.5`}, {`1.`, `1`},
		{`"a" + [1]`, `a[1]`}, {`null + "a"`, `nulla`}, {`"a" < 1`, `false`}, {`"b" >= "a"`, `true`}, {`2 <= 1.5`, `false`}, {`null < 1`, `false`},
		{`true or $nope.x`, `true`}, {`false and $nope.x`, `false`}, {`not true`, `false`}, {`1 and null`, `false`}, {`((1))`, `1`},
		{`'single $x'`, `single $x`}, {`"a""b"`, `a"b`}, {`[]`, `[]`}, {`{}`, `{}`}, {`[1..1]`, `[1]`}, {`["a".."b"]`, ``}, {`{1: 2}`, `{1=2}`},
		{`[1,2,3].nope`, ``}, {`99999999999999999999`, ``}, {`1e`, ``}, {`yes`, ``},
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
