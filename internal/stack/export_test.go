package stack_test

import (
	"context"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func failedTransform(context.Context, stack.Source) (map[string]any, error) {
	return nil, fault.Errorf(fault.Invalid, "transform", "Transform X failed")
}

func exporting(name, value string) string {
	return "--- {Resources: {A: {Type: 'Test::Thing', Properties: {Value: '" + value + "'}}}, " +
		"Outputs: {Out: {Value: {'Fn::GetAtt': [A, Value]}, Export: {Name: " + name + "}}}}"
}

const importing = "--- {Resources: {A: {Type: 'Test::Thing', Properties: {Value: {'Fn::ImportValue': url}}}}}"

func as(name string) func(*stack.Request) { return func(r *stack.Request) { r.Name = name } }

func TestExportsAreImportedAndHeld(t *testing.T) {
	b := newBench(t)
	b.create(exporting("url", "https://a"))
	b.create(importing, as("user"))
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=https://a", "user-A=https://a"})
	exports, _, err := b.Exports(t.Context(), scope, "", 0)
	if err != nil || len(exports) != 1 || exports[0].Name != "url" || exports[0].StackName != "shop" {
		t.Errorf("the exports are %v, %v", exports, err)
	}
	users, err := b.Imports(t.Context(), scope, "url")
	wantLines(t, "the importers", users, []string{"user"})
	if err != nil {
		t.Error(err)
	}

	t.Run("against deletion", func(t *testing.T) {
		err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop"})
		wantFault(t, err, fault.Invalid, "export", "Export url cannot be deleted as it is in use by user")
	})
	for name, tt := range map[string]struct{ template, reason string }{
		"against a change":  {exporting("url", "https://b"), "shop UPDATE_ROLLBACK_IN_PROGRESS Export url cannot be updated as it is in use by user"},
		"against a removal": {exporting("other", "https://a"), "shop UPDATE_ROLLBACK_IN_PROGRESS Export url cannot be deleted as it is in use by user"},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(b.story("shop"))
			wantStatus(t, b.update(tt.template), stack.UpdateRollbackComplete, "")
			for _, line := range b.story("shop")[before:] {
				if line == tt.reason {
					return
				}
			}
			t.Errorf("no %q in %q", tt.reason, b.story("shop")[before:])
		})
	}
	t.Run("until nobody imports them", func(t *testing.T) {
		b.delete("user")
		wantStatus(t, b.delete("shop"), stack.DeleteComplete, "")
		_, err := b.Imports(t.Context(), scope, "url")
		wantFault(t, err, fault.NotFound, "export", "Export 'url' does not exist.")
	})
}

func TestExportNamesAreUnique(t *testing.T) {
	b := newBench(t)
	b.create(exporting("url", "1"))
	s := b.create(exporting("url", "2"), as("second"))
	wantStatus(t, s, stack.RollbackComplete, "")
	if told := b.story("second"); told[4] != "second ROLLBACK_IN_PROGRESS Export with name url is already exported by stack shop. Rollback requested by user." {
		t.Errorf("the events are %q", told)
	}
}

func TestImportOfNothingFailsTheCreation(t *testing.T) {
	b := newBench(t)
	b.create(importing)
	if told := b.story("shop"); told[1] != "A CREATE_FAILED No export named url found." {
		t.Errorf("the events are %q", told)
	}
}

func TestOutputsAloneAreAnUpdate(t *testing.T) {
	b := newBench(t)
	b.create(exporting("url", "1"))
	s := b.update(exporting("address", "1"))
	wantStatus(t, s, stack.UpdateComplete, "")
	if len(s.Outputs) != 1 || s.Outputs[0] != (stack.Output{Key: "Out", Value: "1", Export: "address"}) {
		t.Errorf("the outputs are %v", s.Outputs)
	}
	wantLines(t, "the orders", b.cloud.told(), []string{"create A"})
}
