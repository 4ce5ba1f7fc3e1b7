package cloudformation

import (
	"testing"

	"sluice/internal/stack"
)

// Recorded: test_name_conflicts, TestChangeSetImportExport.test_describe_change_set_import_non_existent_export.
func TestStacksThatCameToNothingNameNoChangeSet(t *testing.T) {
	for status, want := range map[stack.Status]bool{
		stack.CreateComplete: true, stack.UpdateComplete: true, stack.RollbackComplete: false, stack.DeleteComplete: false,
	} {
		if got := stackShape(&stack.Stack{Status: status, ChangeSetID: "arn"}).ChangeSetId != nil; got != want {
			t.Errorf("a stack in %s names its change set: %t", status, got)
		}
	}
}
