package release

import (
	"context"

	"sluice/internal/deployer"
)

// Status returns where the aliases of all functions point, in the environment's order. It changes nothing.
func (r *Runner) Status(ctx context.Context, env *deployer.Environment) ([]Standing, error) {
	all := make([]Standing, len(env.Functions))
	err := each(ctx, r.config.Parallel, indices(all), func(ctx context.Context, i int) error {
		f := env.Functions[i]
		alias, err := r.endpoint.Alias(ctx, f.Name, f.Alias)
		if err != nil {
			return err
		}
		all[i] = standingOf(f, alias)
		if mayDeploy(env, alias) {
			all[i].Deployment, err = r.deploying(ctx, env, f)
		}
		return err
	})
	return all, err
}
