package stack

import "slices"

// undo takes back what an update changed. What it made is deleted afterwards.
func (o *operation) undo(stack *Stack) (*Stack, error) {
	goal, err := o.goal(stack.Operation.Goal)
	if err != nil {
		return nil, err
	}
	o.oldTags = goal.Tags
	needs := map[string][]string{}
	for _, r := range o.all() {
		if r.Before != nil {
			needs[r.LogicalID] = r.Before.DependsOn
		}
	}
	err = ordered(needs).carry(atOnce, o.closing.Done(), func(step string) (bool, error) {
		return o.revert(o.find(step), slices.Contains(stack.Operation.Skip, step))
	})
	if err != nil {
		return nil, err
	}
	if o.closing.Err() != nil {
		return nil, ErrClosing
	}
	var refused []string
	for _, r := range o.all() {
		if r.Before != nil && r.Status == UpdateRefused {
			refused = append(refused, r.LogicalID)
		}
	}
	if len(refused) > 0 {
		return o.become(UpdateRollbackFailed, failedTo("update", refused), nil)
	}
	return o.become(UpdateRollbackCleanupInProgress, "", nil)
}

// revert brings one resource back to what it was.
func (o *operation) revert(r *Resource, skip bool) (ok bool, err error) {
	switch {
	case r.interrupted(ToUpdate) && r.Task.Undo:
		return o.perform(o.closing, r, true)
	case !r.Ordered && !r.Failed: // the record alone changed
		next := *r
		next.back(*r.Before)
		return true, o.save(&next)
	case skip || !r.Ordered || r.replaced() && !r.Moved || r.Task == nil && r.Status == UpdateRefused:
		return true, o.swap(r) // what was there before is there still
	}
	return o.takeBack(r)
}

func (r *Resource) replaced() bool { return r.Before != nil && r.PhysicalID != r.Before.PhysicalID }

// back puts an instance in the place of what is there.
func (r *Resource) back(before Instance) {
	if r.PhysicalID != "" && r.PhysicalID != before.PhysicalID {
		r.Leftovers = append(slices.Clone(r.Leftovers), r.Instance)
	}
	r.Instance, r.Before, r.Task, r.Failed, r.Moved, r.Ordered = before, nil, nil, false, false, false
}

// swap puts back what is still there.
func (o *operation) swap(r *Resource) error {
	next := *r
	next.back(*r.Before)
	return o.save(&next, next.event(o, Updating, "", &next.Instance), next.event(o, Updated, "", &next.Instance))
}

// takeBack orders the update that undoes one.
func (o *operation) takeBack(r *Resource) (ok bool, err error) {
	next := *r
	tried := r.Properties
	if r.Task != nil {
		tried = r.Task.Goal.Properties
	}
	if r.Task != nil && r.Task.Undo {
		tried = r.Task.Old
	}
	next.Task = &Task{Verb: ToUpdate, Token: newUUID(), Goal: *r.Before, Old: tried, Undo: true}
	next.Failed = false
	shown := *r.Before
	shown.PhysicalID = r.PhysicalID
	if err := o.save(&next, next.event(o, Updating, "", &shown)); err != nil {
		return false, err
	}
	return o.perform(o.closing, &next, false)
}
