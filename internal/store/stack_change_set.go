package store

import "sluice/internal/stack"

// ChangeSet implements stack.Reader.
func (t *tx) ChangeSet(id string) (*stack.ChangeSet, error) {
	c := &stack.ChangeSet{}
	found, err := t.document("SELECT document FROM change_sets WHERE id = ?", []any{id}, c)
	if err == nil && !found {
		err = noSuch("change set", id)
	}
	return c, err
}

// ChangeSets implements stack.Reader.
func (t *tx) ChangeSets(id string) ([]*stack.ChangeSet, error) {
	return documents[stack.ChangeSet](t, "SELECT document FROM change_sets WHERE stack = ? ORDER BY created, id", id)
}

// PutChangeSet implements stack.Tx.
func (t *tx) PutChangeSet(c *stack.ChangeSet) error {
	return t.put(c, "INSERT INTO change_sets (document, id, stack, created) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (id) DO UPDATE SET document = excluded.document", c.ID, c.Stack, micros(c.Created))
}

// DeleteChangeSet implements stack.Tx.
func (t *tx) DeleteChangeSet(id string) error {
	return t.delete("change set", "DELETE FROM change_sets WHERE id = ?", id)
}
