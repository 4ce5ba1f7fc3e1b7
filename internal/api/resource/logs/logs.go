// Package logs holds the resource types AWS::Logs::*: groups, streams and metric filters.
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of logs (internal/logs).
// internal/server joins Types to those of the other services.
package logs

import (
	"sluice/internal/api/resource"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// Types are all of AWS::Logs::* that there are.
func Types() []*resource.Type {
	return []*resource.Type{
		logGroup(), logStream(), metricFilter(),
	}
}
