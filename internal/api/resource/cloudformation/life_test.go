package cloudformation_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestLives(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Live(t,
		resourcetest.Life{
			Type:       "AWS::CDK::Metadata",
			Properties: object{"Analytics": "v2:deflate64:"},
			Ref:        "app-Metadata-0123456789AB",
			Changes:    object{"Analytics": "v2:deflate64:x"},
			Repeated:   true,
		},
		resourcetest.Life{
			Type: "AWS::CloudFormation::WaitConditionHandle",
			Ref:  "http://127.0.0.1:*/_sluice/signals/wait-*",
		},
	)
}

// A condition may be one of no signal at all.
func TestAConditionOfNothing(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	handle := f.Create(f.Order("Handle", "AWS::CloudFormation::WaitConditionHandle", object{})).PhysicalID
	f.Live(t, resourcetest.Life{
		Type:       "AWS::CloudFormation::WaitCondition",
		Properties: object{"Handle": handle, "Timeout": "1", "Count": "0"},
		Ref:        resourcetest.TheStack + "/Handle",
		Attributes: map[string]string{"Data": "{}"},
	})
}
