package stack

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"sluice/internal/stack/template"
)

// atOnce bounds how many orders for a stack are carried out at once. One that only waits, and said so by a note, does not count.
const atOnce = 16

// errCancelled is the cause of a context that ends because a client, or another resource, ended an operation.
var errCancelled = errors.New("the operation was cancelled")

// operation carries out what is under way with one stack. Its goroutine alone writes the resources; the stack's own record may be
// written by others too, and is read anew in each transaction.
type operation struct {
	*Service
	id   string
	done chan struct{} // closed at the end

	again bool          // there is a new operation; guarded by Service.mu
	slots chan struct{} // one for each order that is being carried out

	mu        sync.Mutex
	resources map[string]*Resource    // by logical ID; each is replaced, never changed; guarded by mu
	stop      context.CancelCauseFunc // ends what is being made; nil while nothing is; guarded by mu
	stopped   bool                    // stop was asked for; guarded by mu
	stamped   time.Time               // the time of the last event; guarded by mu

	imports map[string]bool // what the goal imports; guarded by mu

	// These are set for each phase, before its steps begin.
	name, token   string
	tags, oldTags map[string]string
	role          string
	policy        string // of the stack, while it is updated
}

// launch carries out what the stacks' statuses say, in the background, unless the service is closing.
func (s *Service) launch(ids ...string) {
	s.mu.Lock() // for all: an operation may wait for another stack's, which has to be known by then
	defer s.mu.Unlock()
	if s.closing.Err() != nil {
		return
	}
	for _, id := range ids {
		if o := s.running[id]; o != nil { // it may be about to end, or be on the way
			o.again = true
			continue
		}
		o := &operation{Service: s, id: id, done: make(chan struct{}), slots: make(chan struct{}, atOnce)}
		s.running[id] = o
		s.operations.Go(o.run)
	}
}

// run carries operations out until there is none.
func (o *operation) run() {
	defer close(o.done)
	for {
		if err := o.carryOut(); err != nil && o.closing.Err() == nil {
			o.cfg.Logger.Error("an operation on a stack can't go on; the next start of the server tries again", "stack", o.id, "error", err)
		}
		if o.over() {
			return
		}
	}
}

// over ends the operation's part in the service, unless there is a new one.
func (o *operation) over() bool {
	o.Service.mu.Lock()
	defer o.Service.mu.Unlock()
	if o.again && o.closing.Err() == nil {
		o.again = false
		return false
	}
	delete(o.running, o.id)
	return true
}

// carryOut goes from status to status until the stack rests.
func (o *operation) carryOut() error {
	o.mu.Lock()
	o.stopped, o.imports = false, map[string]bool{} // before the record is read: who stops an operation writes that first
	o.mu.Unlock()
	stack, err := o.load(o.closing)
	for err == nil && stack.Status.Running() && !stack.Held() && o.closing.Err() == nil {
		stack, err = o.phase(stack)
	}
	return err
}

// load reads the stack and its resources.
func (o *operation) load(ctx context.Context) (stack *Stack, err error) {
	var resources []*Resource
	err = o.cfg.Store.ReadStacks(ctx, func(r Reader) (err error) {
		if stack, err = r.Stack(o.id); err == nil {
			resources, err = r.StackResources(o.id)
		}
		return err
	})
	o.mu.Lock()
	defer o.mu.Unlock()
	o.resources = map[string]*Resource{}
	for _, r := range resources {
		o.resources[r.LogicalID] = r
	}
	return stack, err
}

// phase does what a status stands for, and returns the stack with the next one.
func (o *operation) phase(stack *Stack) (*Stack, error) {
	o.name, o.token, o.tags, o.role, o.policy = stack.Name, stack.Token, stack.Tags, stack.Role, ""
	switch stack.Status {
	case CreateInProgress, UpdateInProgress:
		return o.forward(stack)
	case RollbackInProgress, DeleteInProgress:
		return o.dismantle(stack)
	case UpdateRollbackInProgress:
		return o.undo(stack)
	default:
		return o.cleanUp(stack)
	}
}

// goal reads one of the stack's goals.
func (o *operation) goal(number int) (goal *Goal, err error) {
	err = o.cfg.Store.ReadStacks(o.closing, func(r Reader) (err error) {
		goal, err = r.StackGoal(o.id, number)
		return err
	})
	return goal, err
}

// bound reads what the template of a goal says.
func (o *operation) bound(stack *Stack, number int) (*template.Bound, error) {
	goal, err := o.goal(number)
	if err != nil {
		return nil, err
	}
	return bind(stack, goal)
}

// become gives the stack another status in one transaction with what change writes besides, which may be nil.
func (o *operation) become(status Status, reason string, change func(tx Tx, s *Stack) error) (stack *Stack, err error) {
	err = o.write(func(tx Tx) error {
		if stack, err = tx.Stack(o.id); err != nil {
			return err
		}
		stack.Status, stack.Reason = status, reason
		if change != nil {
			if err := change(tx, stack); err != nil {
				return err
			}
		}
		if !stack.Status.Running() {
			if err := o.rest(tx, stack); err != nil {
				return err
			}
		}
		e := stackEvent(stack)
		e.Time = o.stamp(o.latest().Add(time.Millisecond)) // clients that sort by times see it after what it follows from
		return firstOf(tx.PutStack(stack), tx.AddStackEvent(e))
	})
	return stack, err
}

// rest notes how a change set's execution ended.
func (o *operation) rest(tx Tx, stack *Stack) error {
	if stack.ChangeSetID == "" {
		return nil
	}
	set, err := tx.ChangeSet(stack.ChangeSetID)
	if err != nil || set.Execution != Executing {
		return nil // it was deleted meanwhile
	}
	set.Execution = ExecutionFailed
	if stack.Status == CreateComplete || stack.Status == UpdateComplete {
		set.Execution = Executed
	}
	return tx.PutChangeSet(set)
}

// write writes even while the service closes: what has been done has to be known.
func (o *operation) write(write func(Tx) error) error {
	return o.cfg.Store.WriteStacks(context.WithoutCancel(o.closing), write)
}

// all returns the resources as they are now, by logical ID.
func (o *operation) all() (resources []*Resource) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(o.resources)) {
		resources = append(resources, o.resources[id])
	}
	return resources
}

// find returns a resource as it is now, nil if there is none.
func (o *operation) find(logicalID string) *Resource {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.resources[logicalID]
}

// save stores a resource with its events, and only then makes it known.
func (o *operation) save(r *Resource, events ...*Event) error {
	err := o.write(func(tx Tx) error {
		for _, e := range events {
			r.date(o, e) // here, where one is written after the other
			if err := tx.AddStackEvent(e); err != nil {
				return err
			}
		}
		return tx.PutStackResource(r)
	})
	if err == nil {
		o.mu.Lock()
		o.resources[r.LogicalID] = r
		o.mu.Unlock()
	}
	return err
}

// interrupt ends what is being made or changed, if anything is.
func (o *operation) interrupt() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stopped = true
	if o.stop != nil {
		o.stop(errCancelled)
	}
}

// interruptible returns a context that interrupt ends.
func (o *operation) interruptible() (context.Context, context.CancelCauseFunc) {
	ctx, stop := context.WithCancelCause(o.closing)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stop = stop; o.stopped {
		stop(errCancelled)
	}
	return ctx, stop
}

// now is the time as records keep it.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
