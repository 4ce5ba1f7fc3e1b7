package release

import (
	"context"
	"slices"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// Ask is what a run asks for beside the file.
type Ask struct {
	// Version releases this published version of each function and sends nothing; empty releases what the file describes.
	Version string
	// GitTag releases the newest version of each function that was published from this tag, and sends nothing.
	GitTag string
	// TakeOver disregards the lease of another run.
	TakeOver bool
}

// Plan is what a run has to do.
type Plan struct {
	Environment *deployer.Environment
	Release     string // id; that of the release which the run continues, if there is one
	// Decisions are one for each function, in the environment's order.
	Decisions []deployer.Decision
	// Unfinished are the keys of functions whose alias has arrived and whose release has not ended: its hook after traffic, or
	// its record, is missing.
	Unfinished []string
	// Returning is set when an earlier run was cut off while it sent the release back. The run ends that and does nothing else.
	Returning bool

	deployments map[string]string // CodeDeploy's that are under way, by key
	takeOver    bool
}

// Nothing reports whether there is nothing to do.
func (p *Plan) Nothing() bool {
	for i := range p.Decisions {
		if !p.Decisions[i].Nothing() {
			return false
		}
	}
	return len(p.Unfinished) == 0 && !p.Returning
}

// Plan packages all functions, looks at what is there and decides. It changes nothing. A Conflict says why nothing may be
// done now: another transition, another run, a pause, a deployment of CodeDeploy's.
func (r *Runner) Plan(ctx context.Context, env *deployer.Environment, ask Ask) (*Plan, error) {
	functions, found, err := r.look(ctx, env, ask.Version == "" && ask.GitTag == "")
	if err != nil {
		return nil, err
	}
	p := &Plan{Environment: env, Release: newRelease(), deployments: map[string]string{}, takeOver: ask.TakeOver}
	records := recordsOf(functions, found)
	if release, ok := records.continued(); ok {
		p.Release = release
	}
	if release, ok := records.half(); ok {
		p.Release, p.Returning = release, true
		p.nothingElse(functions, found)
		return p, records.held(time.Now(), ask.TakeOver)
	}
	if err := r.decide(p, functions, found, ask); err != nil {
		return nil, err
	}
	if err := p.unfinished(records, ask); err != nil {
		return nil, err
	}
	return p, r.underWay(ctx, p)
}

// look packages the functions, unless a version is asked for that exists, and finds them.
func (r *Runner) look(ctx context.Context, env *deployer.Environment, pack bool) ([]deployer.Function, []*deployer.Found, error) {
	functions := append([]deployer.Function(nil), env.Functions...)
	found := make([]*deployer.Found, len(functions))
	err := each(ctx, r.config.Parallel, indices(functions), func(ctx context.Context, i int) (err error) {
		if pack {
			if functions[i].Code, err = r.packages.Package(ctx, functions[i]); err != nil {
				return err
			}
			r.tell(Event{Kind: Packaged, Function: functions[i].Key, Detail: functions[i].Code.Digest})
		}
		found[i], err = r.endpoint.Find(ctx, functions[i].Name, functions[i].Alias)
		return err
	})
	return functions, found, err
}

func indices[T any](items []T) []int {
	all := make([]int, len(items))
	for i := range all {
		all[i] = i
	}
	return all
}

func (r *Runner) decide(p *Plan, functions []deployer.Function, found []*deployer.Found, ask Ask) error {
	for i, f := range functions {
		options := deployer.Options{Now: time.Now(), TakeOver: ask.TakeOver, Version: ask.Version, Stamp: r.stamp(p.Release)}
		if ask.GitTag != "" {
			v, err := tagged(f, found[i], ask.GitTag)
			if err != nil {
				return err
			}
			options.Version = v
		}
		d, err := deployer.Decide(p.Environment, f, found[i], options)
		if err != nil {
			return err
		}
		p.Decisions = append(p.Decisions, d)
	}
	return nil
}

func tagged(f deployer.Function, found *deployer.Found, tag string) (string, error) {
	if found != nil {
		if v, ok := found.Tagged(tag); ok {
			return v.Number, nil
		}
	}
	return "", fault.Errorf(fault.NotFound, "version", "%s: no version of %s was published from the git tag %s", f.Key, f.Name, tag)
}

// nothingElse fills the decisions of a run that only ends a return.
func (p *Plan) nothingElse(functions []deployer.Function, found []*deployer.Found) {
	for i, f := range functions {
		p.Decisions = append(p.Decisions, deployer.Decision{
			Function: f, Found: found[i], Note: "release " + p.Release + " was being sent back when its run ended: the next run ends that first",
		})
	}
}

// unfinished finds the aliases that have arrived and whose release has not ended.
func (p *Plan) unfinished(records records, ask Ask) error {
	for i := range p.Decisions {
		d := &p.Decisions[i]
		if s := records[i]; d.Move.Kind == deployer.Stay && s.arrived() {
			if err := s.held(time.Now(), ask.TakeOver); err != nil {
				return err
			}
			p.Unfinished = append(p.Unfinished, d.Function.Key)
		}
	}
	return nil
}

// underWay asks CodeDeploy for deployments that earlier runs made. One that moves an alias elsewhere than the run would, or
// that a run with another engine would meet, is a Conflict.
func (r *Runner) underWay(ctx context.Context, p *Plan) error {
	ids := make([]string, len(p.Decisions))
	err := each(ctx, r.config.Parallel, indices(ids), func(ctx context.Context, i int) (err error) {
		if d := &p.Decisions[i]; d.Found != nil && mayDeploy(p.Environment, d.Found.Alias) && (d.Move.Kind != deployer.Stay || p.isUnfinished(d)) {
			ids[i], err = r.deploying(ctx, p.Environment, d.Function)
		}
		return err
	})
	for i, id := range ids {
		d := &p.Decisions[i]
		switch {
		case err != nil:
			return err
		case id != "" && p.Environment.Engine != deployer.CodeDeploy:
			return fault.Errorf(fault.Conflict, "deployment", "%s: deployment %s of CodeDeploy moves %s, and the file has another engine now: wait for it, or `sluice abort %s` first",
				d.Function.Key, id, d.Function.Alias, p.Environment.Name)
		case id == "" && p.Environment.Engine == deployer.CodeDeploy && d.Move.Kind == deployer.Next:
			return d.Found.Alias.InTransition(d.Function.Key, p.Environment.Name, ", and no deployment of CodeDeploy moves it")
		case id != "" && (d.Publish || d.Move.Kind == deployer.Point):
			return fault.Errorf(fault.Conflict, "deployment", "%s: deployment %s of CodeDeploy moves %s: wait for it, or `sluice abort %s` first",
				d.Function.Key, id, d.Function.Alias, p.Environment.Name)
		case id != "":
			p.deployments[d.Function.Key] = id
		}
	}
	return err
}

func (p *Plan) isUnfinished(d *deployer.Decision) bool {
	return slices.Contains(p.Unfinished, d.Function.Key)
}

// deploying returns the id of CodeDeploy's deployment that moves a function's alias, or the empty string.
func (r *Runner) deploying(ctx context.Context, env *deployer.Environment, f deployer.Function) (string, error) {
	id, err := r.endpoint.Deploying(ctx, groupOf(env, f))
	if fault.Is(err, fault.NotFound, "") {
		return "", nil
	}
	return id, err
}
