package parameter

import (
	"context"

	"sluice/internal/function"
)

// Store keeps parameters. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed.
type Store interface {
	ReadParameters(ctx context.Context, read func(Reader) error) error
	WriteParameters(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. Errors: fault.NotFound "parameter" and "version".
type Reader interface {
	Parameter(id ID) (*Parameter, error)
	// Parameters lists those whose names begin with prefix and come after a name, in the names' order, limit at most; 0
	// means all.
	Parameters(scope function.Scope, prefix, after string, limit int) ([]*Parameter, error)
	ParameterVersion(id ID, number int64) (*Version, error)
	// ParameterVersions lists the versions that are kept, the oldest first, above a number, limit at most; 0 means all.
	ParameterVersions(id ID, above int64, limit int) ([]*Version, error)
}

// Tx reads and writes.
type Tx interface {
	Reader
	// PutParameter creates or replaces a parameter; its latest version is kept among the versions too.
	PutParameter(p *Parameter) error
	// DeleteParameter deletes a parameter with all its versions.
	DeleteParameter(id ID) error
	// DropParameterVersion deletes one version.
	DropParameterVersion(id ID, number int64) error
}
