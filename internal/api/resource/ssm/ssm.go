// Package ssm holds the resource types AWS::SSM::*: parameters.
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of parameters (internal/parameter).
// internal/server joins Types to those of the other services.
package ssm

import (
	"sluice/internal/api/resource"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// Types are all of AWS::SSM::* that there are.
func Types() []*resource.Type {
	return []*resource.Type{
		parameter(),
	}
}
