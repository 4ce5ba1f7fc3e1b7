package cloudformation

import (
	"strings"
	"testing"

	"sluice/internal/stack"
)

func TestDescribeStacksTellsParametersAndOutputs(t *testing.T) {
	d := newDesk(t)
	d.create("app", full, "Parameters.member.1.ParameterKey", "Secret", "Parameters.member.1.ParameterValue", "a")
	d.wantIn([]string{
		"<ParameterKey>Rate</ParameterKey><ParameterValue>5</ParameterValue>", "<ParameterKey>Secret</ParameterKey><ParameterValue>****</ParameterValue>",
		"<OutputKey>Out</OutputKey><OutputValue>thing-Two</OutputValue><Description>the second</Description><ExportName>second</ExportName>",
		"<Description>two things &amp; a parameter</Description>", "<StackDriftStatus>NOT_CHECKED</StackDriftStatus>",
	}, "DescribeStacks", "StackName", "app")
}

// A stack that is deleted is found by its ID alone, and its name is free.
func TestDeletedStacks(t *testing.T) {
	d := newDesk(t)
	id := d.create("app", simple)
	d.must("DeleteStack", "StackName", "app")
	d.wantStatus(id, "DELETE_COMPLETE", "")
	d.wantRefused(400, "ValidationError", "Stack with id app does not exist", "DescribeStacks", "StackName", "app")
	if body := d.must("DescribeStacks"); strings.Contains(body, "<StackId>") {
		t.Errorf("it is listed among those that are there: %s", body)
	}
	d.wantIn([]string{"<StackId>" + id + "</StackId>", "<DeletionTime>"}, "ListStacks", "StackStatusFilter.member.1", "DELETE_COMPLETE")
	d.wantIn([]string{"<ResourceStatus>DELETE_COMPLETE</ResourceStatus>"}, "DescribeStackResources", "StackName", id)
	d.wantIn([]string{"Test::Any::Thing"}, "GetTemplate", "StackName", id)
	second := d.create("app", simple)
	if id == second {
		t.Errorf("two stacks have the ID %s", id)
	}
	d.must("DeleteStack", "StackName", id) // which leaves the second alone
	d.wantStatus(second, "CREATE_COMPLETE", "")
}

func TestListStacksByStatus(t *testing.T) {
	d := newDesk(t)
	d.create("good", simple)
	d.create("bad", valued("fail"))
	d.must("CreateChangeSet", "StackName", "waiting", "ChangeSetName", "c", "ChangeSetType", "CREATE", "TemplateBody", simple)
	for name, tt := range map[string]struct{ statuses, want []string }{
		"all":         {nil, []string{"waiting", "bad", "good"}},
		"one":         {[]string{"CREATE_COMPLETE"}, []string{"good"}},
		"two":         {[]string{"CREATE_COMPLETE", "ROLLBACK_COMPLETE"}, []string{"bad", "good"}},
		"in review":   {[]string{"REVIEW_IN_PROGRESS"}, []string{"waiting"}},
		"none has it": {[]string{"DELETE_FAILED"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var parameters []string
			for i, status := range tt.statuses {
				parameters = append(parameters, "StackStatusFilter.member."+string(rune('1'+i)), status)
			}
			var got []string
			for _, found := range items.FindAllStringSubmatch(d.must("ListStacks", parameters...), -1) {
				got = append(got, found[1])
			}
			if strings.Join(got, " ") != strings.Join(tt.want, " ") {
				t.Errorf("listed %q, want %q", got, tt.want)
			}
		})
	}
	d.wantRefused(400, "ValidationError", "NOT_A_STATUS", "ListStacks", "StackStatusFilter.member.1", "NOT_A_STATUS")
}

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
