package codedeploy

import "sluice/internal/fault"

// maxBatch is how many nouns a batch may ask for (the error's description in AWS's page "BatchGetDeploymentGroups").
const maxBatch = 100

func checkBatch(noun string, names []string) error {
	switch {
	case len(names) == 0:
		return fault.Errorf(fault.Invalid, noun+" required", "A batch must have at least one item")
	case len(names) > maxBatch:
		return fault.Errorf(fault.Limit, "batch", "A batch can have at most %d items, not %d", maxBatch, len(names))
	}
	return nil
}
