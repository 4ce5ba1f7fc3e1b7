package account

import (
	"regexp"
	"slices"
	"sync"
	"time"

	"sluice/internal/fault"
)

// AWS is the account in the ARNs of policies that AWS manages.
const AWS = "aws"

// Policy is a managed policy: one that roles have by its ARN.
type Policy struct {
	Account     string // AWS, or the twelve digits of the account that made it
	Name        string // unique in the account, whatever the case of its letters
	Path        string // begins and ends with a slash
	ID          string // ANPA and 17 of A–Z and 2–7
	Description string
	Tags        []Tag
	Created     time.Time
	Updated     time.Time
	Default     int             // number of the version in force
	Last        int             // highest number that a version ever had
	Versions    []PolicyVersion // the oldest first
}

// PolicyVersion is a document that a policy has or had. It never changes.
type PolicyVersion struct {
	Number   int // from 1
	Document string
	Created  time.Time
}

// ARN names the policy.
func (p *Policy) ARN() string { return "arn:aws:iam::" + p.Account + ":policy" + p.Path + p.Name }

// Version returns a version, or nil if there is none of that number.
func (p *Policy) Version(number int) *PolicyVersion {
	if i := p.index(number); i >= 0 {
		return &p.Versions[i]
	}
	return nil
}

func (p *Policy) index(number int) int {
	return slices.IndexFunc(p.Versions, func(v PolicyVersion) bool { return v.Number == number })
}

// check reports what may not be stored.
func (p *Policy) check(document string) error {
	if err := checkTags(p.Tags); err != nil {
		return err
	}
	if size(document) > maxPolicyBytes {
		return exceeds("PolicySize", maxPolicyBytes)
	}
	return checkPolicy(document)
}

// exceeds is AWS's text for most of IAM's limits.
func exceeds(quota string, limit int) error {
	return fault.Errorf(fault.Limit, "quota", "Cannot exceed quota for %s: %d", quota, limit)
}

// add makes a version and, if asked to, puts it in force.
func (p *Policy) add(document string, inForce bool, now time.Time) (*PolicyVersion, error) {
	if len(p.Versions) >= maxVersions {
		return nil, fault.Errorf(fault.Limit, "policy version", "A managed policy can have up to %d versions. "+
			"Before you create a new version, you must delete an existing version.", maxVersions)
	}
	p.Last++
	p.Versions = append(p.Versions, PolicyVersion{Number: p.Last, Document: document, Created: now})
	p.Updated = now
	if inForce {
		p.Default = p.Last
	}
	return &p.Versions[len(p.Versions)-1], nil
}

var policyARN = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^arn:aws[a-z-]*:iam::(aws|[0-9]{12}):policy(/(?:[\x21-\x7e]+/)?)([\w+=,.@-]+)$`)
})

// policyName is a policy's ARN, taken apart.
type policyName struct{ arn, account, path, name string }

func parsePolicyARN(arn string) (policyName, error) {
	parts := policyARN().FindStringSubmatch(arn)
	if parts == nil { // the two spaces are AWS's, recorded: test_role_attach_policy of LocalStack
		return policyName{}, fault.Errorf(fault.Invalid, "arn", "Invalid ARN:  Could not be parsed!")
	}
	return policyName{arn, parts[1], parts[2], parts[3]}, nil
}

func noPolicy(arn string) error {
	return fault.Errorf(fault.NotFound, "policy", "Policy %s was not found.", arn)
}
