package expression

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// written puts brackets around each operation, so that a test sees what binds to what.
func written(n node) string {
	switch n := n.(type) {
	case literal:
		return strconv.FormatFloat(n.value, 'g', -1, 64)
	case text:
		return strconv.Quote(n.value)
	case word:
		return n.value
	case reference:
		return n.id
	case unary:
		return "(-" + written(n.operand) + ")"
	case binary:
		return "(" + written(n.left) + " " + n.operator + " " + written(n.right) + ")"
	case list:
		return "[" + joined(n.items) + "]"
	case call:
		return n.function + "(" + joined(n.arguments) + ")"
	}
	return fmt.Sprintf("?%T", n)
}

func joined(nodes []node) string {
	var parts []string
	for _, n := range nodes {
		parts = append(parts, written(n))
	}
	return strings.Join(parts, ", ")
}

func TestParseBinds(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"a + b * c", "(a + (b * c))"},
		{"a * b + c", "((a * b) + c)"},
		{"a - b - c", "((a - b) - c)"},
		{"a / b * c", "((a / b) * c)"},
		{"a ^ b ^ c", "(a ^ (b ^ c))"},
		{"-a ^ b", "(-(a ^ b))"},
		{"a ^ -b", "(a ^ (-b))"},
		{"-a * b", "((-a) * b)"},
		{"a * -b", "(a * (-b))"},
		{"a - -b", "(a - (-b))"},
		{"a < b + c", "(a < (b + c))"},
		{"a < b == c > d", "((a < b) == (c > d))"},
		{"a == b AND c != d", "((a == b) AND (c != d))"},
		{"a OR b AND c", "(a OR (b AND c))"},
		{"a AND b OR c", "((a AND b) OR c)"},
		{"a || b && c", "(a OR (b AND c))"},
		{"(a OR b) AND c", "((a OR b) AND c)"},
		{"((a))", "a"},
		{"[a, b + c, [d]]", "[a, (b + c), [d]]"},
		{"[]", "[]"},
		{"METRICS()", "METRICS()"},
		{"SORT(METRICS(\"e\"), AVG, DESC, 2)", `SORT(METRICS("e"), AVG, DESC, 2)`},
		{"IF(a > 1, a)", "IF((a > 1), a)"},
		{"f (a)", "f(a)"},
		{"1e-36 + .5", "(1e-36 + 0.5)"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			n, err := parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := written(n); got != tt.want {
				t.Errorf("parse(%q) = %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":          "unexpected the end",
		"   ":       "unexpected the end",
		"()":        "unexpected ')'",
		"a b":       "unexpected 'b'",
		"a 1":       "unexpected '1'",
		"a +* b":    "unexpected '*'",
		"+a":        "unexpected '+'",
		"a,":        "unexpected ','",
		"[a":        "expected ']', found the end",
		"[a,]":      "unexpected ']'",
		"f(a b)":    "expected ')', found 'b'",
		"f(a,,b)":   "unexpected ','",
		"(a]":       "expected ')', found ']'",
		"a AND":     "unexpected the end",
		"OR a":      "unexpected 'OR'",
		`a "x"`:     `unexpected text "x"`,
		"1..2":      "'1..2' is not a number",
		".":         "'.' is not a number",
		"a ^":       "unexpected the end",
		"a == == b": "unexpected '=='",
	} {
		t.Run(text, func(t *testing.T) {
			_, err := parse(text)
			if err == nil || !strings.HasSuffix(err.Error(), ": "+want) {
				t.Errorf("parse(%q): %v, want %q", text, err, want)
			}
		})
	}
}

func TestParseGoesAsDeepAsItsBound(t *testing.T) {
	nested := func(depth int) string { return strings.Repeat("(", depth) + "a" + strings.Repeat(")", depth) }
	if _, err := parse(nested(maxDepth - 1)); err != nil {
		t.Errorf("%d brackets: %v", maxDepth-1, err)
	}
	if _, err := parse(nested(maxDepth)); err == nil {
		t.Errorf("%d brackets are taken", maxDepth)
	}
	if _, err := parse("a" + strings.Repeat("+a", 1000)); err != nil {
		t.Errorf("a long sum: %v", err)
	}
}
