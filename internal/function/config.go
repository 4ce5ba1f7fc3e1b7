package function

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// Defaults and limits of a version's configuration, from AWS's page "Lambda quotas".
const (
	DefaultTimeout = 3   // seconds
	DefaultMemory  = 128 // MB
	DefaultStorage = 512 // MB

	maxTimeout = 900   // seconds
	maxMemory  = 10240 // MB
	maxStorage = 10240 // MB
	maxName    = 64    // characters
	maxTags    = 50
)

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
	Layers        []Layer           `json:",omitempty"` // later ones lie over earlier ones
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
	for _, list := range []*[]string{&c.Subnets, &c.SecurityGroup} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	if len(c.Layers) == 0 {
		c.Layers = nil
	}
	if len(c.FileSystems) == 0 {
		c.FileSystems = nil
	}
	return c
}

// withDefaults fills in what a creation may leave out.
func (c Config) withDefaults(name string) Config {
	fill := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	fillNumber := func(field *int, value int) {
		if *field == 0 {
			*field = value
		}
	}
	fillNumber(&c.Timeout, DefaultTimeout)
	fillNumber(&c.Memory, DefaultMemory)
	fillNumber(&c.Storage, DefaultStorage)
	fill(&c.Architecture, "x86_64")
	fill(&c.LogFormat, "Text")
	fill(&c.LogGroup, "/aws/lambda/"+name)
	fill(&c.Tracing, "PassThrough")
	fill(&c.SnapStart, "None")
	if c.LogFormat == "JSON" {
		fill(&c.LogLevel, "INFO")
		fill(&c.SystemLevel, "INFO")
	}
	return c
}

// validate reports what the request shapes cannot: rules that need a second look or a second field.
func (c Config) validate() error {
	if c.Runtime == "" || c.Handler == "" {
		return fault.Errorf(fault.Invalid, "configuration",
			"Runtime and Handler are mandatory parameters for functions created with deployment packages.")
	}
	if strings.ContainsRune(c.Handler, 0) {
		return fault.Errorf(fault.Invalid, "configuration", "Handler contains a NUL character.")
	}
	return cmp.Or(validateRuntime(c.Runtime), c.validateBounds(), c.validateFeatures(), validateEnvironment(c.Environment))
}

// validateBounds holds the limits of ordinary functions. The request shapes allow more, for kinds of functions that
// Sluice does not have. AWS words the memory's limit, which is the account's, differently from the others.
func (c Config) validateBounds() error {
	const value = "1 validation error detected: Value '%d' at '%s' failed to satisfy constraint: Member must have value less than or equal to %d"
	switch {
	case c.Timeout > maxTimeout:
		return fault.Errorf(fault.Invalid, "bound", value, c.Timeout, "timeout", maxTimeout)
	case c.Storage > maxStorage:
		return fault.Errorf(fault.Invalid, "bound", value, c.Storage, "ephemeralStorage.size", maxStorage)
	case c.Memory > maxMemory:
		return fault.Errorf(fault.Invalid, "bound",
			"'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to %d", maxMemory)
	}
	return nil
}

// SnapshotPublished is Config.SnapStart of versions that start from a snapshot.
const SnapshotPublished = "PublishedVersions"

// snapStarting are the runtimes that may be snapshotted (AWS's page "Improving startup performance with SnapStart").
var snapStarting = []string{
	"java11", "java17", "java21", "java25", "python3.12", "python3.13", "python3.14", "dotnet8", "dotnet10",
}

// validateFeatures checks settings that depend on another one.
func (c Config) validateFeatures() error {
	if c.SnapStart == SnapshotPublished && !slices.Contains(snapStarting, c.Runtime) {
		return fault.Errorf(fault.Invalid, "configuration", "%s is not supported for SnapStart enabled functions.", c.Runtime)
	}
	if c.LogFormat == "Text" && (c.LogLevel != "" || c.SystemLevel != "") {
		return fault.Errorf(fault.Invalid, "configuration",
			`LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.`)
	}
	return nil
}

// validateName checks what a new function's name must satisfy beyond its pattern. AWS reports this length with the
// text of a constraint but as an invalid parameter (recording test_function_arns).
func validateName(name string) error {
	if len(name) > maxName {
		return fault.Errorf(fault.Invalid, "function",
			"1 validation error detected: Value '%s' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to %d",
			name, maxName)
	}
	return nil
}

func validateTags(tags map[string]string) error {
	if CountTags(tags) > maxTags {
		return fault.Errorf(fault.Invalid, "tags", "Number of tags exceeds resource tag limit.")
	}
	return nil
}
