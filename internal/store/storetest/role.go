package storetest

import (
	"io"
	"testing"

	"sluice/internal/account"
	"sluice/internal/fault"
)

// AccountStore is an account.Store that can be closed. Close waits for what runs.
type AccountStore interface {
	account.Store
	io.Closer
}

const (
	attachedARN = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
	boundaryARN = "arn:aws:iam::123456789012:policy/team/bounds"
)

// NewRole returns a role with every field set.
func NewRole(name string) *account.Role {
	return &account.Role{
		Account: scope.Account, Name: name, Path: "/team/", ID: "AROAAAAAAAAAAAAAAAAAA", Trust: `{"Statement": []}`,
		Description: "runs functions", MaxSession: 7200, Boundary: boundaryARN, Service: "lambda.amazonaws.com",
		Tags: []account.Tag{{Key: "team", Value: "payments"}}, Created: when,
		Inline: []account.InlinePolicy{{Name: "logs", Document: "{}"}}, Attached: []string{attachedARN},
	}
}

// NewPolicy returns a policy with every field set.
func NewPolicy(name string) *account.Policy {
	return &account.Policy{
		Account: scope.Account, Name: name, Path: "/team/", ID: "ANPAAAAAAAAAAAAAAAAAA", Description: "what is allowed",
		Tags: []account.Tag{{Key: "team", Value: "payments"}}, Created: when, Updated: when.AddDate(0, 0, 1), Default: 2, Last: 3,
		Versions: []account.PolicyVersion{{Number: 2, Document: `{"Version": "2012-10-17"}`, Created: when}},
	}
}

// Accounts runs the suite of account.Store. prepare makes an empty place for records, as for Functions.
func Accounts(t *testing.T, prepare func(t *testing.T) (open func() AccountStore)) {
	for name, test := range accountTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			test(t, &accountPlace{open(), open})
		})
	}
}

// accountPlace holds the records of one test, and the store that is open on them.
type accountPlace struct {
	AccountStore
	open func() AccountStore
}

var accountTests = map[string]func(*testing.T, *accountPlace){
	"every field is kept, on disk": func(t *testing.T, p *accountPlace) {
		p.put(t, NewRole("full"))
		p.write(t, func(tx account.Tx) error { return tx.PutPolicy(NewPolicy("full")) })
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		p.AccountStore = p.open()
		p.read(t, func(r account.Reader) error {
			role, err := r.Role(scope.Account, "full")
			wantSame(t, "the role", role, NewRole("full"))
			if err != nil {
				return err
			}
			policy, err := r.Policy(scope.Account, "full")
			wantSame(t, "the policy", policy, NewPolicy("full"))
			return err
		})
	},
	"names are found whatever their case, and are put in place of each other": func(t *testing.T, p *accountPlace) {
		p.put(t, NewRole("Deployer"), NewRole("DEPLOYER"))
		p.write(t, func(tx account.Tx) error {
			first, second := NewPolicy("Rules"), NewPolicy("RULES")
			if err := tx.PutPolicy(first); err != nil {
				return err
			}
			return tx.PutPolicy(second)
		})
		p.read(t, func(r account.Reader) error {
			roles, err := r.Roles(scope.Account)
			wantSame(t, "the roles", roles, []*account.Role{NewRole("DEPLOYER")})
			if err != nil {
				return err
			}
			found, err := r.Policy(scope.Account, "rules")
			wantSame(t, "the policy", found, NewPolicy("RULES"))
			return err
		})
	},
	"what is deleted is gone": func(t *testing.T, p *accountPlace) {
		p.put(t, NewRole("gone"))
		p.write(t, func(tx account.Tx) error { return tx.PutPolicy(NewPolicy("gone")) })
		remove := func(tx account.Tx) error { return tx.DeleteRole(scope.Account, "Gone") }
		p.write(t, remove)
		wantFault(t, p.WriteAccounts(t.Context(), remove), fault.NotFound, "role")
		remove = func(tx account.Tx) error { return tx.DeletePolicy(scope.Account, "Gone") }
		p.write(t, remove)
		wantFault(t, p.WriteAccounts(t.Context(), remove), fault.NotFound, "policy")
		wantSame(t, "the uses", p.uses(t, ""), nil)
	},
	"accounts are apart, and names in order": func(t *testing.T, p *accountPlace) {
		other := NewRole("other")
		other.Account = "000000000000"
		p.put(t, NewRole("b"), other, NewRole("A"))
		p.read(t, func(r account.Reader) error {
			roles, err := r.Roles(scope.Account)
			wantSame(t, "the roles", roles, []*account.Role{NewRole("A"), NewRole("b")})
			return err
		})
	},
	"the uses of policies are those of the roles as they are": func(t *testing.T, p *accountPlace) {
		changed := NewRole("b")
		p.put(t, NewRole("a"), changed)
		changed.Attached, changed.Boundary = []string{boundaryARN}, ""
		p.put(t, changed)
		wantSame(t, "the boundary's uses", p.uses(t, boundaryARN), []account.PolicyUse{
			{Policy: boundaryARN, Role: "a", Boundary: true}, {Policy: boundaryARN, Role: "b"},
		})
		wantSame(t, "all uses", len(p.uses(t, "")), 3)
	},
}

func (p *accountPlace) put(t *testing.T, roles ...*account.Role) {
	t.Helper()
	for _, r := range roles {
		p.write(t, func(tx account.Tx) error { return tx.PutRole(r) })
	}
}

func (p *accountPlace) write(t *testing.T, write func(account.Tx) error) {
	t.Helper()
	if err := p.WriteAccounts(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

func (p *accountPlace) read(t *testing.T, read func(account.Reader) error) {
	t.Helper()
	if err := p.ReadAccounts(t.Context(), read); err != nil {
		t.Fatal(err)
	}
}

func (p *accountPlace) uses(t *testing.T, arn string) (uses []account.PolicyUse) {
	t.Helper()
	p.read(t, func(r account.Reader) (err error) {
		uses, err = r.PolicyUses(scope.Account, arn)
		return err
	})
	return uses
}
