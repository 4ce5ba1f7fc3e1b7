package stack_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
)

func replace(text, old, next string) string { return strings.ReplaceAll(text, old, next) }

// shelf has parameters of SSM by name; "name:2" is a version.
type shelf map[string]string

func (s shelf) StackParameter(_ context.Context, _ function.Scope, name string, version int64) (string, error) {
	if version != 0 {
		name += ":" + string(rune('0'+version))
	}
	value, there := s[name]
	if !there {
		return "", fault.Errorf(fault.NotFound, "parameter", "There is no parameter %s", name)
	}
	return value, nil
}

func TestParametersOfSSMAreResolved(t *testing.T) {
	kept := shelf{"/a": "1", "/b:2": "two"}
	b := newBench(t, func(c *stack.Config) { c.Parameters = kept })
	template := "--- {Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}}, Resources: {" +
		"A: {Type: 'Test::Thing', Properties: {Value: {Ref: P}}}, B: {Type: 'Test::Thing', Properties: {Value: '{{resolve:ssm:/b:2}}'}}}}"
	s := b.create(template)
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=1", "shop-B=two"})
	if want := (stack.Parameter{Key: "P", Value: "/a", Resolved: "1"}); s.Parameters[0] != want {
		t.Errorf("the parameter is %+v", s.Parameters[0])
	}
	kept["/a"] = "3"
	b.update(template) // what it refers to has changed
	wantLines(t, "what is there after an update", b.cloud.values(), []string{"shop-A=3", "shop-B=two"})
}

func TestDynamicReferenceToNothingFailsTheResource(t *testing.T) {
	b := newBench(t, func(c *stack.Config) { c.Parameters = shelf{} })
	wantStatus(t, b.create("--- {Resources: {A: {Type: 'Test::Thing', Properties: {Value: '{{resolve:ssm:/no}}'}}}}"), stack.RollbackComplete, "")
}

// doubled is a transform that makes two of each resource.
func doubled(_ context.Context, s stack.Source) (map[string]any, error) {
	if len(s.Template.Transforms()) == 0 {
		return nil, nil
	}
	tree := maps.Clone(s.Template.Tree)
	delete(tree, "Transform")
	resources := map[string]any{}
	for id, r := range s.Template.Tree["Resources"].(map[string]any) {
		resources[id], resources[id+"2"] = r, r
	}
	tree["Resources"] = resources
	return tree, nil
}

func TestTransformsWriteTheTemplate(t *testing.T) {
	b := newBench(t, func(c *stack.Config) { c.Expand = doubled })
	template := "--- {Transform: Double, Description: about, Resources: {A: {Type: 'Test::Thing', Properties: {Value: '1'}}}}"
	_, err := b.Create(t.Context(), request(template))
	wantFault(t, err, fault.Denied, "capability", "Requires capabilities : [CAPABILITY_AUTO_EXPAND]")
	s := b.create(template, func(r *stack.Request) { r.Capabilities = []string{"CAPABILITY_AUTO_EXPAND"} })
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A2=1", "shop-A=1"})
	goal, err := b.Goal(t.Context(), scope, "shop")
	if err != nil || goal.Text != template || !strings.Contains(goal.Processed, `"A2":`) || s.Description != "about" {
		t.Errorf("the goal is %+v, %v", goal, err)
	}
	t.Run("without a word in change sets", func(t *testing.T) {
		set := b.changeSet("same", stack.UpdateSet, template)
		if set.Status != stack.ChangeSetFailed || set.Reason != "No updates are to be performed." {
			t.Errorf("the change set is %s %q", set.Status, set.Reason)
		}
	})
	// As AWS did: test_update_stack_with_same_template_withoutchange_transformation.
	t.Run("and are a change in updates", func(t *testing.T) {
		wantStatus(t, b.update(template, func(r *stack.Request) { r.Capabilities = []string{"CAPABILITY_AUTO_EXPAND"} }), stack.UpdateComplete, "")
	})
}

func TestNamesOfStacksAreChecked(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"", "1a", "a_b", "-a", strings.Repeat("a", 129)} {
		if _, err := b.Create(t.Context(), request(things("A=1"), as(name))); !fault.Is(err, fault.Invalid, "stackName") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestGeneratedNamesAreThoseOfCloudFormation(t *testing.T) {
	b := newBench(t)
	b.create(things("Thing=1"))
	for name := range b.cloud.things {
		if end, ok := strings.CutPrefix(name, "shop-Thing-"); !ok || len(end) != 12 || strings.Trim(end, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			t.Errorf("a thing is called %s", name)
		}
	}
}

func TestAttributeThatAnAnswerLacksFailsWhoRefersToIt(t *testing.T) {
	b := newBench(t)
	s := b.create("--- {Resources: {A: {Type: 'Test::Open'}, B: {Type: 'Test::Thing', Properties: {Value: {'Fn::GetAtt': [A, Gone]}}}}}")
	want := "B CREATE_FAILED CustomResource attribute error: Vendor response doesn't contain Gone attribute in object " + s.ID + "|A"
	if told := b.story("shop"); !slices.Contains(told, want) {
		t.Errorf("no %q in %q", want, told)
	}
}
