package stack

import (
	"regexp"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

const (
	badName      = "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"
	badReference = badName + "|arn:[-a-zA-Z0-9:/._+]*"
	longName     = "Member must have length less than or equal to 128"
)

func TestNamesAndReferences(t *testing.T) {
	longest := strings.Repeat("a", 128)
	for _, tt := range []struct{ name, asName, asReference string }{
		{"a", "", ""}, {"App-1", "", ""}, {longest, "", ""}, {longest + "a", longName, longName},
		{"", badName, badReference}, {"1st", badName, badReference}, {"-a", badName, badReference}, {"a_b", badName, badReference}, {"a b", badName, badReference},
		{"a\n", badName, badReference}, {"ä", badName, badReference},
		{"arn:aws:cloudformation:us-east-1:1:stack/app/5a7f", badName, ""}, {"arn:" + longest, badName, ""}, {"arn:a b", badName, badReference},
	} {
		for what, got := range map[string]struct {
			err    error
			demand string
		}{"stackName": {CheckReference(tt.name), tt.asReference}, "changeSetName": {checkName(tt.name, "changeSetName"), tt.asName}} {
			want := "1 validation error detected: Value '" + tt.name + "' at '" + what + "' failed to satisfy constraint: " + got.demand
			if (got.err == nil) != (got.demand == "") || got.err != nil && (!fault.Is(got.err, fault.Invalid, what) || got.err.Error() != want) {
				t.Errorf("%q as %s: %v", tt.name, what, got.err)
			}
		}
	}
}

func TestIDsOfStacksAndChangeSets(t *testing.T) {
	scope := function.Scope{Account: "123456789012", Region: "eu-central-1"}
	pattern := regexp.MustCompile(`^arn:aws:cloudformation:eu-central-1:123456789012:changeSet/one/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	first, second := arn(scope, "changeSet", "one"), arn(scope, "changeSet", "one")
	if !pattern.MatchString(first) || first == second {
		t.Errorf("they are %s and %s", first, second)
	}
	if got := scopeOf(first); got != scope {
		t.Errorf("the scope is %+v", got)
	}
	if got := scopeOf("arn:aws"); got != (function.Scope{}) {
		t.Errorf("the scope of no ID is %+v", got)
	}
}
