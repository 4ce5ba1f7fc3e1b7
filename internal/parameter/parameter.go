package parameter

import (
	"strings"
	"time"

	"sluice/internal/function"
)

// Type is what a value is.
type Type string

// The types of values. A list's items are parted by commas; a secure value is stored sealed.
const (
	String Type = "String"
	List   Type = "StringList"
	Secure Type = "SecureString"
)

// Tier is what a parameter costs on AWS, and how long its value may be.
type Tier string

// The tiers. With Intelligent AWS takes the cheapest that is enough; it is never a parameter's own.
const (
	Standard    Tier = "Standard"
	Advanced    Tier = "Advanced"
	Intelligent Tier = "Intelligent-Tiering"
)

// Limits of AWS's page "AWS Systems Manager endpoints and quotas".
const (
	MaxStandardBytes = 4 << 10
	MaxAdvancedBytes = 8 << 10
	maxLevels        = 15   // of a hierarchy
	maxNameBytes     = 1011 // of a name
	maxVersions      = 100  // that are kept
	maxLabels        = 10   // of a version
	maxTags          = 50
)

// DefaultKey names the key of secure values that say no other. There is one key here, whatever its name is said to be.
const DefaultKey = "alias/aws/ssm"

// ID names a parameter.
type ID struct {
	function.Scope
	Name string
}

// ARN names the parameter. A name with a slash before it brings it along.
func (id ID) ARN() string {
	return "arn:aws:ssm:" + id.Region + ":" + id.Account + ":parameter/" + strings.TrimPrefix(id.Name, "/")
}

// Parameter is a name with its latest version.
type Parameter struct {
	ID     ID
	Latest Version
	Labels map[string]int64 // numbers of versions by the labels that point to them
	Tags   map[string]string
}

// Version is a value that a parameter has or had. It never changes.
type Version struct {
	Number      int64 // from 1
	Type        Type
	Value       string // sealed if the type is Secure
	Key         string // name of the key that seals a secure value; empty otherwise
	Description string
	Pattern     string // regular expression that values have to match; empty for any
	Tier        Tier
	DataType    string // text, or what AWS would check the value as
	User        string // ARN of who made it
	Modified    time.Time
}

// labelsOf returns the labels of a version, in order.
func (p *Parameter) labelsOf(number int64) (labels []string) {
	for label, n := range p.Labels {
		if n == number {
			labels = append(labels, label)
		}
	}
	return labels
}
