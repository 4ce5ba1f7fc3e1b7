package velocity

import (
	"strings"
	"testing"
)

// operands are a value of each type, as templates write it.
var operands = []string{`$nope`, `true`, `2`, `2.0`, `"2"`, `"b"`, `[2]`, `{"a": 2}`}

// wantMatrix compares what an operator makes of each pair of operands: a row for each left one, a column for each right one. A dash is
// nothing.
func wantMatrix(t *testing.T, operator string, rows [8]string) {
	t.Helper()
	for i, left := range operands {
		var got []string
		for _, right := range operands {
			text := render(t, `#set($x = `+left+` `+operator+` `+right+`)#if($x == $null)-#{else}$x#end`)
			got = append(got, strings.ReplaceAll(text, " ", ""))
		}
		if is := strings.Join(got, " "); is != strings.Join(strings.Fields(rows[i]), " ") {
			t.Errorf("%s %s each of %v\ngot  %s\nwant %s", left, operator, operands, is, rows[i])
		}
	}
}

// A text takes all others in; of the rest only numbers have a sum.
func TestSumsOfEachTwoTypes(t *testing.T) {
	wantMatrix(t, "+", [8]string{
		`-      -      -      -       null2   nullb   -      -`,
		`-      -      -      -       true2   trueb   -      -`,
		`-      -      4      4.0     22      2b      -      -`,
		`-      -      4.0    4.0     2.02    2.0b    -      -`,
		`2null  2true  22     22.0    22      2b      2[2]   2{a=2}`,
		`bnull  btrue  b2     b2.0    b2      bb      b[2]   b{a=2}`,
		`-      -      -      -       [2]2    [2]b    -      -`,
		`-      -      -      -       {a=2}2  {a=2}b  -      -`,
	})
}

func TestProductsOfEachTwoTypes(t *testing.T) {
	for operator, want := range map[string][2]string{"*": {"4 4.0", "4.0 4.0"}, "-": {"0 0.0", "0.0 0.0"}, "/": {"1 1.0", "1.0 1.0"}, "%": {"0 0.0", "0.0 0.0"}} {
		t.Run(operator, func(t *testing.T) {
			none := "- - - - - - - -"
			wantMatrix(t, operator, [8]string{none, none, "- - " + want[0] + " - - - -", "- - " + want[1] + " - - - -", none, none, none, none})
		})
	}
}

// Numbers are equal by their value, all others by their text. Nothing is equal to nothing.
func TestEqualityOfEachTwoTypes(t *testing.T) {
	rows := [8]string{
		`true  false false false false false false false`,
		`false true  false false false false false false`,
		`false false true  true  true  false false false`,
		`false false true  true  false false false false`,
		`false false true  false true  false false false`,
		`false false false false false true  false false`,
		`false false false false false false true  false`,
		`false false false false false false false true`,
	}
	for _, operator := range []string{"==", "eq"} {
		t.Run(operator, func(t *testing.T) { wantMatrix(t, operator, rows) })
	}
	opposite := strings.NewReplacer("true", "false", "false", "true")
	for i := range rows {
		rows[i] = opposite.Replace(rows[i])
	}
	for _, operator := range []string{"!=", "ne"} {
		t.Run(operator, func(t *testing.T) { wantMatrix(t, operator, rows) })
	}
}

// Numbers have an order, and texts; a number and a text have none.
func TestOrderOfEachTwoTypes(t *testing.T) {
	const none = `false false false false false false false false`
	for operator, want := range map[string][3]string{ // of numbers, of "2" with "2" and "b", of "b" with them
		"<": {"false", "false true", "false false"}, "lt": {"false", "false true", "false false"},
		"<=": {"true", "true true", "false true"}, "le": {"true", "true true", "false true"},
		">": {"false", "false false", "true false"}, "gt": {"false", "false false", "true false"},
		">=": {"true", "true false", "true true"}, "ge": {"true", "true false", "true true"},
	} {
		t.Run(operator, func(t *testing.T) {
			number := `false false ` + want[0] + ` ` + want[0] + ` false false false false`
			wantMatrix(t, operator, [8]string{
				none, none, number, number, `false false false false ` + want[1] + ` false false`, `false false false false ` + want[2] + ` false false`, none, none,
			})
		})
	}
}

// All but false and nothing count as true.
func TestTruthOfEachTwoTypes(t *testing.T) {
	const yes, no = `true true true true true true true true`, `false true true true true true true true`
	for _, operator := range []string{"||", "or"} {
		t.Run(operator, func(t *testing.T) { wantMatrix(t, operator, [8]string{no, yes, yes, yes, yes, yes, yes, yes}) })
	}
	const never = `false false false false false false false false`
	for _, operator := range []string{"&&", "and"} {
		t.Run(operator, func(t *testing.T) { wantMatrix(t, operator, [8]string{never, no, no, no, no, no, no, no}) })
	}
}

// Operators bind in Velocity's order, the words as the signs.
func TestHowTightOperatorsBind(t *testing.T) {
	wantValues(t, []valued{
		{`true || true && false`, `true`},
		{`(true || true) && false`, `false`},
		{`true or true and false`, `true`},
		{`false && false || true`, `true`},
		{`false == false && false`, `false`},
		{`false == (false && false)`, `true`},
		{`1 < 2 == true`, `true`},
		{`true == 1 < 2`, `true`},
		{`1 + 1 < 3`, `true`},
		{`3 > 1 + 1`, `true`},
		{`2 + 2 * 2`, `6`},
		{`2 * 2 + 2`, `6`},
		{`8 / 4 / 2`, `1`},
		{`8 / (4 / 2)`, `4`},
		{`8 - 4 - 2`, `2`},
		{`8 - (4 - 2)`, `6`},
		{`9 % 5 * 2`, `8`},
		{`2 * 9 % 5`, `3`},
		{`1 + 2 + "a"`, `3a`},
		{`"a" + 1 + 2`, `a12`},
		{`"a" + (1 + 2)`, `a3`},
		{`"a" + 2 * 3`, `a6`},
		{`!true == false`, `true`},
		{`!(true == false)`, `true`},
		{`!false && false`, `false`},
		{`!!true`, `true`},
		{`not not false`, `false`},
		{`not false or true`, `true`},
		{`1 ne 2 and 2 ne 1`, `true`},
		{`1 lt 2 and 2 le 2 and 3 gt 2 and 2 ge 2`, `true`},
		{`((((1))))`, `1`},
		{`-1 - -1`, `0`},
		{`2--1`, `3`},
		{`1<2`, `true`},
		{`1==1&&2==2`, `true`},
	})
}
