package stack

import (
	"cmp"
	"slices"

	"sluice/internal/stack/template"
)

// details say why an attribute of the template changes, or a property.
func (p *planner) details(spec *template.Resource, attribute, name string, replaces bool) (found []Detail) {
	d := Detail{Attribute: attribute, Name: name, Recreation: "Never", Evaluation: "Static", Source: "DirectModification"}
	if replaces {
		d.Recreation = "Always"
	}
	for _, ref := range spec.References {
		if ref.Section == attribute && ref.Property == name && p.parameters[ref.To] {
			caused := d
			caused.Source, caused.Cause = "ParameterReference", ref.To
			found = append(found, caused)
			d.Evaluation = "Dynamic" // the template may have changed besides
		}
	}
	return append(found, d)
}

// dynamicDetails say on which changing resources a property depends.
func (p *planner) dynamicDetails(spec *template.Resource, name string, schema *Schema) (found []Detail) {
	d := Detail{Attribute: "Properties", Name: name, Recreation: "Never", Evaluation: "Dynamic", Source: "DirectModification"}
	if schema != nil && schema.Properties[name] != nil && schema.Properties[name].Replaces {
		d.Recreation = "Always"
	}
	for _, ref := range spec.References {
		if ref.Property != name || !p.fresh[ref.To] && !p.modified[ref.To] {
			continue
		}
		caused := d
		if p.fresh[ref.To] {
			caused.Evaluation = "Static" // another resource is another value
		}
		caused.Source, caused.Cause = "ResourceReference", ref.To
		if ref.Attribute != "" {
			caused.Source, caused.Cause = "ResourceAttribute", ref.To+"."+ref.Attribute
		}
		found = append(found, caused)
	}
	if len(found) == 0 {
		return []Detail{d}
	}
	return found
}

// summarize says of a change what its details come to.
func (c *Change) summarize(goal *Instance) {
	for _, d := range c.Details {
		if !slices.Contains(c.Scope, d.Attribute) {
			c.Scope = append(c.Scope, d.Attribute)
		}
		switch {
		case d.Recreation != "Always":
		case d.Evaluation == "Static":
			c.Replacement = "True"
		case c.Replacement == "False":
			c.Replacement = "Conditional"
		}
	}
	for _, d := range c.Details { // a parameter's own detail decides, the other says only that there may be more
		if d.Recreation == "Always" && d.Source == "ParameterReference" {
			c.Replacement = "True"
		}
	}
	slices.Sort(c.Scope)
	slices.SortStableFunc(c.Details, func(a, b Detail) int { // parameters come first (recorded: test_no_echo_parameter)
		return cmp.Compare(precedence(a), precedence(b))
	})
	if c.Replacement == "True" {
		c.PolicyAction = policyAction(goal.UpdateReplacePolicy == "Retain", "ReplaceAnd")
	}
}

func precedence(d Detail) int {
	if d.Source == "ParameterReference" {
		return 0
	}
	return 1
}

// touches reports whether a change concerns the resource itself, not the template's record of it alone.
func (c *Change) touches() bool {
	return slices.Contains(c.Scope, "Properties") || slices.Contains(c.Scope, "Tags")
}

func policyAction(kept bool, prefix string) string {
	if kept {
		return prefix + "Retain"
	}
	return prefix + "Delete"
}
