package stack

import (
	"slices"
	"sync"
)

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
	var mu sync.Mutex
	err = reversed(needs).carry(atOnce, o.closing.Done(), func(step string) (bool, error) {
		ok, err := o.remove(step, plans[step])
		if !ok && err == nil {
			mu.Lock()
			failed = append(failed, step) // also one that stays itself, of which an older part can't go
			mu.Unlock()
		}
		return ok || plans[step].cleanup, err
	})
	if err != nil {
		return nil, err
	}
	if o.closing.Err() != nil {
		return nil, ErrClosing
	}
	slices.Sort(failed)
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
		if p.cleanup {
			e.plain()
		}
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
func (r *Resource) kept(of types, created, rollback bool) bool {
	policy := r.DeletionPolicy
	if schema, known := of(r.Type); policy == "" && known {
		policy = schema.DeletionPolicy
	}
	return !created && (policy == "Retain" || policy == "RetainExceptOnCreate" && !rollback)
}
