package cloudformation_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/cloudformation"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
)

const nestedID = "arn:aws:cloudformation:us-east-1:000000000000:stack/app-N-0123456789AB/9f1c"

// nested keeps one stack, which ends operations as told.
type nested struct {
	calls  []string
	last   stack.Request
	ends   stack.Status
	token  string // of the request before
	reason string
	refuse error
	hold   chan struct{} // Wait waits for it too, if it is not nil
	there  bool
	others []*stack.Resource
}

func (n *nested) Create(_ context.Context, r stack.Request) (*stack.Stack, error) {
	n.calls, n.last = append(n.calls, "create "+r.Name), r
	if n.there {
		return nil, fault.Errorf(fault.Conflict, "stack", "Stack [%s] already exists", r.Name)
	}
	return &stack.Stack{ID: nestedID}, n.refuse
}

func (n *nested) Update(_ context.Context, r stack.Request) (*stack.Stack, error) {
	n.calls, n.last = append(n.calls, "update"), r
	return &stack.Stack{ID: nestedID}, n.refuse
}

func (n *nested) Delete(context.Context, stack.Deletion) error {
	n.calls, n.ends = append(n.calls, "delete"), stack.DeleteComplete
	return nil
}

func (n *nested) Cancel(context.Context, function.Scope, string, string) error {
	n.calls = append(n.calls, "cancel")
	close(n.hold)
	return nil
}

func (n *nested) Commit(context.Context, function.Scope, string) error {
	n.calls = append(n.calls, "commit")
	return n.refuse
}

func (n *nested) Retract(context.Context, function.Scope, string, string) error {
	n.calls = append(n.calls, "retract")
	return nil
}

func (n *nested) Stack(context.Context, function.Scope, string) (*stack.Stack, error) {
	return &stack.Stack{ID: nestedID, Token: n.token}, nil
}

func (n *nested) Resources(context.Context, function.Scope, string) (*stack.Stack, []*stack.Resource, error) {
	return nil, n.others, nil
}

func (n *nested) Wait(ctx context.Context, id string) (*stack.Stack, error) {
	if n.hold != nil {
		select {
		case <-n.hold:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	return &stack.Stack{ID: id, Status: n.ends, Setback: n.reason, Outputs: []stack.Output{{Key: "Endpoint", Value: "e"}}}, nil
}

func (n *nested) provider() *resource.Provider {
	return resource.New(resource.Config{}, cloudformation.Types(cloudformation.Means{Stacks: n, Template: func(_ context.Context, _ function.Scope, url string) (string, error) {
		if url != "https://s3.amazonaws.com/b/t.yml" {
			return "", errors.New("S3 error: Access Denied")
		}
		return "Resources: {}", nil
	}})...)
}

func nestedOrder() *stack.Order {
	return &stack.Order{
		Stack:     stack.Owner{Account: resourcetest.Owner, Region: resourcetest.Region, ID: resourcetest.TheStack, Name: "app", Tags: map[string]string{"team": "blue"}, Role: resourcetest.RoleARN},
		LogicalID: "N", Type: "AWS::CloudFormation::Stack", PhysicalID: "app-N-0123456789AB", Token: resourcetest.Token,
		Properties: object{
			"TemplateURL": "https://s3.amazonaws.com/b/t.yml", "Parameters": object{"List": []any{"a", "b"}, "Count": 3}, "TimeoutInMinutes": "5",
		},
	}
}

func TestANestedStack(t *testing.T) {
	n := &nested{ends: stack.CreateComplete}
	o := nestedOrder()
	made, err := n.provider().Create(t.Context(), o)
	if err != nil || made.PhysicalID != nestedID || made.Attributes["Outputs.Endpoint"] != "e" {
		t.Fatalf("got %+v, %v", made, err)
	}
	r := n.last
	if r.Name != "app-N-0123456789AB" || r.Parent != resourcetest.TheStack || r.Role != resourcetest.RoleARN || r.TimeoutMinutes != 5 || r.Tags["team"] != "blue" || r.Template != "Resources: {}" {
		t.Errorf("the request is %+v", r)
	}
	if len(r.Parameters) != 2 || r.Parameters[0] != (stack.Given{Key: "Count", Value: "3"}) || r.Parameters[1] != (stack.Given{Key: "List", Value: "a,b"}) {
		t.Errorf("the parameters are %v", r.Parameters)
	}
	o.PhysicalID, o.Old, n.ends = nestedID, o.Properties, stack.UpdateCleanupInProgress
	if _, err := n.provider().Update(t.Context(), o); err != nil {
		t.Error(err)
	}
	if r := n.last; r.Parent != resourcetest.TheStack {
		t.Errorf("the update is not held: %+v", r)
	}
	n.ends, n.refuse = stack.UpdateComplete, fault.Errorf(fault.Invalid, "changes", "No updates are to be performed.")
	if _, err := n.provider().Update(t.Context(), o); err != nil {
		t.Errorf("an update of nothing: %v", err)
	}
	if err := n.provider().Delete(t.Context(), o); err != nil {
		t.Error(err)
	}
}

func TestANestedStackFails(t *testing.T) {
	for name, tt := range map[string]struct {
		nested *nested
		change func(*stack.Order)
		reason string
		calls  string
	}{
		"in its creation": {&nested{ends: stack.RollbackComplete, reason: "The following resource(s) failed to create: [X]."}, nil,
			"Embedded stack " + nestedID + " was not successfully created: The following resource(s) failed to create: [X].", "create app-N-0123456789AB"},
		"at once":            {&nested{refuse: errors.New("Template format error")}, nil, "Template format error", "create app-N-0123456789AB"},
		"by its template":    {&nested{}, func(o *stack.Order) { o.Properties["TemplateURL"] = "https://s3.amazonaws.com/b/none" }, "S3 error: Access Denied", ""},
		"by another of it":   {&nested{there: true}, nil, "already exists", "create app-N-0123456789AB"},
		"by a timeout of it": {&nested{}, func(o *stack.Order) { o.Properties["TimeoutInMinutes"] = "long" }, "TimeoutInMinutes must be a number", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := nestedOrder()
			if tt.change != nil {
				tt.change(o)
			}
			made, err := tt.nested.provider().Create(t.Context(), o)
			if err == nil || !strings.Contains(err.Error(), tt.reason) {
				t.Errorf("the reason is %v, want %s", err, tt.reason)
			}
			if there := made != nil; there != (tt.nested.ends != "") {
				t.Errorf("what is there is %v", made)
			}
			if calls := strings.Join(tt.nested.calls, ", "); calls != tt.calls {
				t.Errorf("the calls are %s, want %s", calls, tt.calls)
			}
		})
	}
}

func TestAnUpdateOfANestedStackFails(t *testing.T) {
	n := &nested{ends: stack.UpdateRollbackComplete, reason: "why"}
	_, err := n.provider().Update(t.Context(), nestedOrder())
	if err == nil || !strings.HasSuffix(err.Error(), "was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: why") {
		t.Errorf("the reason is %v", err)
	}
}

func TestAnUpdateOfANestedStackIsTakenBackByItself(t *testing.T) {
	for status, fails := range map[stack.Status]bool{
		stack.UpdateRollbackCleanupInProgress: false, stack.UpdateRollbackComplete: false, stack.CreateComplete: false, stack.UpdateRollbackFailed: true,
	} {
		n := &nested{ends: status}
		o := nestedOrder()
		o.Undo, o.Properties["TemplateURL"] = true, "https://s3.amazonaws.com/b/gone"
		made, err := n.provider().Update(t.Context(), o)
		if failed := err != nil; failed != fails || !fails && made.Attributes["Outputs.Endpoint"] != "e" {
			t.Errorf("%s: got %+v, %v", status, made, err)
		}
		if calls := strings.Join(n.calls, ", "); calls != "retract" {
			t.Errorf("the calls are %s", calls)
		}
	}
}

func TestANestedStackIsCommitted(t *testing.T) {
	for name, refuse := range map[string]error{"there": nil, "gone": fault.Errorf(fault.NotFound, "stack", "gone")} {
		n := &nested{ends: stack.UpdateComplete, refuse: refuse}
		if err := n.provider().Commit(t.Context(), nestedOrder()); err != nil || strings.Join(n.calls, ", ") != "commit" {
			t.Errorf("%s: got %v after %v", name, err, n.calls)
		}
	}
}

func TestARepeatedUpdateWaitsForTheOneThatBegan(t *testing.T) {
	for before, calls := range map[string]string{resourcetest.Token: "", "another": "update"} {
		n := &nested{ends: stack.UpdateCleanupInProgress, token: before}
		o := nestedOrder()
		o.Repeated = true
		if _, err := n.provider().Update(t.Context(), o); err != nil || strings.Join(n.calls, ", ") != calls {
			t.Errorf("after %s: got %v, calls %v, want %s", before, err, n.calls, calls)
		}
	}
}

func TestACancelledUpdateCancelsTheNestedStack(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errCancelled)
	n := &nested{ends: stack.UpdateRollbackComplete, hold: make(chan struct{})}
	if _, err := n.provider().Update(ctx, nestedOrder()); !errors.Is(err, errCancelled) {
		t.Errorf("the reason is %v", err)
	}
	if calls := strings.Join(n.calls, ", "); calls != "update, cancel" {
		t.Errorf("the calls are %s", calls)
	}
}

func TestARepeatedCreationWaitsForTheNestedStackThatIsThere(t *testing.T) {
	n := &nested{ends: stack.CreateComplete, there: true}
	o := nestedOrder()
	o.Repeated = true
	if made, err := n.provider().Create(t.Context(), o); err != nil || made.PhysicalID != nestedID {
		t.Errorf("got %+v, %v", made, err)
	}
}
