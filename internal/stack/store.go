package stack

import (
	"context"

	"sluice/internal/function"
)

// Store keeps stacks. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed.
type Store interface {
	ReadStacks(ctx context.Context, read func(Reader) error) error
	WriteStacks(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. A limit of 0 means no limit.
type Reader interface {
	// Stack returns a stack by its ID, also one that is deleted. Error: fault.NotFound "stack".
	Stack(id string) (*Stack, error)
	// StackNamed returns the stack of a name that is not deleted. Error: fault.NotFound "stack".
	StackNamed(scope function.Scope, name string) (*Stack, error)
	// Stacks lists stacks, those made last first, from behind a stack (its ID; empty: from the first on). With live, without
	// those that are deleted.
	Stacks(scope function.Scope, live bool, after string, limit int) ([]*Stack, error)
	// CountStacks counts the stacks that are not deleted.
	CountStacks(scope function.Scope) (int, error)
	// RunningStacks lists the stacks of all accounts and regions with an operation under way.
	RunningStacks() ([]*Stack, error)
	// StackGoal returns a goal. Error: fault.NotFound "goal".
	StackGoal(stack string, number int) (*Goal, error)
	// StackResources lists a stack's resources by logical ID.
	StackResources(stack string) ([]*Resource, error)
	// StackEvents lists a stack's events, the newest first, those below a number; 0 means all.
	StackEvents(stack string, below int64, limit int) ([]*Event, error)
	// ChangeSet returns a change set by its ID. Error: fault.NotFound "change set".
	ChangeSet(id string) (*ChangeSet, error)
	// ChangeSets lists those of a stack, the oldest first.
	ChangeSets(stack string) ([]*ChangeSet, error)
	// Export returns an export. Error: fault.NotFound "export".
	Export(scope function.Scope, name string) (*Export, error)
	// Exports lists exports by name, those behind a name.
	Exports(scope function.Scope, after string, limit int) ([]*Export, error)
	// ExportsOf lists those of a stack by name.
	ExportsOf(stack string) ([]*Export, error)
	// Importers lists the names of the stacks that import an export, sorted.
	Importers(scope function.Scope, export string) ([]string, error)
}

// Tx reads and writes. Put creates or replaces the record with the same key.
type Tx interface {
	Reader
	PutStack(s *Stack) error
	PutStackGoal(g *Goal) error
	// DropStackGoals deletes a stack's goals but those that are named.
	DropStackGoals(stack string, keep ...int) error
	PutStackResource(r *Resource) error
	// DropStackResource deletes the record of a resource; one that is not there is no error.
	DropStackResource(stack, logicalID string) error
	// AddStackEvent puts an event behind the stack's others and sets its Number.
	AddStackEvent(e *Event) error
	PutChangeSet(c *ChangeSet) error
	// DeleteChangeSet deletes a change set. Error: fault.NotFound "change set".
	DeleteChangeSet(id string) error
	// SetStackExports makes these a stack's exports, and no others.
	SetStackExports(stack string, exports []Export) error
	// SetStackImports makes these what a stack imports, and nothing else.
	SetStackImports(s *Stack, exports []string) error
}

// firstOf returns the first error that is one, of writes that a transaction undoes together.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
