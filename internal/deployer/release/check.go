package release

import (
	"context"
	"strings"
)

// noteRinging remembers the alarms that ring before the release begins. Such a one counts again once it has stopped.
func (r *run) noteRinging(ctx context.Context) error {
	alarms := r.plan.Environment.Checks.Alarms
	if len(alarms) == 0 {
		return nil
	}
	ringing, err := r.endpoint.Ringing(ctx, alarms)
	if err != nil {
		return err
	}
	for _, name := range ringing {
		r.rang[name] = true
		r.tell(Event{Kind: AlarmIgnored, Release: r.plan.Release, Detail: name})
	}
	return nil
}

// alarms rejects the release when an alarm rings that did not before.
func (r *run) alarms(ctx context.Context) error {
	alarms := r.plan.Environment.Checks.Alarms
	if len(alarms) == 0 {
		return nil
	}
	ringing, err := r.endpoint.Ringing(ctx, alarms)
	if err != nil {
		return err
	}
	still, rings := map[string]bool{}, []string(nil)
	for _, name := range ringing {
		if r.rang[name] {
			still[name] = true
		} else {
			rings = append(rings, name)
		}
	}
	r.rang = still
	if len(rings) > 0 {
		return rejectedf("alarm %s rings", strings.Join(rings, ", "))
	}
	return nil
}

// check asks everything that must hold before the next step: alarms, errors of the new versions since their last step,
// and the project's command.
func (r *run) check(ctx context.Context, moved []*member) error {
	if r.how.promote {
		return nil
	}
	r.tell(Event{Kind: CheckBegins, Release: r.plan.Release})
	if err := r.alarms(ctx); err != nil {
		return err
	}
	return r.verify(ctx, moved)
}

// verify makes the checks that CodeDeploy knows nothing of: errors and the command.
func (r *run) verify(ctx context.Context, moved []*member) error {
	if err := r.errors(ctx, moved); err != nil {
		return err
	}
	command := r.plan.Environment.Checks.Command
	if command == "" {
		return nil
	}
	return r.hold(ctx, func(ctx context.Context) error {
		return each(ctx, r.config.Parallel, moved, func(ctx context.Context, m *member) error { return r.command(ctx, command, m) })
	})
}

// errors rejects the release when a new version made more errors behind its alias than it may.
func (r *run) errors(ctx context.Context, moved []*member) error {
	allowed := r.plan.Environment.Checks.Errors
	if allowed < 0 {
		return nil
	}
	return each(ctx, r.config.Parallel, moved, func(ctx context.Context, m *member) error {
		failed, invoked, err := r.endpoint.Errors(ctx, m.Function.Name, m.Function.Alias, m.to, m.since)
		if err != nil {
			return err
		}
		if failed > allowed {
			return rejectedf("%s: %d of %d invocations of version %s behind %s failed, and %d may", m.key, failed, invoked, m.to, m.Function.Alias, allowed)
		}
		return nil
	})
}
