package stack

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/stack/template"
)

// PropertyValues are a resource's properties before and after a change set, as DescribeChangeSet shows them with
// IncludePropertyValues: asterisks for what comes from parameters with NoEcho, and KnownAfterApply for what nobody can know yet.
type PropertyValues struct {
	Before Values `json:",omitempty"`
	After  Values `json:",omitempty"`
	// Missing says why a value could not be found that should be there already: an export that there is not.
	Missing string `json:",omitempty"`
}

// KnownAfterApply stands for a value that only the operation itself can tell (recorded: TestCaptureUpdateProcess.test_dynamic_update).
const KnownAfterApply = "{{changeSet:KNOWN_AFTER_APPLY}}"

// values are the properties of a resource around a change. There is nothing before an Add, and nothing after a Remove.
func (p *planner) values(change *Change, spec *template.Resource) PropertyValues {
	var found PropertyValues
	if change.Action == Remove {
		found.Before = p.gone(change.LogicalID)
		return found
	}
	if change.Action == Modify {
		found.Before = p.present(change.LogicalID)
	}
	after := *p.view
	after.changing = nil // an attribute of what stays is taken for what it is
	after.outside = func(q question) (string, error) {
		value, err := p.answer(q)
		if err != nil && q.export {
			found.Missing = "No export named " + q.name
		}
		return value, err
	}
	found.After = shownValues(p.masked, &after, spec.Properties)
	return found
}

// present are the properties that a resource has.
func (p *planner) present(logicalID string) Values {
	spec, now := p.former(logicalID), p.have[logicalID]
	if spec == nil {
		return nil
	}
	shown := maps.Clone(now.Properties)
	have := *p.view
	have.find, have.changing = func(id string) *Resource { return p.have[id] }, nil
	for name := range shown {
		if p.old.Secret(spec, name) {
			shown[name] = shownValues(p.oldMasked, &have, map[string]any{name: spec.Properties[name]})[name]
		}
	}
	return shown
}

// gone are the properties of a resource that goes. What it took from others is not known any more (recorded:
// TestChangeSetValues.test_property_empy_list).
func (p *planner) gone(logicalID string) Values {
	spec := p.former(logicalID)
	if spec == nil {
		return nil
	}
	alone := *p.view
	alone.find = func(string) *Resource { return nil }
	return shownValues(p.oldMasked, &alone, spec.Properties)
}

// former is what the template in force says of a resource; nil if it says nothing.
func (p *planner) former(logicalID string) *template.Resource {
	if p.old == nil {
		return nil
	}
	at := slices.IndexFunc(p.old.Resources, func(r *template.Resource) bool { return r.LogicalID == logicalID })
	if at < 0 {
		return nil
	}
	return p.old.Resources[at]
}

// shownValues evaluates properties as far as it can.
func shownValues(bound *template.Bound, from *view, properties map[string]any) Values {
	shown := Values{}
	for name, value := range properties {
		if each := shownValue(bound, from, value); each != nil {
			shown[name] = each
		}
	}
	return shown
}

func shownValue(bound *template.Bound, from *view, value any) any {
	switch value := value.(type) {
	case map[string]any:
		if !called(value) {
			return map[string]any(shownValues(bound, from, value))
		}
	case []any:
		list := make([]any, 0, len(value))
		for _, each := range value {
			if item := shownValue(bound, from, each); item != nil {
				list = append(list, item)
			}
		}
		return list
	}
	evaluated, err := bound.Evaluate(value, from)
	if call, ok := value.(map[string]any); err != nil && ok && call["Fn::Sub"] != nil {
		// Fn::Sub alone is shown as far as it is known (recorded: TestChangeSetFnTransform.test_serverless_fn_transform).
		evaluated, err = bound.Evaluate(value, guess{from})
	}
	if err != nil {
		return KnownAfterApply
	}
	return evaluated
}

// guess answers KnownAfterApply to what is not known yet.
type guess struct{ *view }

// Ref implements template.Resolver.
func (g guess) Ref(logicalID string) (any, error) { return orLater(g.view.Ref(logicalID)) }

// GetAtt implements template.Resolver.
func (g guess) GetAtt(logicalID, attribute string) (any, error) {
	return orLater(g.view.GetAtt(logicalID, attribute))
}

// ImportValue implements template.Resolver.
func (g guess) ImportValue(name string) (any, error) { return orLater(g.view.ImportValue(name)) }

func orLater(value any, err error) (any, error) {
	if isUnknown(err) {
		return KnownAfterApply, nil
	}
	return value, err
}

// called reports whether an object of a template is an intrinsic function.
func called(object map[string]any) bool {
	for name := range object {
		return len(object) == 1 && (name == "Ref" || strings.HasPrefix(name, "Fn::"))
	}
	return false
}

// ChangesWithValues are the changes as they are told along with Values. What an attribute of a resource becomes that changes in place is
// not guessed: it counts for what it is, and changes nothing. What follows from a replacement counts as a change of its own, too (recorded:
// TestChangeSetFnGetAttr.test_direct_attribute_value_change, TestCaptureUpdateProcess.test_dynamic_update).
func (c *ChangeSet) ChangesWithValues() []Change {
	told := make([]Change, 0, len(c.Changes))
	for _, change := range c.Changes {
		details := change.Details
		change.Details = nil
		for _, d := range details {
			caused := d.Source == "ResourceAttribute" || d.Source == "ResourceReference"
			if caused && d.Evaluation == "Dynamic" {
				continue
			}
			if caused {
				direct := d
				direct.Evaluation, direct.Source, direct.Cause = "Dynamic", "DirectModification", ""
				if !slices.Contains(change.Details, direct) {
					change.Details = append(change.Details, direct)
				}
			}
			change.Details = append(change.Details, d)
		}
		if len(change.Details) > 0 || len(details) == 0 {
			told = append(told, change)
		}
	}
	return told
}
