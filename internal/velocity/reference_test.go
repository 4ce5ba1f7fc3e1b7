package velocity

import "testing"

func TestReferences(t *testing.T) {
	wantRendered(t, []rendering{
		{"references", `#set($a = "x")$a ${a}b $!a $!{a} $missing $!missing ${missing}`, `x xb x x $missing  ${missing}`},
		{"a name with a hyphen", `#set($a-b = 1)$a-b`, `1`},
		{"what is not there of what is", `[$context.nope][$context.nope.deeper][$input.params('nope')]`, `[][][]`},
		{"a method on what is not there", `#set($x = $context.nope.size())[$x]`, `[]`},
		{"text behind a reference", `$context.stage. $context.stage[ $context.stage.(`, `dev. dev[ dev.(`},
		{"escapes", `#set($a = 1)\$a \\$a \$b \#set \#x \ a`, `$a \1 \$b #set \#x \ a`},
		{"setting members", `#set($context.requestOverride.path.id = 1)#set($context["requestOverride"].querystring["a"] = "b")$context.requestOverride`, `{path={id=1}, querystring={a=b}}`},
		{"setting an item", `#set($l = [1, 2])#set($l[1] = 3)$l`, `[1, 3]`},
		{"setting nothing", `#set($a = 1)#set($a = $context.nope)[$a]`, `[]`},
		{"a member of what was never set", `$nope.a.b() ${nope.a} $!nope.a`, `$nope.a.b() ${nope.a} `},
		{"an index that is none", `#set($l = [1, 2])$l["x"] $l[1.5] $l[7] $l[-3]|`, `   |`},
		{"an index of a map", `#set($m = {"a": {"b": 1}})$m["a"]["b"] $m["a"].b $m.a["b"]`, `1 1 1`},
		{"an index of what has none", `#set($n = 1)[$n[0]]`, `[]`},
		{"an index by a reference", `#set($k = "stage")$context[$k]`, `dev`},
		{"a brace that is not closed", `${context.stage $!{context.stage`, `${context.stage $!{context.stage`},
		{"arguments that are none", `$context.stage.length(1 2) $context.stage.length(`, `(1 2) (`},
		{"setting what can not be set", `#set($n = 1)#set($n.a = 2)#set($context.stage.a = 3)#set($n.call() = 4)$n`, `1`},
		{"setting beyond a list", `#set($l = [1])#set($l[5] = 2)#set($l["a"] = 2)$l`, `[1]`},
		{"a reference to a reference", `#set($a = $context.stage)#set($b = $a)$b$a`, `devdev`},
		{"a list that two share", `#set($a = [1])#set($b = $a)#set($x = $b.add(2))$a`, `[1, 2]`},
		{"slashes before nothing", `\\ \\$nope \\#nope`, `\\ \\$nope \\#nope`},
	})
}
