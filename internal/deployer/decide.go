package deployer

import (
	"time"

	"sluice/internal/fault"
)

// Options are what a run says beside the file.
type Options struct {
	Now      time.Time
	Release  string // id of this run's release; a lease of the same release is its own
	TakeOver bool   // somebody else's lease does not count
	Version  string // release this published version, and send nothing; empty releases what the file describes
	Stamp    Stamp  // of what is sent
}

// Decide says what a run has to do for one function, by seed 000's rules. It refuses, with a Conflict, what must not be
// done now: a change during another transition, an alias that another run holds or somebody paused.
func Decide(env *Environment, f Function, found *Found, o Options) (Decision, error) {
	d := Decision{Function: f, Found: found}
	var err error
	switch {
	case o.Version != "" && f.Live != nil:
		err = fault.Errorf(fault.Conflict, "alias", "%s: the file's live says where %s points: take it out to release version %s", f.Key, f.Alias, o.Version)
	case found == nil:
		err = d.decideNew(env, o)
	case o.Version != "":
		err = d.decideVersion(env, o.Version)
	case !env.Publish:
		d.decideLatest()
	default:
		err = d.decidePublished(env)
	}
	if err == nil && f.Live != nil && found != nil {
		err = d.decideLive()
	}
	if err != nil {
		return Decision{}, err
	}
	d.Tags = tagChange(env, &d, o.Stamp)
	if d.Nothing() {
		return d, nil
	}
	return d, d.free(o)
}

// decideNew is of a function that does not exist.
func (d *Decision) decideNew(env *Environment, o Options) error {
	f := &d.Function
	if o.Version != "" {
		return fault.Errorf(fault.NotFound, "function", "%s: there is no function %s, so it has no version %s", f.Key, f.Name, o.Version)
	}
	if f.Live != nil {
		return fault.Errorf(fault.NotFound, "function", "%s: live names version %s, and there is no function %s yet: deploy it first without live", f.Key, f.Live.Version1, f.Name)
	}
	d.Create, d.Publish = true, env.Publish
	d.Changes = Differences(*f, Version{})
	d.Move = Move{Kind: Make, To: Latest}
	if env.Publish {
		d.Move = Move{Kind: Make}
	}
	return nil
}

// decideLatest is of an environment that publishes nothing: the alias follows $LATEST.
func (d *Decision) decideLatest() {
	d.update()
	switch a := d.Found.Alias; {
	case a == nil:
		d.Move = Move{Kind: Make, To: Latest}
	case !a.Stable() || a.Version != Latest:
		d.Move = Move{Kind: Point, From: a.Version, To: Latest}
	}
}

// update brings $LATEST to what the file says.
func (d *Decision) update() {
	d.Changes = Differences(d.Function, d.Found.Latest)
	d.Code = d.Function.Code.Digest != d.Found.Latest.Digest
}

// decidePublished is of an environment whose alias points to versions.
func (d *Decision) decidePublished(env *Environment) error {
	f, found := &d.Function, d.Found
	if found.Alias != nil && !found.Alias.Stable() && f.Live == nil {
		return d.decideTransition(env)
	}
	if found.Alias != nil && f.Live == nil {
		if err := found.Alias.checkStrayed(f.Key, env.Name); err != nil {
			return err
		}
	}
	last, ok := found.Last()
	if !ok || len(Differences(*f, last)) > 0 {
		d.update()
		d.Publish = true
		d.moveTo(env, "")
		return nil
	}
	switch a := found.Alias; {
	case a == nil || found.Undecided(a) != "":
		d.moveTo(env, last.Number)
	case a.Version != last.Number:
		d.Note = "nothing differs from version " + last.Number + ", and " + a.Name + " stays on version " + a.Version +
			": `sluice deploy " + env.Name + " --version " + last.Number + "` releases it again"
	}
	return nil
}

// decideTransition is of an alias between two versions: the release goes on if it is the one that the file describes.
func (d *Decision) decideTransition(env *Environment) error {
	a := d.Found.Alias
	target, ok := d.Found.Version(a.Additional)
	if !ok || len(Differences(d.Function, target)) > 0 {
		return a.InTransition(d.Function.Key, env.Name, " ("+PercentText(a.Weight*100)+"), and what the file describes is neither")
	}
	d.next(env)
	return nil
}

func (d *Decision) next(env *Environment) {
	a := d.Found.Alias
	now := a.Weight * 100
	d.Move = Move{Kind: Next, From: a.Version, To: a.Additional, Now: now, Steps: env.Strategy.StepsAfter(now)}
}

// decideVersion releases a version that is published.
func (d *Decision) decideVersion(env *Environment, version string) error {
	if _, ok := d.Found.Version(version); !ok {
		return fault.Errorf(fault.NotFound, "version", "%s: %s has no version %s: `sluice versions %s` lists those there are", d.Function.Key, d.Found.Name, version, env.Name)
	}
	a := d.Found.Alias
	switch {
	case a == nil || a.Stable() && a.Version != version:
		d.moveTo(env, version)
	case a.Stable():
		d.Note = a.Name + " points to version " + version + " already"
	case a.Additional == version:
		d.next(env)
	default:
		return a.InTransition(d.Function.Key, env.Name, "")
	}
	return nil
}

// moveTo moves the alias to a version by the strategy. An alias can't divide requests with $LATEST, so from there it
// goes at once.
func (d *Decision) moveTo(env *Environment, version string) {
	a := d.Found.Alias
	switch {
	case a == nil:
		d.Move = Move{Kind: Make, To: version}
	case a.Version == Latest:
		d.Move = Move{Kind: Point, From: Latest, To: version}
		d.Note = a.Name + " pointed to $LATEST, which can't share requests with a version: it moves at once"
	default:
		d.Move = Move{Kind: Start, From: a.Version, To: version, Steps: env.Strategy.Steps()}
	}
}

// decideLive points the alias where the file's live says, whatever the strategy would do.
func (d *Decision) decideLive() error {
	live := d.Function.Live
	if err := d.Found.CanPoint(*live); err != nil {
		return err
	}
	d.Note = ""
	a := d.Found.Alias
	switch {
	case a == nil:
		d.Move = Move{Kind: Make, To: live.Version1, Live: live}
	case a.points(*live):
		d.Move = Move{}
	default:
		d.Move = Move{Kind: Point, From: a.Version, To: live.Version1, Live: live}
	}
	return nil
}

// free refuses what another run is about to do, or what somebody paused.
func (d *Decision) free(o Options) error {
	if d.Found == nil || d.Found.Alias == nil {
		return nil
	}
	a := d.Found.Alias
	r, ok := ReadRecord(a.Description)
	if !ok {
		return nil
	}
	if d.Move.Live == nil {
		if err := r.CheckPause(d.Function.Key, a.Name); err != nil {
			return err
		}
	}
	if r.Release == o.Release || o.TakeOver {
		return nil
	}
	return r.CheckLease(o.Now, d.Function.Key, a.Name)
}
