package account

import (
	"strings"
	"testing"
	"time"
)

const home = "123456789012"

func TestTrustPoliciesDecide(t *testing.T) {
	owner := Holder{Account: home}
	app := Holder{Account: home, Role: "arn:aws:iam::" + home + ":role/team/app", Session: "f", Temporary: true}
	statement := func(rest string) string {
		return `{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",` + rest + `}]}`
	}
	lambda := statement(`"Principal":{"Service":"lambda.amazonaws.com"},"Condition":{"ArnLike":{"aws:SourceArn":"arn:*"}}`)
	for name, tt := range map[string]struct {
		trust  string
		caller Holder
		want   bool
	}{
		"the owner in a service's place":     {lambda, owner, true},
		"a session in a service's place":     {lambda, app, false},
		"the account's number":               {statement(`"Principal":{"AWS":"` + home + `"}`), app, true},
		"the account":                        {statement(`"Principal":{"AWS":"arn:aws:iam::` + home + `:root"}`), app, true},
		"another account":                    {statement(`"Principal":{"AWS":"000000000000"}`), app, false},
		"the owner and another account":      {statement(`"Principal":{"AWS":"000000000000"}`), owner, false},
		"the owner and a role of his":        {statement(`"Principal":{"AWS":"` + app.Role + `"}`), owner, true},
		"the session's role":                 {statement(`"Principal":{"AWS":"` + app.Role + `"}`), app, true},
		"the session itself":                 {statement(`"Principal":{"AWS":"arn:aws:sts::` + home + `:assumed-role/app/f"}`), app, true},
		"another session of the role":        {statement(`"Principal":{"AWS":"arn:aws:sts::` + home + `:assumed-role/app/g"}`), app, false},
		"everybody":                          {statement(`"Principal":"*"`), app, true},
		"everybody, as a name":               {statement(`"Principal":{"AWS":"*"}`), app, true},
		"all but the session's role":         {statement(`"NotPrincipal":{"AWS":"` + app.Role + `"}`), app, false},
		"all but another":                    {statement(`"NotPrincipal":{"AWS":"000000000000"}`), app, true},
		"another action":                     {strings.Replace(statement(`"Principal":"*"`), "AssumeRole", "TagSession", 1), app, false},
		"any action of STS":                  {strings.Replace(statement(`"Principal":"*"`), "AssumeRole", "*", 1), app, true},
		"a denial after it":                  {`{"Statement":[{"Effect":"Allow","Action":"*","Principal":"*"},{"Effect":"Deny","Action":"sts:AssumeRole","Principal":{"AWS":"` + app.Role + `"}}]}`, app, false},
		"a condition that holds":             {statement(`"Principal":"*","Condition":{"StringEquals":{"sts:ExternalId":["a","secret"]}}`), app, true},
		"a condition that doesn't":           {statement(`"Principal":"*","Condition":{"StringEquals":{"sts:ExternalId":"other"}}`), app, false},
		"the owner under a condition":        {statement(`"Principal":{"AWS":"` + home + `"},"Condition":{"StringEquals":{"sts:ExternalId":"other"}}`), owner, false},
		"a condition that nobody knows here": {statement(`"Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`), app, false},
		"what is no policy":                  {`{}`, owner, false},
	} {
		t.Run(name, func(t *testing.T) {
			a := Assumption{ExternalID: "secret", Session: "s"}
			if got := trusts(tt.trust, a.claim(tt.caller)); got != tt.want {
				t.Errorf("%s trusts %v: %v", tt.trust, tt.caller, got)
			}
		})
	}
}

func TestConditions(t *testing.T) {
	values := map[string][]string{"one": {"a"}, "many": {"a", "b"}}
	for _, tt := range []struct {
		operator, key, wanted string
		want                  bool
	}{
		{"StringEquals", "One", "a", true},
		{"StringEquals", "one", "A", false},
		{"StringEqualsIgnoreCase", "one", "A", true},
		{"StringNotEquals", "one", "a", false},
		{"StringNotEquals", "one", "b", true},
		{"StringNotEquals", "none", "b", true},
		{"StringEquals", "none", "b", false},
		{"StringEqualsIfExists", "none", "b", true},
		{"StringEqualsIfExists", "one", "b", false},
		{"StringLike", "one", "?", true},
		{"ArnNotLike", "one", "*", false},
		{"Null", "none", "true", true},
		{"Null", "one", "true", false},
		{"Null", "one", "false", true},
		{"ForAllValues:StringEquals", "many", "a", false},
		{"ForAllValues:StringLike", "many", "*", true},
		{"ForAllValues:StringEquals", "none", "a", true},
		{"ForAnyValue:StringEquals", "many", "b", true},
		{"ForAnyValue:StringEquals", "none", "b", false},
		{"DateLessThan", "one", "a", false},
	} {
		conditions := map[string]map[string]texts{tt.operator: {tt.key: {tt.wanted}}}
		if got := holds(conditions, values); got != tt.want {
			t.Errorf("%s of %s and %q: %v", tt.operator, tt.key, tt.wanted, got)
		}
	}
}

func TestLike(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true}, {"*", "", true}, {"", "a", false}, {"a*c", "abbc", true}, {"a*c", "abb", false}, {"*b*", "abc", true},
		{"a?c", "abc", true}, {"a?c", "ac", false}, {"*ab", "aab", true}, {"a**", "a", true},
	} {
		if got := like(tt.pattern, tt.text); got != tt.want {
			t.Errorf("like(%q, %q) = %v", tt.pattern, tt.text, got)
		}
	}
}

func TestAPatternOfManyStarsTakesNoLongTime(t *testing.T) {
	begin := time.Now()
	if like(strings.Repeat("*a", 2000)+"b", strings.Repeat("a", 20000)) {
		t.Error("it matches")
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
