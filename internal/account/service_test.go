package account_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/fault"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

const (
	mine   = "123456789012"
	trust  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}`
	allows = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*"}]}`
	basic  = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
)

func newService(t *testing.T) *account.Service {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return account.NewService(s)
}

func createRole(t *testing.T, s *account.Service, name string) *account.Role {
	t.Helper()
	r, err := s.CreateRole(t.Context(), account.Role{Account: mine, Name: name, Trust: trust})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func createPolicy(t *testing.T, s *account.Service, name string) *account.Policy {
	t.Helper()
	p, err := s.CreatePolicy(t.Context(), account.Policy{Account: mine, Name: name}, allows)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wantFault(t *testing.T, err error, kind fault.Kind, noun, part string) {
	t.Helper()
	if !fault.Is(err, kind, noun) || !strings.Contains(err.Error(), part) {
		t.Errorf("error %v, want one of the kind %v about %s that says %q", err, kind, noun, part)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestANewRoleIsFilledIn(t *testing.T) {
	r := createRole(t, newService(t), "r")
	if r.Path != "/" || r.MaxSession != 3600 || len(r.ID) != 21 || !strings.HasPrefix(r.ID, "AROA") || r.Created.IsZero() {
		t.Errorf("the role is %+v", r)
	}
}

func TestARoleThatIsMadeAgainIsAnotherOne(t *testing.T) {
	s := newService(t)
	first := createRole(t, s, "r")
	must(t, s.DeleteRole(t.Context(), mine, "r"))
	if second := createRole(t, s, "r"); second.ID == first.ID {
		t.Errorf("both have the ID %s", first.ID)
	}
}

func TestCreateRoleRefuses(t *testing.T) {
	s := newService(t)
	createRole(t, s, "taken")
	for name, tt := range map[string]struct {
		role account.Role
		kind fault.Kind
		noun string
	}{
		"a name in another case": {account.Role{Name: "TAKEN", Trust: trust}, fault.Conflict, "role"},
		"no trust policy":        {account.Role{Name: "r", Trust: "{}"}, fault.Invalid, "document"},
		"a long trust policy": {account.Role{Name: "r", Trust: strings.Replace(trust, `"Version"`, `"Id":"`+strings.Repeat("x", 2048)+`","Version"`, 1)},
			fault.Limit, "quota"},
		"a service's path":          {account.Role{Name: "r", Trust: trust, Path: "/aws-service-role/x/"}, fault.Invalid, "path"},
		"a boundary that is no ARN": {account.Role{Name: "r", Trust: trust, Boundary: "b"}, fault.Invalid, "arn"},
		"a boundary that isn't":     {account.Role{Name: "r", Trust: trust, Boundary: "arn:aws:iam::123456789012:policy/b"}, fault.NotFound, "policy"},
		"a tag twice":               {account.Role{Name: "r", Trust: trust, Tags: []account.Tag{{Key: "a"}, {Key: "A"}}}, fault.Invalid, "input"},
		"AWS's tags":                {account.Role{Name: "r", Trust: trust, Tags: []account.Tag{{Key: "aws:x"}}}, fault.Invalid, "input"},
		"too many tags":             {account.Role{Name: "r", Trust: trust, Tags: make([]account.Tag, 51)}, fault.Limit, "tags"},
	} {
		t.Run(name, func(t *testing.T) {
			tt.role.Account = mine
			_, err := s.CreateRole(t.Context(), tt.role)
			wantFault(t, err, tt.kind, tt.noun, "")
		})
	}
}

func TestRolesAreListedByPath(t *testing.T) {
	s := newService(t)
	createRole(t, s, "a")
	_, err := s.CreateRole(t.Context(), account.Role{Account: mine, Name: "b", Path: "/team/", Trust: trust})
	must(t, err)
	found, err := s.Roles(t.Context(), mine, "/team/")
	if err != nil || len(found) != 1 || found[0].ARN() != "arn:aws:iam::123456789012:role/team/b" {
		t.Errorf("found %v, %v", found, err)
	}
}

func TestARoleWithPoliciesIsNotDeleted(t *testing.T) {
	s := newService(t)
	createRole(t, s, "r")
	must(t, s.Attach(t.Context(), mine, "r", basic))
	wantFault(t, s.DeleteRole(t.Context(), mine, "r"), fault.Conflict, "deletion", "must detach all policies first")
	must(t, s.Detach(t.Context(), mine, "r", basic))
	must(t, s.PutInline(t.Context(), mine, "r", account.InlinePolicy{Name: "p", Document: allows}))
	wantFault(t, s.DeleteRole(t.Context(), mine, "r"), fault.Conflict, "deletion", "must delete policies first")
	must(t, s.DeleteInline(t.Context(), mine, "r", "p"))
	must(t, s.DeleteRole(t.Context(), mine, "r"))
	wantFault(t, s.DeleteRole(t.Context(), mine, "r"), fault.NotFound, "role", "The role with name r cannot be found.")
}

func TestInlinePolicies(t *testing.T) {
	s := newService(t)
	createRole(t, s, "r")
	for _, name := range []string{"b", "a", "b"} {
		must(t, s.PutInline(t.Context(), mine, "r", account.InlinePolicy{Name: name, Document: allows}))
	}
	r, err := s.Role(t.Context(), mine, "r")
	if err != nil || fmt.Sprint(r.Inline) != fmt.Sprint([]account.InlinePolicy{{Name: "a", Document: allows}, {Name: "b", Document: allows}}) {
		t.Errorf("the role has %v, %v", r.Inline, err)
	}
	_, err = s.Inline(t.Context(), mine, "r", "c")
	wantFault(t, err, fault.NotFound, "role policy", "The role policy with name c cannot be found.")
	wantFault(t, s.DeleteInline(t.Context(), mine, "r", "c"), fault.NotFound, "role policy", "")
	long := strings.Replace(allows, "logs:*", "logs:"+strings.Repeat("x", 11_000), 1)
	wantFault(t, s.PutInline(t.Context(), mine, "r", account.InlinePolicy{Name: "long", Document: long}), fault.Limit, "role policy",
		"Maximum policy size of 10240 bytes exceeded for role r")
}

func TestAttachedPolicies(t *testing.T) {
	s := newService(t)
	createRole(t, s, "r")
	must(t, s.Attach(t.Context(), mine, "r", basic))
	must(t, s.Attach(t.Context(), mine, "r", basic))
	for i := range 9 {
		must(t, s.Attach(t.Context(), mine, "r", createPolicy(t, s, fmt.Sprint("p", i)).ARN()))
	}
	wantFault(t, s.Attach(t.Context(), mine, "r", "arn:aws:iam::aws:policy/AdministratorAccess"), fault.Limit, "quota", "PoliciesPerRole: 10")
	wantFault(t, s.Attach(t.Context(), mine, "r", "arn:aws:iam::aws:policy/NoSuchThing"), fault.NotFound, "policy", "does not exist or is not attachable.")
	wantFault(t, s.Attach(t.Context(), mine, "r", "arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole"), fault.NotFound, "policy", "")
	wantFault(t, s.Attach(t.Context(), mine, "r", "name"), fault.Invalid, "arn", "Invalid ARN:  Could not be parsed!")
	wantFault(t, s.Detach(t.Context(), mine, "r", "arn:aws:iam::aws:policy/AdministratorAccess"), fault.NotFound, "policy", "was not found.")
}

func TestARoleIsChanged(t *testing.T) {
	s := newService(t)
	createRole(t, s, "r")
	_, err := s.Describe(t.Context(), mine, "r", new("what it is for"), 7200)
	must(t, err)
	_, err = s.Describe(t.Context(), mine, "r", nil, 0)
	must(t, err)
	other := strings.Replace(trust, mine, "000000000000", 1)
	must(t, s.SetTrust(t.Context(), mine, "r", other))
	must(t, s.SetBoundary(t.Context(), mine, "r", basic))
	must(t, s.TagRole(t.Context(), mine, "r", []account.Tag{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}}))
	must(t, s.TagRole(t.Context(), mine, "r", []account.Tag{{Key: "A", Value: "3"}}))
	must(t, s.UntagRole(t.Context(), mine, "r", []string{"B", "none"}))
	r, err := s.Role(t.Context(), mine, "r")
	must(t, err)
	if r.Description != "what it is for" || r.MaxSession != 7200 || r.Trust != other || r.Boundary != basic || fmt.Sprint(r.Tags) != "[{A 3}]" {
		t.Errorf("the role is %+v", r)
	}
	must(t, s.SetBoundary(t.Context(), mine, "r", ""))
	wantFault(t, s.SetTrust(t.Context(), mine, "r", "{}"), fault.Invalid, "document", "")
}

func TestLinkedRoles(t *testing.T) {
	s := newService(t)
	r, err := s.CreateLinkedRole(t.Context(), mine, "autoscaling.amazonaws.com", "mine", "")
	must(t, err)
	if r.ARN() != "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_mine" || len(r.Attached) != 1 {
		t.Errorf("the role is %+v", r)
	}
	_, err = s.CreateLinkedRole(t.Context(), mine, "autoscaling.amazonaws.com", "mine", "")
	wantFault(t, err, fault.Invalid, "input", "has been taken in this account, please try a different suffix.")
	_, err = s.CreateLinkedRole(t.Context(), mine, "ecs.amazonaws.com", "mine", "")
	wantFault(t, err, fault.Invalid, "input", "Custom suffix is not allowed for ecs.amazonaws.com")
	_, err = s.CreateLinkedRole(t.Context(), mine, "nobody.amazonaws.com", "", "")
	wantFault(t, err, fault.Invalid, "input", "nobody.amazonaws.com")
	wantFault(t, s.DeleteRole(t.Context(), mine, r.Name), fault.Conflict, "protected role", "only modifiable by AWS")
	wantFault(t, s.Detach(t.Context(), mine, r.Name, r.Attached[0]), fault.Conflict, "protected role", "")
	_, err = s.DeleteLinkedRole(t.Context(), mine, r.Name)
	must(t, err)
	createRole(t, s, "r")
	_, err = s.DeleteLinkedRole(t.Context(), mine, "r")
	wantFault(t, err, fault.NotFound, "role", "")
}

func TestUserIDs(t *testing.T) {
	s := newService(t)
	r := createRole(t, s, "r")
	unmade := "arn:aws:iam::123456789012:role/unmade"
	first, err := s.UserID(t.Context(), account.Holder{Account: mine, Role: unmade, Session: "f"})
	must(t, err)
	for _, tt := range []struct {
		holder account.Holder
		want   string
	}{
		{account.Holder{Account: mine}, mine},
		{account.Holder{Account: mine, Role: r.ARN(), Session: "f"}, r.ID + ":f"},
		{account.Holder{Account: mine, Role: r.ARN(), RoleID: "AROAOLD", Session: "f"}, "AROAOLD:f"},
		{account.Holder{Account: mine, Role: unmade, Session: "f"}, first},
	} {
		if got, err := s.UserID(t.Context(), tt.holder); err != nil || got != tt.want {
			t.Errorf("%v has the ID %s, %v; want %s", tt.holder, got, err, tt.want)
		}
	}
}

func TestASessionOfARole(t *testing.T) {
	s, ring := newService(t), account.NewKeyring(mine, account.NewKey())
	r := createRole(t, s, "r")
	begin := time.Now()
	session, assumed, err := s.Assume(t.Context(), ring, account.Holder{Account: mine}, account.Assumption{Role: r.ARN(), Session: "me"}, begin)
	must(t, err)
	holder, known := ring.Holder(session.ID, session.Token)
	if !known || holder.ARN() != "arn:aws:sts::123456789012:assumed-role/r/me" || holder.RoleID != assumed.ID ||
		session.Expires.Unix() != begin.Add(time.Hour).Unix() {
		t.Errorf("the session is %+v of %#v", session, holder)
	}
}

func TestAssumeRefuses(t *testing.T) {
	s, ring := newService(t), account.NewKeyring(mine, account.NewKey())
	r := createRole(t, s, "r")
	owner := account.Holder{Account: mine}
	chained := account.Holder{Account: mine, Role: r.ARN(), Session: "s", Tags: map[string]string{"team": "a"}}
	_, err := s.Describe(t.Context(), mine, "r", nil, 7200)
	must(t, err)
	for name, tt := range map[string]struct {
		caller account.Holder
		wish   account.Assumption
		kind   fault.Kind
		noun   string
		says   string
	}{
		"what is no ARN":         {owner, account.Assumption{Role: "arn:a:a::aaaaaaaaaa:"}, fault.Invalid, "arn", "arn:a:a::aaaaaaaaaa: is invalid"},
		"a role that isn't":      {owner, account.Assumption{Role: "arn:aws:iam::123456789012:role/none"}, fault.Denied, "role", "User: arn:aws:iam::123456789012:root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/none"},
		"a role by a wrong path": {owner, account.Assumption{Role: "arn:aws:iam::123456789012:role/x/r"}, fault.Denied, "role", ""},
		"another account":        {account.Holder{Account: "000000000000"}, account.Assumption{Role: r.ARN()}, fault.Denied, "role", ""},
		"longer than the role":   {owner, account.Assumption{Role: r.ARN(), Lasts: 3 * time.Hour}, fault.Invalid, "duration", "exceeds the MaxSessionDuration"},
		"longer than a chain":    {chained, account.Assumption{Role: r.ARN(), Lasts: 2 * time.Hour}, fault.Invalid, "duration", "role chaining"},
		"a tag twice":            {owner, account.Assumption{Role: r.ARN(), Tags: []account.Tag{{Key: "a"}, {Key: "A"}}}, fault.Invalid, "tags", "Duplicate tag keys found."},
		"a tag that isn't":       {owner, account.Assumption{Role: r.ARN(), Transitive: []string{"a"}}, fault.Invalid, "tags", "must be included in the requested tags."},
		"the caller's tag":       {chained, account.Assumption{Role: r.ARN(), Tags: []account.Tag{{Key: "Team"}}}, fault.Invalid, "tags", "conflicts with a transitive tag key"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := s.Assume(t.Context(), ring, tt.caller, tt.wish, time.Now())
			wantFault(t, err, tt.kind, tt.noun, tt.says)
		})
	}
}

func TestTransitiveTagsAreHandedOn(t *testing.T) {
	s, ring := newService(t), account.NewKeyring(mine, account.NewKey())
	r := createRole(t, s, "r")
	caller := account.Holder{Account: mine}
	wish := account.Assumption{Role: r.ARN(), Session: "s", Tags: []account.Tag{{Key: "Team", Value: "a"}, {Key: "x", Value: "y"}}, Transitive: []string{"team"}}
	for range 2 {
		session, _, err := s.Assume(t.Context(), ring, caller, wish, time.Now())
		must(t, err)
		caller, _ = ring.Holder(session.ID, session.Token)
		if fmt.Sprint(caller.Tags) != "map[team:a]" {
			t.Errorf("the session hands on %v", caller.Tags)
		}
		wish = account.Assumption{Role: r.ARN(), Session: "s"}
	}
}
