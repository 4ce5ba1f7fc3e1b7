package stack

import "sluice/internal/stack/template"

// instance evaluates what a template's resource is to be. Metadata is for people: what of it can't be evaluated stays as it is.
func instance(r *template.Resource, bound *template.Bound, v *view) (*Instance, error) {
	goal := &Instance{
		Type: r.Type, DeletionPolicy: r.DeletionPolicy, UpdateReplacePolicy: r.UpdateReplacePolicy, DependsOn: r.DependsOn,
		Metadata: r.Metadata,
	}
	if value, err := bound.Evaluate(orNil(r.Metadata), v); err == nil {
		goal.Metadata, _ = value.(map[string]any)
	}
	for _, part := range []struct {
		from map[string]any
		to   *Values
	}{{r.Properties, &goal.Properties}, {r.UpdatePolicy, &goal.UpdatePolicy}} {
		value, err := bound.Evaluate(orNil(part.from), v)
		if err != nil {
			return nil, err
		}
		if object, ok := value.(map[string]any); ok {
			*part.to = object
		}
	}
	return goal, nil
}

// orNil is a nil any for a nil map, which evaluates to itself.
func orNil(object map[string]any) any {
	if object == nil {
		return nil
	}
	return object
}
