package deployer

import "time"

// Latest is the qualifier of the one version that can change.
const Latest = "$LATEST"

// Settings are what a version freezes besides its code. A zero field was not said: in what a file asks for it means
// that the function keeps what it has. An Environment or a list of Layers that is empty and not nil asks for none.
type Settings struct {
	Runtime       string // such as nodejs22.x
	Handler       string
	Role          string // ARN
	MemoryMB      int
	Timeout       time.Duration // whole seconds
	Architecture  string        // x86_64 or arm64
	Environment   map[string]Secret
	Layers        []string // ARNs of layer versions, in order
	EphemeralMB   int      // size of /tmp
	TracingMode   string   // Active or PassThrough
	DeadLetterARN string
}

// Secret is a value of a function's environment. It prints as asterisks, so that no log, error or plan shows it.
type Secret string

// String hides the value. %v, %s and %q of a Secret, and its JSON, come from here.
func (Secret) String() string { return "***" }

// GoString hides the value from %#v.
func (Secret) GoString() string { return "***" }

// MarshalText hides the value in JSON and YAML.
func (Secret) MarshalText() ([]byte, error) { return []byte("***"), nil }

// Code is a package that is ready to be sent.
type Code struct {
	// Digest is the package's SHA-256 in base64, as Lambda's CodeSha256. The same files make the same digest.
	Digest string
	Size   int64   // bytes
	File   string  // path of a zip, unless Object is set
	Object *Object // in a bucket
	Source string  // as the file says it: a folder or a zip in the project's folder, or s3://bucket/key[?versionId=V]
	Build  string  // command that makes Source and runs first, in the project's folder; empty for none
}

// Object is a package in an S3 bucket.
type Object struct {
	Bucket, Key, Version string // an empty Version means the newest
}

// Function is one function of a release as the project's file asks for it.
type Function struct {
	Key      string // in the file
	Name     string // at the endpoint
	Alias    string
	Settings Settings
	Tags     map[string]string // nil leaves tags as they are; those of other tools stay in any case
	Code     Code
	Live     *Live // what the alias points to by hand; nil follows the strategy
}

// Live is where an alias points by hand, after seed 001's live_version1, live_version2 and live_version2_percentage.
type Live struct {
	Version1   string
	Version2   string // empty for one version
	Percentage float64
}

// Found is a function as it is at the endpoint.
type Found struct {
	Name     string
	ARN      string
	Latest   Version
	Versions []Version // published, ascending; empty when none is
	Alias    *Alias    // the one that the release moves; nil when it does not exist
	// Named are the aliases that name a version, with a weight or without, by the version. Prune spares those versions.
	Named map[string][]string
	Tags  map[string]string
}

// Version is one version of a function, or $LATEST.
type Version struct {
	Number      string // or $LATEST
	Settings    Settings
	Digest      string // CodeSha256
	Description string // holds a Stamp, if Sluice published it
	Modified    time.Time
	Revision    string // RevisionId
}

// Alias is a function's alias. Additional and Weight are empty when it is stable.
type Alias struct {
	Name        string
	Version     string
	Additional  string
	Weight      float64 // share of the requests that go to Additional, above 0 and at most 1
	Description string  // holds a Record, if Sluice moved it last
	Revision    string  // RevisionId; an update with another one than the endpoint's is refused
}

// Stable reports whether the alias points to one version.
func (a *Alias) Stable() bool { return a.Additional == "" }
