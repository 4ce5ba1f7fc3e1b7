package resource

import "slices"

// resources are all types that there are.
func resources() []*resource {
	return slices.Concat(
		[]*resource{parameter(), alias()},
	)
}
