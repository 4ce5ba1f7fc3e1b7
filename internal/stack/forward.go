package stack

import (
	"cmp"
	"context"
	"slices"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// forward makes and changes what the operation's goal describes, and then says what comes next.
func (o *operation) forward(stack *Stack) (*Stack, error) {
	goal, err := o.goal(stack.Operation.Goal)
	if err != nil {
		return nil, err
	}
	if o.oldTags, err = o.tagsBefore(stack); err != nil {
		return nil, err
	}
	o.tags, o.role = goal.Tags, goal.Role
	if stack.Status == UpdateInProgress {
		o.policy = cmp.Or(stack.Operation.Policy, stack.Policy)
	}
	ctx, stop := o.interruptible()
	defer stop(nil)
	if stack.Operation.ended() || slices.ContainsFunc(o.all(), func(r *Resource) bool { return r.Failed }) {
		stop(errCancelled) // before the server was killed
	}
	unwatch := o.watch(ctx, stack, goal, stop)
	outputs, failure, err := o.attempt(ctx, stop, stack, goal)
	if err == nil && failure == "" {
		err = o.monitor(ctx, goal)
	}
	unwatch()
	switch {
	case o.closing.Err() != nil:
		return nil, ErrClosing
	case err != nil:
		return nil, err
	}
	return o.arrive(stack, failure, context.Cause(ctx), outputs)
}

// attempt tries to reach a goal. A failure says why it could not; err that it could not even be tried.
func (o *operation) attempt(ctx context.Context, stop context.CancelCauseFunc, stack *Stack, goal *Goal) (outputs []Output, failure string, err error) {
	bound, unreadable := bind(stack, goal)
	if unreadable == nil {
		if err := o.checkRemovals(bound, stop); err != nil {
			return nil, "", err
		}
		if err := o.reachAll(ctx, stop, bound); err != nil {
			return nil, "", err
		}
	}
	if err := o.settle(stack.DisableRollback); err != nil {
		return nil, "", err
	}
	if unreadable != nil {
		return nil, unreadable.Error(), nil
	}
	if failure = failures(o.all()); failure != "" || ctx.Err() != nil {
		return nil, failure, nil
	}
	if outputs, err = o.outputs(ctx, bound); err != nil {
		return nil, fault.Of(err).Message, nil
	}
	return outputs, "", nil
}

// checkRemovals fails an update that would delete what the stack's policy protects.
func (o *operation) checkRemovals(bound *template.Bound, stop context.CancelCauseFunc) error {
	for _, r := range o.all() {
		reason := denial(o.policy, ToDelete, r)
		stays := func(spec *template.Resource) bool { return spec.LogicalID == r.LogicalID }
		if reason == "" || r.Failed || slices.ContainsFunc(bound.Resources, stays) {
			continue
		}
		next := *r
		next.keepBefore()
		next.Failed = true
		if err := o.save(&next, next.event(o, UpdateRefused, reason, &next.Instance)); err != nil {
			return err
		}
		stop(errCancelled)
	}
	return nil
}

// ended reports whether an operation is not to go on.
func (op *Operation) ended() bool { return op.Failure != "" || op.Cancelled || op.Delete }

// tagsBefore are the stack's tags before an update.
func (o *operation) tagsBefore(stack *Stack) (map[string]string, error) {
	if stack.Operation.Before == 0 {
		return nil, nil
	}
	var before *Goal
	err := o.cfg.Store.ReadStacks(o.closing, func(r Reader) (err error) {
		before, err = r.StackGoal(o.id, stack.Operation.Before)
		return err
	})
	if err != nil {
		return nil, err
	}
	return before.Tags, nil
}

// reachAll brings each resource of the goal to where it has to be. The first failure ends all that is under way.
func (o *operation) reachAll(ctx context.Context, stop context.CancelCauseFunc, bound *template.Bound) error {
	specs, needs := map[string]*template.Resource{}, map[string][]string{}
	for _, r := range bound.Resources {
		specs[r.LogicalID], needs[r.LogicalID] = r, r.DependsOn
	}
	return ordered(needs).carry(len(needs), ctx.Done(), func(step string) (bool, error) {
		ok, err := o.reach(ctx, bound, specs[step])
		if !ok || err != nil {
			stop(errCancelled)
		}
		return ok, err
	})
}

// settle ends what a server that was killed had begun to make, after it failed elsewhere: what is there can then be deleted.
// Updates are ended only if they are not to be undone.
func (o *operation) settle(updates bool) error {
	for _, r := range o.all() {
		if r.interrupted(ToCreate, ToReplace) || updates && r.interrupted(ToUpdate) {
			if _, err := o.perform(o.closing, r, true); err != nil {
				return err
			}
		}
	}
	return nil
}
