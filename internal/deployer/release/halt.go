package release

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// abandon stops the deployments of a release that failed, and waits until their aliases are free to be sent back.
// When the run merely ends, the deployments go on.
func (r *run) abandon(ctx context.Context, deployed []*member, cause error) error {
	if r.stops(ctx, cause) {
		return cause
	}
	fresh, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.config.Scale.Here(settling)+grace)
	defer cancel()
	if err := each(fresh, r.config.Parallel, deployed, r.halt); err != nil {
		cause = errors.Join(cause, err)
	}
	return rejected{cause}
}

// settling bounds how long CodeDeploy may take to send an alias back, of the cloud.
const settling = 10 * time.Minute

// halt stops the alias's deployment and waits until none is under way, that which sends the alias back included.
func (r *run) halt(ctx context.Context, m *member) error {
	if m.deployment == "" {
		return nil
	}
	if err := r.endpoint.Stop(ctx, m.deployment); err != nil {
		return err
	}
	for {
		id, err := r.deploying(ctx, r.plan.Environment, m.Function)
		if err != nil {
			return err
		}
		if id == "" {
			m.deployment = ""
			return nil
		}
		if err := sleep(ctx, r.poll()); err != nil {
			return fmt.Errorf("%s: deployment %s is still under way: %w", m.key, id, err)
		}
	}
}
