package cloudformation

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// Stacks keeps the stacks that are resources of others. *stack.Service is one.
type Stacks interface {
	Create(ctx context.Context, r stack.Request) (*stack.Stack, error)
	Update(ctx context.Context, r stack.Request) (*stack.Stack, error)
	Delete(ctx context.Context, d stack.Deletion) error
	Cancel(ctx context.Context, scope function.Scope, name, token string) error
	Stack(ctx context.Context, scope function.Scope, name string) (*stack.Stack, error)
	Wait(ctx context.Context, id string) (*stack.Stack, error)
	Commit(ctx context.Context, scope function.Scope, name string) error
	Retract(ctx context.Context, scope function.Scope, name, token string) error
}

// maxStackName is how long a stack's name may be, in characters.
const maxStackName = 128

// nestedStack is AWS::CloudFormation::Stack. Its Ref is the nested stack's ARN, its attributes are that stack's outputs.
func nestedStack(stacks Stacks, template func(context.Context, function.Scope, string) (string, error)) *resource.Type {
	n := nesting{stacks, template}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::CloudFormation::Stack", Attributes: []string{"Outputs.*"}, Commits: true,
			Properties: schema.Fields{
				"NotificationARNs": schema.List(schema.String(), schema.Kept), "Parameters": schema.Map(schema.String()), "Tags": schema.Tags(), "TemplateURL": schema.String(schema.Required),
				"TimeoutInMinutes": schema.Integer(),
			},
		},
		Create: n.create, Find: n.find, Update: n.update, Delete: n.delete, Commit: n.commit,
	}
}

// nesting makes, changes and deletes nested stacks. template returns the text of a template at a URL, for people who may be
// told why not.
type nesting struct {
	stacks   Stacks
	template func(ctx context.Context, scope function.Scope, url string) (string, error)
}

// request is what the properties make of a nested stack.
func (n nesting) request(t *task, name string) (stack.Request, error) {
	template, err := n.template(t.Context, t.Scope(), t.Text("TemplateURL"))
	if err != nil {
		return stack.Request{}, resource.Plainf("%v", err)
	}
	r := stack.Request{
		Scope: t.Scope(), Name: name, Template: template, Tags: t.UserTags(), Role: t.Stack.Role, Token: t.Token, Parent: t.Stack.ID,
		// The parent's capabilities were checked; a nested stack asks for none of its own.
		Capabilities: []string{"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"},
	}
	parameters := resource.ObjectOf(t.Properties["Parameters"])
	for _, key := range slices.Sorted(maps.Keys(parameters)) {
		r.Parameters = append(r.Parameters, stack.Given{Key: key, Value: joined(parameters[key])})
	}
	for _, topic := range resource.ListOf(t.Properties["NotificationARNs"]) {
		r.Notifications = append(r.Notifications, resource.TextOf(topic))
	}
	if t.Has("TimeoutInMinutes") {
		if r.TimeoutMinutes, err = strconv.Atoi(t.Text("TimeoutInMinutes")); err != nil {
			return r, resource.Plainf("TimeoutInMinutes must be a number")
		}
	}
	return r, nil
}

// joined is a parameter's value: that of a list is its items with commas between.
func joined(value any) string {
	items, isList := value.([]any)
	if !isList {
		return resource.TextOf(value)
	}
	texts := make([]string, len(items))
	for i, each := range items {
		texts[i] = resource.TextOf(each)
	}
	return strings.Join(texts, ",")
}

func (n nesting) create(t *task) (*stack.Made, error) {
	r, err := n.request(t, t.Generated(maxStackName))
	if err != nil {
		return nil, err
	}
	begun, err := n.stacks.Create(t.Context, r)
	if fault.Is(err, fault.Conflict, "stack") {
		return nil, resource.Failf(resource.AlreadyExists, "%v", err)
	}
	if err != nil {
		return nil, resource.Plainf("%v", err)
	}
	return n.made(t, begun.ID)
}

// find waits for the nested stack whose creation an earlier order began.
func (n nesting) find(t *task) (*stack.Made, error) {
	found, err := n.stacks.Stack(t.Context, t.Scope(), t.Generated(maxStackName))
	if err != nil {
		return nil, resource.Plainf("%v", err)
	}
	return n.made(t, found.ID)
}

// made waits for a creation. A stack that could not be created is there nevertheless.
func (n nesting) made(t *task, id string) (*stack.Made, error) {
	made, err := n.stacks.Wait(t.Context, id)
	if err == nil && made.Status == stack.CreateComplete {
		return outputs(made), nil
	}
	if err == nil {
		err = resource.Plainf("Embedded stack %s was not successfully created: %s", id, cmp.Or(made.Reason, made.Setback))
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

// update changes a nested stack as far as it can be taken back. Its cleanup waits for commit.
func (n nesting) update(t *task) (*stack.Made, error) {
	if t.Undo {
		return n.retract(t)
	}
	waits, err := n.begin(t)
	if err != nil {
		return nil, err
	}
	made, err := n.stacks.Wait(t.Context, t.PhysicalID)
	if err != nil {
		return nil, n.cancel(t, cmp.Or(context.Cause(t.Context), err))
	}
	if waits && made.Status != stack.UpdateCleanupInProgress {
		return nil, notUpdated(t, made)
	}
	return outputs(made), nil
}

// begin begins the update of a nested stack, unless an order before this one did. waits is false if there is nothing to change.
func (n nesting) begin(t *task) (waits bool, err error) {
	if t.Repeated {
		found, err := n.stacks.Stack(t.Context, t.Scope(), t.PhysicalID)
		if err == nil && found.Token == t.Token {
			return true, nil
		}
	}
	r, err := n.request(t, t.PhysicalID)
	if err != nil {
		return false, err
	}
	switch _, err = n.stacks.Update(t.Context, r); {
	case fault.Is(err, fault.Invalid, "changes"):
		return false, nil
	case err != nil:
		return false, resource.Plainf("%v", err)
	}
	return true, nil
}

// retract has a nested stack take its update back by itself, as it would roll back an update of its own.
func (n nesting) retract(t *task) (*stack.Made, error) {
	if err := n.stacks.Retract(t.Context, t.Scope(), t.PhysicalID, t.Token); err != nil {
		return nil, resource.Plainf("%v", err)
	}
	made, err := n.stacks.Wait(t.Context, t.PhysicalID)
	switch {
	case err != nil:
		return nil, err
	case made.Status == stack.UpdateRollbackFailed:
		return nil, notUpdated(t, made)
	}
	return outputs(made), nil
}

// commit has a nested stack clean up after its update, or after taking it back.
func (n nesting) commit(t *task) error {
	err := n.stacks.Commit(t.Context, t.Scope(), t.PhysicalID)
	if err == nil {
		_, err = n.stacks.Wait(t.Context, t.PhysicalID)
	}
	if fault.Is(err, fault.NotFound, "stack") {
		return nil
	}
	return err
}

// notUpdated says why a nested stack is not what it should be: as CloudFormation, which does not wait for the end of the rollback.
func notUpdated(t *task, s *stack.Stack) error {
	status, reason := s.Status, s.Reason
	if reason == "" {
		status, reason = stack.UpdateRollbackInProgress, s.Setback
	}
	return resource.Plainf("Embedded stack %s was not successfully updated. Currently in %s with reason: %s", t.PhysicalID, status, reason)
}

// cancelTime is how long a nested update that can't be cancelled any more may take to say so.
const cancelTime = 10 * time.Second

// cancel has a nested update rolled back that the parent no longer wants, and waits for that.
func (n nesting) cancel(t *task, cause error) error {
	if t.Closing() {
		return cause
	}
	ctx := context.WithoutCancel(t.Context)
	asking, done := context.WithTimeout(ctx, cancelTime)
	defer done()
	if err := n.stacks.Cancel(asking, t.Scope(), t.PhysicalID, ""); err != nil && !fault.Is(err, fault.Invalid, "stack") {
		return errors.Join(cause, err)
	}
	_, err := n.stacks.Wait(ctx, t.PhysicalID)
	return errors.Join(cause, err)
}

func (n nesting) delete(t *task) error {
	err := n.stacks.Delete(t.Context, stack.Deletion{Scope: t.Scope(), Name: t.PhysicalID, Role: t.Stack.Role, Token: t.Token, Parent: t.Stack.ID})
	if err != nil {
		return resource.Plainf("%v", err)
	}
	gone, err := n.stacks.Wait(t.Context, t.PhysicalID)
	if fault.Is(err, fault.NotFound, "stack") {
		return nil
	}
	if err == nil && gone.Status != stack.DeleteComplete {
		err = resource.Plainf("Embedded stack %s was not successfully deleted: %s", t.PhysicalID, gone.Reason)
	}
	return err
}
