package cloudformation

import (
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/stack"
)

// changeSetShape is a change set without its changes.
func changeSetShape(c *stack.ChangeSet) *shape.DescribeChangeSetOutput {
	out := &shape.DescribeChangeSetOutput{
		ChangeSetName: &c.Name, ChangeSetId: &c.ID, StackId: &c.Stack, StackName: &c.StackName, Description: text(c.Description),
		Parameters: parameterShapes(c.Goal.Parameters), CreationTime: apishape.At(c.Created), ExecutionStatus: text(c.Execution), Status: text(c.Status),
		StatusReason: text(c.Reason), NotificationARNs: append([]string{}, c.Goal.Notifications...), RollbackConfiguration: rollbackShape(c.Goal.Rollback),
		Capabilities: append([]string{}, c.Goal.Capabilities...), IncludeNestedStacks: &c.Nested, OnStackFailure: text(c.OnFailure),
	}
	if len(c.Goal.Tags) > 0 {
		out.Tags = tagShapes(c.Goal.Tags)
	}
	return out
}

func changeSetSummary(c *stack.ChangeSet) shape.ChangeSetSummary {
	return shape.ChangeSetSummary{
		StackId: &c.Stack, StackName: &c.StackName, ChangeSetId: &c.ID, ChangeSetName: &c.Name, ExecutionStatus: text(c.Execution), Status: text(c.Status),
		StatusReason: text(c.Reason), CreationTime: apishape.At(c.Created), Description: text(c.Description), IncludeNestedStacks: &c.Nested,
	}
}

// changeShapes are changes, with the values of properties if there are any.
func changeShapes(changes []stack.Change, values map[string]stack.PropertyValues) []shape.Change {
	all := make([]shape.Change, 0, len(changes))
	for _, c := range changes {
		change := &shape.ResourceChange{
			PolicyAction: text(c.PolicyAction), Action: text(c.Action), LogicalResourceId: &c.LogicalID, PhysicalResourceId: text(c.PhysicalID),
			ResourceType: &c.Type, Replacement: text(c.Replacement), Scope: append([]string{}, c.Scope...), Details: detailShapes(c.Details),
		}
		if found, ok := values[c.LogicalID]; ok {
			addValues(change, found)
		}
		all = append(all, shape.Change{Type: new("Resource"), ResourceChange: change})
	}
	return all
}

func detailShapes(details []stack.Detail) []shape.ResourceChangeDetail {
	all := make([]shape.ResourceChangeDetail, 0, len(details))
	for _, d := range details {
		all = append(all, shape.ResourceChangeDetail{
			Target:     &shape.ResourceTargetDefinition{Attribute: &d.Attribute, Name: text(d.Name), RequiresRecreation: &d.Recreation},
			Evaluation: &d.Evaluation, ChangeSource: text(d.Source), CausingEntity: text(d.Cause),
		})
	}
	return all
}
