package cloudformation

import (
	"context"
	"maps"
	"slices"
	"strings"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

// describeType tells of the resource types that there are, with their schema; other extensions are not to be found.
func (a *api) describeType(_ context.Context, r *wire.Request, in *shape.DescribeTypeInput) (*shape.DescribeTypeOutput, error) {
	name := wire.Value(in.TypeName)
	if in.Arn != nil {
		_, path, _ := strings.Cut(*in.Arn, ":type/resource/")
		name = strings.ReplaceAll(path, "-", "::")
	}
	if name == "" {
		return nil, fault.Errorf(fault.Invalid, "type", "Either Arn, or Type and TypeName must be specified.")
	}
	found, ok := a.types.Schema(name)
	if !ok || in.Type != nil && *in.Type != "RESOURCE" {
		return nil, fault.Errorf(fault.NotFound, "type", "The type '%s' cannot be found.", name)
	}
	schema, err := document(schemaOf(found))
	if err != nil {
		return nil, err
	}
	provisioning := "FULLY_MUTABLE"
	if found.Fixed {
		provisioning = "IMMUTABLE"
	}
	return &shape.DescribeTypeOutput{
		Arn:  new("arn:aws:cloudformation:" + r.Region + "::type/resource/" + strings.ReplaceAll(found.Type, "::", "-")),
		Type: new("RESOURCE"), TypeName: &found.Type, Schema: schema, ProvisioningType: &provisioning, DeprecatedStatus: new("LIVE"),
		Visibility: new("PUBLIC"), Description: new("Resource Type definition for " + found.Type), IsActivated: new(true),
	}, nil
}

// schemaOf is a type's schema as the registry shows it (CloudFormation CLI User Guide, "Resource type definition schema").
func schemaOf(s *stack.Schema) map[string]any {
	document := map[string]any{"typeName": s.Type, "additionalProperties": s.Open, "properties": propertiesOf(s.Properties)}
	var required, fixed, read []string
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if s.Properties[name].Required {
			required = append(required, name)
		}
		if s.Properties[name].Replaces {
			fixed = append(fixed, "/properties/"+name)
		}
	}
	for _, name := range s.Attributes {
		if s.Properties[name] == nil && !strings.Contains(name, "*") {
			read = append(read, "/properties/"+strings.ReplaceAll(name, ".", "/"))
		}
	}
	for key, list := range map[string][]string{"required": required, "createOnlyProperties": fixed, "readOnlyProperties": read} {
		if len(list) > 0 {
			document[key] = list
		}
	}
	if id, known := identifiers[s.Type]; known {
		document["primaryIdentifier"] = []string{"/properties/" + id}
	}
	return document
}

func propertiesOf(properties map[string]*stack.Property) map[string]any {
	all := make(map[string]any, len(properties))
	for name, p := range properties {
		all[name] = propertyOf(p)
	}
	return all
}

func propertyOf(p *stack.Property) map[string]any {
	if p == nil {
		return map[string]any{}
	}
	switch p.Kind {
	case stack.Any:
		return map[string]any{}
	case stack.JSON:
		return map[string]any{"type": []string{"object", "string"}}
	case stack.List:
		return map[string]any{"type": "array", "items": propertyOf(p.Items)}
	case stack.Map:
		return map[string]any{"type": "object", "additionalProperties": propertyOf(p.Items)}
	case stack.Object:
		return map[string]any{"type": "object", "properties": propertiesOf(p.Fields)}
	}
	return map[string]any{"type": string(p.Kind)}
}
