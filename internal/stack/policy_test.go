package stack_test

import (
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func TestPolicyProtectsResourcesFromUpdates(t *testing.T) {
	const (
		all      = `{"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}`
		noModify = `{"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"},
			{"Effect": "Deny", "Action": ["Update:Modify", "Update:Delete"], "Principal": "*", "Resource": "LogicalResourceId/A*"}]}`
		noThings = `{"Statement": [{"Effect": "Allow", "NotAction": "Update:Replace", "Principal": "*", "Resource": "*",
			"Condition": {"StringLike": {"ResourceType": ["Test::O*"]}}}]}`
		others = `{"Statement": [{"Effect": "Allow", "Action": "*", "Principal": "*", "NotResource": "LogicalResourceId/A"}]}`
	)
	for name, tt := range map[string]struct {
		policy, during, template string
		reason                   string // empty if the update is allowed
	}{
		"none":                      {"", "", things("A=2"), ""},
		"all is allowed":            {all, "", things("A=2"), ""},
		"a change is denied":        {noModify, "", things("A=2"), "A UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Modify] for resource [LogicalResourceId/A]"},
		"a removal is denied":       {noModify, "", things("B=1"), "A UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Delete] for resource [LogicalResourceId/A]"},
		"what is new is allowed":    {noModify, "", things("A=1", "C=1"), ""},
		"but not during one update": {noModify, all, things("A=2"), ""},
		"a type is not allowed":     {noThings, "", things("A=2"), "A UPDATE_FAILED Action not allowed by stack policy: no statement allows [Update:Modify] for resource [LogicalResourceId/A]"},
		"all but one are allowed":   {others, "", things("A=2"), "A UPDATE_FAILED Action not allowed by stack policy: no statement allows [Update:Modify] for resource [LogicalResourceId/A]"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.create(things("A=1"), func(r *stack.Request) { r.Policy = tt.policy })
			s := b.update(tt.template, func(r *stack.Request) { r.PolicyDuringUpdate = tt.during })
			if tt.reason == "" {
				wantStatus(t, s, stack.UpdateComplete, "")
				return
			}
			wantStatus(t, s, stack.UpdateRollbackComplete, "")
			wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1"})
			if told := b.story("shop"); !slices.Contains(told, tt.reason) {
				t.Errorf("no %q in %q", tt.reason, told)
			}
		})
	}
}

func TestPolicyThatIsNoneIsRefused(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	for _, policy := range []string{"{", `{"Statement": [{"Effect": "Perhaps"}]}`, `{"Statement": [{"Effect": "Deny", "Condition": {"Bool": {}}}]}`} {
		if err := b.SetPolicy(t.Context(), scope, "shop", policy); !fault.Is(err, fault.Invalid, "stack policy") {
			t.Errorf("%s: %v", policy, err)
		}
	}
}
