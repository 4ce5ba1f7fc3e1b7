package stack

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// checkTypes refuses types that there are not, and attributes that a type has not.
func (s *Service) checkTypes(bound *template.Bound) error {
	types, unknown := map[string]*Schema{}, map[string][]string{}
	for _, r := range bound.Resources {
		schema, known := s.cfg.Provider.Schema(r.Type)
		if !known && schema != nil {
			return fault.Errorf(fault.Invalid, "resource type", "Template format error: Unrecognized resource types: [%s]. %s", r.Type, schema.Refusal)
		}
		if !known {
			unknown[r.Type] = append(unknown[r.Type], r.LogicalID)
		}
		types[r.LogicalID] = schema
	}
	if len(unknown) > 0 {
		return unrecognized(unknown)
	}
	for _, r := range bound.Resources {
		if err := checkAttributes(r.References, types); err != nil {
			return err
		}
	}
	for _, o := range bound.Outputs {
		if err := checkAttributes(o.References, types); err != nil {
			return err
		}
	}
	return nil
}

// unrecognized is the error about types, with the resources of each. AWS names the types alone; what SAM made of an event is in no
// template that its reader has.
func unrecognized(unknown map[string][]string) error {
	types := slices.Sorted(maps.Keys(unknown))
	hint := "Sluice makes no resources of that kind: take them out of the template, or put them under a condition that is false here."
	if slices.ContainsFunc(types, func(name string) bool { return strings.HasPrefix(name, "AWS::Serverless::") }) {
		hint = "Types of SAM need the template's Transform: AWS::Serverless-2016-10-31."
	}
	var resources []string
	for _, name := range types {
		resources = append(resources, unknown[name]...)
	}
	slices.Sort(resources)
	return fault.Errorf(fault.Invalid, "resource type", "Template format error: Unrecognized resource types: [%s] of %s. %s",
		joined(types), joined(resources), hint)
}

// checkAttributes refuses attributes that no resource of a type will ever have. One whose name is evaluated ("*") is found missing
// when it is asked for.
func checkAttributes(references []template.Reference, types map[string]*Schema) error {
	for _, ref := range references {
		schema := types[ref.To]
		if schema == nil || ref.Attribute == "" || ref.Attribute == "*" || schema.Open || schema.supports(ref.Attribute) {
			continue
		}
		return fault.Errorf(fault.Invalid, "template", "Template error: resource %s does not support attribute type %s in Fn::GetAtt",
			ref.To, ref.Attribute)
	}
	return nil
}
