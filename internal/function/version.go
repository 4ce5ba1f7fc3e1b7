package function

import (
	"maps"
	"reflect"
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

// Code is a deployment package.
type Code struct {
	SHA256 string // of the package as it was uploaded, base64: AWS's CodeSha256
	Size   int64  // of the package, in bytes
}

// Config is all that a version fixes besides its code.
type Config struct {
	Description   string            `json:",omitempty"`
	Role          string            `json:",omitempty"` // the execution role's ARN
	Runtime       string            `json:",omitempty"` // such as python3.12
	Handler       string            `json:",omitempty"`
	Timeout       int               // seconds, 1 to 900
	Memory        int               // MB, 128 to 10240
	Storage       int               // of /tmp, MB, 512 to 10240
	Architecture  string            // x86_64 or arm64
	Environment   map[string]string // nil: none was given, and AWS prints none
	Layers        []string          `json:",omitempty"` // layer version ARNs
	DeadLetter    string            `json:",omitempty"` // target ARN
	LogFormat     string            // Text or JSON
	LogGroup      string            // the group's name
	LogLevel      string            `json:",omitempty"` // of the application, for JSON
	SystemLevel   string            `json:",omitempty"` // of the platform, for JSON
	Tracing       string            // Active or PassThrough
	SnapStart     string            // None or PublishedVersions
	KMSKey        string            `json:",omitempty"`
	Subnets       []string          `json:",omitempty"`
	SecurityGroup []string          `json:",omitempty"`
	IPv6          bool              `json:",omitempty"`
	// Network is true once a VPC was spoken of, if only to name no subnet. AWS shows an empty one from then on.
	Network     bool         `json:",omitempty"`
	FileSystems []FileSystem `json:",omitempty"`
}

// FileSystem is a network file system that a version wants mounted. Sluice keeps it and mounts nothing.
type FileSystem struct {
	ARN  string
	Path string
}

// Equal reports whether publishing c after other would publish the same configuration again.
func (c Config) Equal(other Config) bool {
	// A nil and an empty environment are the same to a running function, but AWS shows them apart: an absent one
	// stays absent, so they are kept apart in storage and equal here.
	if !maps.Equal(c.Environment, other.Environment) {
		return false
	}
	c.Environment, other.Environment = nil, nil
	c.Network, other.Network = false, false // the subnets tell whether there is one
	return reflect.DeepEqual(c.normal(), other.normal())
}

// normal makes empty lists nil, which reading them back from storage does too.
func (c Config) normal() Config {
	for _, list := range []*[]string{&c.Layers, &c.Subnets, &c.SecurityGroup} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	if len(c.FileSystems) == 0 {
		c.FileSystems = nil
	}
	return c
}

// Settling is the time between the answer to a creation or an update and the moment when AWS calls it done.
// Code is ready here before the answer is given, so settling is only what clients are shown: they poll for it,
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
