package resourcetest

import (
	"maps"

	"sluice/internal/api/resource"
)

// Tagged checks that a resource of the fixture's Order has its own tags, the stack's and CloudFormation's, and no more. got is a
// map, or a list of Key and Value.
func (f *Fixture) Tagged(logicalID string, got any, own map[string]string) {
	f.T.Helper()
	want := map[string]string{
		"team": "blue", "aws:cloudformation:stack-name": "app", "aws:cloudformation:stack-id": TheStack, "aws:cloudformation:logical-id": logicalID,
	}
	maps.Copy(want, own)
	if tags := resource.ReadTags(got); !maps.Equal(tags, want) {
		f.T.Errorf("the tags of %s are %v, want %v", logicalID, tags, want)
	}
}
