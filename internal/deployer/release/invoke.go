package release

import (
	"context"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// Invoke calls a function of the environment by its key and waits for the answer. An empty qualifier is the alias that
// releases move. A call without an answer is made again, so that the function may run twice.
func (r *Runner) Invoke(ctx context.Context, env *deployer.Environment, key, qualifier string, payload []byte) (Answer, error) {
	for _, f := range env.Functions {
		if f.Key != key {
			continue
		}
		if qualifier == "" {
			qualifier = f.Alias
		}
		return r.endpoint.Invoke(ctx, f.Name, qualifier, payload)
	}
	return Answer{}, fault.Errorf(fault.NotFound, "function", "%s has no function %q in the project's file", env.Name, key)
}
