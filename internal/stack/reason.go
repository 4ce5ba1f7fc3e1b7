package stack

import (
	"slices"
	"strings"
)

// Status reasons are CloudFormation's, as its users print them.
const (
	userInitiated     = "User Initiated"
	creationInitiated = "Resource creation Initiated"
	creationCancelled = "Resource creation cancelled"
	updateCancelled   = "Resource update cancelled"
	deletionCancelled = "Resource deletion cancelled"
	needsReplacement  = "Requested update requires the creation of a new physical resource; hence creating one."
	wasReplaced       = "Requested update required the provider to create a new physical resource"
	tooLate           = "Stack creation time exceeded the specified timeout."
	leftBehind        = "Update successful. One or more resources could not be deleted."
)

// failedTo says which resources something could not be done to; nothing if there is none. It ends in a blank, as AWS's does (recorded:
// test_blocked_stack_deletion).
func failedTo(verb string, resources []string) string {
	if len(resources) == 0 {
		return ""
	}
	return "The following resource(s) failed to " + verb + ": [" + joined(slices.Sorted(slices.Values(resources))) + "]. "
}

func joined(names []string) string { return strings.Join(names, ", ") }

// failures says which resources failed, by what was tried with them.
func failures(resources []*Resource) string {
	var b strings.Builder
	for _, each := range []struct {
		verb   string
		status ResourceStatus
	}{{"create", CreateRefused}, {"delete", DeleteRefused}, {"update", UpdateRefused}} {
		var failed []string
		for _, r := range resources {
			if r.Failed && r.Status == each.status {
				failed = append(failed, r.LogicalID)
			}
		}
		b.WriteString(failedTo(each.verb, failed))
	}
	return b.String()
}
