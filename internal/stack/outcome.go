package stack

import (
	"context"
	"maps"
	"slices"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// outputs evaluates what a stack tells, now that its resources are there.
func (o *operation) outputs(ctx context.Context, bound *template.Bound) (outputs []Output, err error) {
	v := o.view(ctx)
	for _, declared := range bound.Outputs {
		out := Output{Key: declared.Key, Description: declared.Description}
		if out.Value, out.Export, err = bound.Output(declared, v); err != nil {
			return nil, err
		}
		outputs = append(outputs, out)
	}
	return outputs, nil
}

// publish makes a stack's exports known. One that others use can't change, and a name is one stack's.
func (o *operation) publish(tx Tx, s *Stack, outputs []Output) error {
	values := map[string]string{}
	for _, out := range outputs {
		if out.Export == "" {
			continue
		}
		if _, twice := values[out.Export]; twice {
			return fault.Errorf(fault.Invalid, "export", "Duplicate Export names: [%s]", out.Export)
		}
		values[out.Export] = out.Value
		if other, err := tx.Export(s.Scope, out.Export); err == nil && other.Stack != s.ID {
			return fault.Errorf(fault.Invalid, "export", "Export with name %s is already exported by stack %s.", out.Export, other.StackName)
		}
	}
	if err := checkUse(tx, s, values); err != nil {
		return err
	}
	o.mu.Lock()
	s.Imports = slices.Sorted(maps.Keys(o.imports))
	o.mu.Unlock()
	return s.trade(tx)
}

// trade writes what a stack exports and imports.
func (s *Stack) trade(tx Tx) error {
	var exports []Export
	for _, out := range s.Outputs {
		if out.Export != "" {
			exports = append(exports, Export{Scope: s.Scope, Name: out.Export, Value: out.Value, Stack: s.ID, StackName: s.Name})
		}
	}
	return firstOf(tx.SetStackExports(s.ID, exports), tx.SetStackImports(s, s.Imports))
}

// checkUse refuses to change or delete exports that other stacks import. values are those that there will be, by name.
func checkUse(r Reader, s *Stack, values map[string]string) error {
	exports, err := r.ExportsOf(s.ID)
	if err != nil {
		return err
	}
	for _, e := range exports {
		value, stays := values[e.Name]
		if stays && value == e.Value {
			continue
		}
		users, err := r.Importers(s.Scope, e.Name)
		if err != nil {
			return err
		}
		if len(users) > 0 && !stays {
			return fault.Errorf(fault.Invalid, "export", "Export %s cannot be deleted as it is in use by %s", e.Name, joined(users))
		}
		if len(users) > 0 {
			return fault.Errorf(fault.Invalid, "export", "Export %s cannot be updated as it is in use by %s", e.Name, joined(users))
		}
	}
	return nil
}
