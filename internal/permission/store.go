package permission

import (
	"context"

	"sluice/internal/function"
	"sluice/internal/policy"
)

// Permissions are the resource policy of a function or of one of its versions or aliases.
type Permissions struct {
	Qualifier string // empty: the function itself, which $LATEST is too
	Policy    policy.Document
}

// Store keeps permissions. internal/store implements it; storetest says what it must do. Read and Write are as in
// function.Store.
type Store interface {
	ReadPermissions(ctx context.Context, read func(Reader) error) error
	WritePermissions(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. Permissions that do not exist are a fault.NotFound error about "policy".
type Reader interface {
	function.Reader
	Permissions(id function.ID, qualifier string) (*Permissions, error)
	// AllPermissions lists those of the function and of all its qualifiers, by qualifier.
	AllPermissions(id function.ID) ([]*Permissions, error)
}

// Tx reads and writes. Permissions go with their function, version or alias.
type Tx interface {
	Reader
	// PutPermissions creates or replaces those of the qualifier. The function has to be there when the closure ends.
	PutPermissions(id function.ID, p *Permissions) error
	DeletePermissions(id function.ID, qualifier string) error
}
