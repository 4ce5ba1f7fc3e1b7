package velocity

import "testing"

func TestSet(t *testing.T) {
	wantRendered(t, []rendering{
		{"a variable", `#set($a = 1)$a`, `1`},
		{"again", `#set($a = 1)#set($a = $a + 1)$a`, `2`},
		{"without spaces", `#set($a=1)$a`, `1`},
		{"in braces", `#set(${a} = 1)$a`, `1`},
		{"over lines", "#set(\n $a\n =\n [1,\n 2]\n)$a", `[1, 2]`},
		{"a member", `#set($m = {})#set($m.a = 1)#set($m["b"] = 2)$m`, `{a=1, b=2}`},
		{"a member of a member", `#set($m = {"a": {}})#set($m.a.b = 1)$m`, `{a={b=1}}`},
		{"a member of nothing", `#set($m = {})#set($m.a.b = 1)$m`, `{}`},
		{"a member of a text", `#set($s = "x")#set($s.a = 1)$s`, `x`},
		{"an item", `#set($l = [1, 2])#set($l[0] = 3)$l`, `[3, 2]`},
		{"an item that is not there", `#set($l = [1])#set($l[1] = 3)#set($l[-1] = 4)#set($l["x"] = 5)$l`, `[1]`},
		{"what a method returned", `#set($l = [1])#set($l.get(0) = 2)$l`, `[1]`},
		{"the same map twice", `#set($a = {})#set($b = $a)#set($b.x = 1)$a`, `{x=1}`},
		{"spaces before it", "a  #set($x = 1)b", `ab`},
		{"the line after it", "#set($x = 1)  \nb", `b`},
		{"text after it", "#set($x = 1) b", ` b`},
	})
}

func TestIf(t *testing.T) {
	wantRendered(t, []rendering{
		{"true", `#if(true)a#end`, `a`},
		{"false", `#if(false)a#end`, ``},
		{"zero is true", `#if(0)a#end`, `a`},
		{"an empty list is true", `#if([])a#end`, `a`},
		{"null is false", `#if(null)a#{else}b#end`, `b`},
		{"what was never set is false", `#if($nope)a#{else}b#end`, `b`},
		{"the first that holds", `#if(false)a#elseif(true)b#elseif(true)c#{else}d#end`, `b`},
		{"none holds", `#if(false)a#elseif(false)b#end`, ``},
		{"others are not asked", `#set($l = [])#if(true)a#elseif($l.add(1))b#end$l`, `a[]`},
		{"lines", "#if(true)\na\n#elseif(false)\nb\n#else\nc\n#end\nd", "a\nd"},
		{"its variables stay", `#if(true)#set($a = 1)#end$a`, `1`},
	})
}

func TestForeach(t *testing.T) {
	wantRendered(t, []rendering{
		{"a list", `#foreach($i in ["a", "b"])$i;#end`, `a;b;`},
		{"an empty list", `#foreach($i in [])$i;#end`, ``},
		{"a range backwards", `#foreach($i in [2..0])$i#end`, `210`},
		{"a map's values", `#foreach($v in {"b": 1, "a": 2})$v#end`, `12`},
		{"a text", `#foreach($c in "abc")$c#end`, ``},
		{"a number", `#foreach($c in 3)$c#end`, ``},
		{"nothing in it", `#foreach($i in [null])[$i]#end`, `[]`},
		{"its place", `#foreach($i in [7, 8])$foreach.index$foreach.count$foreach.first$foreach.last$foreach.hasNext;#end`, `01truefalsetrue;12falsetruefalse;`},
		{"the older names", `#foreach($i in [7, 8])$velocityCount$velocityHasNext;#end`, `1true;2false;`},
		{"outside of it", `#foreach($i in [1])#end$foreach.index$velocityCount$i`, `$foreach.index$velocityCount$i`},
		{"break ends the inner one", `#foreach($a in [1, 2])#foreach($b in [1..9])$b#break#end;#end`, `1;1;`},
		{"variables of its body stay", `#foreach($i in [1, 2])#set($sum = $i)#end$sum`, `2`},
		{"stop ends all", `#foreach($i in [1, 2])$i#stop#end!`, `1`},
	})
}

func TestMacroAndDefine(t *testing.T) {
	wantRendered(t, []rendering{
		{"parameters", `#macro(m $a $b)${a}-$b#end#m(1 2)`, `1-2`},
		{"too few arguments", `#macro(m $a $b)${a}-$!b#end#m(1)`, `1-`},
		{"too many arguments", `#macro(m $a)$a#end#m(1 2)`, `1`},
		{"an argument that is a map", `#macro(m $a)$a.x#end#m({"x": 1})`, `1`},
		{"before it is there", `#m()#macro(m)x#end`, `#m()`},
		{"one calls another", `#macro(a)x#end#macro(b)#a()#a()#end#b()`, `xx`},
		{"recursion with an end", `#macro(m $n)$n#if($n > 0)#set($less = $n - 1)#m($less)#end#end#m(3)`, `3210`},
		{"it sees all variables", `#macro(m)$a#end#set($a = 1)#m()`, `1`},
		{"what it sets stays", `#macro(m)#set($a = 1)#end#m()$a`, `1`},
		{"a definition is made at each use", `#define($d)$n#end#foreach($n in [1, 2])$d#end`, `12`},
		{"a definition that is set", `#define($d)a#end#set($x = $d)$x`, `a`},
		{"a definition in a text", `#define($d)a#end#set($x = "<$d>")$x`, `<a>`},
		{"a method of a definition", `#define($d)abc#end$d.length()`, `3`},
	})
}

func TestEscapesAndComments(t *testing.T) {
	wantRendered(t, []rendering{
		{"a reference", `#set($a = 1)\$a \\$a \\\$a`, `$a \1 \$a`},
		{"no reference", `\$ \$5 \\`, `\$ \$5 \\`},
		{"a reference without a value", `\$nope`, `\$nope`},
		{"directives", `\#if \#foreach \#end \#stop`, `#if #foreach #end #stop`},
		{"no directive", `\#foo \x`, `\#foo \x`},
		{"a comment at a line's end", "a ## #if(\nb", `a b`},
		{"a comment over lines", "a#* #if( \n *#b", `ab`},
		{"text that is not parsed", `#[[ $a #if ]]#b`, ` $a #if b`},
		{"a hyphen belongs to a name", `#set($a = 1)$a- ${a}-`, `$a- 1-`},
		{"signs alone", `$ # $! #! 5$`, `$ # $! #! 5$`},
	})
}
