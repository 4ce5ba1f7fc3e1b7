package release

import (
	"context"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// Stage is how far a run goes. Seed 004 has a job for each.
type Stage string

// The stages. The zero Stage is to the end.
const (
	Upload  Stage = "upload"  // code and settings to $LATEST
	Publish Stage = "publish" // and a version
)

// How says how far and how fast a run goes.
type How struct {
	Until Stage
	// Step ends the run after one step, without waiting: a later run makes the next, after the checks of this one.
	Step bool

	promote bool // all steps at once, without waiting and without checks
}

// Outcome is what a run that succeeded came to.
type Outcome struct {
	Release   string     `json:"release"`
	Standings []Standing `json:"standings"` // of all functions, in the environment's order
	// Versions are the versions that the run published, by the functions' keys.
	Versions map[string]string `json:"versions,omitempty"`
	// Left are the steps that later runs have to make.
	Left []deployer.Step `json:"left,omitempty"`
}

// run is a release while it is being carried out.
type run struct {
	*Runner
	plan    *Plan
	how     How
	members []*member
	forced  bool            // other runs' leases don't count
	rang    map[string]bool // alarms that rang before the release began, and have not stopped since
}

// Deploy carries a plan out: code is sent, versions are published, hooks run, and the aliases of all functions move
// together. A release that fails goes back, and the error is a Failed; a run that ends before its release is a Stopped.
func (r *Runner) Deploy(ctx context.Context, p *Plan, how How) (Outcome, error) {
	if err := how.check(p.Environment); err != nil {
		return Outcome{}, err
	}
	return r.start(p, how).deploy(ctx)
}

func (h How) check(env *deployer.Environment) error {
	switch {
	case h.Until != "" && h.Until != Upload && h.Until != Publish:
		return fault.Errorf(fault.Invalid, "stage", "there is no stage %q: take %s or %s, or none for all", h.Until, Upload, Publish)
	case h.Step && h.Until != "":
		return fault.Errorf(fault.Invalid, "stage", "a step moves aliases, and until %s moves none: take one of them", h.Until)
	case h.Step && env.Engine == deployer.CodeDeploy:
		return fault.Errorf(fault.Invalid, "step", "CodeDeploy makes the steps by itself: single ones need the engine %s", deployer.Direct)
	}
	return nil
}

func (r *Runner) start(p *Plan, how How) *run {
	started := &run{Runner: r, plan: p, how: how, rang: map[string]bool{}}
	for _, d := range p.Decisions {
		started.members = append(started.members, newMember(p, d))
	}
	return started
}

func (r *run) deploy(ctx context.Context) (Outcome, error) {
	if r.plan.Returning {
		return Outcome{}, r.endReturn(ctx)
	}
	if err := r.prepare(ctx); err != nil {
		return Outcome{}, r.stop(ctx, err)
	}
	if r.how.Until == "" {
		if err := r.shift(ctx); err != nil {
			return Outcome{}, r.end(ctx, err)
		}
	}
	if err := r.release(ctx); err != nil {
		return Outcome{}, r.stop(ctx, err)
	}
	return r.outcome(), nil
}

// prepare does what no request notices.
func (r *run) prepare(ctx context.Context) error {
	if r.how.Until == "" {
		if err := r.claimAll(ctx); err != nil {
			return err
		}
	}
	return r.hold(ctx, func(ctx context.Context) error {
		stages := []func(context.Context, *member) error{r.send, r.publish, r.tag}
		if r.how.Until == Upload {
			stages = []func(context.Context, *member) error{r.send, r.tag}
		}
		for _, stage := range stages {
			if err := each(ctx, r.config.Parallel, r.members, stage); err != nil {
				return err
			}
		}
		return nil
	})
}

// shift moves the aliases.
func (r *run) shift(ctx context.Context) error {
	if r.plan.Environment.Engine == deployer.CodeDeploy {
		return r.byCodeDeploy(ctx)
	}
	return r.direct(ctx)
}

// release gives back what the run still holds after it succeeded: aliases that had nothing to do, or that wait for the
// next step.
func (r *run) release(ctx context.Context) error {
	held := r.those(func(m *member) bool { return m.tried != "" && !m.record.Lease.IsZero() })
	return each(ctx, r.config.Parallel, held, r.giveBack)
}

func (r *run) outcome() Outcome {
	o := Outcome{Release: r.plan.Release, Standings: r.standings()}
	for _, m := range r.members {
		if m.published != "" {
			if o.Versions == nil {
				o.Versions = map[string]string{}
			}
			o.Versions[m.key] = m.published
		}
	}
	if behind := r.behind(); behind != nil && r.how.Until == "" {
		o.Left = behind.left()
	}
	return o
}
