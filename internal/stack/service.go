package stack

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"sluice/internal/clock"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack/template"
)

// Config is what a Service needs. Expand, Parameters and Alarms may be nil: then templates have no transforms, no parameters
// of SSM, and stacks no rollback triggers.
type Config struct {
	Store      Store
	Provider   Provider
	Expand     Expand
	Parameters Parameters
	Alarms     Alarms
	Scale      clock.Scale
	Logger     *slog.Logger
}

// Expand turns a template into the one that its transforms make of it: AWS::Include, AWS::LanguageExtensions and SAM. It
// returns nil if there is nothing to expand, and never changes the tree that it was given. An error of the kind fault.Invalid about a
// "transform" fails a change set; any other error is the answer to the client who wanted one.
type Expand func(ctx context.Context, s Source) (tree map[string]any, err error)

// Source is a template that is to be expanded.
type Source struct {
	Scope     function.Scope
	Stack     string // ID
	StackName string
	Template  *template.Template
	// Values are those of its parameters and the pseudo parameters.
	Values map[string]any
}

// Parameters looks parameters of SSM up. It is called outside of transactions.
type Parameters interface {
	// StackParameter returns a plain parameter's value. A version of 0 is the latest. Error: fault.NotFound "parameter".
	StackParameter(ctx context.Context, scope function.Scope, name string, version int64) (string, error)
}

// Alarms tells the states of alarms.
type Alarms interface {
	// Ringing reports whether an alarm is in ALARM. Error: fault.NotFound "alarm".
	Ringing(ctx context.Context, arn string) (bool, error)
}

// Service makes, changes and deletes stacks. Stacks are named by their name or ID; one that is deleted by its ID alone.
type Service struct {
	cfg        Config
	closing    context.Context // ends when the service is closed
	close      context.CancelCauseFunc
	operations sync.WaitGroup

	mu      sync.Mutex
	running map[string]*operation // by the stack's ID; guarded by mu
}

// New returns a service that is not started: what a server before this one left waits until it is.
func New(cfg Config) *Service {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	closing, end := context.WithCancelCause(context.Background())
	return &Service{cfg: cfg, closing: closing, close: end, running: map[string]*operation{}}
}

// Start goes on with the operations that a server before this one left.
func (s *Service) Start(ctx context.Context) error {
	var stacks []*Stack
	err := s.cfg.Store.ReadStacks(ctx, func(r Reader) (err error) {
		stacks, err = r.RunningStacks()
		return err
	})
	if err != nil {
		return fmt.Errorf("read the stacks with an operation under way: %w", err)
	}
	ids := make([]string, len(stacks))
	for i, stack := range stacks {
		ids[i] = stack.ID
	}
	s.launch(ids...)
	return nil
}

// Close interrupts the operations and waits for them. The next Start goes on with them.
func (s *Service) Close() {
	s.mu.Lock() // who launches under mu sees that it is too late
	s.close(ErrClosing)
	s.mu.Unlock()
	s.operations.Wait()
}

// Wait returns the stack as soon as no operation is under way, or it is Held. Errors: ctx's, fault.NotFound "stack", and ErrClosing if the service is
// closed before.
func (s *Service) Wait(ctx context.Context, id string) (*Stack, error) {
	for {
		s.mu.Lock()
		o := s.running[id]
		s.mu.Unlock()
		if o == nil {
			stack, err := s.Stack(ctx, scopeOf(id), id)
			if err != nil || !stack.Status.Running() || stack.Held() {
				return stack, err
			}
			if s.closing.Err() != nil {
				return nil, ErrClosing
			}
			return stack, fault.Errorf(fault.Unavailable, "stack", "The operation on stack %s goes on when the server is started again.", id)
		}
		select {
		case <-o.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// change reads a stack, changes it and writes it, in one transaction.
func (s *Service) change(ctx context.Context, scope function.Scope, name string, change func(Tx, *Stack) error) (stack *Stack, err error) {
	err = s.cfg.Store.WriteStacks(ctx, func(tx Tx) error {
		if stack, err = named(tx, scope, name); err != nil {
			return err
		}
		if err := change(tx, stack); err != nil {
			return err
		}
		return tx.PutStack(stack)
	})
	return stack, err
}

// interrupt ends what is being made or changed of a stack.
func (s *Service) interrupt(id string) {
	s.mu.Lock()
	o := s.running[id]
	s.mu.Unlock()
	if o != nil {
		o.interrupt()
	}
}
