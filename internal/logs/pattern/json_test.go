package pattern_test

import (
	"maps"
	"strings"
	"testing"
)

const document = `{
	"kind": "Sold", "ip": "10.1.2.3", "count": 123, "ratio": 12.34, "whole": 12.0, "tiny": 1e-6, "text": "123",
	"note": "say \"go\"", "none": null, "yes": true, "no": false, "empty": {}, "void": [], "blank": "", "a-b_c": "x",
	"list": ["one", "two"], "people": [{"id": 1, "mail": "jo@example.com"}, {"id": 2}], "grid": [[0, 1], [2, 3]],
	"deep": {"er": {"est": "bottom"}}
}`

// What the comparisons of texts, numbers and missing members answer was found out on AWS with TestMetricFilter by others;
// the rest is AWS's page FilterAndPatternSyntax, "Match terms in JSON log events".
func TestJSONConditions(t *testing.T) {
	for condition, want := range map[string]bool{
		// texts
		`$.kind = "Sold"`: true, `$.kind = Sold`: true, `$.kind = sold`: false, `$.kind != "Sold"`: false,
		`$.kind != "Lost"`: true, `$.kind="Sold"`: true, `$.KIND = "Sold"`: false, `$.note = "say \"go\""`: true,
		`$.blank = ""`: true, `$.kind = ""`: false, `$.a-b_c = x`: true,
		// wildcards
		`$.kind = "So*"`: true, `$.kind = "*ld"`: true, `$.kind = "*ol*"`: true, `$.kind = *`: true, `$.kind = "*"`: true,
		`$.ip = 10.1.*`: true, `$.ip != 10.2.*`: true, `$.ip != 10.1.*`: false, `$.ip = 10*3`: false, `$.ip = "10*3"`: false,
		`$.count = 12*`: true, `$.count = *23`: true, `$.ratio = 12.*`: true, `$.count = *`: true,
		// numbers
		`$.count = 123`: true, `$.count = 123.0`: true, `$.count != 123`: false, `$.count != 111`: true,
		`$.count > 122`: true, `$.count > 123`: false, `$.count >= 123`: true, `$.count < 123`: false, `$.count <= 1.23e2`: true,
		`$.whole = 12`: true, `$.tiny = 0.000001`: true, `$.tiny < 1e-5`: true, `$.ratio >= -1`: true, `$.count > +1`: true,
		// a quoted number is a text
		`$.count = "123"`: true, `$.count = "123.0"`: false, `$.whole = "12"`: false,
		// a text has no order, but its characters count
		`$.text > 1`: false, `$.text = 123`: true, `$.kind >= 1`: false, `$.kind < 1`: false,
		// expressions
		`$.kind = %ol%`: true, `$.kind != %ol%`: false, `$.count = %^1.3$%`: true, `$.ip = %10\.1\.[0-9]\.3%`: true,
		// places
		`$.list[0] = "one"`: true, `$.list[1] = one`: false, `$.list[2] = *`: false, `$.people[1].id = 2`: true,
		`$.grid[1][0] = 2`: true, `$.deep.er.est = bottom`: true, `$.deep.est = bottom`: false, `$.kind[0] = S`: false,
		`$.kind.x = S`: false, `$.list.one = one`: false,
		// states
		`$.none IS NULL`: true, `$.kind IS NULL`: false, `$.gone IS NULL`: false, `$.yes IS TRUE`: true, `$.yes IS FALSE`: false,
		`$.no IS FALSE`: true, `$.kind IS TRUE`: false, `$.gone IS FALSE`: false, `$.gone NOT EXISTS`: true,
		`$.none NOT EXISTS`: false, `$.list[2] NOT EXISTS`: true, `$.list[1] EXISTS`: true, `$.none EXISTS`: true,
		`$.empty EXISTS`: true, `$.gone EXISTS`: false,
		// what has no text is neither equal nor unequal
		`$.gone = x`: false, `$.gone != x`: false, `$.none != x`: false, `$.empty != x`: false, `$.void != x`: false,
		`$.void = x`: false, `$.yes = true`: true, `$.yes != true`: false,
		// joined
		`$.count = 123 && $.kind = Sold`: true, `$.count = 1 && $.kind = Sold`: false, `$.count = 1 || $.kind = Sold`: true,
		`($.count = 123) && ($.kind = Lost || $.yes IS TRUE)`:        true,
		`$.count = 123 || $.kind = Lost && $.kind = Lost`:            true,
		`($.count = 123 || $.kind = Lost) && $.kind = Lost`:          false,
		`((($.count=123))&&(($.yes IS TRUE)))`:                       true,
		`$.people[0].mail = "jo@example.com" && $.people[0].id <= 1`: true,
	} {
		if _, ok := compile(t, "{"+condition+"}").Match([]byte(document)); ok != want {
			t.Errorf("%s: %v", condition, ok)
		}
	}
}

func TestJSONPatternsAskOnlyForDocuments(t *testing.T) {
	check(t, "{ $.a = 1 }",
		example{`{"a":1}`, true}, example{" \n{\"a\":1}\n", true}, example{`{"a":2}`, false},
		example{`{"a":1} {"a":1}`, false}, example{`{"a":1`, false}, example{`INFO {"a":1}`, false}, example{"a 1", false},
		example{`"a"`, false}, example{"null", false}, example{"", false},
		example{`{"a":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, false},
	)
	check(t, "{ $[0] = 1 }", example{"[1]", true}, example{"[2]", false}, example{"[]", false}, example{`{"0":1}`, false})
	check(t, "\n{ $.a = 1 }\n", example{`{"a":1}`, true}) // as heredocs write it
}

func TestJSONValues(t *testing.T) {
	m, ok := compile(t, `{ $.count >= 1 && $.people[0].mail = * && ($.gone NOT EXISTS || $.none = 1) }`).Match([]byte(document))
	if !ok {
		t.Fatal("no match")
	}
	want := map[string]string{"$.count": "123", "$.people[0].mail": "jo@example.com"}
	if got := m.Values(); !maps.Equal(got, want) {
		t.Errorf("Values = %v", got)
	}
	for selector, want := range map[string]string{
		"$.tiny": "1e-6", "$.whole": "12.0", "$.yes": "true", "$.deep.er.est": "bottom", "$.grid[1][1]": "3", "$.blank": "",
	} {
		if got, ok := m.Value(selector); !ok || got != want {
			t.Errorf("Value(%s) = %q, %v", selector, got, ok)
		}
	}
	for _, selector := range []string{
		"", "$", "$.", "count", "$count", "$.gone", "$.none", "$.empty", "$.void", "$.count x", "$.list[", "$.list[x]", "$.list[9]",
	} {
		if got, ok := m.Value(selector); ok {
			t.Errorf("Value(%s) = %q", selector, got)
		}
	}
}
