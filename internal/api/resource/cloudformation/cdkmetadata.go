package cloudformation

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// cdkMetadata is AWS::CDK::Metadata: what the CDK tells AWS of a stack. Nothing comes of it.
func cdkMetadata() *resource.Type {
	made := func(t *task) (*stack.Made, error) { return &stack.Made{PhysicalID: t.PhysicalID}, nil }
	return &resource.Type{
		Schema: stack.Schema{Type: "AWS::CDK::Metadata", Properties: schema.Fields{"Analytics": schema.String(schema.Kept), "Modules": schema.String(schema.Kept)}, Open: true},
		Create: made, Update: made,
	}
}
