package stack_test

import (
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func TestOutputsAreEvaluatedOnceAllIsThere(t *testing.T) {
	b := newBench(t)
	s := b.create(`
Resources: {A: {Type: Test::Thing, Properties: {Name: one, Value: v}}}
Conditions: {Never: !Equals [a, b]}
Outputs:
  ID: {Value: !Ref A}
  Text: {Description: what it is, Value: !Sub "${A.Arn} in ${AWS::Region}"}
  Hidden: {Condition: Never, Value: x}
  Shared: {Value: !GetAtt A.Value, Export: {Name: !Sub "${AWS::StackName}-value"}}
`)
	want := []stack.Output{
		{Key: "ID", Value: "one"}, {Key: "Text", Value: "arn:one in eu-central-1", Description: "what it is"}, {Key: "Shared", Value: "v", Export: "shop-value"},
	}
	slices.SortFunc(s.Outputs, func(a, b stack.Output) int { return strings.Compare(a.Key, b.Key) })
	slices.SortFunc(want, func(a, b stack.Output) int { return strings.Compare(a.Key, b.Key) })
	if !slices.Equal(s.Outputs, want) {
		t.Errorf("they are %+v", s.Outputs)
	}
}

// One name twice is told from the template, as far as the names can be known.
func TestExportsThatHaveOneName(t *testing.T) {
	b := newBench(t)
	twice := func(second string) stack.Request {
		return request("--- {Resources: {A: {Type: 'Test::Thing', Properties: {Value: same}}}, " +
			"Outputs: {O: {Value: a, Export: {Name: same}}, P: {Value: b, Export: {Name: " + second + "}}}}")
	}
	_, err := b.Create(t.Context(), twice("{'Fn::Sub': same}"))
	wantFault(t, err, fault.Invalid, "template", "Template format error: The outputs O and P have the same export name same.")
	s, err := b.Create(t.Context(), twice("{'Fn::GetAtt': [A, Value]}"))
	if err != nil {
		t.Fatal(err)
	}
	wantStatus(t, b.rest(s.ID), stack.RollbackComplete, "")
	if want, told := "shop ROLLBACK_IN_PROGRESS Duplicate Export names: [same] Rollback requested by user.", b.story(s.ID); !slices.Contains(told, want) {
		t.Errorf("no %q in %q", want, told)
	}
	if exports, _, err := b.Exports(t.Context(), scope, "", 0); err != nil || len(exports) > 0 {
		t.Errorf("there are %v, %v", exports, err)
	}
}

// Who imports an export, and who does not any more, follows each update.
func TestImportsFollowUpdates(t *testing.T) {
	b := newBench(t)
	b.create(exporting("url", "https://a"))
	b.create(importing, as("user"))
	importers := func() []string {
		names, err := b.Imports(t.Context(), scope, "url")
		if err != nil && !fault.Is(err, fault.NotFound, "export") {
			t.Fatal(err)
		}
		return names
	}
	t.Run("that stop using it", func(t *testing.T) {
		wantStatus(t, b.update(things("A=1"), as("user")), stack.UpdateComplete, "")
		wantLines(t, "the importers", importers(), nil)
		wantStatus(t, b.update(exporting("url", "https://b")), stack.UpdateComplete, "")
	})
	t.Run("that use it again", func(t *testing.T) {
		wantStatus(t, b.update(importing, as("user")), stack.UpdateComplete, "")
		wantLines(t, "the importers", importers(), []string{"user"})
	})
	t.Run("that are taken back", func(t *testing.T) {
		b.cloud.before = failing("update A")
		wantStatus(t, b.update(things("A=2"), as("user")), stack.UpdateRollbackComplete, "")
		b.cloud.before = nil
		wantLines(t, "the importers", importers(), []string{"user"})
		err := b.Delete(t.Context(), stack.Deletion{Scope: scope, Name: "shop"})
		wantFault(t, err, fault.Invalid, "export", "Export url cannot be deleted as it is in use by user")
	})
	t.Run("and a failed creation uses nothing", func(t *testing.T) {
		b.cloud.before = refuse("create Z")
		failed := strings.Replace(importing, "{Resources: {", "{Resources: {Z: {Type: 'Test::Thing', DependsOn: A}, ", 1)
		wantStatus(t, b.create(failed, as("second")), stack.RollbackComplete, "")
		b.cloud.before = nil
		wantLines(t, "the importers", importers(), []string{"user"})
	})
}

// The value of an export that nobody imports may change, and another stack may take its name when it is free.
func TestExportsThatNobodyImports(t *testing.T) {
	b := newBench(t)
	b.create(exporting("url", "1"))
	wantStatus(t, b.update(exporting("url", "2")), stack.UpdateComplete, "")
	exports, _, err := b.Exports(t.Context(), scope, "", 0)
	if err != nil || len(exports) != 1 || exports[0].Value != "2" {
		t.Errorf("they are %v, %v", exports, err)
	}
	b.delete("shop")
	wantStatus(t, b.create(exporting("url", "3"), as("second")), stack.CreateComplete, "")
}
