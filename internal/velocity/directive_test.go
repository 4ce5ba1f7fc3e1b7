package velocity

import "testing"

func TestDirectives(t *testing.T) {
	wantRendered(t, []rendering{
		{"text", `a # b $ c $5 #foo ${ #{x`, `a # b $ c $5 #foo ${ #{x`},
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
		{"nested branches", `#if(true)#if(false)a#elseif(1 == 1)b#{end}c#end`, `bc`},
		{"a branch in braces", `#{if}(true)x#{else}y#{end}z`, `xz`},
		{"text behind an end", `#if(true)x#{end}y #if(true)x#endy`, `xy xy`},
		{"a comment at the text's end", `a## b`, `a`},
		{"a comment that does not end", `a#* b`, `a`},
		{"text that is not parsed and does not end", `#[[a`, `a`},
		{"first and last", `#foreach($i in [1..3])#if($foreach.first)<#end$i#if($foreach.last)>#end#end`, `<123>`},
		{"methods of a loop", `#foreach($i in ["a", "b"])$foreach.getIndex()$foreach.getCount()$foreach.nope$foreach.nope()#if($velocityHasNext),#end#end`, `01,12`},
		{"changing what a loop goes through", `#set($l = [1, 2])#foreach($i in $l)#set($x = $l.add(3))$i#end $l.size()`, `12 4`},
		{"a loop's end restores its outer one", `#foreach($a in [1, 2])#foreach($b in [7])#end$foreach.index#end`, `01`},
		{"a macro without parameters", `#macro(m)x#end#m()#m`, `xx`},
		{"the first macro of a name stays", `#macro(m)1#end#macro(m)2#end#m()`, `1`},
		{"arguments with commas", `#macro(m $a, $b)$a/$b#end#m("x", "y")`, `x/y`},
		{"a macro's parameters end with it", `#set($a = 0)#macro(m $a)$a#end#m(1)$a`, `10`},
		{"a call whose arguments are none", `#m(1 +) #m(`, `#m(1 +) #m(`},
	})
}

// What API Gateway's console offers as "method request passthrough" works like this.
func TestAllParametersOfARequest(t *testing.T) {
	const text = `#set($all = $input.params())
{#foreach($kind in $all.keySet())
#set($params = $all.get($kind))
"$kind": {#foreach($name in $params.keySet())
"$name": "$util.escapeJavaScript($params.get($name))"#if($foreach.hasNext),#end
#end}#if($foreach.hasNext),#end
#end}`
	value, err := ParseJSON(render(t, text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := newRun(nil).json(value)
	if want := `{"path":{"id":"7"},"querystring":{"id":"query","q":"x y"},"header":{"X-A":"head"}}`; got != want || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}
