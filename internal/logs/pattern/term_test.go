package pattern_test

import (
	"testing"

	"sluice/internal/logs/pattern"
)

func compile(t testing.TB, text string) *pattern.Pattern {
	t.Helper()
	p, err := pattern.Compile(text)
	if err != nil {
		t.Fatalf("Compile(%s): %v", text, err)
	}
	return p
}

// example is a message with whether it satisfies the pattern.
type example struct {
	message string
	matches bool
}

func check(t *testing.T, text string, examples ...example) {
	t.Helper()
	p := compile(t, text)
	for _, e := range examples {
		if _, ok := p.Match([]byte(e.message)); ok != e.matches {
			t.Errorf("%s on %s: %v", text, e.message, ok)
		}
	}
}

// The rules are those of AWS's page FilterAndPatternSyntax, "Match terms in unstructured log events".
func TestTerms(t *testing.T) {
	for _, test := range []struct {
		name, pattern string
		examples      []example
	}{
		{"the empty pattern matches everything", "", []example{{"", true}, {"x", true}}},
		{"so does a blank one", " ", []example{{"", true}, {"x", true}}},
		{"a term", "FAILED", []example{
			{"order 7 FAILED", true}, {"[FAILED] order 7", true}, {"order 7 done", false},
		}},
		{"case counts", "FAILED", []example{{"order 7 failed", false}}},
		{"part of a word is found", "FAIL", []example{{"FAILED", true}}},
		{"underscores and digits need no quotes", "rule_17", []example{{"by rule_17", true}, {"by rule 17", false}}},
		{"letters of any script need none either", "失敗", []example{{"処理に失敗しました", true}}},
		{"all terms in any order", "order lost", []example{
			{"lost the order", true}, {"order 7", false}, {"lost", false},
		}},
		{"a phrase", `"order lost"`, []example{{"an order lost", true}, {"lost the order", false}}},
		{"a phrase with signs", `"[7] a-b: c!"`, []example{{"see [7] a-b: c!", true}, {"see 7 ab c", false}}},
		{"an escaped quotation mark", `"say \"go\" \\ now"`, []example{{`say "go" \ now`, true}, {`say go`, false}}},
		{"a quoted space", `" "`, []example{{"a b", true}, {"ab", false}}},
		{"one of optional terms", "?warn ?fail", []example{{"a warning", true}, {"failed", true}, {"fine", false}}},
		{"an optional phrase", `?"no disk" ?"no net"`, []example{{"no net left", true}, {"no time", false}}},
		{"optional terms beside another count for nothing", "?warn order", []example{
			{"order 7", true}, {"warn", false},
		}},
		{"an excluded term", "order -retried", []example{{"order 7", true}, {"order 7 retried", false}, {"7", false}}},
		{"only an excluded term", "-debug", []example{{"order", true}, {"debug", false}}},
		{"an excluded phrase", `-"try again"`, []example{{"again: try", true}, {"try again", false}}},
		{"an expression", "%AUTHORI[SZ]ED%", []example{{"UNAUTHORISED", true}, {"AUTHORIZED", true}, {"authorized", false}}},
		{"an expression with anchors", "%^4[0-9]{2}$%", []example{{"404", true}, {"404\n", true}, {"4041", false}}},
		{"an expression with classes", `%\d+\s\w{3}%`, []example{{"12 abc", true}, {"12abc", false}}},
		{"an expression excluded", `order -%7[0-9]%`, []example{{"order 8", true}, {"order 71", false}}},
	} {
		t.Run(test.name, func(t *testing.T) { check(t, test.pattern, test.examples...) })
	}
}

func TestTermsHaveNoValues(t *testing.T) {
	m, ok := compile(t, "x").Match([]byte("x"))
	if !ok {
		t.Fatal("no match")
	}
	if v, ok := m.Value("$1"); ok {
		t.Errorf("Value = %q", v)
	}
	if values := m.Values(); values == nil || len(values) != 0 {
		t.Errorf("Values = %v", values)
	}
}
