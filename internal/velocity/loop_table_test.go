package velocity

import (
	"fmt"
	"strings"
	"testing"
)

// What $foreach says in each round of loops of some lengths.
func TestWhatALoopSaysOfItsRounds(t *testing.T) {
	for length := range 5 {
		t.Run(fmt.Sprint(length), func(t *testing.T) {
			items := make([]string, length)
			var want strings.Builder
			for i := range items {
				items[i] = fmt.Sprint(i * 10)
				fmt.Fprintf(&want, "%d %d %d %v %v %v %d %v;", i*10, i, i+1, i == 0, i == length-1, i < length-1, i+1, i < length-1)
			}
			const body = `$i $foreach.index $foreach.count $foreach.first $foreach.last $foreach.hasNext $velocityCount $velocityHasNext;`
			for _, over := range []string{`[` + strings.Join(items, ", ") + `]`, `$list`} {
				text := `#set($list = [` + strings.Join(items, ", ") + `])#foreach($i in ` + over + `)` + body + `#end`
				if got := render(t, text); got != want.String() {
					t.Errorf("over %s\ngot  %s\nwant %s", over, got, want.String())
				}
			}
			const methods = `$i $foreach.getIndex() $foreach.getCount() $foreach.getFirst() $foreach.getLast() $foreach.getHasNext() $velocityCount $velocityHasNext;`
			if got := render(t, `#foreach($i in [`+strings.Join(items, ", ")+`])`+methods+`#end`); got != want.String() {
				t.Errorf("by methods\ngot  %s\nwant %s", got, want.String())
			}
		})
	}
}

func TestLoopsRowByRow(t *testing.T) {
	wantRendered(t, []rendering{
		{"a list in a variable", `#set($l = [1, 2])#foreach($i in $l)$i#end`, `12`},
		{"a list of a body", `#foreach($tag in $input.path('$.tags'))$tag#end`, `ab`},
		{"a map of a body", `#foreach($v in $input.path('$.pets[0]'))$v;#end`, `cat;1;`},
		{"keys", `#foreach($k in $input.path('$.pets[0]').keySet())$k;#end`, `kind;n;`},
		{"entries", `#foreach($e in $input.path('$.pets[0]').entrySet())$e.key=$e.value;#end`, `kind=cat;n=1;`},
		{"values", `#set($m = {"a": 1})#foreach($v in $m.values())$v#end`, `1`},
		{"a text's parts", `#foreach($p in $input.path('$.name').split("n"))[$p]#end`, `[A]`},
		{"a range in a variable", `#set($n = 3)#foreach($i in [1..$n])$i#end`, `123`},
		{"a range of a size", `#set($l = ["a", "b"])#foreach($i in [1..$l.size()])$i#end`, `12`},
		{"a range that is one", `#foreach($i in [5..5])$i#end`, `5`},
		{"a range below zero", `#foreach($i in [-1..1])$i#end`, `-101`},
		{"a truth", `#foreach($i in true)$i#end`, ``},
		{"nothing", `#foreach($i in null)$i#end`, ``},
		{"a list in a list", `#foreach($row in [[1, 2], [3]])#foreach($i in $row)$i#end;#end`, `12;3;`},
		{"maps in a list", `#foreach($p in [{"n": 1}, {"n": 2}])$p.n#end`, `12`},
		{"the outer loop's place", `#foreach($a in ["x", "y"])#foreach($b in [1])$a$b$foreach.index#end$foreach.index;#end`, `x100;y101;`},
		{"the same variable within", `#foreach($i in [1, 2])#foreach($i in [7])$i#end$i;#end`, `71;72;`},
		{"a variable in braces", `#foreach(${i} in [1, 2])$i#end`, `12`},
		{"no blanks", `#foreach($i in[1,2])$i#end`, `12`},
		{"many blanks", "#foreach( $i  in\n [1, 2] )$i#end", `12`},
		{"a separator", `#foreach($i in [1, 2, 3])$i#if($foreach.hasNext), #end#end`, `1, 2, 3`},
		{"a sum", `#set($sum = 0)#foreach($i in [1..4])#set($sum = $sum + $i)#end$sum`, `10`},
		{"a filter", `#set($even = [])#foreach($i in [1..6])#if($i % 2 == 0)#set($x = $even.add($i))#end#end$even`, `[2, 4, 6]`},
		{"a map by a key", `#set($by = {})#foreach($p in $input.path('$.pets'))#set($x = $by.put($p.kind, $p.n))#end$by`, `{cat=1, dog=2}`},
		{"changing an item", `#set($l = [{"n": 1}, {"n": 2}])#foreach($i in $l)#set($i.n = $i.n * 10)#end$l`, `[{n=10}, {n=20}]`},
		{"setting the variable", `#set($l = [1, 2])#foreach($i in $l)#set($i = 9)#end$l`, `[1, 2]`},
		{"removing what is gone through", `#set($l = [1, 2, 3])#foreach($i in $l)#set($x = $l.remove(0))$i#end$l`, `123[]`},
		{"break at once", `#foreach($i in [1, 2])#break $i#end!`, `!`},
		{"break in a branch", `#foreach($i in [1..5])#if($i == 3)#break#end$i#end`, `12`},
		{"break in an else", `#foreach($i in [1..5])#if($i < 3)$i#{else}#break#end#end`, `12`},
		{"break of a later round", `#foreach($i in [1..5])$i#if($foreach.count == 2)#break#end#end;$foreach.count`, `12;$foreach.count`},
		{"stop in a loop in a loop", `#foreach($a in [1, 2])#foreach($b in [1, 2])$b#stop#end#end!`, `1`},
	})
}

func TestBranchesRowByRow(t *testing.T) {
	for condition, want := range map[string]bool{
		`true`: true, `false`: false, `null`: false, `$nope`: false, `!$nope`: true, `0`: true, `1`: true, `0.0`: true, `""`: true, `"false"`: true, `'x'`: true,
		`[]`: true, `[1]`: true, `{}`: true, `$context`: true, `$context.stage`: true, `$context.nope`: false, `$input.path('$.none')`: false,
		`$input.path('$.nope')`: false, `$input.path('$.name')`: true, `$input.params('nope')`: true, `$input.params('nope') != ""`: false,
		`$input.path('$.tags').size() > 1`: true, `$input.path('$.tags').isEmpty()`: false, `$input.path('$.name') == "Ann"`: true,
		`$input.path('$.age') == 7`: true, `$input.path('$.age') == "7"`: true, `$input.json('$.name') == '"Ann"'`: true, `$input.path('$.nope') == ""`: true,
		`$input.path('$.nope') == $null`: true, `$context.stage.equals("dev")`: true, `$context.stage == "dev" && $input.params('id') == "7"`: true,
		`$context.stage == "prd" || $input.params('id') == 7`: true, `!($context.stage == "dev")`: false, `not $context.stage.contains("x")`: true,
	} {
		t.Run(condition, func(t *testing.T) {
			for text, says := range map[string]string{
				`#if(` + condition + `)yes#{else}no#end`:                "yes",
				`#if(!(` + condition + `))no#{else}yes#end`:             "yes",
				`#if(false)x#elseif(` + condition + `)yes#{else}no#end`: "yes",
				`#if(` + condition + `)yes#elseif(true)no#end`:          "yes",
			} {
				if got := render(t, text); (got == says) != want || got != "yes" && got != "no" {
					t.Errorf("%s says %s", text, got)
				}
			}
		})
	}
}
