package rollout

import (
	"context"
	"time"

	"sluice/internal/function"
)

// Store keeps applications, groups, configurations and deployments. internal/store implements it.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed. Write may run its closure again, so it must have no effects that a second run does not replace.
type Store interface {
	ReadRollouts(ctx context.Context, read func(Reader) error) error
	WriteRollouts(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. A noun that does not exist is a fault.NotFound error about "application",
// "group", "config" or "deployment". Lists of names are ordered by name.
type Reader interface {
	Application(scope function.Scope, name string) (*Application, error)
	Applications(scope function.Scope) ([]*Application, error)
	Group(scope function.Scope, app, name string) (*Group, error)
	Groups(scope function.Scope, app string) ([]*Group, error)
	Config(scope function.Scope, name string) (*Config, error)
	Configs(scope function.Scope) ([]*Config, error)
	Deployment(scope function.Scope, id string) (*Deployment, error)
	// Deployments lists those that a query asks for, the newest first.
	Deployments(q Query) ([]*Deployment, error)
	// OpenDeployments lists the deployments of all accounts and regions that have not released their alias.
	OpenDeployments() ([]*Deployment, error)
}

// Tx reads and writes. Put creates or replaces the record with the same key.
type Tx interface {
	Reader
	PutApplication(a *Application) error
	DeleteApplication(scope function.Scope, name string) error
	PutGroup(g *Group) error
	DeleteGroup(scope function.Scope, app, name string) error
	PutConfig(c *Config) error
	DeleteConfig(scope function.Scope, name string) error
	PutDeployment(d *Deployment) error
	// RenameDeployments moves the deployments of a group to another name of the group or its application.
	RenameDeployments(scope function.Scope, app, group, nextApp, nextGroup string) error
}

// Query asks for deployments. Zero fields ask for all.
type Query struct {
	Scope              function.Scope
	Application, Group string
	Function, Alias    string    // what they move, by name
	Statuses           []Status  // what they show
	Open               bool      // those that have not released their alias
	From, To           time.Time // of their creation, both included
	Before             string    // the ID of the last deployment of the page before
	Limit              int       // at most so many; 0 means all
}
