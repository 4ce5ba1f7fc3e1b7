package resource

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// Stacks keeps the stacks that are resources of others, and knows what is in the stack of an order. *stack.Service is one.
type Stacks interface {
	Create(ctx context.Context, r stack.Request) (*stack.Stack, error)
	Update(ctx context.Context, r stack.Request) (*stack.Stack, error)
	Delete(ctx context.Context, d stack.Deletion) error
	Cancel(ctx context.Context, scope function.Scope, name, token string) error
	Stack(ctx context.Context, scope function.Scope, name string) (*stack.Stack, error)
	Wait(ctx context.Context, id string) (*stack.Stack, error)
	Commit(ctx context.Context, scope function.Scope, name string) error
	Retract(ctx context.Context, scope function.Scope, name, token string) error
	// Resources lists a stack's resources.
	Resources(ctx context.Context, scope function.Scope, name string) (*stack.Stack, []*stack.Resource, error)
}

// maxStackName is how long a stack's name may be, in characters.
const maxStackName = 128

// nestedStack is AWS::CloudFormation::Stack. Its Ref is the nested stack's ARN, its attributes are that stack's outputs.
func nestedStack() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::CloudFormation::Stack", Attributes: []string{"Outputs.*"}, Commits: true,
			Properties: fields{
				"NotificationARNs": list(text(), kept), "Parameters": table(text()), "Tags": tagged(), "TemplateURL": text(required),
				"TimeoutInMinutes": whole(),
			},
		},
		create: createStack, find: foundStack, update: updateStack, delete: deleteStack, commit: commitStack,
	}
}

func (t *task) scope() function.Scope {
	return function.Scope{Account: t.Stack.Account, Region: t.Stack.Region}
}

// nestedRequest is what the properties make of a nested stack.
func (t *task) nestedRequest(name string) (stack.Request, error) {
	template, err := t.provider.config.Template(t.ctx, t.scope(), t.text("TemplateURL"))
	if err != nil {
		return stack.Request{}, plainf("%v", err)
	}
	r := stack.Request{
		Scope: t.scope(), Name: name, Template: template, Tags: t.tags(), Role: t.Stack.Role, Token: t.Token, Parent: t.Stack.ID,
		// The parent's capabilities were checked; a nested stack asks for none of its own.
		Capabilities: []string{"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"},
	}
	parameters := objectOf(t.Properties["Parameters"])
	for _, key := range slices.Sorted(maps.Keys(parameters)) {
		r.Parameters = append(r.Parameters, stack.Given{Key: key, Value: joined(parameters[key])})
	}
	for _, topic := range listOf(t.Properties["NotificationARNs"]) {
		r.Notifications = append(r.Notifications, textOf(topic))
	}
	if t.has("TimeoutInMinutes") {
		if r.TimeoutMinutes, err = strconv.Atoi(t.text("TimeoutInMinutes")); err != nil {
			return r, plainf("TimeoutInMinutes must be a number")
		}
	}
	return r, nil
}

// joined is a parameter's value: that of a list is its items with commas between.
func joined(value any) string {
	items, isList := value.([]any)
	if !isList {
		return textOf(value)
	}
	texts := make([]string, len(items))
	for i, each := range items {
		texts[i] = textOf(each)
	}
	return strings.Join(texts, ",")
}

func createStack(t *task) (*stack.Made, error) {
	r, err := t.nestedRequest(t.generated(maxStackName))
	if err != nil {
		return nil, err
	}
	begun, err := t.provider.config.Stacks.Create(t.ctx, r)
	if fault.Is(err, fault.Conflict, "stack") {
		return nil, failf(alreadyExists, "%v", err)
	}
	if err != nil {
		return nil, plainf("%v", err)
	}
	return t.nestedMade(begun.ID)
}

// foundStack waits for the nested stack whose creation an earlier order began.
func foundStack(t *task) (*stack.Made, error) {
	found, err := t.provider.config.Stacks.Stack(t.ctx, t.scope(), t.generated(maxStackName))
	if err != nil {
		return nil, plainf("%v", err)
	}
	return t.nestedMade(found.ID)
}

// nestedMade waits for a creation. A stack that could not be created is there nevertheless.
func (t *task) nestedMade(id string) (*stack.Made, error) {
	made, err := t.provider.config.Stacks.Wait(t.ctx, id)
	if err == nil && made.Status == stack.CreateComplete {
		return outputs(made), nil
	}
	if err == nil {
		err = plainf("Embedded stack %s was not successfully created: %s", id, cmp.Or(made.Reason, made.Setback))
	}
	return &stack.Made{PhysicalID: id}, err
}

func outputs(s *stack.Stack) *stack.Made {
	attributes := members{}
	for _, each := range s.Outputs {
		attributes["Outputs."+each.Key] = each.Value
	}
	return &stack.Made{PhysicalID: s.ID, Attributes: attributes}
}

// updateStack changes a nested stack as far as it can be taken back. Its cleanup waits for commitStack.
func updateStack(t *task) (*stack.Made, error) {
	if t.Undo {
		return retractStack(t)
	}
	waits, err := t.beginUpdate()
	if err != nil {
		return nil, err
	}
	made, err := t.provider.config.Stacks.Wait(t.ctx, t.PhysicalID)
	if err != nil {
		return nil, t.cancelNested(cmp.Or(context.Cause(t.ctx), err))
	}
	if waits && made.Status != stack.UpdateCleanupInProgress {
		return nil, t.notUpdated(made)
	}
	return outputs(made), nil
}

// beginUpdate begins the update of a nested stack, unless an order before this one did. waits is false if there is nothing to change.
func (t *task) beginUpdate() (waits bool, err error) {
	stacks := t.provider.config.Stacks
	if t.Repeated {
		found, err := stacks.Stack(t.ctx, t.scope(), t.PhysicalID)
		if err == nil && found.Token == t.Token {
			return true, nil
		}
	}
	r, err := t.nestedRequest(t.PhysicalID)
	if err != nil {
		return false, err
	}
	switch _, err = stacks.Update(t.ctx, r); {
	case fault.Is(err, fault.Invalid, "changes"):
		return false, nil
	case err != nil:
		return false, plainf("%v", err)
	}
	return true, nil
}

// retractStack has a nested stack take its update back by itself, as it would roll back an update of its own.
func retractStack(t *task) (*stack.Made, error) {
	stacks := t.provider.config.Stacks
	if err := stacks.Retract(t.ctx, t.scope(), t.PhysicalID, t.Token); err != nil {
		return nil, plainf("%v", err)
	}
	made, err := stacks.Wait(t.ctx, t.PhysicalID)
	switch {
	case err != nil:
		return nil, err
	case made.Status == stack.UpdateRollbackFailed:
		return nil, t.notUpdated(made)
	}
	return outputs(made), nil
}

// commitStack has a nested stack clean up after its update, or after taking it back.
func commitStack(t *task) error {
	stacks := t.provider.config.Stacks
	err := stacks.Commit(t.ctx, t.scope(), t.PhysicalID)
	if err == nil {
		_, err = stacks.Wait(t.ctx, t.PhysicalID)
	}
	if fault.Is(err, fault.NotFound, "stack") {
		return nil
	}
	return err
}

// notUpdated says why a nested stack is not what it should be: as CloudFormation, which does not wait for the end of the rollback.
func (t *task) notUpdated(s *stack.Stack) error {
	status, reason := s.Status, s.Reason
	if reason == "" {
		status, reason = stack.UpdateRollbackInProgress, s.Setback
	}
	return plainf("Embedded stack %s was not successfully updated. Currently in %s with reason: %s", t.PhysicalID, status, reason)
}

// cancelTime is how long a nested update that can't be cancelled any more may take to say so.
const cancelTime = 10 * time.Second

// cancelNested has a nested update rolled back that the parent no longer wants, and waits for that.
func (t *task) cancelNested(cause error) error {
	if t.closing() {
		return cause
	}
	ctx := context.WithoutCancel(t.ctx)
	asking, done := context.WithTimeout(ctx, cancelTime)
	defer done()
	if err := t.provider.config.Stacks.Cancel(asking, t.scope(), t.PhysicalID, ""); err != nil && !fault.Is(err, fault.Invalid, "stack") {
		return errors.Join(cause, err)
	}
	_, err := t.provider.config.Stacks.Wait(ctx, t.PhysicalID)
	return errors.Join(cause, err)
}

func deleteStack(t *task) error {
	stacks := t.provider.config.Stacks
	err := stacks.Delete(t.ctx, stack.Deletion{Scope: t.scope(), Name: t.PhysicalID, Role: t.Stack.Role, Token: t.Token, Parent: t.Stack.ID})
	if err != nil {
		return plainf("%v", err)
	}
	gone, err := stacks.Wait(t.ctx, t.PhysicalID)
	if fault.Is(err, fault.NotFound, "stack") {
		return nil
	}
	if err == nil && gone.Status != stack.DeleteComplete {
		err = plainf("Embedded stack %s was not successfully deleted: %s", t.PhysicalID, gone.Reason)
	}
	return err
}
