package store

import (
	"database/sql"

	"sluice/internal/function"
	"sluice/internal/stack"
)

// Export implements stack.Reader.
func (t *tx) Export(scope function.Scope, name string) (*stack.Export, error) {
	e := &stack.Export{}
	found, err := t.document("SELECT document FROM stack_exports WHERE account = ? AND region = ? AND name = ?",
		[]any{scope.Account, scope.Region, name}, e)
	if err == nil && !found {
		err = noSuch("export", name)
	}
	return e, err
}

// Exports implements stack.Reader.
func (t *tx) Exports(scope function.Scope, after string, limit int) ([]*stack.Export, error) {
	return documents[stack.Export](t, "SELECT document FROM stack_exports WHERE account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?",
		scope.Account, scope.Region, after, limited(limit))
}

// ExportsOf implements stack.Reader.
func (t *tx) ExportsOf(id string) ([]*stack.Export, error) {
	return documents[stack.Export](t, "SELECT document FROM stack_exports WHERE stack = ? ORDER BY name", id)
}

// Importers implements stack.Reader.
func (t *tx) Importers(scope function.Scope, export string) ([]string, error) {
	return rows(t, "SELECT stacks.name FROM stack_imports JOIN stacks ON stacks.id = stack_imports.stack "+
		"WHERE stack_imports.account = ? AND stack_imports.region = ? AND export = ? ORDER BY stacks.name",
		[]any{scope.Account, scope.Region, export}, func(row *sql.Rows) (name string, err error) {
			err = row.Scan(&name)
			return name, err
		})
}

// SetStackExports implements stack.Tx.
func (t *tx) SetStackExports(id string, exports []stack.Export) error {
	if _, err := t.exec("DELETE FROM stack_exports WHERE stack = ?", id); err != nil {
		return err
	}
	for _, e := range exports {
		err := t.put(&e, "INSERT INTO stack_exports (document, account, region, name, stack) VALUES (?, ?, ?, ?, ?)",
			e.Scope.Account, e.Scope.Region, e.Name, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// SetStackImports implements stack.Tx.
func (t *tx) SetStackImports(s *stack.Stack, exports []string) error {
	if _, err := t.exec("DELETE FROM stack_imports WHERE stack = ?", s.ID); err != nil {
		return err
	}
	for _, export := range exports {
		_, err := t.exec("INSERT INTO stack_imports (stack, account, region, export) VALUES (?, ?, ?, ?)",
			s.ID, s.Scope.Account, s.Scope.Region, export)
		if err != nil {
			return err
		}
	}
	return nil
}
