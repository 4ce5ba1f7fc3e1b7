package workspace

import (
	"context"
	"io"
	"time"

	"sluice/internal/clock"
	"sluice/internal/codepackage"
	"sluice/internal/command"
	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
	"sluice/internal/remote"
)

// Ask says what to open.
type Ask struct {
	File        string   // path of the sluice.yaml
	Environment string   // empty: the only one
	Functions   []string // keys; none: all
	// Existing is set by what leaves code and settings alone: variables that only they name may then be missing.
	Existing bool
	Scale    clock.Scale // of the endpoint
	Observe  func(release.Event)
	Output   io.Writer // of builds, hooks and checks
}

// Workspace is an environment of a project, connected.
type Workspace struct {
	Environment *deployer.Environment
	Runner      *release.Runner
	endpoint    *remote.Endpoint
}

// Open reads the file and connects to the endpoint that the SDK's configuration names. It calls nobody but who gives out
// credentials. Errors: those of Read, Project.Environment, remote.Open and release.New, fault.Invalid "time scale" for AWS
// itself, where minutes have sixty seconds, and fault.Unavailable "endpoint" for a server of this machine that does not run.
func Open(ctx context.Context, ask Ask) (*Workspace, error) {
	project, err := Read(ctx, ask.File)
	if err != nil {
		return nil, err
	}
	resolve := project.Environment
	if ask.Existing {
		resolve = project.Existing
	}
	env, err := resolve(ask.Environment, ask.Functions)
	if err != nil {
		return nil, err
	}
	endpoint, err := remote.Open(ctx, remote.Config{Region: env.Region, Resolution: resolution(ask.Scale)})
	if err != nil {
		return nil, err
	}
	if endpoint.Address() == "" && ask.Scale != 0 && ask.Scale != 1 {
		return nil, fault.Errorf(fault.Invalid, "time scale", "a time scale of %v on AWS: its minutes have sixty seconds; unset SLUICE_TIME_SCALE, or point AWS_ENDPOINT_URL to a Sluice server", float64(ask.Scale))
	}
	if err := reach(ctx, endpoint.Address()); err != nil {
		return nil, err
	}
	w := &Workspace{Environment: env, endpoint: endpoint}
	w.Runner, err = release.New(endpoint, project.packages(ask, endpoint), &command.Runner{Folder: project.folder, Output: ask.Output}, project.config(ask, w))
	if err != nil {
		return nil, err
	}
	return w, nil
}

func (p *Project) packages(ask Ask, endpoint *remote.Endpoint) *codepackage.Packages {
	return codepackage.New(codepackage.Config{Folder: p.folder, Cache: codepackage.Cache(), Objects: endpoint, Output: ask.Output})
}

func (p *Project) config(ask Ask, w *Workspace) release.Config {
	c := release.Config{By: who(), Scale: ask.Scale, Observe: ask.Observe, Invocations: w.invocation}
	if !ask.Existing {
		stamp := p.stamp()
		c.Commit, c.Tag = stamp.Commit, stamp.Tag
	}
	return c
}

// resolution is how exactly errors are told apart by time. Where a scale makes minutes short, a Sluice server tells seconds.
func resolution(scale clock.Scale) time.Duration {
	if scale > 1 {
		return time.Second
	}
	return time.Minute
}

// Where is the endpoint for people: its address and region.
func (w *Workspace) Where() string {
	if address := w.endpoint.Address(); address != "" {
		return address + " (" + w.endpoint.Region() + ")"
	}
	return "AWS " + w.endpoint.Region()
}

// Account is the account that the credentials belong to.
func (w *Workspace) Account(ctx context.Context) (string, error) {
	return w.endpoint.Account(ctx)
}

// Policy is the least IAM policy with which a run can do what was decided. It asks who is calling, for the account.
func (w *Workspace) Policy(ctx context.Context, plan *release.Plan) (remote.Policy, error) {
	account, err := w.Account(ctx)
	if err != nil {
		return remote.Policy{}, err
	}
	return remote.LeastPolicy(remote.Place{Region: w.endpoint.Region(), Account: account}, w.Environment, plan.Decisions), nil
}

// invocation is the address at which a version is invoked by a signed request, for commands.
func (w *Workspace) invocation(function, qualifier string) string {
	address := w.endpoint.Address()
	if address == "" {
		address = "https://lambda." + w.endpoint.Region() + ".amazonaws.com"
	}
	return address + "/2015-03-31/functions/" + function + ":" + qualifier + "/invocations"
}
