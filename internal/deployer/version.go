package deployer

import (
	"strconv"
	"time"
)

// Latest is the qualifier of the one version that can change.
const Latest = "$LATEST"

// Version is one version of a function, or $LATEST.
type Version struct {
	Number      string // or $LATEST
	Settings    Settings
	Digest      string // CodeSha256
	Description string // holds a Stamp, if Sluice published it
	Modified    time.Time
	Revision    string // RevisionId
}

// number returns a version's number, and 0 for $LATEST and what is none.
func number(version string) int {
	n, err := strconv.Atoi(version)
	if err != nil {
		return 0
	}
	return n
}
