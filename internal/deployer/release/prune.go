package release

import (
	"context"

	"sluice/internal/deployer"
)

// Prune deletes old versions of all functions, by deployer.Prune: the newest keep ones stay, and those that an alias
// names. It returns what is gone by the functions' keys, also beside an error.
func (r *Runner) Prune(ctx context.Context, env *deployer.Environment, keep int) (map[string][]string, error) {
	functions, found, err := r.look(ctx, env, false)
	if err != nil {
		return nil, err
	}
	old := make([][]string, len(functions))
	for i := range functions {
		if found[i] == nil {
			continue
		}
		if old[i], err = deployer.Prune(found[i], keep); err != nil {
			return nil, err
		}
	}
	deleted := make([]int, len(functions))
	err = each(ctx, r.config.Parallel, indices(functions), func(ctx context.Context, i int) error {
		for _, version := range old[i] {
			if err := r.endpoint.DeleteVersion(ctx, functions[i].Name, version); err != nil {
				return err
			}
			deleted[i]++
			r.tell(Event{Kind: Deleted, Function: functions[i].Key, Version: version})
		}
		return nil
	})
	gone := map[string][]string{}
	for i, f := range functions {
		if deleted[i] > 0 {
			gone[f.Key] = old[i][:deleted[i]]
		}
	}
	return gone, err
}
