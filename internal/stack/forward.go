package stack

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

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
	ctx, stop := o.interruptible()
	defer stop(nil)
	if stack.Operation.ended() || slices.ContainsFunc(o.all(), func(r *Resource) bool { return r.Failed }) {
		stop(errCancelled) // before the server was killed
	}
	stopWatching := o.watch(ctx, stack, goal, stop)
	err = o.reachAll(ctx, stop, bound)
	if err == nil {
		err = o.settle(stack.DisableRollback)
	}
	var outputs []Output
	failure := o.failure()
	if err == nil && failure == "" && ctx.Err() == nil {
		if outputs, err = o.outputs(ctx, bound); err != nil && o.closing.Err() == nil {
			failure, err = fault.Of(err).Message+" ", nil
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
	ordered(needs).walk(atOnce, ctx.Done(), func(step string) bool {
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

// failure says which resources failed; nothing if none did.
func (o *operation) failure() string { return failures(o.all()) }

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
	schema, _ := o.Provider.Schema(goal.Type)
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

func (o *operation) view(ctx context.Context) *view {
	return &view{ctx: ctx, service: o.Service, scope: scopeOf(o.id), find: o.find, imported: func(name string) {
		o.mu.Lock()
		o.imports[name] = true
		o.mu.Unlock()
	}}
}

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
	began := next.event(o.name, status, reason, &shown)
	if refusal := o.refusal(next, goal, verb); refusal != "" {
		next.Task, next.Failed = current.task(), true
		return false, o.save(next, began, next.event(o.name, failed, refusal, &shown))
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
	schema, known := o.Provider.Schema(goal.Type)
	if !known {
		return "Unrecognized resource type: " + goal.Type
	}
	if verb == ToUpdate && schema.Fixed {
		return "Update to resource type " + goal.Type + " is not supported. Give the resource another logical ID to make a new one."
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
	return o.save(next, next.event(o.name, status, fault.Of(err).Message, &next.Instance))
}

// arrive ends the way forward: with what was asked for, or with what is to be done about a failure. cause is why it was stopped.
func (o *operation) arrive(stack *Stack, failure string, cause error, outputs []Output) (*Stack, error) {
	var unexported *fault.Error
	decide := func(tx Tx, s *Stack) error {
		if op := s.Operation; failure == "" && op.Failure != "" {
			failure = op.Failure
		}
		if errors.Is(cause, errTooLate) {
			failure = tooLate + " "
		}
		if unexported != nil {
			failure = unexported.Message + " "
		}
		s.Status, s.Reason = after(s, failure)
		return o.land(tx, s, outputs)
	}
	landed, err := o.become(stack.Status, "", decide)
	if errors.As(err, &unexported) && unexported.Kind == fault.Invalid { // an export that can't be: nothing was written
		landed, err = o.become(stack.Status, "", decide)
	}
	return landed, err
}

// after says which status follows the way forward.
func after(s *Stack, failure string) (Status, string) {
	op := s.Operation
	switch {
	case op.Delete:
		return DeleteInProgress, userInitiated
	case op.Cancelled && op.Before != 0:
		return UpdateRollbackInProgress, userInitiated
	case op.Cancelled:
		return UpdateFailed, userInitiated
	case failure == "" && s.Status == CreateInProgress:
		return CreateComplete, ""
	case failure == "":
		return UpdateCleanupInProgress, ""
	case s.Status == UpdateInProgress && (s.DisableRollback || op.Before == 0):
		return UpdateFailed, failure
	case s.Status == UpdateInProgress:
		return UpdateRollbackInProgress, failure
	case op.OnFailure == OnFailureNothing:
		return CreateFailed, failure
	case op.OnFailure == OnFailureDelete:
		return DeleteInProgress, failure + "Delete requested by user."
	}
	return RollbackInProgress, failure + "Rollback requested by user."
}

// land writes what the next status brings.
func (o *operation) land(tx Tx, s *Stack, outputs []Output) error {
	switch s.Status {
	case CreateComplete, UpdateCleanupInProgress:
		s.Outputs, s.Goal = outputs, s.Operation.Goal
		if err := o.publish(tx, s, outputs); err != nil {
			return err
		}
		if s.Status == CreateComplete {
			s.Operation = nil
			return o.forget(tx)
		}
	case UpdateRollbackInProgress:
		return o.restoreSettings(tx, s)
	case RollbackInProgress, DeleteInProgress:
		s.Deleted = now()
	}
	return nil
}

// restoreSettings gives a stack the settings of the goal before.
func (o *operation) restoreSettings(tx Tx, s *Stack) error {
	before, err := tx.StackGoal(s.ID, s.Operation.Before)
	if err == nil {
		s.Settings = before.Settings
	}
	return err
}

// forget ends an operation in the resources' records.
func (o *operation) forget(tx Tx) error {
	for _, r := range o.all() {
		if r.Before == nil && !r.Fresh && !r.Failed && r.Task == nil && r.Leftovers == nil {
			continue
		}
		next := *r
		next.Before, next.Task, next.Leftovers = nil, nil, nil
		next.Fresh, next.Failed, next.Ordered, next.Moved = false, false, false, false
		if err := tx.PutStackResource(&next); err != nil {
			return err
		}
	}
	return nil
}

// errTooLate is the cause of a context that ends because a creation took too long.
var errTooLate = errors.New(tooLate)

// deadline ends a creation that takes too long.
func (o *operation) deadline(stack *Stack, stop context.CancelCauseFunc) *time.Timer {
	left := time.Until(stack.Operation.Began.Add(o.Scale.Here(time.Duration(stack.TimeoutMinutes) * time.Minute)))
	return time.AfterFunc(left, func() { stop(errTooLate) })
}
