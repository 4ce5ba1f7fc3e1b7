package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
)

// Limits of AWS's page "IAM and AWS STS quotas": those that an account has without asking for more.
const (
	maxAttached     = 10    // managed policies of a role
	maxInlineBytes  = 10240 // inline policies of a role, without white space
	maxTrustBytes   = 2048  // a trust policy, without white space
	maxPolicyBytes  = 6144  // a managed policy, without white space
	maxVersions     = 5     // of a managed policy
	maxTags         = 50
	DefaultDuration = time.Hour // of a role's session, and how long a role allows one if nothing else is set
)

// Role is an identity that functions have and callers may assume.
type Role struct {
	Account     string // twelve digits
	Name        string // unique in the account, whatever the case of its letters
	Path        string // begins and ends with a slash
	ID          string // AROA and 17 of A–Z and 2–7; a role that is made again gets another one
	Trust       string // the policy document that says who may assume the role
	Description string
	MaxSession  int    // longest session, in seconds, from 3600 to 43200
	Boundary    string // ARN of the policy that bounds the role's permissions; empty for none
	Service     string // to which the role is linked; empty for most roles
	Tags        []Tag
	Created     time.Time
	Inline      []InlinePolicy // in the order of their names
	Attached    []string       // ARNs of managed policies, in the order in which they were attached
}

// InlinePolicy is a policy that is part of a role.
type InlinePolicy struct{ Name, Document string }

// ARN names the role.
func (r *Role) ARN() string { return "arn:aws:iam::" + r.Account + ":role" + r.Path + r.Name }

// Fold is how names are compared: IAM's differ by more than the case of letters.
func Fold(name string) string { return strings.ToLower(name) }

// newID makes the unique ID of a role (AROA) or a policy (ANPA).
func newID(prefix string) string {
	var random [11]byte
	rand.Read(random[:]) // never fails
	return prefix + base32.StdEncoding.EncodeToString(random[:])[:17]
}

// derivedID is the unique ID of something that was never created here: always the same for the same ARN.
func derivedID(prefix, arn string) string {
	sum := sha256.Sum256([]byte(arn))
	return prefix + base32.StdEncoding.EncodeToString(sum[:])[:17]
}

var servicePath = regexp.MustCompile(`^/aws-service-role/`)

// check reports what may not be stored.
func (r *Role) check() error {
	if servicePath.MatchString(r.Path) && r.Service == "" {
		return fault.Errorf(fault.Invalid, "path",
			"The path /aws-service-role/ is reserved for roles that are linked to services: use CreateServiceLinkedRole.")
	}
	if r.Boundary != "" {
		if _, err := parsePolicyARN(r.Boundary); err != nil {
			return err
		}
	}
	if err := checkTags(r.Tags); err != nil {
		return err
	}
	return checkTrust(r.Trust)
}

// inline returns the place of an inline policy, or where it would be.
func (r *Role) inline(name string) (int, bool) {
	return slices.BinarySearchFunc(r.Inline, name, func(p InlinePolicy, name string) int { return strings.Compare(p.Name, name) })
}

func (r *Role) inlineSize() (bytes int) {
	for _, p := range r.Inline {
		bytes += size(p.Document)
	}
	return bytes
}

// protect refuses changes of a role that belongs to a service.
func (r *Role) protect() error {
	if r.Service == "" {
		return nil
	}
	return fault.Errorf(fault.Conflict, "protected role",
		"Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS", r.Name)
}

func noRole(name string) error {
	return fault.Errorf(fault.NotFound, "role", "The role with name %s cannot be found.", name)
}
