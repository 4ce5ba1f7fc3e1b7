package stack

import (
	"context"
	"errors"
	"log/slog"

	"sluice/internal/clock"
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
	Config
}

// New returns a service that is not started.
func New(cfg Config) *Service { return &Service{Config: cfg} }

// Start goes on with the operations that a server before this one left.
func (s *Service) Start(ctx context.Context) error { return errNotYet }

// Close interrupts the operations and waits for them. The next Start goes on with them.
func (s *Service) Close() {}

// Wait returns the stack as soon as no operation is under way. Errors: ctx's, and fault.NotFound "stack".
func (s *Service) Wait(ctx context.Context, id string) (*Stack, error) { return nil, errNotYet }

var errNotYet = errors.New("stack: not built yet")

// Create begins the creation of a stack. Errors: fault.Conflict "stack" if there is one of that name, fault.Denied "capability", and
// fault.Invalid for a template or parameters that can't be.
func (s *Service) Create(ctx context.Context, r Request) (*Stack, error) { return nil, errNotYet }

// Update begins an update. Errors: as Create's; fault.NotFound "stack"; fault.Invalid "changes" if there is nothing to do;
// fault.Invalid "stack" in a state that forbids it.
func (s *Service) Update(ctx context.Context, r Request) (*Stack, error) { return nil, errNotYet }

// Delete begins the deletion of a stack. One that is not there is no error. Errors: fault.Invalid "stack" in a state that forbids it, or
// protected; fault.Invalid "export" if another stack imports from it.
func (s *Service) Delete(ctx context.Context, d Deletion) error { return errNotYet }

// Cancel ends an update, which is rolled back. Error: fault.Invalid "stack" if none is under way.
func (s *Service) Cancel(ctx context.Context, scope function.Scope, name, token string) error {
	return errNotYet
}

// ContinueRollback tries again to roll an update back. skip names resources that are taken as rolled back.
func (s *Service) ContinueRollback(ctx context.Context, scope function.Scope, name string, skip []string, role, token string) error {
	return errNotYet
}

// Rollback rolls back a creation or update that failed and was left as it was.
func (s *Service) Rollback(ctx context.Context, scope function.Scope, name, role, token string) (*Stack, error) {
	return nil, errNotYet
}

// CreateChangeSet makes a change set, and for ChangeSetType CreateSet a stack in review, if there is none. Errors: as Create's
// and Update's; fault.Conflict "change set" if there is one of that name.
func (s *Service) CreateChangeSet(ctx context.Context, r ChangeSetRequest) (*ChangeSet, error) {
	return nil, errNotYet
}

// ChangeSet returns a change set: by its ID, or by its name and its stack's name. Errors: fault.NotFound "change set" and "stack".
func (s *Service) ChangeSet(ctx context.Context, scope function.Scope, changeSet, stack string) (*ChangeSet, error) {
	return nil, errNotYet
}

// ChangeSets lists those of a stack, the oldest first.
func (s *Service) ChangeSets(ctx context.Context, scope function.Scope, stack string) ([]*ChangeSet, error) {
	return nil, errNotYet
}

// Execution is which change set a client wants to be carried out.
type Execution struct {
	Scope            function.Scope
	ChangeSet, Stack string // as for Service.ChangeSet
	DisableRollback  *bool
	DeleteCreated    bool
	Token            string
}

// Execute carries a change set out; the stack's others are deleted. Errors: as ChangeSet's; fault.Conflict "change set" if it
// can't be executed (any more).
func (s *Service) Execute(ctx context.Context, e Execution) error { return errNotYet }

// DeleteChangeSet deletes a change set; one that is not there is no error. Errors: fault.NotFound "stack".
func (s *Service) DeleteChangeSet(ctx context.Context, scope function.Scope, changeSet, stack string) error {
	return errNotYet
}

// Stack returns a stack. Error: fault.NotFound "stack".
func (s *Service) Stack(ctx context.Context, scope function.Scope, name string) (*Stack, error) {
	return nil, errNotYet
}

// Stacks lists stacks, those made last first, from behind a stack (its ID; empty: from the first on); with live, without those
// that are deleted. more is set if there are others behind the last.
func (s *Service) Stacks(ctx context.Context, scope function.Scope, live bool, after string, limit int) (found []*Stack, more bool, err error) {
	return nil, false, errNotYet
}

// Events lists a stack's events, the newest first, those below a number; 0 means all.
func (s *Service) Events(ctx context.Context, scope function.Scope, name string, below int64, limit int) (found []*Event, more bool, err error) {
	return nil, false, errNotYet
}

// Resources lists a stack's resources by logical ID, with those of a deleted stack.
func (s *Service) Resources(ctx context.Context, scope function.Scope, name string) (*Stack, []*Resource, error) {
	return nil, nil, errNotYet
}

// Exports lists exports by name, those behind a name.
func (s *Service) Exports(ctx context.Context, scope function.Scope, after string, limit int) (found []*Export, more bool, err error) {
	return nil, false, errNotYet
}

// Imports lists the names of the stacks that import an export. Error: fault.NotFound "export".
func (s *Service) Imports(ctx context.Context, scope function.Scope, export string) ([]string, error) {
	return nil, errNotYet
}

// Goal returns the template in force and its settings, while an operation runs the one it aims at. Error: fault.NotFound "stack",
// and "goal" for a stack in review.
func (s *Service) Goal(ctx context.Context, scope function.Scope, name string) (*Goal, error) {
	return nil, errNotYet
}

// SetPolicy sets the policy that updates of a stack are under: JSON.
func (s *Service) SetPolicy(ctx context.Context, scope function.Scope, name, policy string) error {
	return errNotYet
}

// Protect sets whether a stack is protected from deletion.
func (s *Service) Protect(ctx context.Context, scope function.Scope, name string, on bool) (*Stack, error) {
	return nil, errNotYet
}

// Outlook is what a template would need and say: the processed template of a text with some parameters.
func (s *Service) Outlook(ctx context.Context, r Request) (*template.Template, error) {
	return nil, errNotYet
}
