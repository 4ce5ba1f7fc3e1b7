package velocity

import "testing"

// saying is an expression and its text; nothing is written as an empty text.
type saying struct{ expression, want string }

// wantSaid sets $v to a value anew for each expression.
func wantSaid(t *testing.T, value string, rows []saying) {
	t.Helper()
	for _, tt := range rows {
		t.Run(tt.expression, func(t *testing.T) {
			if got := render(t, "#set($v = "+value+")#set($x = "+tt.expression+")$!x"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEachMethodOfTexts(t *testing.T) {
	wantSaid(t, `"Größe a,b"`, []saying{
		{`$v.length()`, `9`},
		{`$v.isEmpty()`, `false`},
		{`$v.trim()`, `Größe a,b`},
		{`$v.toLowerCase()`, `größe a,b`},
		{`$v.toUpperCase()`, `GRÖßE A,B`},
		{`$v.contains("öß")`, `true`},
		{`$v.contains("x")`, `false`},
		{`$v.contains("")`, `true`},
		{`$v.contains()`, `false`},
		{`$v.contains(7)`, `false`},
		{`$v.startsWith("Gr")`, `true`},
		{`$v.startsWith("r")`, `false`},
		{`$v.endsWith("b")`, `true`},
		{`$v.endsWith("a")`, `false`},
		{`$v.equalsIgnoreCase("GRÖßE A,B")`, `true`},
		{`$v.equalsIgnoreCase("x")`, `false`},
		{`$v.equals("Größe a,b")`, `true`},
		{`$v.equals()`, `false`},
		{`$v.matches("G.*")`, `true`},
		{`$v.matches("r")`, `false`},
		{`$v.matches("x|G.*")`, `true`},
		{`$v.matches("(")`, `false`},
		{`$v.indexOf("e")`, `4`},
		{`$v.indexOf("x")`, `-1`},
		{`$v.lastIndexOf("b")`, `8`},
		{`$v.lastIndexOf("x")`, `-1`},
		{`$v.concat("!")`, `Größe a,b!`},
		{`$v.concat(1)`, `Größe a,b1`},
		{`$v.concat()`, `Größe a,b`},
		{`$v.substring(2)`, `öße a,b`},
		{`$v.substring(2, 4)`, `öß`},
		{`$v.substring(9)`, ``},
		{`$v.substring(10)`, ``},
		{`$v.substring(4, 2)`, ``},
		{`$v.substring(0, 10)`, ``},
		{`$v.substring()`, ``},
		{`$v.charAt(2)`, `ö`},
		{`$v.charAt(9)`, ``},
		{`$v.charAt("2")`, ``},
		{`$v.split(",")`, `[Größe a, b]`},
		{`$v.split("[ ,]").size()`, `3`},
		{`$v.split("b").size()`, `1`},
		{`$v.split("x")[0]`, `Größe a,b`},
		{`$v.split("(")`, ``},
		{`$v.replace("a", "aa")`, `Größe aa,b`},
		{`$v.replace(".", "")`, `Größe a,b`},
		{`$v.replace("a")`, ``},
		{`$v.replaceAll("[a-z]", "<$0>")`, `G<r>öß<e> <a>,<b>`},
		{`$v.replaceAll("(a),(b)", "$2,$1")`, `Größe b,a`},
		{`$v.replaceAll("a", "\$1")`, `Größe $1,b`},
		{`$v.replaceAll("(", "")`, ``},
		{`$v.replaceFirst("[ab]", "x")`, `Größe x,b`},
		{`$v.replaceFirst("x", "y")`, `Größe a,b`},
		{`$v.replaceFirst("(", "")`, ``},
		{`$v.compareTo("Größe a,b")`, `0`},
		{`$v.compareTo("H")`, `-1`},
		{`$v.compareTo("A")`, `1`},
		{`$v.empty`, `false`},
		{`$v.nope`, ``},
		{`$v.nope()`, ``},
		{`$v[0]`, ``},
		{`$v.parseInt("-7")`, `-7`},
		{`$v.parseDouble("1e2")`, `100.0`},
		{`$v.valueOf("x")`, ``},
		{`$v.parseInt("99999999999999999999")`, ``},
	})
}

func TestEachMethodOfLists(t *testing.T) {
	wantSaid(t, `["a", 1, null]`, []saying{
		{`$v`, `[a, 1, null]`},
		{`$v.size()`, `3`},
		{`$v.length()`, `3`},
		{`$v.isEmpty()`, `false`},
		{`$v.empty`, `false`},
		{`$v.get(1)`, `1`},
		{`$v.get(3)`, ``},
		{`$v.get(-1)`, ``},
		{`$v.get("0")`, ``},
		{`$v[0]`, `a`},
		{`$v[3]`, ``},
		{`$v[1.0]`, ``},
		{`$v.contains("a")`, `true`},
		{`$v.contains("1")`, `true`},
		{`$v.contains("b")`, `false`},
		{`$v.contains(null)`, `true`},
		{`$v.indexOf(1)`, `1`},
		{`$v.indexOf("b")`, `-1`},
		{`$v.join("-")`, `a-1-null`},
		{`$v.join()`, `a1null`},
		{`$v.subList(0, 2)`, `[a, 1]`},
		{`$v.subList(1, 1)`, `[]`},
		{`$v.subList(0, 4)`, ``},
		{`$v.subList(0)`, ``},
		{`$v.add("b")`, `true`},
		{`$v.add(0, "b")`, ``},
		{`$v.addAll([1, 2])`, `true`},
		{`$v.addAll([])`, `false`},
		{`$v.set(0, "b")`, `a`},
		{`$v.set(3, "b")`, ``},
		{`$v.set(0)`, ``},
		{`$v.remove(0)`, `a`},
		{`$v.remove(3)`, ``},
		{`$v.remove(-1)`, ``},
		{`$v.remove("a")`, `true`},
		{`$v.remove("b")`, `false`},
		{`$v.clear()`, ``},
		{`$v.equals(["a", 1, null])`, `true`},
		{`$v.toString()`, `[a, 1, null]`},
		{`$v.nope()`, ``},
	})
}

// What a method leaves of a list.
func TestMethodsThatChangeLists(t *testing.T) {
	for method, want := range map[string]string{
		`add("b")`:       `[a, 1, b]`,
		`add(0, "b")`:    `[b, a, 1]`,
		`add(2, "b")`:    `[a, 1, b]`,
		`add(3, "b")`:    `[a, 1]`,
		`addAll([2, 3])`: `[a, 1, 2, 3]`,
		`addAll("x")`:    `[a, 1]`,
		`set(1, "b")`:    `[a, b]`,
		`set(2, "b")`:    `[a, 1]`,
		`remove(1)`:      `[a]`,
		`remove(2)`:      `[a, 1]`,
		`remove("a")`:    `[1]`,
		`remove("b")`:    `[a, 1]`,
		`clear()`:        `[]`,
		`subList(0, 1)`:  `[a, 1]`,
	} {
		t.Run(method, func(t *testing.T) {
			if got := render(t, `#set($v = ["a", 1])#set($x = $v.`+method+`)$v`); got != want {
				t.Errorf("left %q, want %q", got, want)
			}
		})
	}
}

func TestEachMethodOfMaps(t *testing.T) {
	wantSaid(t, `{"b": 1, "a": null}`, []saying{
		{`$v`, `{b=1, a=null}`},
		{`$v.size()`, `2`},
		{`$v.isEmpty()`, `false`},
		{`$v.empty`, `false`},
		{`$v.b`, `1`},
		{`$v.get("b")`, `1`},
		{`$v["b"]`, `1`},
		{`$v.getB()`, `1`},
		{`$v.get("c")`, ``},
		{`$v.c`, ``},
		{`$v.get()`, ``},
		{`$v.getOrDefault("b", 2)`, `1`},
		{`$v.getOrDefault("c", 2)`, `2`},
		{`$v.getOrDefault("a", 2)`, ``},
		{`$v.containsKey("a")`, `true`},
		{`$v.containsKey("c")`, `false`},
		{`$v.containsValue(1)`, `true`},
		{`$v.containsValue(2)`, `false`},
		{`$v.keySet()`, `[b, a]`},
		{`$v.values()`, `[1, null]`},
		{`$v.entrySet()`, `[b=1, a=null]`},
		{`$v.put("b", 2)`, `1`},
		{`$v.put("c", 2)`, ``},
		{`$v.put("c")`, ``},
		{`$v.putAll({"c": 1})`, ``},
		{`$v.remove("b")`, `1`},
		{`$v.remove("c")`, ``},
		{`$v.clear()`, ``},
		{`$v.equals({"b": 1, "a": null})`, `true`},
		{`$v.nope()`, ``},
	})
}

// What a method leaves of a map. A key that is set again keeps its place.
func TestMethodsThatChangeMaps(t *testing.T) {
	for method, want := range map[string]string{
		`put("b", 2)`:              `{b=2, a=3}`,
		`put("c", 2)`:              `{b=1, a=3, c=2}`,
		`put(7, 2)`:                `{b=1, a=3, 7=2}`,
		`put("c")`:                 `{b=1, a=3}`,
		`putAll({"a": 4, "c": 5})`: `{b=1, a=4, c=5}`,
		`putAll([1])`:              `{b=1, a=3}`,
		`remove("b")`:              `{a=3}`,
		`remove("c")`:              `{b=1, a=3}`,
		`clear()`:                  `{}`,
		`keySet().clear()`:         `{b=1, a=3}`,
		`values().add(1)`:          `{b=1, a=3}`,
	} {
		t.Run(method, func(t *testing.T) {
			if got := render(t, `#set($v = {"b": 1, "a": 3})#set($x = $v.`+method+`)$v`); got != want {
				t.Errorf("left %q, want %q", got, want)
			}
		})
	}
}

func TestEachMethodOfNumbers(t *testing.T) {
	wantSaid(t, `2.5`, []saying{
		{`$v.intValue()`, `2`},
		{`$v.longValue()`, `2`},
		{`$v.doubleValue()`, `2.5`},
		{`$v.parseInt("3")`, `3`},
		{`$v.parseDouble("3.5")`, `3.5`},
		{`$v.valueOf("4")`, `4`},
		{`$v.toString()`, `2.5`},
		{`$v.equals(2.5)`, `true`},
		{`$v.equals("2.5")`, `true`},
		{`$v.equals(2)`, `false`},
		{`$v.length()`, ``},
		{`$v.parseInt()`, ``},
		{`$v[0]`, ``},
	})
}
