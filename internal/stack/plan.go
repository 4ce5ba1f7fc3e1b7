package stack

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// changes are what an operation would do.
type changes struct {
	resources []Change // in the template's order, with those that go last
	others    bool     // outputs or settings change
}

func (c *changes) any() bool { return len(c.resources) > 0 || c.others }

// planner finds what changes between what there is and a draft. It asks nobody but its fields.
type planner struct {
	provider   Provider
	have       map[string]*Resource // by logical ID
	draft      *draft
	view       *view
	parameters map[string]bool // those whose values change
	tags       bool            // the stack's tags change

	fresh, modified map[string]bool // resources that will be others, and those that stay and change
}

// plan finds what a draft changes. before is nil for a stack that is to be made.
func (s *Service) plan(ctx context.Context, stack *Stack, before *Goal, d *draft) (*changes, error) {
	have := map[string]*Resource{}
	if before != nil {
		_, resources, err := s.Resources(ctx, stack.Scope, stack.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range resources {
			have[r.LogicalID] = r
		}
	} else {
		before = &Goal{}
	}
	p := &planner{
		provider: s.cfg.Provider, have: have, draft: d, parameters: changedParameters(before, &d.goal), tags: !maps.Equal(before.Tags, d.goal.Tags),
		fresh: map[string]bool{}, modified: map[string]bool{},
	}
	p.view = &view{ctx: ctx, service: s, scope: stack.Scope, find: p.find, lenient: true, changing: func(id string) bool { return p.modified[id] }}
	found, err := p.changes()
	if err != nil {
		return nil, err
	}
	outputs, err := p.outputsDiffer(stack.Outputs)
	found.others = outputs || p.tags && len(have) > 0 || !slices.Equal(before.Notifications, d.goal.Notifications) ||
		stack.Status == UpdateFailed || stack.Status == CreateFailed
	return found, err
}

func (p *planner) find(logicalID string) *Resource {
	if p.fresh[logicalID] {
		return nil
	}
	return p.have[logicalID]
}

// changedParameters are the names of those whose values differ.
func changedParameters(before, goal *Goal) map[string]bool {
	values, changed := map[string]Parameter{}, map[string]bool{}
	for _, p := range before.Parameters {
		values[p.Key] = p
	}
	for _, p := range goal.Parameters {
		if values[p.Key] != p {
			changed[p.Key] = true
		}
	}
	return changed
}

func (p *planner) changes() (*changes, error) {
	specs, needs := map[string]*template.Resource{}, map[string][]string{}
	for _, r := range p.draft.bound.Resources {
		specs[r.LogicalID], needs[r.LogicalID] = r, r.DependsOn
	}
	if err := p.checkTypes(specs); err != nil {
		return nil, err
	}
	planned := map[string]*Change{}
	for _, id := range ordered(needs).sorted() {
		change, err := p.change(specs[id])
		if err != nil {
			return nil, err
		}
		planned[id] = change
	}
	found := &changes{}
	for _, r := range p.draft.bound.Resources {
		if change := planned[r.LogicalID]; change != nil {
			found.resources = append(found.resources, *change)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.have)) {
		if r := p.have[id]; specs[id] == nil {
			found.resources = append(found.resources, Change{
				Action: Remove, LogicalID: id, PhysicalID: r.PhysicalID, Type: r.Type, PolicyAction: policyAction(r.kept(p.provider, false, false), ""),
			})
		}
	}
	return found, nil
}

// checkTypes refuses to make a resource of another type under a name.
func (p *planner) checkTypes(specs map[string]*template.Resource) error {
	var changed []string
	for id, r := range p.have {
		if spec := specs[id]; spec != nil && r.PhysicalID != "" && spec.Type != r.Type {
			changed = append(changed, id)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	slices.Sort(changed)
	return fault.Errorf(fault.Invalid, "resource type", "Update of resource type is not permitted. The new template modifies resource type of the "+
		"following resources: [%s]", joined(changed))
}

// change plans one resource; nil if it stays as it is.
func (p *planner) change(spec *template.Resource) (*Change, error) {
	goal, dynamic, err := p.evaluate(spec)
	if err != nil {
		return nil, err
	}
	now := p.have[spec.LogicalID]
	if now == nil || now.PhysicalID == "" || now.Status == CreateRefused {
		p.fresh[spec.LogicalID] = true
		return &Change{Action: Add, LogicalID: spec.LogicalID, Type: spec.Type}, nil
	}
	schema, _ := p.provider.Schema(spec.Type)
	for name := range dynamic { // only the operation itself can tell
		delete(goal.Properties, name)
		if value, there := now.Properties[name]; there {
			goal.Properties[name] = value
		}
	}
	d := compare(schema, &now.Instance, goal)
	change := &Change{Action: Modify, LogicalID: spec.LogicalID, PhysicalID: now.PhysicalID, Type: spec.Type, Replacement: "False"}
	for _, name := range d.properties {
		change.Details = append(change.Details, p.details(spec, name, d.replaces[name])...)
	}
	for _, name := range slices.Sorted(maps.Keys(dynamic)) {
		change.Details = append(change.Details, p.dynamicDetails(spec, name, schema)...)
	}
	for _, attribute := range d.attributes {
		change.Details = append(change.Details, Detail{Attribute: attribute, Recreation: "Never", Evaluation: "Static", Source: "DirectModification"})
	}
	if p.tags && schema.tagged() {
		change.Details = append(change.Details, Detail{Attribute: "Tags", Recreation: "Never", Evaluation: "Static", Source: "DirectModification"})
	}
	if len(change.Details) == 0 && now.Status != UpdateRefused {
		return nil, nil
	}
	change.summarize(goal)
	p.fresh[spec.LogicalID], p.modified[spec.LogicalID] = change.Replacement == "True", change.Replacement != "True" && change.touches()
	return change, nil
}

// evaluate finds what a resource is to be, and which of its properties nobody knows yet.
func (p *planner) evaluate(spec *template.Resource) (goal *Instance, dynamic map[string]bool, err error) {
	static := *spec
	static.Properties, static.UpdatePolicy, dynamic = map[string]any{}, nil, map[string]bool{}
	for name, value := range spec.Properties {
		if dynamic[name], err = p.unknown(value); err != nil {
			return nil, nil, err
		}
		if !dynamic[name] {
			static.Properties[name] = value
			delete(dynamic, name)
		}
	}
	goal, err = instance(&static, p.draft.bound, p.view)
	if err != nil {
		return nil, nil, err
	}
	if goal.Properties == nil {
		goal.Properties = Values{}
	}
	policy, err := p.draft.bound.Evaluate(orNil(spec.UpdatePolicy), p.view)
	if now := p.have[spec.LogicalID]; isUnknown(err) {
		if now != nil {
			goal.UpdatePolicy = now.UpdatePolicy
		}
	} else if err != nil {
		return nil, nil, err
	} else if object, ok := policy.(map[string]any); ok {
		goal.UpdatePolicy = object
	}
	return goal, dynamic, nil
}

func (p *planner) unknown(value any) (bool, error) {
	_, err := p.draft.bound.Evaluate(value, p.view)
	if isUnknown(err) {
		return true, nil
	}
	return false, err
}

func isUnknown(err error) bool {
	var unknown *template.Unknown
	return errors.As(err, &unknown)
}

// details say why a property changes.
func (p *planner) details(spec *template.Resource, name string, replaces bool) (found []Detail) {
	d := Detail{Attribute: "Properties", Name: name, Recreation: "Never", Evaluation: "Static", Source: "DirectModification"}
	if replaces {
		d.Recreation = "Always"
	}
	for _, ref := range spec.References {
		if ref.Property == name && p.parameters[ref.To] {
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
	if c.Replacement == "True" {
		c.PolicyAction = policyAction(goal.UpdateReplacePolicy == "Retain", "ReplaceAnd")
	}
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

// outputsDiffer reports whether a draft's outputs are others than those that a stack has.
func (p *planner) outputsDiffer(now []Output) (bool, error) {
	declared := p.draft.bound.Outputs
	differ := len(declared) != len(now)
	for _, d := range declared {
		at := slices.IndexFunc(now, func(o Output) bool { return o.Key == d.Key })
		for _, part := range []struct {
			from any
			was  func(Output) string
		}{{d.Value, func(o Output) string { return o.Value }}, {d.Export, func(o Output) string { return o.Export }}} {
			if part.from == nil {
				differ = differ || at >= 0 && part.was(now[at]) != ""
				continue
			}
			value, err := p.draft.bound.Evaluate(part.from, p.view)
			if err != nil && !isUnknown(err) {
				return false, err
			}
			text, _ := scalar(value)
			differ = differ || err != nil || at < 0 || part.was(now[at]) != text
		}
		differ = differ || at >= 0 && !strings.EqualFold(now[at].Description, d.Description)
	}
	return differ, nil
}
