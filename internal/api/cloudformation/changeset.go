package cloudformation

import (
	"context"
	"strings"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

func (a *api) createChangeSet(ctx context.Context, r *wire.Request, in *shape.CreateChangeSetInput) (*shape.CreateChangeSetOutput, error) {
	if wire.Value(in.ChangeSetType) == "IMPORT" || len(in.ResourcesToImport) > 0 || wire.Value(in.ImportExistingResources) {
		return nil, fault.Errorf(fault.Invalid, "import",
			"Sluice does not import existing resources into stacks: use a change set of the type CREATE or UPDATE, without ResourcesToImport and ImportExistingResources.")
	}
	request := stack.ChangeSetRequest{
		Request: stack.Request{
			Scope: scope(r), Name: wire.Value(in.StackName), Previous: wire.Value(in.UsePreviousTemplate), Capabilities: in.Capabilities,
			Tags: tagsOf(in.Tags), Notifications: in.NotificationARNs, Role: wire.Value(in.RoleARN), Rollback: rollbackOf(in.RollbackConfiguration),
			Token: wire.Value(in.ClientToken), OnFailure: wire.Value(in.OnStackFailure),
		},
		ChangeSet: wire.Value(in.ChangeSetName), Type: stack.UpdateSet, Description: wire.Value(in.Description), Nested: wire.Value(in.IncludeNestedStacks),
	}
	if in.ChangeSetType != nil {
		request.Type = stack.ChangeSetType(*in.ChangeSetType)
	}
	var err error
	if request.Template, err = a.successor(ctx, r, request.Previous, in.TemplateBody, in.TemplateURL); err != nil {
		return nil, err
	}
	if request.Parameters, err = given(in.Parameters); err != nil {
		return nil, err
	}
	made, err := a.stacks.CreateChangeSet(ctx, request)
	if err != nil {
		return nil, err
	}
	return &shape.CreateChangeSetOutput{Id: &made.ID, StackId: &made.Stack}, nil
}

// checkReference refuses a change set's name without its stack's.
func checkReference(changeSet, stack *string) error {
	if stack == nil && !strings.HasPrefix(wire.Value(changeSet), "arn:") {
		return fault.Errorf(fault.Invalid, "change set", "StackName must be specified if ChangeSetName is not specified as an ARN.")
	}
	return nil
}

func (a *api) changeSet(ctx context.Context, r *wire.Request, changeSet, name *string) (*stack.ChangeSet, error) {
	if err := checkReference(changeSet, name); err != nil {
		return nil, err
	}
	return a.stacks.ChangeSet(ctx, scope(r), wire.Value(changeSet), wire.Value(name))
}

func (a *api) describeChangeSet(ctx context.Context, r *wire.Request, in *shape.DescribeChangeSetInput) (*shape.DescribeChangeSetOutput, error) {
	found, err := a.changeSet(ctx, r, in.ChangeSetName, in.StackName)
	if err != nil {
		return nil, err
	}
	changes, values := found.Changes, map[string]stack.PropertyValues(nil)
	if wire.Value(in.IncludePropertyValues) {
		changes, values = found.ChangesWithValues(), found.Values
	}
	cut, next, err := pageOf("changes", changes, in.NextToken)
	if err != nil {
		return nil, err
	}
	out := changeSetShape(found)
	out.Changes, out.NextToken = changeShapes(cut, values), next
	if warning := incomplete(changes, values); out.StatusReason == nil {
		out.StatusReason = text(warning)
	}
	return out, nil
}

func (a *api) executeChangeSet(ctx context.Context, r *wire.Request, in *shape.ExecuteChangeSetInput) (*shape.ExecuteChangeSetOutput, error) {
	if err := checkReference(in.ChangeSetName, in.StackName); err != nil {
		return nil, err
	}
	set, err := a.stacks.ChangeSet(ctx, scope(r), wire.Value(in.ChangeSetName), wire.Value(in.StackName))
	if err != nil {
		return nil, settled(err)
	}
	err = a.stacks.Execute(ctx, stack.Execution{
		Scope: scope(r), ChangeSet: wire.Value(in.ChangeSetName), Stack: wire.Value(in.StackName), DisableRollback: in.DisableRollback,
		DeleteCreated: wire.Value(in.RetainExceptOnCreate), Token: wire.Value(in.ClientRequestToken),
	})
	if err == nil {
		a.linger(ctx, set.Stack)
	}
	return nil, settled(err)
}

func (a *api) deleteChangeSet(ctx context.Context, r *wire.Request, in *shape.DeleteChangeSetInput) (*shape.DeleteChangeSetOutput, error) {
	if err := checkReference(in.ChangeSetName, in.StackName); err != nil {
		return nil, err
	}
	return nil, settled(a.stacks.DeleteChangeSet(ctx, scope(r), wire.Value(in.ChangeSetName), wire.Value(in.StackName)))
}

// settled tells a change set whose status forbids a request from one whose name is taken.
func settled(err error) error {
	if fault.Is(err, fault.Conflict, "change set") {
		return &fault.Error{Kind: fault.Conflict, Noun: "change set status", Message: fault.Of(err).Message, Cause: err}
	}
	return err
}

func (a *api) listChangeSets(ctx context.Context, r *wire.Request, in *shape.ListChangeSetsInput) (*shape.ListChangeSetsOutput, error) {
	all, err := a.stacks.ChangeSets(ctx, scope(r), wire.Value(in.StackName))
	if err != nil {
		return nil, err
	}
	cut, next, err := pageOf("change sets", all, in.NextToken)
	if err != nil {
		return nil, err
	}
	out := &shape.ListChangeSetsOutput{Summaries: make([]shape.ChangeSetSummary, 0, len(cut)), NextToken: next}
	for _, c := range cut {
		out.Summaries = append(out.Summaries, changeSetSummary(c))
	}
	return out, nil
}
