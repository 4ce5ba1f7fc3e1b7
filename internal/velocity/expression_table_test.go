package velocity

import "testing"

// valued is the right side of a #set and its text in brackets; what is nothing is empty.
type valued struct{ expression, want string }

func wantValues(t *testing.T, rows []valued) {
	t.Helper()
	for _, tt := range rows {
		t.Run(tt.expression, func(t *testing.T) {
			if got := render(t, "#set($x = "+tt.expression+")[$!x]"); got != "["+tt.want+"]" {
				t.Errorf("got %s, want [%s]", got, tt.want)
			}
		})
	}
}

// Velocity's user guide, "Math": whole numbers are divided without a rest, and what can't be computed is nothing.
func TestArithmeticRowByRow(t *testing.T) {
	wantValues(t, []valued{
		{`1 + 2`, `3`},
		{`1 - 2`, `-1`},
		{`2 * 3`, `6`},
		{`7 / 2`, `3`},
		{`-7 / 2`, `-3`},
		{`7 % 3`, `1`},
		{`-7 % 3`, `-1`},
		{`7 / 0`, ``},
		{`7 % 0`, ``},
		{`7.0 / 2`, `3.5`},
		{`1.5 + 1`, `2.5`},
		{`1 + 2 * 3`, `7`},
		{`(1 + 2) * 3`, `9`},
		{`10 - 2 - 3`, `5`},
		{`2 * 3 % 4`, `2`},
		{`"a" + "b"`, `ab`},
		{`"a" + 1`, `a1`},
		{`1 + "a"`, `1a`},
		{`"1" + 1`, `11`},
		{`$nope + 1`, ``},
		{`[1] + 1`, ``},
		{`-3`, `-3`},
		{`"a" - "b"`, ``},
		{`true + 1`, ``},
	})
}

// Velocity's user guide, "Relational and Logical Operators": values of different types are compared as texts.
func TestComparisonsRowByRow(t *testing.T) {
	wantValues(t, []valued{
		{`1 == 1`, `true`},
		{`1 == 2`, `false`},
		{`1 == 1.0`, `true`},
		{`"a" == "a"`, `true`},
		{`"a" == "b"`, `false`},
		{`1 == "1"`, `true`},
		{`null == null`, `true`},
		{`$nope == null`, `true`},
		{`$nope == $nix`, `true`},
		{`[1] == [1]`, `true`},
		{`[1] == [2]`, `false`},
		{`{"a": 1} == {"a": 1}`, `true`},
		{`1 != 2`, `true`},
		{`1 != 1`, `false`},
		{`1 < 2`, `true`},
		{`2 <= 2`, `true`},
		{`2 > 1`, `true`},
		{`2 >= 3`, `false`},
		{`1 eq 1`, `true`},
		{`1 ne 1`, `false`},
		{`1 lt 2`, `true`},
		{`2 le 1`, `false`},
		{`2 gt 1`, `true`},
		{`1 ge 1`, `true`},
		{`true == true`, `true`},
		{`true == "true"`, `true`},
		{`$nope < 1`, `false`},
	})
}

// Velocity's user guide: what is neither false nor nothing counts as true.
func TestLogicRowByRow(t *testing.T) {
	wantValues(t, []valued{
		{`true && true`, `true`},
		{`true && false`, `false`},
		{`false || true`, `true`},
		{`false || false`, `false`},
		{`!true`, `false`},
		{`!false`, `true`},
		{`!$nope`, `true`},
		{`true and false`, `false`},
		{`true or false`, `true`},
		{`not true`, `false`},
		{`true && false || true`, `true`},
		{`true || false && false`, `true`},
		{`!(true && false)`, `true`},
		{`1 == 1 && 2 == 2`, `true`},
		{`"a" && true`, `true`},
		{`"" || false`, `true`},
		{`$nope || "a"`, `true`},
		{`1 && 0`, `true`},
	})
}

// Velocity's user guide, "Literals": a text in single quotes is not looked into.
func TestLiteralsRowByRow(t *testing.T) {
	wantValues(t, []valued{
		{`7`, `7`},
		{`-7`, `-7`},
		{`1.50`, `1.5`},
		{`true`, `true`},
		{`false`, `false`},
		{`null`, ``},
		{`"text"`, `text`},
		{`'text'`, `text`},
		{`""`, ``},
		{`'$nope'`, `$nope`},
		{`"$nope"`, `$nope`},
		{`"it's"`, `it's`},
		{`'a"b'`, `a"b`},
		{`"a""b"`, `a"b`},
		{`'it''s'`, `it's`},
		{`[]`, `[]`},
		{`[ ]`, `[]`},
		{`[1, "a", true]`, `[1, a, true]`},
		{`[[1], [2]]`, `[[1], [2]]`},
		{`[1..3]`, `[1, 2, 3]`},
		{`[3..1]`, `[3, 2, 1]`},
		{`[1..1]`, `[1]`},
		{`[-1..1]`, `[-1, 0, 1]`},
		{`{}`, `{}`},
		{`{"a": 1}`, `{a=1}`},
		{`{"a": {"b": [1]}}`, `{a={b=[1]}}`},
		{`{"a": 1, "a": 2}`, `{a=2}`},
		{`{1: 2}`, `{1=2}`},
		{`{'a': 'b'}`, `{a=b}`},
	})
}
