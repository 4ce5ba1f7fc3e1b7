package bucket

import (
	"time"

	"sluice/internal/function"
)

// Bucket is a place for objects. Its name is unique among all accounts and regions.
type Bucket struct {
	Scope      function.Scope
	Name       string
	Created    time.Time
	Versioning Versioning
	// Settings are documents that are kept and shown, and have no effect, by the name of what they set.
	Settings map[string]string
}

// Versioning says what becomes of an object when another takes its key.
type Versioning string

// The zero Versioning is that of a bucket that never had any: an object replaces the one before. That is so as well while
// versioning is suspended, but the versions from before stay.
const (
	Unversioned Versioning = ""
	Enabled     Versioning = "Enabled"
	Suspended   Versioning = "Suspended"
)

// NullVersion is the ID of the version that a key has without versioning. A key has one at most.
const NullVersion = "null"

// Place is a bucket as somebody asks for it: an account, in a region.
type Place struct {
	function.Scope
	Bucket string
}
