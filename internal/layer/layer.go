package layer

import (
	"slices"
	"strconv"
	"time"

	"sluice/internal/function"
	"sluice/internal/policy"
)

// ID identifies a layer.
type ID struct {
	function.Scope
	Name string
}

// ARN returns the layer's Amazon resource name, without a version.
func (id ID) ARN() string {
	return "arn:aws:lambda:" + id.Region + ":" + id.Account + ":layer:" + id.Name
}

// VersionARN returns the name of one of the layer's versions.
func (id ID) VersionARN(number int) string { return id.ARN() + ":" + strconv.Itoa(number) }

// Layer is what stays while versions come and go. It is kept after its last version was deleted.
type Layer struct {
	ID ID
	// Published is the highest version number that was ever given out, 0 before the first. It never goes down.
	Published int
}

// Version is one of a layer's packages. Only its policy ever changes.
type Version struct {
	Layer       ID
	Number      int // from 1 on
	Code        function.Code
	Description string
	License     string
	// Runtimes and Architectures are what the publisher calls it compatible with. Nothing enforces it, as on AWS: they
	// are there to be searched for. nil: the publisher did not say, which AWS shows apart from an empty list.
	Runtimes      []string
	Architectures []string
	Created       time.Time
	// Policy says who may use the version besides its owner.
	Policy policy.Document
}

// ARN returns the version's name.
func (v *Version) ARN() string { return v.Layer.VersionARN(v.Number) }

// Filter says which versions are wanted. An empty field wants all.
type Filter struct {
	Runtime      string // such as python3.12
	Architecture string // x86_64 or arm64
}

func (f Filter) matches(v *Version) bool {
	return (f.Runtime == "" || slices.Contains(v.Runtimes, f.Runtime)) &&
		(f.Architecture == "" || slices.Contains(v.Architectures, f.Architecture))
}
