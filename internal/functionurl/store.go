package functionurl

import (
	"context"

	"sluice/internal/function"
)

// Store keeps configurations. internal/store implements it; storetest says what it must do. Read and Write are as in
// function.Store.
type Store interface {
	ReadFunctionURLs(ctx context.Context, read func(Reader) error) error
	WriteFunctionURLs(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. A configuration that does not exist is a fault.NotFound error about "function URL".
type Reader interface {
	function.Reader
	FunctionURL(id function.ID, qualifier string) (*Config, error)
	// FunctionURLs lists a function's configurations by qualifier: its own first, then its aliases'.
	FunctionURLs(id function.ID) ([]*Config, error)
	// AllFunctionURLs lists the configurations of all functions of all accounts.
	AllFunctionURLs() ([]*Config, error)
}

// Tx reads and writes. A configuration goes with its function or alias.
type Tx interface {
	Reader
	// PutFunctionURL creates or replaces the configuration of a function or alias, which has to be there.
	PutFunctionURL(c *Config) error
	DeleteFunctionURL(id function.ID, qualifier string) error
}
