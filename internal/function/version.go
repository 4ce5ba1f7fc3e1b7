package function

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Version is code with its configuration: $LATEST, which changes, or a published one, which never does.
// A *Version that has been handed out is not modified; a change makes a new one.
type Version struct {
	Function ID
	Number   Number
	Config   Config
	Code     Code
	// RevisionID changes with every change of $LATEST; that of a published version stays once it has settled.
	RevisionID string
	Modified   time.Time
	// PublishedDescription is what $LATEST's description was when the version was published. It differs from the version's own
	// if the publisher gave one, and tells whether $LATEST has changed since.
	PublishedDescription string
	// Settling is set while the version is being created or updated.
	Settling *Settling
}

// ARN returns the version's qualified name; $LATEST's is the function's own, as AWS prints it.
func (v *Version) ARN() string {
	if v.Number == Latest {
		return v.Function.ARN()
	}
	return v.Function.Qualified(v.Number.String())
}

// RuntimeARN names the version's runtime as AWS's RuntimeVersionConfig and its logs do. AWS's names a build of its own;
// this one is made of the runtime's name.
func (v *Version) RuntimeARN() string {
	digest := sha256.Sum256([]byte("sluice " + v.Config.Runtime))
	return "arn:aws:lambda:" + v.Function.Region + "::runtime:" + hex.EncodeToString(digest[:])
}

// Code is a deployment package.
type Code struct {
	SHA256 string // of the package as it was uploaded, base64: AWS's CodeSha256
	Size   int64  // of the package, in bytes
	// Unzipped is the size of the package's files together, in bytes; 0 if nobody noted it.
	Unzipped int64 `json:",omitempty"`
}

// Settling is the time between the answer to a creation or an update and the moment when AWS calls it done.
// Code is stored and checked before the answer is given, so settling is only what clients are shown: they poll for it,
// and an update that comes too early is refused as on AWS.
type Settling struct {
	Creating bool      // the function or version is new, so its state is pending; otherwise an update is in progress
	Until    time.Time // from then on the version is settled
	// Revision is the version's revision ID once it is settled (recordings test_function_revisions_version_and_alias
	// for $LATEST, test_publish_version_on_create for a published version).
	Revision string
}

// settleTime is long enough for a client that reads back at once to see the state that AWS would show it.
const settleTime = 250 * time.Millisecond

// creating returns the settling of a version that is made now.
func creating(now time.Time) *Settling {
	return &Settling{Creating: true, Until: now.Add(settleTime), Revision: newRevision()}
}

// At returns the version as it is at a time: itself, or a settled copy.
func (v *Version) At(now time.Time) *Version {
	if v.Settling == nil || now.Before(v.Settling.Until) {
		return v
	}
	return v.settled()
}

func (v *Version) settled() *Version {
	if v.Settling == nil {
		return v
	}
	settled := *v
	if v.Settling.Revision != "" {
		settled.RevisionID = v.Settling.Revision
	}
	settled.Settling = nil
	return &settled
}
