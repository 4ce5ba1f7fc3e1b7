package cloudformation

import (
	"encoding/json"
	"strings"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/stack"
	"sluice/internal/stack/template"
)

// addValues tells of a change what the properties are before and after.
func addValues(change *shape.ResourceChange, values stack.PropertyValues) {
	if *change.Action != string(stack.Add) {
		change.BeforeContext = contextText(values.Before)
	}
	if *change.Action != string(stack.Remove) {
		change.AfterContext = contextText(values.After)
	}
	for i := range change.Details {
		target := change.Details[i].Target
		if target.Name == nil || *target.Attribute != "Properties" {
			continue
		}
		before, was := values.Before[*target.Name]
		after, is := values.After[*target.Name]
		target.Path, target.AttributeChangeType = new("/Properties/"+*target.Name), new("Modify")
		if was {
			target.BeforeValue = valueText(before)
		} else {
			target.AttributeChangeType = new("Add")
		}
		if is {
			target.AfterValue = valueText(after)
		} else {
			target.AttributeChangeType = new("Remove")
		}
	}
}

func contextText(properties stack.Values) *string {
	if properties == nil {
		properties = stack.Values{}
	}
	return valueText(map[string]any{"Properties": map[string]any(properties)})
}

// valueText is a value's text: that of lists and objects is JSON.
func valueText(value any) *string {
	shown, ok := template.Scalar(value)
	if !ok {
		var coded strings.Builder
		encoder := json.NewEncoder(&coded)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(value); err != nil {
			return nil
		}
		shown = strings.TrimSuffix(coded.String(), "\n")
	}
	return &shown
}

// incomplete warns of values that should be there and are not (recorded:
// TestChangeSetImportExport.test_describe_change_set_import_non_existent_export).
func incomplete(changes []stack.Change, values map[string]stack.PropertyValues) string {
	var warnings []string
	for _, c := range changes {
		if missing := values[c.LogicalID].Missing; missing != "" {
			warnings = append(warnings, "ChangeSet creation failed for resource ["+c.LogicalID+"] because: "+missing)
		}
	}
	if warnings == nil {
		return ""
	}
	return "[WARN] --include-property-values option can return incomplete ChangeSet data because: " + strings.Join(warnings, "; ")
}
