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
	denial := func(condition string) string {
		return `{"Statement":[{"Effect":"Allow","Action":"*","Principal":"*"},{"Effect":"Deny","Action":"*","Principal":"*","Condition":` + condition + `}]}`
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
		"a denial under what nobody knows":   {denial(`{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`), app, false},
		"a denial whose other half fails":    {denial(`{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals":{"sts:ExternalId":"other"}}`), app, true},
		"a denial that holds":                {denial(`{"StringEquals":{"sts:ExternalId":"secret"}}`), app, false},
		"a denial that doesn't":              {denial(`{"StringEquals":{"sts:ExternalId":"other"}}`), app, true},
		"a denial of another action":         {`{"Statement":[{"Effect":"Allow","Action":"*","Principal":"*"},{"Effect":"Deny","Action":"sts:TagSession","Principal":"*"}]}`, app, true},
		"a denial of all other actions":      {`{"Statement":[{"Effect":"Allow","Action":"*","Principal":"*"},{"Effect":"Deny","NotAction":"sts:AssumeRole","Principal":"*"}]}`, app, true},
		"a denial before it":                 {`{"Statement":[{"Effect":"Deny","Action":"*","Principal":"*"},{"Effect":"Allow","Action":"*","Principal":"*"}]}`, owner, false},
		"a denial to a service":              {`{"Statement":[{"Effect":"Allow","Action":"*","Principal":"*"},{"Effect":"Deny","Action":"*","Principal":{"Service":"lambda.amazonaws.com"}}]}`, app, true},
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

// What a condition may ask for, and what a call with everything to be asked for answers.
func TestConditionsKnowTheCall(t *testing.T) {
	role := "arn:aws:iam::" + home + ":role/team/app"
	caller := Holder{Account: home, Role: role, Session: "f", Temporary: true, Tags: map[string]string{"cost": "low"}}
	a := Assumption{
		Session: "s", ExternalID: "secret", SourceIdentity: "operator",
		Tags: []Tag{{Key: "Team", Value: "a"}, {Key: "x", Value: "y"}}, Transitive: []string{"Team"},
	}
	for _, tt := range []struct{ operator, key, value, other string }{
		{"StringEquals", "sts:RoleSessionName", "s", "f"},
		{"StringEquals", "sts:ExternalId", "secret", "Secret"},
		{"StringEquals", "sts:SourceIdentity", "operator", ""},
		{"ArnEquals", "aws:PrincipalArn", role, "arn:aws:sts::" + home + ":assumed-role/app/f"},
		{"StringEquals", "aws:PrincipalAccount", home, "000000000000"},
		{"StringEquals", "aws:RequestTag/team", "a", "y"},
		{"StringEquals", "aws:RequestTag/Team", "a", "A"},
		{"StringEquals", "aws:PrincipalTag/Cost", "low", "high"},
		{"ForAnyValue:StringEquals", "aws:TagKeys", "Team", "team"},
		{"ForAnyValue:StringEquals", "sts:TransitiveTagKeys", "Team", "x"},
		{"StringEquals", "AWS:PRINCIPALACCOUNT", home, ""},
	} {
		for value, want := range map[string]bool{tt.value: true, tt.other: false} {
			conditions := map[string]map[string]texts{tt.operator: {tt.key: {value}}}
			if got := holds(conditions, a.claim(caller).values, false); got != want {
				t.Errorf("%s of %s and %q: %v", tt.operator, tt.key, value, got)
			}
		}
	}
	bare := (&Assumption{Session: "s"}).claim(Holder{Account: home}).values
	for _, key := range []string{"sts:externalid", "sts:sourceidentity", "aws:tagkeys", "sts:transitivetagkeys"} {
		if got, there := bare[key]; there {
			t.Errorf("a call without %s has %q", key, got)
		}
	}
	if got := bare["aws:principalarn"]; len(got) != 1 || got[0] != RootARN(home) {
		t.Errorf("the account's own key is %q", got)
	}
}

// All of a statement's conditions have to hold, and one of the values of each.
func TestConditionsHoldTogether(t *testing.T) {
	values := map[string][]string{"one": {"a"}, "two": {"b"}}
	for name, tt := range map[string]struct {
		conditions map[string]map[string]texts
		want       bool
	}{
		"none":                {nil, true},
		"two keys":            {map[string]map[string]texts{"StringEquals": {"one": {"a"}, "two": {"b"}}}, true},
		"a key that fails":    {map[string]map[string]texts{"StringEquals": {"one": {"a"}, "two": {"a"}}}, false},
		"two operators":       {map[string]map[string]texts{"StringEquals": {"one": {"a"}}, "StringLike": {"two": {"*"}}}, true},
		"an operator fails":   {map[string]map[string]texts{"StringEquals": {"one": {"a"}}, "StringLike": {"two": {"c*"}}}, false},
		"one of the values":   {map[string]map[string]texts{"StringEquals": {"one": {"x", "a"}}}, true},
		"none of the values":  {map[string]map[string]texts{"StringNotEquals": {"one": {"x", "a"}}}, false},
		"no value to compare": {map[string]map[string]texts{"StringEquals": {"one": {}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := holds(tt.conditions, values, false); got != tt.want {
				t.Errorf("%v: %v", tt.conditions, got)
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
		if got := holds(conditions, values, false); got != tt.want {
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
