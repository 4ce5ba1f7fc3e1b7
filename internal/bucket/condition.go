package bucket

import (
	"strings"

	"sluice/internal/fault"
)

// Condition is what has to be so for a key to be written. The zero Condition is always met.
type Condition struct {
	Absent bool // there is no object
	// ETag is that of the object that is there, without quotes; "*" is any object's; empty asks for nothing.
	ETag string
}

// check reports whether a condition is met, given the newest version of the key; nil or a marker means that there is none.
// Errors: fault.Precondition "absence" or "etag"; fault.NotFound "object" if an ETag is asked of nothing.
func (c Condition) check(newest *Object) error {
	there := newest != nil && !newest.Marker
	const text = "At least one of the pre-conditions you specified did not hold"
	switch {
	case c.Absent && there:
		return fault.Errorf(fault.Precondition, "absence", text)
	case c.ETag != "" && !there:
		return noObject()
	case c.ETag != "" && c.ETag != "*" && c.ETag != strings.Trim(newest.ETag, `"`):
		return fault.Errorf(fault.Precondition, "etag", text)
	}
	return nil
}

func noObject() error {
	return fault.Errorf(fault.NotFound, "object", "The specified key does not exist.")
}

// newest returns the newest version of a key, or nil.
func newest(r Reader, bucket, key string) (*Object, error) {
	o, err := r.NewestObject(bucket, key)
	if fault.Is(err, fault.NotFound, "object") {
		return nil, nil
	}
	return o, err
}
