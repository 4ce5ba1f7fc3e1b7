package account

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"sluice/internal/fault"
)

//go:embed data/linked.txt
var linkedList string

// linkedRole is what AWS makes for a service that needs a role of its own in an account.
type linkedRole struct {
	name     string
	policies []string // ARNs
	suffixed bool     // the name may have a suffix
}

// linked are the roles by their services. They are read when somebody asks for the first of them.
var linked = sync.OnceValue(func() map[string]linkedRole {
	all := map[string]linkedRole{}
	for line := range strings.Lines(linkedList) {
		words := strings.Fields(line)
		role := linkedRole{name: words[1], suffixed: words[3] == "suffix"}
		if words[2] != "-" {
			for name := range strings.SplitSeq(words[2], ",") {
				role.policies = append(role.policies, linkedPolicyARN(name))
			}
		}
		all[words[0]] = role
	}
	return all
})

// linkedPolicyARN finds the path of a policy; those of service-linked roles that AWS has retired had the usual one.
func linkedPolicyARN(name string) string {
	if p := managed()[name]; p != nil {
		return p.ARN()
	}
	return "arn:aws:iam::" + AWS + ":policy/aws-service-role/" + name
}

// newLinkedRole returns the role that a service has in an account, not stored yet.
// Errors: fault.Invalid "input".
func newLinkedRole(account, service, suffix, description string) (*Role, error) {
	template, known := linked()[service]
	switch {
	case !known:
		return nil, fault.Errorf(fault.Invalid, "input", "Sluice knows no service-linked role of %s.", service)
	case suffix != "" && !template.suffixed:
		return nil, fault.Errorf(fault.Invalid, "input", "Custom suffix is not allowed for %s", service)
	case suffix != "":
		template.name += "_" + suffix
	}
	trust, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
		"Effect": "Allow", "Principal": map[string]string{"Service": service}, "Action": "sts:AssumeRole",
	}}})
	return &Role{
		Account: account, Name: template.name, Path: "/aws-service-role/" + service + "/", Trust: string(trust),
		Description: description, MaxSession: int(DefaultDuration.Seconds()), Service: service, Attached: template.policies,
	}, err
}
