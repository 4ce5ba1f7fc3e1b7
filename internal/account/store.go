package account

import "context"

// Store keeps roles and policies. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed.
type Store interface {
	ReadAccounts(ctx context.Context, read func(Reader) error) error
	WriteAccounts(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. Names are found whatever the case of their letters. Errors: fault.NotFound "role" and
// "policy".
type Reader interface {
	Role(account, name string) (*Role, error)
	// Roles lists all roles of an account in the order of their folded names.
	Roles(account string) ([]*Role, error)
	Policy(account, name string) (*Policy, error)
	// Policies lists all policies that an account made, in the order of their folded names.
	Policies(account string) ([]*Policy, error)
	// PolicyUses lists where an account's roles use a policy, in the order of the roles' names; an empty ARN means all.
	PolicyUses(account, arn string) ([]PolicyUse, error)
}

// Tx reads and writes.
type Tx interface {
	Reader
	// PutRole creates or replaces the role of that account and name, and notes which policies it uses.
	PutRole(r *Role) error
	DeleteRole(account, name string) error
	// PutPolicy creates or replaces the policy of that account and name.
	PutPolicy(p *Policy) error
	DeletePolicy(account, name string) error
}

// PolicyUse says that a role has a policy.
type PolicyUse struct {
	Policy   string // ARN
	Role     string // name
	Boundary bool   // it bounds the role's permissions; otherwise it is attached
}
