package deployer

import "time"

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
