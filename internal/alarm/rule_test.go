package alarm_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sluice/internal/alarm"
	"sluice/internal/fault"
)

// known are the states of the alarms that rules are tried on.
var known = map[string]alarm.State{
	"ringing": alarm.Ringing, "fine": alarm.OK, "blind": alarm.InsufficientData, "with space": alarm.Ringing,
	"arn:aws:cloudwatch:eu-central-1:123456789012:alarm:fine": alarm.OK, "a(b)": alarm.Ringing, "ALARM": alarm.Ringing,
}

func TestRules(t *testing.T) {
	for text, want := range map[string]bool{
		`ALARM(ringing)`:                 true,
		`ALARM("ringing")`:               true,
		`ALARM ( ringing )`:              true,
		`ALARM(fine)`:                    false,
		`OK(fine)`:                       true,
		`INSUFFICIENT_DATA(blind)`:       true,
		`INSUFFICIENT_DATA(ringing)`:     false,
		`NOT OK(ringing)`:                true,
		`NOT NOT ALARM(ringing)`:         true,
		`TRUE`:                           true,
		`FALSE`:                          false,
		`false`:                          false,
		`ALARM(with space)`:              true,
		`ALARM("a(b)")`:                  true,
		`ALARM(ALARM)`:                   true,
		"ALARM(ringing)\n\tAND OK(fine)": true,
		`OK(arn:aws:cloudwatch:eu-central-1:123456789012:alarm:fine)`: true,
		// AND binds more tightly than OR, whatever comes first.
		`TRUE OR TRUE AND FALSE`:                                  true,
		`(TRUE OR TRUE) AND FALSE`:                                false,
		`FALSE AND TRUE OR TRUE`:                                  true,
		`FALSE AND (TRUE OR TRUE)`:                                false,
		`NOT FALSE AND FALSE`:                                     false,
		`NOT (FALSE AND FALSE)`:                                   true,
		`((ALARM(ringing)))AND(NOT(ALARM(fine)OR OK("ringing")))`: true,
	} {
		rule, err := alarm.ParseRule(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := rule.Holds(func(child string) alarm.State { return known[child] }); got != want {
			t.Errorf("%s is %v", text, got)
		}
	}
}

func TestRulesThatAreNone(t *testing.T) {
	for text, says := range map[string]string{
		"":                       "whitespace",
		" TRUE":                  "whitespace",
		"TRUE ":                  "whitespace",
		"ALARM":                  "ends too early, at character 6: an alarm in parentheses",
		"ALARM(":                 "a closing parenthesis was expected behind the alarm",
		"ALARM()":                "wrong at character 7: an alarm's name or ARN was expected",
		`ALARM("a`:               "the quotes are not closed",
		`ALARM("a" b)`:           "wrong at character 11: a closing parenthesis",
		"ALARM(a) ALARM(b)":      "wrong at character 10: AND or OR was expected",
		"ALARM(ä) XOR OK(b)":     "wrong at character 10: AND or OR was expected",
		"ALARM(a) AND":           "ends too early",
		"AND":                    "wrong at character 1: ALARM, OK",
		"(TRUE":                  "ends too early, at character 6: a closing parenthesis",
		"TRUE)":                  "wrong at character 5",
		"NOT":                    "ends too early",
		"TRUEISH":                "wrong at character 1",
		"OKAY(a)":                "wrong at character 1",
		strings.Repeat("(", 600): "at most 500 elements",
	} {
		_, err := alarm.ParseRule(text)
		if err == nil || !strings.Contains(err.Error(), says) || fault.Of(err).Noun != "alarm rule" {
			t.Errorf("%.40s: %v, want one that says %q", text, err, says)
		}
	}
}

func TestChildrenOfRules(t *testing.T) {
	rule, err := alarm.ParseRule(`ALARM(b) OR OK("a") OR ALARM(b) AND NOT OK(b)`)
	if err != nil || !slices.Equal(rule.Children(), []string{"b", "a"}) {
		t.Errorf("%v, %v", rule.Children(), err)
	}
}

func TestLimitsOfRules(t *testing.T) {
	with := func(children int) string {
		var terms []string
		for i := range children {
			terms = append(terms, fmt.Sprintf("ALARM(a%d)", i))
		}
		return strings.Join(terms, " OR ")
	}
	if _, err := alarm.ParseRule(with(100)); err != nil {
		t.Errorf("100 children: %v", err)
	}
	for name, text := range map[string]string{
		"101 children":      with(101),
		"10 241 characters": "ALARM(" + strings.Repeat("a", 10_241-7) + ")",
		"501 elements":      strings.Repeat("TRUE AND ", 500) + "TRUE",
	} {
		_, err := alarm.ParseRule(text)
		wantFault(t, err, fault.Limit, "alarm rule")
		if err == nil {
			t.Error(name)
		}
	}
}

// A rule that was read can be evaluated, and nothing makes the parser panic or go on for ever.
func FuzzParseRule(f *testing.F) {
	for _, seed := range []string{"ALARM(a) AND NOT (OK(\"b\") OR TRUE)", "((((", "NOT NOT NOT", `ALARM("`, "ALARM(é", "TRUE OR"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := alarm.ParseRule(text)
		if (rule == nil) == (err == nil) {
			t.Fatalf("%q: %v, %v", text, rule, err)
		}
		if err != nil {
			if e := fault.Of(err); e.Kind != fault.Invalid && e.Kind != fault.Limit {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		for _, child := range rule.Children() {
			if child == "" {
				t.Fatalf("%q names no alarm", text)
			}
		}
		rule.Holds(func(string) alarm.State { return alarm.OK })
	})
}
