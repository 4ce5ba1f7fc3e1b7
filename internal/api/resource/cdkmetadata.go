package resource

import "sluice/internal/stack"

// cdkMetadata is AWS::CDK::Metadata: what the CDK tells AWS of a stack. Nothing comes of it.
func cdkMetadata() *resource {
	made := func(t *task) (*stack.Made, error) { return &stack.Made{PhysicalID: t.PhysicalID}, nil }
	return &resource{
		Schema: stack.Schema{Type: "AWS::CDK::Metadata", Properties: fields{"Analytics": text(kept), "Modules": text(kept)}, Open: true},
		create: made, update: made,
	}
}
