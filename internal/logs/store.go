package logs

import (
	"context"

	"sluice/internal/function"
)

// Store keeps the records of groups and resource policies. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction, as those of function.Store do.
type Store interface {
	ReadLogs(ctx context.Context, read func(Reader) error) error
	WriteLogs(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state.
type Reader interface {
	// LogGroups lists all groups that have a record, of every scope, by account, region and name.
	LogGroups() ([]*Group, error)
	// LogPolicies lists by name.
	LogPolicies(scope function.Scope) ([]*Policy, error)
}

// Tx reads and writes. Put creates or replaces the record with the same key. A deletion of what is not there is
// fault.NotFound "group" or "policy".
type Tx interface {
	Reader
	PutLogGroup(g *Group) error
	DeleteLogGroup(id GroupID) error
	PutLogPolicy(p *Policy) error
	DeleteLogPolicy(scope function.Scope, name string) error
}
