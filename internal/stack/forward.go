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
	goal, bound, err := o.goal(stack, stack.Operation.Goal)
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
	stopWatching := o.watch(ctx, stack, goal, stop)
	err = o.checkRemovals(bound, stop)
	if err == nil {
		err = o.reachAll(ctx, stop, bound)
	}
	if err == nil {
		err = o.settle(stack.DisableRollback)
	}
	var outputs []Output
	failure := failures(o.all())
	if err == nil && failure == "" && ctx.Err() == nil {
		if outputs, err = o.outputs(ctx, bound); err != nil && o.closing.Err() == nil {
			failure, err = fault.Of(err).Message, nil
		}
	}
	if err == nil && failure == "" {
		err = o.monitor(ctx, goal)
	}
	stopWatching()
	if o.closing.Err() != nil {
		return nil, ErrClosing
	}
	if err != nil {
		return nil, err
	}
	return o.arrive(stack, failure, context.Cause(ctx), outputs)
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
		if err := o.save(&next, next.event(o.name, UpdateRefused, reason, &next.Instance)); err != nil {
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
	err := o.Store.ReadStacks(o.closing, func(r Reader) (err error) {
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
	failures := make(chan error, len(specs))
	ordered(needs).walk(len(needs), ctx.Done(), func(step string) bool {
		ok, err := o.reach(ctx, bound, specs[step])
		if err != nil {
			failures <- err
		}
		if !ok || err != nil {
			stop(errCancelled)
		}
		return ok && err == nil
	})
	close(failures)
	return <-failures
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
