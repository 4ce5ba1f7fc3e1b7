package release

import (
	"context"

	"sluice/internal/deployer"
)

// History are the published versions of a function, ascending. Found is nil when the function does not exist.
type History struct {
	Function string // key
	Name     string
	Found    *deployer.Found
	Versions []Entry
}

// Entry is a published version.
type Entry struct {
	deployer.Version
	Stamp   deployer.Stamp    // empty if Sluice did not publish it
	Aliases []string          // that name it
	Changes []deployer.Change // against the version before; nil of the first
}

// Versions returns the published versions of all functions, in the environment's order.
func (r *Runner) Versions(ctx context.Context, env *deployer.Environment) ([]History, error) {
	functions, found, err := r.look(ctx, env, false)
	if err != nil {
		return nil, err
	}
	all := make([]History, len(functions))
	for i, f := range functions {
		all[i] = History{Function: f.Key, Name: f.Name, Found: found[i], Versions: entries(found[i])}
	}
	return all, nil
}

func entries(found *deployer.Found) (all []Entry) {
	if found == nil {
		return nil
	}
	for i, v := range found.Versions {
		e := Entry{Version: v, Aliases: found.Named[v.Number]}
		e.Stamp, _ = deployer.ReadStamp(v.Description)
		if i > 0 {
			e.Changes = deployer.VersionDifferences(found.Versions[i-1], v)
		}
		all = append(all, e)
	}
	return all
}
