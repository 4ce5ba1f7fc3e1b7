package function

import "context"

// Store keeps functions, versions and aliases. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed and Write returns its error. Closures must be quick: writers wait for each other. Write may
// run its closure again after a conflict, so it must have no effects that a second run does not replace.
type Store interface {
	ReadFunctions(ctx context.Context, read func(Reader) error) error
	WriteFunctions(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. A noun that does not exist is a fault.NotFound error about "function",
// "version" or "alias". Lists are ordered and start after the given key; a limit of 0 means no limit.
type Reader interface {
	Function(id ID) (*Function, error)
	// Functions lists by name.
	Functions(scope Scope, after string, limit int) ([]*Function, error)
	Version(id ID, n Number) (*Version, error)
	// Versions lists published versions by number; $LATEST is not among them.
	Versions(id ID, after Number, limit int) ([]*Version, error)
	Alias(id ID, name string) (*Alias, error)
	// Aliases lists by name.
	Aliases(id ID, after string, limit int) ([]*Alias, error)
	SettingReader
	ConcurrencyReader
}

// Tx reads and writes. Put creates or replaces the record with the same key. A version or an alias may be put before
// its function, which must be there when the closure ends.
type Tx interface {
	Reader
	PutFunction(f *Function) error
	// DeleteFunction deletes the function with all its versions and aliases.
	DeleteFunction(id ID) error
	// PutVersion puts a published version. $LATEST is fault.Invalid "version": it belongs to its function. Other content
	// for a version that is there is fault.Conflict "version".
	PutVersion(v *Version) error
	DeleteVersion(id ID, n Number) error
	PutAlias(a *Alias) error
	DeleteAlias(id ID, name string) error
	SettingTx
	ConcurrencyTx
}

// SettingReader reads what is set beside a function's configuration. What is not set is fault.NotFound about
// "runtime" or "signing config".
type SettingReader interface {
	RuntimeUpdates(id ID, qualifier string) (*RuntimeUpdates, error)
	SigningConfig(scope Scope, id string) (*SigningConfig, error)
	// SigningConfigs lists by ID.
	SigningConfigs(scope Scope, after string, limit int) ([]*SigningConfig, error)
}

// SettingTx writes what is set beside a function's configuration. It goes with the function, version or alias that it is
// set for.
type SettingTx interface {
	PutRuntimeUpdates(id ID, u *RuntimeUpdates) error
	PutSigningConfig(c *SigningConfig) error
	DeleteSigningConfig(scope Scope, id string) error
}

// ConcurrencyReader reads what is reserved and provisioned. What is not set is fault.NotFound about "reservation" or
// "provision".
type ConcurrencyReader interface {
	Reservation(id ID) (*Reservation, error)
	// Reservations lists those of all accounts.
	Reservations() ([]*Reservation, error)
	Provision(id ID, qualifier string) (*Provision, error)
	// ProvisionsOf lists a function's by qualifier.
	ProvisionsOf(id ID) ([]*Provision, error)
	// Provisions lists those of all accounts.
	Provisions() ([]*Provision, error)
}

// ConcurrencyTx writes what is reserved and provisioned. A reservation goes with its function, a provision with its version
// or alias.
type ConcurrencyTx interface {
	PutReservation(r *Reservation) error
	DeleteReservation(id ID) error
	PutProvision(p *Provision) error
	DeleteProvision(id ID, qualifier string) error
}
