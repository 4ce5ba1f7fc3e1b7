package stack

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

// order is what a task asks of the provider.
func (o *operation) order(r *Resource, t *Task, repeated bool) *Order {
	order := &Order{
		Stack:     Owner{ID: o.id, Name: o.name, Tags: o.tags, Role: o.role},
		LogicalID: r.LogicalID, Type: t.Goal.Type, PhysicalID: r.PhysicalID, Token: t.Token, Repeated: repeated,
		Properties: properties(t.Goal.Properties), UpdatePolicy: t.Goal.UpdatePolicy, Undo: t.Undo, OldTags: o.oldTags,
		Attributes: r.Attributes,
		Note:       func(reason string) { o.note(r.LogicalID, reason) },
	}
	scope := scopeOf(o.id)
	order.Stack.Account, order.Stack.Region = scope.Account, scope.Region
	switch t.Verb {
	case ToCreate, ToReplace:
		order.PhysicalID, order.Attributes = t.Name, nil
	case ToUpdate:
		order.Old = properties(r.Properties)
		if t.Old != nil {
			order.Old = t.Old
		}
	case ToDelete:
		order.PhysicalID, order.Attributes = t.Goal.PhysicalID, t.Goal.Attributes
	}
	return order
}

// properties are never nil in an order.
func properties(v Values) map[string]any {
	if v == nil {
		return map[string]any{}
	}
	return v
}

// note adds an event to a resource that is being worked on. A note that can't be stored is lost: the work goes on.
func (o *operation) note(logicalID, reason string) {
	next := *o.find(logicalID)
	shown := next.Instance
	if next.Task != nil {
		shown.Properties, shown.Type = next.Task.Goal.Properties, next.Task.Goal.Type
	}
	if err := o.save(&next, next.event(o, next.Status, reason, &shown)); err != nil {
		o.cfg.Logger.Error("an event of a stack is lost", "stack", o.id, "resource", logicalID, "error", err)
	}
}

// interrupted reports whether a resource was being worked on when a server was killed.
func (r *Resource) interrupted(verbs ...Verb) bool {
	running := r.Status == Creating || r.Status == Updating || r.Status == Deleting
	return running && r.Task != nil && slices.Contains(verbs, r.Task.Verb)
}

// perform gives the order of a resource's task and records how it ended. The resource has been saved with the task.
// ok is false if it failed; err is set if the store did, or if the server stops: then nothing is recorded.
func (o *operation) perform(ctx context.Context, r *Resource, repeated bool) (ok bool, err error) {
	order := o.order(r, r.Task, repeated)
	made, err := o.give(ctx, order, r.Task.Verb)
	if o.closing.Err() != nil && err != nil {
		return false, ErrClosing // the order is repeated by the next server
	}
	current := *o.find(r.LogicalID) // with the notes
	if err != nil {
		return false, o.failed(&current, made, o.reason(ctx, current.Task.Verb, err))
	}
	if made == nil {
		made = &Made{PhysicalID: order.PhysicalID}
	}
	return true, o.succeeded(&current, made)
}

// give gives an order when fewer than atOnce are being carried out, or its context's cause back. One that was given before is given in
// any case: who else would know what came of it?
func (o *operation) give(ctx context.Context, order *Order, verb Verb) (*Made, error) {
	waiting := ctx
	if order.Repeated {
		waiting = o.closing
	}
	select {
	case o.slots <- struct{}{}:
	case <-waiting.Done():
		return nil, context.Cause(waiting)
	}
	leave := sync.OnceFunc(func() { <-o.slots })
	defer leave()
	note := order.Note
	order.Note = func(reason string) {
		leave()
		note(reason)
	}
	if verb == ToUpdate {
		return o.cfg.Provider.Update(ctx, order)
	}
	return o.cfg.Provider.Create(ctx, order)
}

// reason is what an event says of an error. Whoever was cancelled gives the context's cause or error back.
func (o *operation) reason(ctx context.Context, verb Verb, err error) string {
	if ctx.Err() == nil || !errors.Is(err, context.Cause(ctx)) && !errors.Is(err, context.Canceled) {
		return err.Error()
	}
	if verb == ToCreate {
		return creationCancelled
	}
	return updateCancelled
}

func (o *operation) succeeded(r *Resource, made *Made) error {
	t := r.Task
	goal := t.Goal
	goal.PhysicalID, goal.Ref, goal.Attributes = made.PhysicalID, made.Ref, maps.Clone(made.Attributes)
	before := r.Instance
	r.Instance, r.Task, r.Failed = goal, nil, false
	if t.Verb == ToCreate {
		return o.save(r, r.event(o, Creating, creationInitiated, &goal), r.event(o, Created, "", &goal))
	}
	var events []*Event
	if t.Verb == ToReplace {
		events = append(events, r.event(o, Updating, creationInitiated, &goal))
	} else if before.PhysicalID != goal.PhysicalID {
		events = append(events, r.event(o, Updating, wasReplaced, &goal))
		r.Moved = true
	}
	if original := r.Before; t.Undo {
		r.Before, r.Ordered, r.Moved = nil, false, false
		r.supersede(*original)
	}
	r.supersede(before)
	return o.save(r, append(events, r.event(o, Updated, "", &goal))...)
}

// supersede notes that an instance has to be deleted, unless it is in place, or will be if the operation is rolled back.
func (r *Resource) supersede(i Instance) {
	known := func(other Instance) bool { return other.PhysicalID == i.PhysicalID }
	if !known(r.Instance) && (r.Before == nil || !known(*r.Before)) && !slices.ContainsFunc(r.Leftovers, known) {
		r.Leftovers = append(slices.Clone(r.Leftovers), i)
	}
}

func (o *operation) failed(r *Resource, made *Made, reason string) error {
	shown := r.Task.Goal
	shown.PhysicalID = r.PhysicalID
	r.Failed = true
	status := UpdateRefused
	if r.Task.Verb == ToCreate {
		status = CreateRefused
	}
	var events []*Event
	if made != nil && made.PhysicalID != "" && r.Task.Verb != ToUpdate {
		shown.PhysicalID, shown.Ref, shown.Attributes = made.PhysicalID, made.Ref, made.Attributes
		events = append(events, r.event(o, r.Status, creationInitiated, &shown))
		if r.Task.Verb == ToCreate {
			r.Instance = shown
		} else {
			r.Leftovers = append(slices.Clone(r.Leftovers), shown)
		}
	}
	if r.Task.Verb != ToUpdate {
		r.Task = nil
	}
	return o.save(r, append(events, r.event(o, status, reason, &shown))...)
}
