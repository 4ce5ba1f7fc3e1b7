package store

import (
	"database/sql"
	"math"

	"sluice/internal/stack"
)

// StackResources implements stack.Reader.
func (t *tx) StackResources(id string) ([]*stack.Resource, error) {
	return documents[stack.Resource](t, "SELECT document FROM stack_resources WHERE stack = ? ORDER BY logical", id)
}

// PutStackResource implements stack.Tx.
func (t *tx) PutStackResource(r *stack.Resource) error {
	return t.put(r, "INSERT INTO stack_resources (document, stack, logical) VALUES (?, ?, ?) "+
		"ON CONFLICT (stack, logical) DO UPDATE SET document = excluded.document", r.Stack, r.LogicalID)
}

// DropStackResource implements stack.Tx.
func (t *tx) DropStackResource(id, logical string) error {
	_, err := t.exec("DELETE FROM stack_resources WHERE stack = ? AND logical = ?", id, logical)
	return err
}

// StackEvents implements stack.Reader.
func (t *tx) StackEvents(id string, below int64, limit int) ([]*stack.Event, error) {
	if below == 0 {
		below = math.MaxInt64
	}
	return rows(t, "SELECT number, document FROM stack_events WHERE stack = ? AND number < ? ORDER BY number DESC LIMIT ?",
		[]any{id, below, limited(limit)}, func(row *sql.Rows) (*stack.Event, error) {
			var text sql.RawBytes
			e := &stack.Event{}
			if err := row.Scan(&e.Number, &text); err != nil {
				return nil, err
			}
			return e, parse(text, e)
		})
}

// AddStackEvent implements stack.Tx.
func (t *tx) AddStackEvent(e *stack.Event) error {
	if _, err := t.row("SELECT COALESCE(MAX(number), 0) + 1 FROM stack_events WHERE stack = ?", []any{e.Stack}, &e.Number); err != nil {
		return err
	}
	return t.put(e, "INSERT INTO stack_events (document, stack, number) VALUES (?, ?, ?)", e.Stack, e.Number)
}
