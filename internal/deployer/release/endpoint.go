package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
)

// Endpoint is a Lambda endpoint with what surrounds it, Sluice's or AWS's. Errors are faults: NotFound, Conflict (it
// exists already, or is busy with an update), Precondition (another revision), Denied (the message names the missing
// IAM action), Throttled (after the endpoint's own retries), Unavailable (no answer: what was asked may have happened).
// Methods may be called by many goroutines at once. internal/remote implements it.
type Endpoint interface {
	Functions
	Aliases
	Health
	Deployments
}

// Functions are functions and their versions.
type Functions interface {
	// Find returns a function with all its versions, its aliases and its tags, or nil if there is none.
	Find(ctx context.Context, name, alias string) (*deployer.Found, error)
	// Create makes a function without publishing it and waits until it is active.
	Create(ctx context.Context, f deployer.Function) (deployer.Version, error)
	// UpdateCode sends code to $LATEST, if its revision is still this one, and waits until it is in effect.
	UpdateCode(ctx context.Context, name string, code deployer.Code, architecture, revision string) (deployer.Version, error)
	// UpdateSettings changes those settings of $LATEST that are not zero, if its revision is still this one, and waits.
	UpdateSettings(ctx context.Context, name string, s deployer.Settings, revision string) (deployer.Version, error)
	Tag(ctx context.Context, arn string, change deployer.TagChange) error
	// Publish makes $LATEST a version if code and revision are still these, and waits until it is active. Lambda gives the
	// last version back when nothing differs from it.
	Publish(ctx context.Context, name, description, digest, revision string) (deployer.Version, error)
	DeleteVersion(ctx context.Context, name, version string) error
	// Invoke calls a version or an alias and waits for the answer.
	Invoke(ctx context.Context, name, qualifier string, payload []byte) (Answer, error)
}

// Answer is what an invocation came to.
type Answer struct {
	Version string // that answered
	Payload []byte
	Failed  bool   // the function reported an error: Payload says which
	Log     string // its last 4 KB
}

// Aliases are a function's aliases.
type Aliases interface {
	// Alias returns an alias, or nil if there is none.
	Alias(ctx context.Context, function, name string) (*deployer.Alias, error)
	CreateAlias(ctx context.Context, function string, a deployer.Alias) (deployer.Alias, error)
	// UpdateAlias makes the alias what a says, if its revision is still a.Revision (empty: whichever it has), and
	// returns it with the new revision.
	UpdateAlias(ctx context.Context, function string, a deployer.Alias) (deployer.Alias, error)
}

// Health is what tells a good version from a bad one.
type Health interface {
	// Ringing returns those of these alarms that are in the state ALARM. One that does not exist is a NotFound fault.
	Ringing(ctx context.Context, alarms []string) ([]string, error)
	// Errors returns how many invocations of a version behind an alias failed, and how many there were, since a time.
	Errors(ctx context.Context, function, alias, version string, since time.Time) (failed, invoked int, err error)
}

// Deployments are CodeDeploy's.
type Deployments interface {
	// Prepare makes application, deployment configuration, service role and deployment group where they are missing or
	// differ.
	Prepare(ctx context.Context, g Group) error
	// Deploy creates a deployment and returns its id. Another one on the same alias is a Conflict that names it.
	Deploy(ctx context.Context, d Deployment) (id string, err error)
	// Deployment returns how one stands.
	Deployment(ctx context.Context, id string) (Progress, error)
	// Deploying returns the id of the group's deployment that is under way, or the empty string.
	Deploying(ctx context.Context, g Group) (id string, err error)
	// Stop ends a deployment and has the alias go back.
	Stop(ctx context.Context, id string) error
}

// Group is a deployment group and its application.
type Group struct {
	Application, Name string
	Strategy          deployer.Strategy
	Alarms            []string
	Role              string // ARN; empty makes a role with AWS's policy for CodeDeploy and Lambda
	// Hooks are the functions that its deployments call. A role that is made here may invoke them: AWS's policy allows
	// only those named CodeDeployHook_….
	Hooks []string
}

// Deployment is what a deployment is asked to do.
type Deployment struct {
	Group         Group
	Function      string
	Alias         string
	From, To      string
	Before, After string // hook functions; empty for none
	Description   string
}

// Progress is how a deployment stands.
type Progress struct {
	Over      bool
	Succeeded bool
	Status    string // CodeDeploy's word
	Why       string // it failed or was stopped; empty otherwise
}

// Packages make code ready to be sent. internal/codepackage implements it.
type Packages interface {
	// Package returns the code of a function with its digest, size and file known. A build command runs first.
	Package(ctx context.Context, f deployer.Function) (deployer.Code, error)
}

// Commands run commands of the project, in its folder. internal/command implements it.
type Commands interface {
	// Run returns nil if the command exits with 0. Its output goes to the person who watches. An error says the exit code.
	Run(ctx context.Context, command string, environment map[string]string) error
}
