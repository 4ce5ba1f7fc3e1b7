package restapi

import (
	"context"

	"sluice/internal/function"
)

// Store keeps the records. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed.
type Store interface {
	ReadRESTAPIs(ctx context.Context, read func(Reader) error) error
	WriteRESTAPIs(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. What does not exist is a fault.NotFound error about the noun that is named. A limit of 0
// means no limit; an empty after, from the beginning.
type Reader interface {
	// RESTAPI is of the noun "REST API".
	RESTAPI(id ID) (*API, error)
	// RESTAPIs lists APIs by ID, those after one.
	RESTAPIs(scope function.Scope, after string, limit int) ([]*API, error)
	// AllRESTAPIs lists the APIs of all accounts.
	AllRESTAPIs() ([]ID, error)
	// RESTDeployment is of the noun "deployment".
	RESTDeployment(id ID, deployment string) (*Deployment, error)
	// RESTDeployments lists an API's deployments, the oldest first.
	RESTDeployments(id ID) ([]*Deployment, error)
	// RESTStage is of the noun "stage".
	RESTStage(id ID, name string) (*Stage, error)
	// RESTStages lists an API's stages by name.
	RESTStages(id ID) ([]*Stage, error)
	// APIKey is of the noun "API key".
	APIKey(scope function.Scope, id string) (*APIKey, error)
	// APIKeys lists keys by ID, those after one.
	APIKeys(scope function.Scope, after string, limit int) ([]*APIKey, error)
	// UsagePlan is of the noun "usage plan".
	UsagePlan(scope function.Scope, id string) (*UsagePlan, error)
	// UsagePlans lists plans by ID, those after one.
	UsagePlans(scope function.Scope, after string, limit int) ([]*UsagePlan, error)
	// RESTAccount returns the settings of an account in a region; the zero ones if nobody made any.
	RESTAccount(scope function.Scope) (*Account, error)
}

// Tx reads and writes. Put creates or replaces the record with the same key. Delete's errors are those of reading.
type Tx interface {
	Reader
	PutRESTAPI(a *API) error
	// DeleteRESTAPI deletes an API with its deployments and stages.
	DeleteRESTAPI(id ID) error
	// PutRESTDeployment and PutRESTStage put what belongs to an API that is there when the closure ends.
	PutRESTDeployment(d *Deployment) error
	DeleteRESTDeployment(id ID, deployment string) error
	PutRESTStage(s *Stage) error
	DeleteRESTStage(id ID, name string) error
	PutAPIKey(k *APIKey) error
	DeleteAPIKey(scope function.Scope, id string) error
	PutUsagePlan(p *UsagePlan) error
	DeleteUsagePlan(scope function.Scope, id string) error
	PutRESTAccount(a *Account) error
}
