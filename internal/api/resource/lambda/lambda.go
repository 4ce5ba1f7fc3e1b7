// Package lambda holds the resource types AWS::Lambda::*: functions, versions, aliases and what belongs to them. An alias with an
// update policy is moved by a deployment (shift.go), and comes to rest on one version whatever happens (moving.go).
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of functions (internal/function).
// internal/server joins Types to those of the other services. Versions ask Holders
// whether another resource has them.
package lambda

import (
	"sluice/internal/api/resource"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// Types are all of AWS::Lambda::* that there are.
func Types(holders Holders) []*resource.Type {
	return []*resource.Type{
		functionType(), version(holders), alias(), permission(), functionURL(), layerVersion(), layerVersionPermission(),
		eventInvokeConfig(), eventSourceMapping(),
	}
}
