package cloudformation

import (
	"strings"
	"testing"
)

// denies is a policy that forbids an action on the resource One.
func denies(action string) string {
	return `{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"},` +
		`{"Effect":"Deny","Action":"` + action + `","Principal":"*","Resource":"LogicalResourceId/One"}]}`
}

func TestStackPoliciesForbidChanges(t *testing.T) {
	for name, tt := range map[string]struct{ action, template, reason string }{
		"in place":       {"Update:Modify", valued("2"), "Action denied by stack policy: Statement [#2] does not allow [Update:Modify] for resource [LogicalResourceId/One]"},
		"for another":    {"Update:Replace", `{"Resources":{"One":{"Type":"Test::Any::Thing","Properties":{"Name":"n","Value":"1"}}}}`, "does not allow [Update:Replace] for resource [LogicalResourceId/One]"},
		"that remove it": {"Update:Delete", `{"Resources":{"Two":{"Type":"Test::Any::Thing","Properties":{"Value":"1"}}}}`, "does not allow [Update:Delete] for resource [LogicalResourceId/One]"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.create("app", simple, "StackPolicyBody", denies(tt.action))
			d.must("UpdateStack", "StackName", "app", "TemplateBody", tt.template)
			d.wantStatus("app", "UPDATE_ROLLBACK_COMPLETE", "")
			d.wantIn([]string{tt.reason}, "DescribeStackEvents", "StackName", "app")
		})
	}
}

func TestStackPolicyDuringUpdate(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple, "StackPolicyBody", denies("Update:Modify"))
	d.must("UpdateStack", "StackName", "app", "TemplateBody", valued("2"), "StackPolicyDuringUpdateURL", "https://s3.us-east-1.amazonaws.com/shelf/policy.json")
	d.wantStatus("app", "UPDATE_COMPLETE", "")
	d.must("UpdateStack", "StackName", "app", "TemplateBody", valued("3")) // the next one is under the stack's own again
	d.wantStatus("app", "UPDATE_ROLLBACK_COMPLETE", "")
	d.must("SetStackPolicy", "StackName", "app", "StackPolicyURL", "https://s3.us-east-1.amazonaws.com/shelf/policy.json")
	d.must("UpdateStack", "StackName", "app", "TemplateBody", valued("3"))
	d.wantStatus("app", "UPDATE_COMPLETE", "")
}

func TestGetStackPolicyOfAStackWithout(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	if body := d.must("GetStackPolicy", "StackName", "app"); strings.Contains(body, "StackPolicyBody") {
		t.Errorf("it has one: %s", body)
	}
}

func TestPoliciesThatCanNotBe(t *testing.T) {
	d := newDesk(t)
	d.create("app", simple)
	for name, tt := range map[string]struct{ policy, part string }{
		"no JSON":              {"{", "Error validating stack policy"},
		"an effect of a word":  {`{"Statement":[{"Effect":"Maybe","Action":"Update:*","Principal":"*","Resource":"*"}]}`, "Invalid Effect"},
		"a condition unheard":  {`{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*","Condition":{"DateLessThan":{"ResourceType":"T"}}}]}`, "Invalid Condition"},
		"statements of a word": {`{"Statement":"none"}`, "Error validating stack policy"},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			d.wantRefused(400, "ValidationError", tt.part, "SetStackPolicy", "StackName", "app", "StackPolicyBody", tt.policy)
			d.wantRefused(400, "ValidationError", tt.part, "CreateStack", "StackName", "new", "TemplateBody", simple, "StackPolicyBody", tt.policy)
			d.wantRefused(400, "ValidationError", tt.part, "UpdateStack", "StackName", "app", "TemplateBody", valued("2"), "StackPolicyDuringUpdateBody", tt.policy)
		})
	}
	d.t = t
	both := []string{"StackName", "app", "TemplateBody", valued("2"), "StackPolicyDuringUpdateBody", allowsAll, "StackPolicyDuringUpdateURL", "https://s3.us-east-1.amazonaws.com/shelf/policy.json"}
	d.wantRefused(400, "ValidationError", "You cannot specify both StackPolicyDuringUpdateURL and StackPolicyDuringUpdateBody", "UpdateStack", both...)
}
