// Package cloudwatch holds the resource types AWS::CloudWatch::*: alarms.
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of alarms (internal/alarm).
// internal/server joins Types to those of the other services.
package cloudwatch

import (
	"sluice/internal/api/resource"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// Types are all of AWS::CloudWatch::* that there are.
func Types() []*resource.Type {
	return []*resource.Type{
		metricAlarm(), compositeAlarm(),
	}
}
