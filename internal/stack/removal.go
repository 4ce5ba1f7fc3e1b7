package stack

import (
	"slices"
	"strings"
)

// dismantle deletes all that a stack has: because it is to be deleted, or because it could not be made.
func (o *operation) dismantle(stack *Stack) (*Stack, error) {
	op := stack.Operation
	rollback := stack.Status == RollbackInProgress
	failed, err := o.removeAll(func(r *Resource) removal {
		if r.gone() {
			return removal{}
		}
		kept := r.kept(o.cfg.Provider, rollback && op.DeleteCreated, rollback) || slices.Contains(op.Retain, r.LogicalID)
		return removal{parts: r.parts(), keep: kept, last: true, force: op.Force, commit: kept && o.commits(r)}
	})
	if err != nil {
		return nil, err
	}
	reason := ""
	if len(failed) > 0 {
		reason = "The following resource(s) failed to delete: [" + strings.Join(failed, ", ") + "]. "
	}
	return o.become(stack.Status, reason, func(tx Tx, s *Stack) error {
		switch {
		case rollback && s.Operation.Delete:
			s.Status, s.Reason, s.Operation.Retain = DeleteInProgress, userInitiated, nil
			return nil
		case rollback && len(failed) > 0:
			s.Status = RollbackFailed
			return nil
		case len(failed) > 0:
			s.Status = DeleteFailed
			return nil
		case rollback:
			s.Status = RollbackComplete
		default:
			s.Status, s.ChangeSetID = DeleteComplete, ""
			if err := tx.SetStackExports(s.ID, nil); err != nil {
				return err
			}
			if err := tx.SetStackImports(s, nil); err != nil {
				return err
			}
		}
		s.Operation = nil
		return o.forget(tx)
	})
}

// cleanUp deletes what an update left behind, or its rollback. What can't be deleted stays, and the stack forgets it.
func (o *operation) cleanUp(stack *Stack) (*Stack, error) {
	goal := map[string]bool{}
	back := stack.Status == UpdateRollbackCleanupInProgress
	if !back {
		bound, err := o.bound(stack, stack.Goal)
		if err != nil {
			return nil, err
		}
		for _, r := range bound.Resources {
			goal[r.LogicalID] = true
		}
	}
	gone := func(r *Resource) bool { return back && r.Fresh || !back && !goal[r.LogicalID] }
	failed, err := o.removeAll(func(r *Resource) removal {
		switch {
		case r.gone():
			return removal{}
		case gone(r):
			kept := r.kept(o.cfg.Provider, back && stack.Operation.DeleteCreated, back)
			return removal{parts: r.parts(), keep: kept, last: true, cleanup: true, commit: o.commits(r)}
		}
		replaced := slices.Clone(r.Leftovers)
		if r.replaced() {
			replaced = append(replaced, *r.Before)
		}
		return removal{parts: replaced, keep: r.UpdateReplacePolicy == "Retain" && !back, cleanup: true, commit: o.commits(r)}
	})
	if err != nil {
		return nil, err
	}
	next, reason := UpdateComplete, ""
	if back {
		next = UpdateRollbackComplete
	} else if len(failed) > 0 {
		reason = leftBehind
	}
	return o.become(next, reason, func(tx Tx, s *Stack) error {
		s.Operation = nil
		if err := o.forget(tx); err != nil {
			return err
		}
		for _, r := range o.all() {
			if gone(r) {
				if err := tx.DropStackResource(s.ID, r.LogicalID); err != nil {
					return err
				}
			}
		}
		return tx.DropStackGoals(s.ID, s.Goal)
	})
}

// gone reports whether a resource is deleted, or was left alone for good.
func (r *Resource) gone() bool { return r.Status == Deleted || r.Status == DeleteSkipped }

// parts lists what there is of a resource. What it is now comes last.
func (r *Resource) parts() []Instance {
	parts := slices.Clone(r.Leftovers)
	if r.replaced() {
		parts = append(parts, *r.Before)
	}
	return append(parts, r.Instance)
}

// kept reports whether a resource outlives its stack. created is set if what the operation made goes in any case.
func (r *Resource) kept(p Provider, created, rollback bool) bool {
	policy := r.DeletionPolicy
	if schema, known := p.Schema(r.Type); policy == "" && known {
		policy = schema.DeletionPolicy
	}
	return !created && (policy == "Retain" || policy == "RetainExceptOnCreate" && !rollback)
}

// removal says what goes of a resource. With last, the resource itself goes with the last part. keep leaves alone what is there, and force
// what can't be deleted. With commit, what was ordered for the resource stands from now on.
type removal struct {
	parts                              []Instance
	keep, last, force, cleanup, commit bool
}

// removeAll deletes of each resource what plan says, each before whatever it refers to, and returns those that it could not.
func (o *operation) removeAll(plan func(*Resource) removal) (failed []string, err error) {
	plans, needs := map[string]removal{}, map[string][]string{}
	for _, r := range o.all() {
		if p := plan(r); len(p.parts) > 0 || p.commit {
			plans[r.LogicalID] = p
			if p.commit {
				needs[r.LogicalID] = r.DependsOn
			}
			for _, part := range p.parts {
				needs[r.LogicalID] = slices.Concat(needs[r.LogicalID], part.DependsOn)
			}
		}
	}
	errs := make(chan error, len(plans))
	reversed(needs).walk(atOnce, o.closing.Done(), func(step string) bool {
		ok, err := o.remove(step, plans[step])
		if err != nil {
			errs <- err
		}
		return err == nil && (ok || plans[step].cleanup)
	})
	close(errs)
	if err := <-errs; err != nil {
		return nil, err
	}
	if o.closing.Err() != nil {
		return nil, ErrClosing
	}
	for _, r := range o.all() {
		if _, planned := plans[r.LogicalID]; planned && r.Failed && r.Status == DeleteRefused {
			failed = append(failed, r.LogicalID)
		}
	}
	return failed, nil
}

// remove deletes the parts of one resource.
func (o *operation) remove(logicalID string, p removal) (ok bool, err error) {
	if p.commit {
		if err := o.commit(o.find(logicalID)); err != nil {
			return false, err
		}
	}
	for i, part := range p.parts {
		itself := p.last && i == len(p.parts)-1
		ok, err := o.removePart(*o.find(logicalID), part, itself, p)
		if !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// removePart deletes one part. A resource that stays keeps its status, whatever is told of the part.
func (o *operation) removePart(r Resource, part Instance, itself bool, p removal) (ok bool, err error) {
	status, reason := r.Status, r.Reason
	tell := func(as ResourceStatus, why string) *Event {
		e := r.event(o, as, why, &part)
		if !itself {
			r.Status, r.Reason = status, reason
		}
		return e
	}
	repeated := r.Task != nil && r.Task.Verb == ToDelete && r.Task.Goal.PhysicalID == part.PhysicalID
	r.Failed = false
	switch {
	case part.PhysicalID == "":
		r.Task = nil
		return true, o.save(&r, tell(Deleted, ""))
	case p.keep && !repeated:
		r.lose(part)
		return true, o.save(&r, tell(DeleteSkipped, ""))
	case !repeated:
		r.Task = &Task{Verb: ToDelete, Token: newUUID(), Goal: part}
		if err := o.save(&r, tell(Deleting, "")); err != nil {
			return false, err
		}
	}
	order := o.order(&r, r.Task, repeated)
	order.Cleanup = p.cleanup
	err = o.cfg.Provider.Delete(o.closing, order)
	if err != nil && o.closing.Err() != nil {
		return false, ErrClosing
	}
	r = *o.find(r.LogicalID) // with the notes
	r.Task = nil
	switch {
	case err != nil && p.force:
		r.lose(part)
		return true, o.save(&r, tell(DeleteSkipped, err.Error()))
	case err != nil:
		r.Failed = true
		failed := tell(DeleteRefused, err.Error())
		return false, o.save(&r, failed)
	}
	r.lose(part)
	return true, o.save(&r, tell(Deleted, ""))
}

// lose forgets a part that is gone. The resource itself keeps its last physical ID.
func (r *Resource) lose(part Instance) {
	r.Leftovers = slices.DeleteFunc(slices.Clone(r.Leftovers), func(i Instance) bool { return i.PhysicalID == part.PhysicalID })
	if r.replaced() && r.Before.PhysicalID == part.PhysicalID {
		r.Before = nil
	}
}
