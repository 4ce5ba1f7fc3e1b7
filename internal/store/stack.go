package store

import (
	"context"

	"sluice/internal/function"
	"sluice/internal/stack"
)

var _ stack.Store = (*Store)(nil)

// ReadStacks implements stack.Store.
func (s *Store) ReadStacks(ctx context.Context, read func(stack.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteStacks implements stack.Store.
func (s *Store) WriteStacks(ctx context.Context, write func(stack.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// Stack implements stack.Reader.
func (t *tx) Stack(id string) (*stack.Stack, error) {
	s := &stack.Stack{}
	found, err := t.document("SELECT document FROM stacks WHERE id = ?", []any{id}, s)
	if err == nil && !found {
		err = noSuch("stack", id)
	}
	return s, err
}

// StackNamed implements stack.Reader.
func (t *tx) StackNamed(scope function.Scope, name string) (*stack.Stack, error) {
	s := &stack.Stack{}
	found, err := t.document("SELECT document FROM stacks WHERE account = ? AND region = ? AND name = ? AND live = 1",
		[]any{scope.Account, scope.Region, name}, s)
	if err == nil && !found {
		err = noSuch("stack", name)
	}
	return s, err
}

// Stacks implements stack.Reader.
func (t *tx) Stacks(scope function.Scope, live bool, after string, limit int) ([]*stack.Stack, error) {
	return documents[stack.Stack](t, "SELECT document FROM stacks WHERE account = ? AND region = ? AND live >= ? "+
		"AND (? = '' OR (created, id) < (SELECT created, id FROM stacks WHERE id = ?)) ORDER BY created DESC, id DESC LIMIT ?",
		scope.Account, scope.Region, flag(live), after, after, limited(limit))
}

// CountStacks implements stack.Reader.
func (t *tx) CountStacks(scope function.Scope) (count int, err error) {
	_, err = t.row("SELECT COUNT(*) FROM stacks WHERE account = ? AND region = ? AND live = 1", []any{scope.Account, scope.Region}, &count)
	return count, err
}

// RunningStacks implements stack.Reader.
func (t *tx) RunningStacks() ([]*stack.Stack, error) {
	return documents[stack.Stack](t, "SELECT document FROM stacks WHERE running = 1 ORDER BY id")
}

// PutStack implements stack.Tx.
func (t *tx) PutStack(s *stack.Stack) error {
	return t.put(s, "INSERT INTO stacks (document, id, account, region, name, live, running, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "+
		"ON CONFLICT (id) DO UPDATE SET live = excluded.live, running = excluded.running, document = excluded.document",
		s.ID, s.Scope.Account, s.Scope.Region, s.Name, flag(s.Status != stack.DeleteComplete), flag(s.Status.Running()), micros(s.Created))
}

// StackGoal implements stack.Reader.
func (t *tx) StackGoal(id string, number int) (*stack.Goal, error) {
	g := &stack.Goal{}
	found, err := t.document("SELECT document FROM stack_goals WHERE stack = ? AND number = ?", []any{id, number}, g)
	if err == nil && !found {
		err = noSuch("goal", number)
	}
	return g, err
}

// PutStackGoal implements stack.Tx.
func (t *tx) PutStackGoal(g *stack.Goal) error {
	return t.put(g, "INSERT INTO stack_goals (document, stack, number) VALUES (?, ?, ?) "+
		"ON CONFLICT (stack, number) DO UPDATE SET document = excluded.document", g.Stack, g.Number)
}

// DropStackGoals implements stack.Tx.
func (t *tx) DropStackGoals(id string, keep ...int) error {
	kept := [2]int{}
	copy(kept[:], keep)
	_, err := t.exec("DELETE FROM stack_goals WHERE stack = ? AND number NOT IN (?, ?)", id, kept[0], kept[1])
	return err
}
