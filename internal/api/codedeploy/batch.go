package codedeploy

import "sluice/internal/fault"

// How many nouns a batch may ask for: 100 (the error's description in AWS's page "BatchGetDeploymentGroups"), or 25 where
// the pages of BatchGetDeployments and BatchGetDeploymentTargets say so.
const (
	maxBatch            = 100
	maxDeploymentsBatch = 25
)

// checkBatch checks how many nouns a batch asks for.
func checkBatch(noun string, names []string, most int) error {
	switch {
	case len(names) == 0:
		return fault.Errorf(fault.Invalid, noun+" required", "A batch must have at least one item")
	case len(names) > most:
		return fault.Errorf(fault.Limit, "batch", "A batch can have at most %d items, not %d", most, len(names))
	}
	return nil
}
