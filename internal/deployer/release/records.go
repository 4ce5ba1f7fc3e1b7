package release

import (
	"time"

	"sluice/internal/deployer"
)

// noted is a function's alias with what its record says. alias is nil when there is none; ok is false without a record.
type noted struct {
	key    string
	alias  *deployer.Alias
	record deployer.Record
	ok     bool
}

// records are the functions' of a run, in their order.
type records []noted

func recordsOf(functions []deployer.Function, found []*deployer.Found) records {
	all := make(records, len(functions))
	for i, f := range functions {
		all[i].key = f.Key
		if found[i] != nil && found[i].Alias != nil {
			all[i].alias = found[i].Alias
			all[i].record, all[i].ok = deployer.ReadRecord(found[i].Alias.Description)
		}
	}
	return all
}

// arrived reports whether the alias has reached its release's version and the release has not ended. CodeDeploy moves an
// alias whose record still says that it is claimed, for a version that it does not name.
func (n *noted) arrived() bool {
	if !n.ok || !n.alias.Stable() || n.record.From == n.alias.Version {
		return false
	}
	switch n.record.Phase {
	case deployer.Shifting, deployer.Paused:
		return n.record.To == n.alias.Version
	case deployer.Claimed:
		return n.record.From != "" && n.record.To == ""
	}
	return false
}

// mayDeploy reports whether CodeDeploy may be moving an alias: the environment has it do so, or the file had it do so when
// the alias was handed over to it, since nobody else moves an alias whose record says that it is claimed.
func mayDeploy(env *deployer.Environment, alias *deployer.Alias) bool {
	if alias == nil || env.Engine == deployer.CodeDeploy {
		return alias != nil
	}
	record, ok := deployer.ReadRecord(alias.Description)
	return ok && !alias.Stable() && record.Phase == deployer.Claimed
}

// onItsWay reports whether the alias belongs to a release that moved it and did not end.
func (n *noted) onItsWay() bool {
	if !n.ok || n.alias.Stable() {
		return n.arrived()
	}
	return n.record.Phase == deployer.Shifting || n.record.Phase == deployer.Paused || n.record.Phase == deployer.Claimed
}

// away reports whether the alias is where its release brought it, and not where it came from.
func (n *noted) away() bool {
	if !n.ok || n.record.From == "" {
		return false
	}
	if !n.alias.Stable() {
		return true
	}
	there := n.alias.Version == n.record.To || n.record.Phase == deployer.Claimed
	return there && n.alias.Version != n.record.From
}

// owed reports whether the alias has to be dealt with when its release goes back: it is away, or was claimed for it.
func (n *noted) owed() bool { return n.away() || n.ok && n.record.Phase == deployer.Claimed }

// held returns a Conflict if another run holds the alias.
func (n *noted) held(now time.Time, takeOver bool) error {
	if takeOver || !n.ok {
		return nil
	}
	return n.record.CheckLease(now, n.key, n.alias.Name)
}

// held returns a Conflict if another run holds one of the aliases.
func (all records) held(now time.Time, takeOver bool) error {
	for i := range all {
		if err := all[i].held(now, takeOver); err != nil {
			return err
		}
	}
	return nil
}

// continued returns the id of the release that a run continues: that of the first alias on its way.
func (all records) continued() (string, bool) {
	for i := range all {
		if all[i].onItsWay() {
			return all[i].record.Release, true
		}
	}
	return "", false
}

// half returns the id of a release, or of a rollback, whose run was cut off while it sent aliases back: some are, and
// others are not.
func (all records) half() (string, bool) {
	back := map[string]bool{}
	for i := range all {
		if all[i].ok && all[i].record.Phase == deployer.Returned {
			back[all[i].record.Release] = true
		}
	}
	for i := range all {
		n := &all[i]
		if n.ok && n.record.Phase != deployer.Returned && n.owed() && back[n.record.Release] {
			return n.record.Release, true
		}
	}
	return "", false
}
