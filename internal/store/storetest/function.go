package storetest

import (
	"testing"

	"sluice/internal/function"
)

// Functions runs the suite of function.Store. prepare makes an empty place for records; what it returns opens a store
// there, again and again, so that a suite can look at what is on disk. Stores are closed by their opener when the test
// ends; one that has an io.Closer's Close is closed earlier when the suite reopens its place.
func Functions(t *testing.T, prepare func(t *testing.T) (open func() function.Store)) {
}
