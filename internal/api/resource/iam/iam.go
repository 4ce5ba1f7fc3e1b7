// Package iam holds the resource types AWS::IAM::*: roles and the policies that they have.
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of roles (internal/account).
// internal/server joins Types to those of the other services.
package iam

import (
	"sluice/internal/api/resource"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// Types are all of AWS::IAM::* that there are.
func Types() []*resource.Type {
	return []*resource.Type{
		role(), policy(), rolePolicy(), managedPolicy(),
	}
}
