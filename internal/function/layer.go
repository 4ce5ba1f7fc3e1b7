package function

import "sluice/internal/fault"

// Layer is a layer version as a function's configuration names it. What it contains is noted here too, since a function
// goes on with a layer version that has been deleted.
type Layer struct {
	ARN  string // the layer version's
	Code Code   // its zip
}

// MaxUnzipped is AWS's limit on the size of a function's files and those of its layers together, in bytes (AWS's page
// "Lambda quotas").
const MaxUnzipped = 262144000

// checkSize reports whether code and layers fit together. The text is AWS's, as users quote it.
func checkSize(code Code, layers []Layer) error {
	if len(layers) == 0 {
		return nil // then only the code's own limit counts, which was checked when it came
	}
	total := code.Unzipped
	for _, l := range layers {
		total += l.Code.Unzipped
	}
	if total > MaxUnzipped {
		return fault.Errorf(fault.Invalid, "package",
			"Function code combined with layers exceeds the maximum allowed size of %d bytes. The actual size is %d bytes.",
			MaxUnzipped, total)
	}
	return nil
}
