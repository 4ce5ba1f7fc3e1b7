package cloudformation

import (
	"encoding/json"
	"testing"

	"sluice/internal/stack"
)

// Recorded: TestCaptureUpdateProcess.test_direct_update, TestChangeSetFnTransform.test_embedded_macro_fn_transform.
func TestChangesTellOfPropertyValues(t *testing.T) {
	detail := func(attribute, name string) stack.Detail {
		return stack.Detail{Attribute: attribute, Name: name, Recreation: "Never", Evaluation: "Static", Source: "DirectModification"}
	}
	for name, tt := range map[string]struct {
		change stack.Change
		values stack.PropertyValues
		want   string
	}{
		"added": {
			stack.Change{Action: stack.Add}, stack.PropertyValues{}, `"Details":[],"AfterContext":"{\"Properties\":{}}"`,
		},
		"removed": {
			stack.Change{Action: stack.Remove}, stack.PropertyValues{Before: stack.Values{"V": "<a>"}}, `"Details":[],"BeforeContext":"{\"Properties\":{\"V\":\"<a>\"}}"`,
		},
		"modified": {
			stack.Change{Action: stack.Modify, Details: []stack.Detail{detail("Properties", "V"), detail("Properties", "New"), detail("Properties", "Old"), detail("Metadata", "")}},
			stack.PropertyValues{Before: stack.Values{"V": "a", "Old": json.Number("7")}, After: stack.Values{"V": "b", "New": map[string]any{"k": true}}},
			`"Details":[` +
				`{"Target":{"Attribute":"Properties","Name":"V","RequiresRecreation":"Never","Path":"/Properties/V","BeforeValue":"a","AfterValue":"b",` +
				`"AttributeChangeType":"Modify"},"Evaluation":"Static","ChangeSource":"DirectModification"},` +
				`{"Target":{"Attribute":"Properties","Name":"New","RequiresRecreation":"Never","Path":"/Properties/New","AfterValue":"{\"k\":true}",` +
				`"AttributeChangeType":"Add"},"Evaluation":"Static","ChangeSource":"DirectModification"},` +
				`{"Target":{"Attribute":"Properties","Name":"Old","RequiresRecreation":"Never","Path":"/Properties/Old","BeforeValue":"7",` +
				`"AttributeChangeType":"Remove"},"Evaluation":"Static","ChangeSource":"DirectModification"},` +
				`{"Target":{"Attribute":"Metadata","RequiresRecreation":"Never"},"Evaluation":"Static","ChangeSource":"DirectModification"}],` +
				`"BeforeContext":"{\"Properties\":{\"Old\":7,\"V\":\"a\"}}","AfterContext":"{\"Properties\":{\"New\":{\"k\":true},\"V\":\"b\"}}"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			tt.change.LogicalID, tt.change.Type = "A", "T"
			got := changeShapes([]stack.Change{tt.change}, map[string]stack.PropertyValues{"A": tt.values})
			want := `[{"Type":"Resource","ResourceChange":{"Action":"` + string(tt.change.Action) + `","LogicalResourceId":"A","ResourceType":"T","Scope":[],` + tt.want + `}}]`
			if text := *valueText(got); text != want {
				t.Errorf("\n got %s\nwant %s", text, want)
			}
		})
	}
}

func TestMissingExportsAreWarnedOf(t *testing.T) {
	changes := []stack.Change{{LogicalID: "A"}, {LogicalID: "B"}}
	want := "[WARN] --include-property-values option can return incomplete ChangeSet data because: " +
		"ChangeSet creation failed for resource [B] because: No export named x"
	if got := incomplete(changes, map[string]stack.PropertyValues{"B": {Missing: "No export named x"}}); got != want {
		t.Errorf("the warning is %q, want %q", got, want)
	}
	if got := incomplete(changes, nil); got != "" {
		t.Errorf("without values the warning is %q", got)
	}
}
