package stack

import (
	"context"
	"maps"
	"slices"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// reach brings one resource to where it has to be.
func (o *operation) reach(ctx context.Context, bound *template.Bound, spec *template.Resource) (ok bool, err error) {
	current := o.find(spec.LogicalID)
	goal, err := instance(spec, bound, o.view(ctx)) // also to see what it imports
	switch {
	case current != nil && current.interrupted(ToCreate, ToUpdate, ToReplace):
		return o.perform(ctx, current, true)
	case err != nil:
		return false, o.refuse(current, spec, err)
	case current == nil || current.PhysicalID == "" || current.Status == CreateRefused:
		return o.begin(ctx, current, goal, spec.LogicalID, ToCreate, "")
	}
	schema, _ := o.cfg.Provider.Schema(goal.Type)
	d := compare(schema, &current.Instance, goal)
	tagged := !current.Ordered && !current.Fresh && schema.tagged() && !maps.Equal(o.tags, o.oldTags)
	switch {
	case len(d.properties) == 0 && current.Status != UpdateRefused && !tagged:
		return true, o.annotate(current, goal, d)
	case slices.Contains(slices.Collect(maps.Values(d.replaces)), true):
		return o.begin(ctx, current, goal, spec.LogicalID, ToReplace, needsReplacement)
	}
	return o.begin(ctx, current, goal, spec.LogicalID, ToUpdate, "")
}

// tagged reports whether resources of a type get the stack's tags.
func (s *Schema) tagged() bool { return s != nil && s.Properties["Tags"] != nil }

// annotate notes what concerns the stack alone: no resource changes by it.
func (o *operation) annotate(current *Resource, goal *Instance, d difference) error {
	if len(d.attributes) == 0 && slices.Equal(current.DependsOn, goal.DependsOn) {
		return nil
	}
	next := *current
	next.keepBefore()
	next.Metadata, next.UpdatePolicy, next.DependsOn = goal.Metadata, goal.UpdatePolicy, goal.DependsOn
	next.DeletionPolicy, next.UpdateReplacePolicy = goal.DeletionPolicy, goal.UpdateReplacePolicy
	return o.save(&next)
}

// keepBefore remembers what was there before the operation.
func (r *Resource) keepBefore() {
	if r.Before == nil && !r.Fresh {
		before := r.Instance
		r.Before = &before
	}
}

// begin saves a task and gives its order.
func (o *operation) begin(ctx context.Context, current *Resource, goal *Instance, logicalID string, verb Verb, reason string) (ok bool, err error) {
	next := &Resource{Stack: o.id, LogicalID: logicalID, Fresh: true}
	if current != nil {
		copied := *current
		next = &copied
	}
	task := &Task{Verb: verb, Token: newUUID(), Goal: *goal}
	if next.Task != nil {
		task.Old = next.Task.Goal.Properties // an update that failed may have been carried out in part
	}
	status, failed := Updating, UpdateRefused
	if verb == ToCreate {
		status, failed = Creating, CreateRefused
		if next.PhysicalID != "" { // of a creation that failed halfway
			next.Leftovers = append(slices.Clone(next.Leftovers), next.Instance)
		}
		next.Instance = Instance{Type: goal.Type, DependsOn: goal.DependsOn, DeletionPolicy: goal.DeletionPolicy}
	} else {
		next.keepBefore()
		next.Ordered = true
	}
	if verb != ToUpdate {
		task.Name = generated(o.name, logicalID)
	}
	next.Task, next.Failed = task, false
	shown := *goal
	shown.PhysicalID = next.PhysicalID
	began := next.event(o, status, reason, &shown)
	if refusal := o.refusal(next, goal, verb); refusal != "" {
		next.Task, next.Failed = current.task(), true
		return false, o.save(next, began, next.event(o, failed, refusal, &shown))
	}
	if err := o.save(next, began); err != nil {
		return false, err
	}
	return o.perform(ctx, next, false)
}

// task is that of a resource that may not be there.
func (r *Resource) task() *Task {
	if r == nil {
		return nil
	}
	return r.Task
}

// refusal says why an order can't be given.
func (o *operation) refusal(r *Resource, goal *Instance, verb Verb) string {
	schema, known := o.cfg.Provider.Schema(goal.Type)
	if !known {
		return "Unrecognized resource type: " + goal.Type
	}
	if verb == ToUpdate && schema.Fixed {
		return "Update to resource type " + goal.Type + " is not supported. Give the resource another logical ID to make a new one."
	}
	if verb != ToCreate {
		if reason := denial(o.policy, verb, r); reason != "" {
			return reason
		}
	}
	return violation(schema, goal.Properties)
}

// refuse notes that a resource's properties can't be evaluated.
func (o *operation) refuse(current *Resource, spec *template.Resource, err error) error {
	if o.closing.Err() != nil {
		return ErrClosing
	}
	next, status := &Resource{Stack: o.id, LogicalID: spec.LogicalID, Fresh: true, Instance: Instance{Type: spec.Type}}, CreateRefused
	if current != nil {
		copied := *current
		next = &copied
		if current.PhysicalID != "" {
			status = UpdateRefused
			next.keepBefore()
		}
	}
	next.Failed = true
	return o.save(next, next.event(o, status, fault.Of(err).Message, &next.Instance))
}

// view shows the resources as they are now. It notes which exports it is asked for.
func (o *operation) view(ctx context.Context) *view {
	scope := scopeOf(o.id)
	return &view{region: scope.Region, find: o.find, types: o.cfg.Provider.Schema, outside: func(q question) (string, error) {
		if q.export {
			o.mu.Lock()
			o.imports[q.name] = true
			o.mu.Unlock()
		}
		return o.answer(ctx, scope, q)
	}}
}
