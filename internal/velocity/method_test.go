package velocity

import "testing"

func TestMethods(t *testing.T) {
	wantRendered(t, []rendering{
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
		{"entries of a map", `#set($m = {"a": 1, "b": 2})#foreach($e in $m.entrySet())$e.key=$e.value/$e.getKey()=$e.getValue();#end`, `a=1/a=1;b=2/b=2;`},
		{"getters", `#set($m = {"name": "n"})$m.getName() $m.get("name")`, `n n`},
		{"arguments that do not fit", `#set($s = "abc")[$s.substring("x")][$s.charAt("x")][$s.indexOf()][$s.contains()][$s.replace("a")][$s.replaceAll("a")][$s.replaceFirst("a")][$s.split()][$s.matches()]`,
			`[][][-1][false][][][][][false]`},
		{"places that are not there", `#set($s = "abc")[$s.charAt(3)][$s.charAt(-1)][$s.substring(-1)][$s.substring(1, 9)][$s.replaceFirst("z", "y")][$s.compareTo("abc")]`, `[][][][][abc][0]`},
		{"lists with arguments that do not fit", `#set($l = [1, 2])[$l.get()][$l.set(9, 1)][$l.add(9, 1)][$l.remove(9)][$l.remove("z")][$l.subList(1, 0)][$l.contains()][$l.addAll()][$l.indexOf(2)] $l`,
			`[][][][][false][][false][][1] [1, 2]`},
		{"maps with arguments that do not fit", `#set($m = {"a": 1})[$m.get()][$m.put("x")][$m.putAll()][$m.putAll(7)][$m.putAll($m)][$m.remove("z")][$m.containsKey()][$m.getOrDefault("a", 2)] $m`,
			`[][][][][][][false][1] {a=1}`},
		{"numbers with arguments that do not fit", `#set($i = 0)[$i.parseInt("x")][$i.parseInt()][$i.valueOf("7")][$i.parseDouble("1.5")][$i.intValue()][$i.longValue()][$i.doubleValue()][$i.nope()]`, `[][][7][1.5][0][0][0.0][]`},
		{"setting an entry", `#set($m = {"a": 1})#foreach($e in $m.entrySet())#set($x = $e.setValue(2))$e.nope$e.nope()#end$m`, `{a=2}`},
		{"an empty text", `#set($s = "")$s.empty $s.isEmpty() $s.length() $s.split(",").size()`, `true true 0 1`},
		{"groups of a pattern", `#set($s = "2020-01")$s.replaceAll("(\d+)-(\d+)", "$2/$1") $s.replaceFirst("\d", "\\x")`, `01/2020 \x020-01`},
		{"truths", `#set($b = true)$b.toString() $b.equals(true) $b.equals(false) $b.nope()|`, `true true false |`},
	})
}
