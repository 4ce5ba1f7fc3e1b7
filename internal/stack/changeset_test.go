package stack_test

import (
	"encoding/json"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

func (b *bench) changeSet(name string, kind stack.ChangeSetType, template string, adjust ...func(*stack.Request)) *stack.ChangeSet {
	b.t.Helper()
	set, err := b.CreateChangeSet(b.t.Context(), stack.ChangeSetRequest{Request: request(template, adjust...), ChangeSet: name, Type: kind})
	if err != nil {
		b.t.Fatal(err)
	}
	return set
}

func (b *bench) execute(set *stack.ChangeSet) *stack.Stack {
	b.t.Helper()
	if err := b.Execute(b.t.Context(), stack.Execution{Scope: scope, ChangeSet: set.ID}); err != nil {
		b.t.Fatal(err)
	}
	return b.rest(set.Stack)
}

// Recorded: changesets.test_name_conflicts, test_multiple_create_changeset.
func TestChangeSetMakesAStack(t *testing.T) {
	b := newBench(t)
	set := b.changeSet("one", stack.CreateSet, things("A=1"))
	other := b.changeSet("two", stack.CreateSet, things("A=2"))
	if set.Stack != other.Stack || set.Execution != stack.Available || len(set.Changes) != 1 || set.Changes[0].Action != stack.Add {
		t.Errorf("the change sets are %+v and %+v", set, other)
	}
	inReview, err := b.Stack(t.Context(), scope, "shop")
	if err != nil {
		t.Fatal(err)
	}
	wantStatus(t, inReview, stack.ReviewInProgress, "User Initiated")
	wantStatus(t, b.execute(set), stack.CreateComplete, "")

	executed, err := b.ChangeSet(t.Context(), scope, set.ID, "")
	if err != nil || executed.Execution != stack.Executed {
		t.Errorf("the change set is %+v, %v", executed, err)
	}
	_, err = b.ChangeSet(t.Context(), scope, other.ID, "")
	wantFault(t, err, fault.NotFound, "change set", "ChangeSet ["+other.ID+"] does not exist")
	_, err = b.CreateChangeSet(t.Context(), stack.ChangeSetRequest{Request: request(things("A=1")), ChangeSet: "one", Type: stack.CreateSet})
	wantFault(t, err, fault.Invalid, "stack", "Stack [shop] already exists and cannot be created again with the changeSet [one].")
	err = b.Execute(t.Context(), stack.Execution{Scope: scope, ChangeSet: set.ID})
	wantFault(t, err, fault.Conflict, "change set status", "ChangeSet ["+set.ID+"] cannot be executed in its current execution status of [EXECUTE_COMPLETE]")
}

func TestChangeSetWithoutChangesFails(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	set := b.changeSet("none", stack.UpdateSet, things("A=1"))
	if want := "The submitted information didn't contain changes. Submit different information to create a change set."; set.Status != stack.ChangeSetFailed ||
		set.Reason != want || set.Execution != stack.Unavailable {
		t.Errorf("the change set is %s %q %s", set.Status, set.Reason, set.Execution)
	}
	err := b.Execute(t.Context(), stack.Execution{Scope: scope, ChangeSet: "none", Stack: "shop"})
	wantFault(t, err, fault.Conflict, "change set status", "ChangeSet ["+set.ID+"] cannot be executed in its current status of [FAILED]")
}

func TestChangeSetNamesAreUniqueInAStack(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	b.changeSet("one", stack.UpdateSet, things("A=2"))
	_, err := b.CreateChangeSet(t.Context(), stack.ChangeSetRequest{Request: request(things("A=3")), ChangeSet: "one"})
	wantFault(t, err, fault.Conflict, "change set", "ChangeSet one already exists")
	if err := b.DeleteChangeSet(t.Context(), scope, "one", "shop"); err != nil {
		t.Fatal(err)
	}
	b.execute(b.changeSet("one", stack.UpdateSet, things("A=3")))
	b.execute(b.changeSet("one", stack.UpdateSet, things("A=4"))) // an executed one leaves its name
	wantLines(t, "what is there", b.cloud.values(), []string{"shop-A=4"})
}

func TestUpdateMakesChangeSetsObsolete(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	set := b.changeSet("late", stack.UpdateSet, things("A=2"))
	b.update(things("A=3"))
	err := b.Execute(t.Context(), stack.Execution{Scope: scope, ChangeSet: set.ID})
	wantFault(t, err, fault.Conflict, "change set status", "ChangeSet ["+set.ID+"] cannot be executed in its current execution status of [OBSOLETE]")
}

func TestImportIsRefused(t *testing.T) {
	b := newBench(t)
	_, err := b.CreateChangeSet(t.Context(), stack.ChangeSetRequest{Request: request(things("A=1")), ChangeSet: "one", Type: "IMPORT"})
	wantFault(t, err, fault.Invalid, "change set", "Change sets of the type IMPORT are not served here: create the resources by a stack.")
}

// What DescribeChangeSet shows, change by change.
func TestChangesSayWhatAndWhy(t *testing.T) {
	parameters := "Parameters: {P: {Type: String, Default: a}}, "
	thing := func(properties string) string { return "{Type: 'Test::Thing', Properties: {" + properties + "}}" }
	for name, tt := range map[string]struct{ before, after, want string }{
		"in place": {
			"A: " + thing("Value: a"), "A: " + thing("Value: b"),
			`[{"Action":"Modify","LogicalID":"A","PhysicalID":"ID","Type":"Test::Thing","Replacement":"False","Scope":["Properties"],` +
				`"Details":[{"Attribute":"Properties","Name":"Value","Recreation":"Never","Evaluation":"Static","Source":"DirectModification"}]}]`,
		},
		"a replacement, and what refers to it": {
			"A: " + thing("Name: one") + ", B: " + thing("Value: {Ref: A}"), "A: " + thing("Name: two") + ", B: " + thing("Value: {Ref: A}"),
			`[{"Action":"Modify","LogicalID":"A","PhysicalID":"one","Type":"Test::Thing","Replacement":"True","PolicyAction":"ReplaceAndDelete",` +
				`"Scope":["Properties"],"Details":[{"Attribute":"Properties","Name":"Name","Recreation":"Always","Evaluation":"Static",` +
				`"Source":"DirectModification"}]},` +
				`{"Action":"Modify","LogicalID":"B","PhysicalID":"ID","Type":"Test::Thing","Replacement":"False","Scope":["Properties"],` +
				`"Details":[{"Attribute":"Properties","Name":"Value","Recreation":"Never","Evaluation":"Static","Source":"ResourceReference","Cause":"A"}]}]`,
		},
		"an attribute of what changes": {
			"A: " + thing("Value: a") + ", B: " + thing("Name: {'Fn::GetAtt': [A, Arn]}"), "A: " + thing("Value: b") + ", B: " + thing("Name: {'Fn::GetAtt': [A, Arn]}"),
			`[{"Action":"Modify","LogicalID":"A","PhysicalID":"ID","Type":"Test::Thing","Replacement":"False","Scope":["Properties"],` +
				`"Details":[{"Attribute":"Properties","Name":"Value","Recreation":"Never","Evaluation":"Static","Source":"DirectModification"}]},` +
				`{"Action":"Modify","LogicalID":"B","PhysicalID":"arn:ID","Type":"Test::Thing","Replacement":"Conditional","Scope":["Properties"],` +
				`"Details":[{"Attribute":"Properties","Name":"Name","Recreation":"Always","Evaluation":"Dynamic","Source":"ResourceAttribute","Cause":"A.Arn"}]}]`,
		},
		"a parameter": {
			"A: " + thing("Value: a"), "A: " + thing("Value: {Ref: P}"), // with another value than the default
			`[{"Action":"Modify","LogicalID":"A","PhysicalID":"ID","Type":"Test::Thing","Replacement":"False","Scope":["Properties"],` +
				`"Details":[{"Attribute":"Properties","Name":"Value","Recreation":"Never","Evaluation":"Static","Source":"ParameterReference","Cause":"P"},` +
				`{"Attribute":"Properties","Name":"Value","Recreation":"Never","Evaluation":"Dynamic","Source":"DirectModification"}]}]`,
		},
		"metadata with a parameter, too": {
			"A: {Type: 'Test::Thing', Properties: {Value: a, Size: 1}}", "A: {Type: 'Test::Thing', Metadata: {m: {Ref: P}}, Properties: {Value: {Ref: P}, Size: 2}}",
			`[{"Action":"Modify","LogicalID":"A","PhysicalID":"ID","Type":"Test::Thing","Replacement":"False","Scope":["Metadata","Properties"],` +
				`"Details":[{"Attribute":"Metadata","Recreation":"Never","Evaluation":"Static","Source":"ParameterReference","Cause":"P"},` +
				`{"Attribute":"Properties","Name":"Value","Recreation":"Never","Evaluation":"Static","Source":"ParameterReference","Cause":"P"},` +
				`{"Attribute":"Metadata","Recreation":"Never","Evaluation":"Dynamic","Source":"DirectModification"},` +
				`{"Attribute":"Properties","Name":"Size","Recreation":"Never","Evaluation":"Static","Source":"DirectModification"},` +
				`{"Attribute":"Properties","Name":"Value","Recreation":"Never","Evaluation":"Dynamic","Source":"DirectModification"}]}]`,
		},
		"a field that replaces": {
			"A: " + thing("Nested: {Key: a, Text: a}"), "A: " + thing("Nested: {Key: b, Text: a}"),
			`[{"Action":"Modify","LogicalID":"A","PhysicalID":"ID","Type":"Test::Thing","Replacement":"True","PolicyAction":"ReplaceAndDelete",` +
				`"Scope":["Properties"],"Details":[{"Attribute":"Properties","Name":"Nested","Recreation":"Always","Evaluation":"Static",` +
				`"Source":"DirectModification"}]}]`,
		},
		"metadata": {
			"A: {Type: 'Test::Thing'}", "A: {Type: 'Test::Thing', Metadata: {a: b}}",
			`[{"Action":"Modify","LogicalID":"A","PhysicalID":"ID","Type":"Test::Thing","Replacement":"False","Scope":["Metadata"],` +
				`"Details":[{"Attribute":"Metadata","Recreation":"Never","Evaluation":"Static","Source":"DirectModification"}]}]`,
		},
		"one for another": {
			"A: " + thing("Value: a"), "B: " + thing("Value: a"),
			`[{"Action":"Add","LogicalID":"B","Type":"Test::Thing"},` +
				`{"Action":"Remove","LogicalID":"A","PhysicalID":"ID","Type":"Test::Thing","PolicyAction":"Delete"}]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.create("--- {" + parameters + "Resources: {" + tt.before + "}}")
			set := b.changeSet("one", stack.UpdateSet, "--- {"+parameters+"Resources: {"+tt.after+"}}", func(r *stack.Request) {
				r.Parameters = []stack.Given{{Key: "P", Value: "b"}}
			})
			for i := range set.Changes {
				if set.Changes[i].PhysicalID != short(set.Changes[i].PhysicalID) {
					set.Changes[i].PhysicalID = map[bool]string{true: "arn:ID", false: "ID"}[set.Changes[i].PhysicalID[:4] == "arn:"]
				}
			}
			if got, err := json.Marshal(set.Changes); string(got) != tt.want {
				t.Errorf("%v\n got %s\nwant %s", err, got, tt.want)
			}
		})
	}
}

func TestTransformsThatFailFailTheChangeSetAlone(t *testing.T) {
	b := newBench(t, func(c *stack.Config) { c.Expand = failedTransform })
	set := b.changeSet("one", stack.CreateSet, things("A=1"))
	if set.Status != stack.ChangeSetFailed || set.Reason != "Transform X failed" {
		t.Errorf("the change set is %+v", set)
	}
	_, err := b.Create(t.Context(), request(things("A=1"), func(r *stack.Request) { r.Name = "another" }))
	wantFault(t, err, fault.Invalid, "transform", "Transform X failed")
}

// Recorded: test_list_change_sets.
func TestExecutedChangeSetsAreNotListed(t *testing.T) {
	b := newBench(t)
	b.execute(b.changeSet("one", stack.CreateSet, things("A=1")))
	waiting := b.changeSet("two", stack.UpdateSet, things("A=2"))
	sets, err := b.ChangeSets(t.Context(), scope, "shop")
	if err != nil || len(sets) != 1 || sets[0].ID != waiting.ID {
		t.Errorf("the change sets are %+v, %v", sets, err)
	}
}

func TestAStackMayHaveNoResources(t *testing.T) {
	b := newBench(t)
	set := b.changeSet("one", stack.CreateSet,
		"--- {Parameters: {P: {Type: String, Default: a}}, Conditions: {C: {'Fn::Equals': [{Ref: P}, b]}}, Resources: {A: {Type: 'Test::Thing', Condition: C}}}")
	if set.Status != stack.ChangeSetComplete || len(set.Changes) != 0 {
		t.Fatalf("the change set is %+v", set)
	}
	wantStatus(t, b.execute(set), stack.CreateComplete, "")
}

// Recorded: TestSSMParameterValues.test_update_parameter_between_deployments.
func TestAStoredValueThatChangesIsNoChangeOfItsParameter(t *testing.T) {
	kept := shelf{"/a": "1"}
	b := newBench(t, func(c *stack.Config) { c.Parameters = kept })
	template := "--- {Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}}, Resources: {A: {Type: 'Test::Thing', Properties: {Value: {Ref: P}}}}}"
	b.create(template)
	kept["/a"] = "2"
	set := b.changeSet("one", stack.UpdateSet, template)
	want := stack.Detail{Attribute: "Properties", Name: "Value", Recreation: "Never", Evaluation: "Static", Source: "DirectModification"}
	if len(set.Changes) != 1 || len(set.Changes[0].Details) != 1 || set.Changes[0].Details[0] != want {
		t.Errorf("the changes are %+v", set.Changes)
	}
}
