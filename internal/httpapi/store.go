package httpapi

import (
	"context"

	"sluice/internal/function"
)

// Store keeps the records. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed.
type Store interface {
	ReadHTTPAPIs(ctx context.Context, read func(Reader) error) error
	WriteHTTPAPIs(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. What does not exist is a fault.NotFound error about the noun that is named.
type Reader interface {
	// HTTPAPI is of the noun "HTTP API".
	HTTPAPI(id ID) (*API, error)
	// HTTPAPIs lists APIs by ID.
	HTTPAPIs(scope function.Scope) ([]*API, error)
	// AllHTTPAPIs lists the APIs of all accounts.
	AllHTTPAPIs() ([]ID, error)
	// HTTPDeployment is of the noun "deployment".
	HTTPDeployment(id ID, deployment string) (*Deployment, error)
	// HTTPDeployments lists an API's deployments, the newest first.
	HTTPDeployments(id ID) ([]*Deployment, error)
	// HTTPStage is of the noun "stage".
	HTTPStage(id ID, name string) (*Stage, error)
	// HTTPStages lists an API's stages by name.
	HTTPStages(id ID) ([]*Stage, error)
}

// Tx reads and writes. Put creates or replaces the record with the same key. Delete's errors are those of reading.
type Tx interface {
	Reader
	PutHTTPAPI(a *API) error
	// DeleteHTTPAPI deletes an API with its deployments and stages.
	DeleteHTTPAPI(id ID) error
	// PutHTTPDeployment and PutHTTPStage put what belongs to an API that is there when the closure ends.
	PutHTTPDeployment(d *Deployment) error
	DeleteHTTPDeployment(id ID, deployment string) error
	PutHTTPStage(s *Stage) error
	DeleteHTTPStage(id ID, name string) error
}
