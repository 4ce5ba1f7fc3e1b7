package stack

import (
	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// view answers what a template asks of its stack. It implements template.Resolver, and reads nothing itself.
type view struct {
	region string
	// find returns a resource as it is now; nil if it is not there, or is about to be another.
	find func(logicalID string) *Resource
	// changing reports that a resource's attributes may be others soon; nil: none.
	changing func(logicalID string) bool
	types    types
	// outside answers what lies outside of the stack.
	outside func(question) (string, error)
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
	if schema, known := v.types(r.Type); known && schema.Open {
		return fault.Errorf(fault.Invalid, "attribute", "CustomResource attribute error: Vendor response doesn't contain %s attribute in object %s|%s",
			attribute, r.Stack, r.LogicalID)
	}
	return fault.Errorf(fault.Invalid, "attribute", "Template error: resource %s does not support attribute type %s in Fn::GetAtt", r.LogicalID, attribute)
}

// ImportValue implements template.Resolver.
func (v *view) ImportValue(name string) (any, error) {
	return v.outside(question{export: true, name: name})
}

// Zones implements template.Resolver.
func (v *view) Zones(region string) ([]any, error) {
	if region == "" {
		region = v.region
	}
	return []any{region + "a", region + "b", region + "c"}, nil
}

// Stored implements template.Resolver.
func (v *view) Stored(name string, version int) (string, error) {
	return v.outside(question{name: name, version: version})
}
