package stack

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack/template"
)

// view answers what a template asks of its stack. It implements template.Resolver.
type view struct {
	ctx     context.Context
	service *Service
	scope   function.Scope
	// find returns a resource as it is now; nil if it is not there, or is about to be another.
	find func(logicalID string) *Resource
	// changing reports that a resource's attributes may be others soon; nil: none.
	changing func(logicalID string) bool
	imported func(export string) // told of each import; nil: nobody
	lenient  bool                // what is missing outside of the stack may come to be there
}

// Ref implements template.Resolver.
func (v *view) Ref(logicalID string) (any, error) {
	r := v.find(logicalID)
	if r == nil || r.PhysicalID == "" {
		return nil, &template.Unknown{LogicalID: logicalID}
	}
	if r.Ref != "" {
		return r.Ref, nil
	}
	return r.PhysicalID, nil
}

// GetAtt implements template.Resolver.
func (v *view) GetAtt(logicalID, attribute string) (any, error) {
	r := v.find(logicalID)
	if r == nil || r.PhysicalID == "" || v.changing != nil && v.changing(logicalID) {
		return nil, &template.Unknown{LogicalID: logicalID, Attribute: attribute}
	}
	value, there := r.Attributes[attribute]
	if !there {
		return nil, v.noAttribute(r, attribute)
	}
	return value, nil
}

// noAttribute says that a resource has no such attribute: what a custom resource has, its function's answer alone tells.
func (v *view) noAttribute(r *Resource, attribute string) error {
	if schema, known := v.service.cfg.Provider.Schema(r.Type); known && schema.Open {
		return fault.Errorf(fault.Invalid, "attribute", "CustomResource attribute error: Vendor response doesn't contain %s attribute in object %s|%s",
			attribute, r.Stack, r.LogicalID)
	}
	return fault.Errorf(fault.Invalid, "attribute", "Template error: resource %s does not support attribute type %s in Fn::GetAtt", r.LogicalID, attribute)
}

// ImportValue implements template.Resolver.
func (v *view) ImportValue(name string) (any, error) {
	if v.imported != nil {
		v.imported(name)
	}
	var export *Export
	err := v.service.cfg.Store.ReadStacks(v.ctx, func(r Reader) (err error) {
		export, err = r.Export(v.scope, name)
		return err
	})
	if fault.Is(err, fault.NotFound, "export") {
		if v.lenient {
			return nil, &template.Unknown{LogicalID: name}
		}
		return nil, fault.Errorf(fault.Invalid, "export", "No export named %s found.", name)
	}
	if err != nil {
		return nil, err
	}
	return export.Value, nil
}

// Zones implements template.Resolver.
func (v *view) Zones(region string) ([]any, error) {
	if region == "" {
		region = v.scope.Region
	}
	return []any{region + "a", region + "b", region + "c"}, nil
}

// Stored implements template.Resolver.
func (v *view) Stored(name string, version int) (string, error) {
	if v.service.cfg.Parameters == nil {
		return "", fault.Errorf(fault.Invalid, "parameter", "There are no parameters here: %s can't be resolved.", name)
	}
	value, err := v.service.cfg.Parameters.StackParameter(v.ctx, v.scope, name, int64(version))
	if v.lenient && err != nil {
		return "", &template.Unknown{LogicalID: name}
	}
	return value, err
}

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
