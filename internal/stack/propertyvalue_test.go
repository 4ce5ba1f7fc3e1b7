package stack_test

import (
	"encoding/json"
	"testing"

	"sluice/internal/stack"
)

// Recorded: TestCaptureUpdateProcess, TestChangeSetFnGetAttr, TestChangeSetValues.test_property_empy_list. The resource B is looked at.
func TestChangeSetsShowPropertyValues(t *testing.T) {
	parameters := "Parameters: {P: {Type: String, Default: a}, S: {Type: String, NoEcho: true, Default: s}, L: {Type: CommaDelimitedList, NoEcho: true, Default: 'u,v'}}, "
	thing := func(properties string) string { return "{Type: 'Test::Thing', Properties: {" + properties + "}}" }
	for name, tt := range map[string]struct{ before, after, want string }{
		"what is added": {
			"A: " + thing("Value: a"), "A: " + thing("Value: a") + ", B: " + thing("Value: {'Fn::GetAtt': [A, Value]}, Nested: {Text: {Ref: P}, Key: {Ref: 'AWS::NoValue'}}"),
			`{"After":{"Nested":{"Text":"a"},"Value":"a"}}`,
		},
		"what changes": {
			"B: " + thing("Value: a, Size: 1"), "B: " + thing("Value: b, Size: 1"),
			`{"Before":{"Size":1,"Value":"a"},"After":{"Size":1,"Value":"b"}}`,
		},
		"a text of which a part is known": {
			"A: " + thing("Value: a"), "A: " + thing("Value: a") + ", C: " + thing("Value: c") + ", B: " +
				thing("Value: {'Fn::Join': ['/', [x, {Ref: C}]]}, Name: {'Fn::Sub': 'arn:${C.Arn}'}, Needed: {'Fn::Base64': {Ref: C}}"),
			`{"After":{"Name":"arn:{{changeSet:KNOWN_AFTER_APPLY}}","Needed":"{{changeSet:KNOWN_AFTER_APPLY}}","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}}`,
		},
		"what follows from a replacement": {
			"A: " + thing("Name: one") + ", B: " + thing("Value: {Ref: A}"), "A: " + thing("Name: two") + ", B: " + thing("Value: {Ref: A}"),
			`{"Before":{"Value":"one"},"After":{"Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}}`,
		},
		"an attribute of what changes in place": {
			"A: " + thing("Value: a") + ", B: " + thing("Value: {'Fn::GetAtt': [A, Value]}"), "A: " + thing("Value: b") + ", B: " + thing("Value: {'Fn::GetAtt': [A, Value]}"),
			`{"Before":{"Value":"a"},"After":{"Value":"a"}}`,
		},
		"what goes, with what it took from others": {
			"A: " + thing("Name: one") + ", B: " + thing("Value: {Ref: A}, Size: 1, Tags: [{Ref: P}]"), "A: " + thing("Name: one"),
			`{"Before":{"Size":1,"Tags":["a"],"Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}}`,
		},
		"secrets": {
			"B: " + thing("Value: {Ref: S}, Size: 1, Needed: {'Fn::Join': [':', {Ref: L}]}"),
			"B: " + thing("Value: {'Fn::Sub': 'x${S}'}, Size: 2, Needed: {'Fn::Join': [':', {Ref: L}]}"),
			`{"Before":{"Needed":"****:****","Size":1,"Value":"****"},"After":{"Needed":"****:****","Size":2,"Value":"x****"}}`,
		},
		"secrets of what goes": {
			"A: " + thing("Value: a") + ", B: " + thing("Value: {Ref: S}"), "A: " + thing("Value: a"), `{"Before":{"Value":"****"}}`,
		},
		"an export that there is not": {
			"A: " + thing("Value: a"), "A: " + thing("Value: a") + ", B: " + thing("Value: {'Fn::ImportValue': none}"),
			`{"After":{"Value":"{{changeSet:KNOWN_AFTER_APPLY}}"},"Missing":"No export named none"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.create("--- {" + parameters + "Resources: {" + tt.before + "}}")
			set := b.changeSet("one", stack.UpdateSet, "--- {"+parameters+"Resources: {"+tt.after+"}}")
			if got, err := json.Marshal(set.Values["B"]); string(got) != tt.want {
				t.Errorf("%v\n got %s\nwant %s", err, got, tt.want)
			}
		})
	}
}

func TestChangesWithValuesLeaveOutWhatIsGuessed(t *testing.T) {
	guessed := stack.Detail{Attribute: "Properties", Name: "V", Recreation: "Never", Evaluation: "Dynamic", Source: "ResourceAttribute", Cause: "A.V"}
	sure := guessed
	sure.Evaluation = "Static"
	direct := stack.Detail{Attribute: "Properties", Name: "V", Recreation: "Never", Evaluation: "Dynamic", Source: "DirectModification"}
	set := stack.ChangeSet{Changes: []stack.Change{
		{LogicalID: "Added", Action: stack.Add},
		{LogicalID: "Guessed", Action: stack.Modify, Details: []stack.Detail{guessed}},
		{LogicalID: "Sure", Action: stack.Modify, Details: []stack.Detail{sure}},
	}}
	want, _ := json.Marshal([]stack.Change{
		{LogicalID: "Added", Action: stack.Add}, {LogicalID: "Sure", Action: stack.Modify, Details: []stack.Detail{direct, sure}},
	})
	if got, err := json.Marshal(set.ChangesWithValues()); string(got) != string(want) {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
	if len(set.Changes[1].Details) != 1 {
		t.Error("the change set's own changes were changed")
	}
}
