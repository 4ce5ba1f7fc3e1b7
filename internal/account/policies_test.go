package account_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/account"
	"sluice/internal/fault"
)

func TestANewPolicyHasOneVersionInForce(t *testing.T) {
	s := newService(t)
	made := createPolicy(t, s, "p")
	found, err := s.Policy(t.Context(), mine, "arn:aws:iam::123456789012:policy/p")
	must(t, err)
	if found.ID != made.ID || !strings.HasPrefix(found.ID, "ANPA") || found.Default != 1 || found.Version(1).Document != allows {
		t.Errorf("the policy is %+v", found)
	}
}

func TestPoliciesRefuse(t *testing.T) {
	s := newService(t)
	arn := createPolicy(t, s, "taken").ARN()
	none := "arn:aws:iam::123456789012:policy/none"
	create := func(p account.Policy, document string) error {
		p.Account = mine
		_, err := s.CreatePolicy(t.Context(), p, document)
		return err
	}
	find := func(arn string) error {
		_, err := s.Policy(t.Context(), mine, arn)
		return err
	}
	long := strings.Replace(allows, "logs:*", "logs:"+strings.Repeat("x", 6144), 1)
	for name, tt := range map[string]struct {
		err  error
		kind fault.Kind
		noun string
		says string
	}{
		"a name in another case":      {create(account.Policy{Name: "Taken"}, allows), fault.Conflict, "policy", "A policy called Taken already exists. Duplicate names are not allowed."},
		"a document that is none":     {create(account.Policy{Name: "p"}, "{}"), fault.Invalid, "document", ""},
		"a document that is too long": {create(account.Policy{Name: "p"}, long), fault.Limit, "quota", "Cannot exceed quota for PolicySize: 6144"},
		"a tag twice":                 {create(account.Policy{Name: "p", Tags: []account.Tag{{Key: "a"}, {Key: "a"}}}, allows), fault.Invalid, "input", ""},
		"one that isn't":              {find(none), fault.NotFound, "policy", "Policy " + none + " was not found."},
		"one of another account":      {find("arn:aws:iam::000000000000:policy/taken"), fault.NotFound, "policy", ""},
		"one by another path":         {find("arn:aws:iam::123456789012:policy/x/taken"), fault.NotFound, "policy", ""},
		"what is no ARN":              {find("arn:aws:iam::123456789012:role/taken"), fault.Invalid, "arn", ""},
		"deleting what isn't":         {s.DeletePolicy(t.Context(), mine, none), fault.NotFound, "policy", ""},
		"deleting AWS's":              {s.DeletePolicy(t.Context(), mine, basic), fault.Denied, "policy", ""},
		"the version in force":        {s.DeleteVersion(t.Context(), mine, arn, 1), fault.Conflict, "deletion", "Cannot delete the default version of a policy."},
		"a version that isn't":        {s.DeleteVersion(t.Context(), mine, arn, 2), fault.NotFound, "policy version", arn + " version v2"},
		"a default that isn't":        {s.SetDefault(t.Context(), mine, arn, 2), fault.NotFound, "policy version", ""},
	} {
		t.Run(name, func(t *testing.T) { wantFault(t, tt.err, tt.kind, tt.noun, tt.says) })
	}
}

func TestVersionsOfAPolicy(t *testing.T) {
	s := newService(t)
	arn := createPolicy(t, s, "p").ARN()
	for i := range 4 {
		_, _, err := s.AddVersion(t.Context(), mine, arn, allows, i == 0)
		must(t, err)
	}
	_, _, err := s.AddVersion(t.Context(), mine, arn, allows, false)
	wantFault(t, err, fault.Limit, "policy version", "up to 5 versions")
	wantFault(t, s.DeletePolicy(t.Context(), mine, arn), fault.Conflict, "deletion", "more than one version")
	must(t, s.DeleteVersion(t.Context(), mine, arn, 5))
	added, p, err := s.AddVersion(t.Context(), mine, arn, allows, false)
	must(t, err)
	if added.Number != 6 || p.Default != 2 {
		t.Errorf("version %d, and %d is in force; want 6, since numbers are never used again, and 2", added.Number, p.Default)
	}
	must(t, s.SetDefault(t.Context(), mine, arn, 6))
	for number := 1; number <= 4; number++ {
		must(t, s.DeleteVersion(t.Context(), mine, arn, number))
	}
	must(t, s.DeletePolicy(t.Context(), mine, arn))
}

func TestAPolicyInUseIsNotDeleted(t *testing.T) {
	s := newService(t)
	arn := createPolicy(t, s, "p").ARN()
	createRole(t, s, "r")
	must(t, s.SetBoundary(t.Context(), mine, "r", arn))
	wantFault(t, s.DeletePolicy(t.Context(), mine, arn), fault.Conflict, "deletion", "Cannot delete a policy attached to entities.")
	must(t, s.SetBoundary(t.Context(), mine, "r", ""))
	must(t, s.DeletePolicy(t.Context(), mine, arn))
}

func TestDocumentsOfAWS(t *testing.T) {
	s := newService(t)
	v, _, err := s.PolicyVersion(t.Context(), mine, basic, 1)
	if err != nil || !strings.Contains(v.Document, "logs:CreateLogGroup") {
		t.Errorf("found %+v, %v", v, err)
	}
	_, _, err = s.PolicyVersion(t.Context(), mine, basic, 2)
	wantFault(t, err, fault.NotFound, "policy version", "")
	rare, err := s.Policy(t.Context(), mine, "arn:aws:iam::aws:policy/job-function/Billing")
	must(t, err)
	_, _, err = s.PolicyVersion(t.Context(), mine, rare.ARN(), rare.Default)
	wantFault(t, err, fault.Unavailable, "document", "Billing")
}

func TestPoliciesAreFound(t *testing.T) {
	s := newService(t)
	bound := createPolicy(t, s, "bound").ARN()
	createPolicy(t, s, "idle")
	createRole(t, s, "r")
	must(t, s.SetBoundary(t.Context(), mine, "r", bound))
	must(t, s.Attach(t.Context(), mine, "r", basic))
	for name, tt := range map[string]struct {
		query account.PolicyQuery
		want  string
	}{
		"own":               {account.PolicyQuery{Local: true}, "[bound idle]"},
		"in use":            {account.PolicyQuery{Attached: true}, "[AWSLambdaBasicExecutionRole bound]"},
		"AWS's in use":      {account.PolicyQuery{Attached: true, AWS: true}, "[AWSLambdaBasicExecutionRole]"},
		"that bound":        {account.PolicyQuery{Boundary: new(true)}, "[bound]"},
		"that are attached": {account.PolicyQuery{Boundary: new(false)}, "[AWSLambdaBasicExecutionRole]"},
		"by path":           {account.PolicyQuery{Path: "/service-role/", Attached: true}, "[AWSLambdaBasicExecutionRole]"},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := s.Policies(t.Context(), mine, tt.query)
			var names []string
			for _, p := range found {
				names = append(names, p.Name)
			}
			if err != nil || fmt.Sprint(names) != tt.want {
				t.Errorf("found %v, %v; want %s", names, err, tt.want)
			}
		})
	}
}

func TestTagsOfAPolicy(t *testing.T) {
	s := newService(t)
	arn := createPolicy(t, s, "p").ARN()
	must(t, s.TagPolicy(t.Context(), mine, arn, []account.Tag{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}}))
	must(t, s.UntagPolicy(t.Context(), mine, arn, []string{"a"}))
	if p, err := s.Policy(t.Context(), mine, arn); err != nil || fmt.Sprint(p.Tags) != "[{b 2}]" {
		t.Errorf("the tags are %v, %v", p.Tags, err)
	}
}
