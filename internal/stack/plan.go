package stack

import (
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
	values    map[string]PropertyValues
	others    bool // outputs or settings change
}

func (c *changes) any() bool { return len(c.resources) > 0 || c.others }

// premises are all that a plan follows from.
type premises struct {
	stack  *Stack
	before *Goal                // with no number for a stack that is to be made
	old    *template.Bound      // of before; nil if there is none, or if it can't be read any more
	have   map[string]*Resource // by logical ID
	draft  *draft
	types  types
	known  map[question]*string // the answers that were found; nil if there is none yet
}

// planner finds what changes between what there is and a draft.
type planner struct {
	premises
	view       *view
	parameters map[string]bool // those whose values change
	tags       bool            // the stack's tags change

	masked, oldMasked *template.Bound // for people

	fresh, modified map[string]bool // resources that will be others, and those that stay and change
	open            []question      // what is not among the known answers
}

// plan finds what a draft changes. While there are open questions it is not certain yet: whoever made the premises finds their answers, and
// plans again.
func plan(given premises) (found *changes, open []question, err error) {
	p := &planner{
		premises: given, parameters: changedParameters(given.before, &given.draft.goal), tags: !maps.Equal(given.before.Tags, given.draft.goal.Tags),
		fresh: map[string]bool{}, modified: map[string]bool{}, masked: given.draft.bound.Masked(),
	}
	if given.old != nil {
		p.oldMasked = given.old.Masked()
	}
	p.view = &view{
		region: given.stack.Scope.Region, find: p.find, types: p.types, outside: p.answer, changing: func(id string) bool { return p.modified[id] },
	}
	if found, err = p.changes(); err == nil {
		found.others, err = p.othersDiffer()
	}
	return found, p.open, err
}

// othersDiffer reports whether an update has something to do besides changing resources.
func (p *planner) othersDiffer() (bool, error) {
	outputs, err := p.outputsDiffer(p.stack.Outputs)
	return outputs || p.tags && len(p.have) > 0 || !slices.Equal(p.before.Notifications, p.draft.goal.Notifications) ||
		p.stack.Status == UpdateFailed || p.stack.Status == CreateFailed, err
}

// answer gives a known answer. What is not there may come to be there.
func (p *planner) answer(q question) (string, error) {
	value, known := p.known[q]
	if !known {
		p.open = append(p.open, q)
	}
	if value == nil {
		return "", &template.Unknown{LogicalID: q.name}
	}
	return *value, nil
}

func (p *planner) find(logicalID string) *Resource {
	if p.fresh[logicalID] {
		return nil
	}
	return p.have[logicalID]
}

// changedParameters are the names of those whose values differ: as they were given, whatever SSM has for them (recorded:
// TestSSMParameterValues.test_update_parameter_between_deployments).
func changedParameters(before, goal *Goal) map[string]bool {
	values, changed := map[string]string{}, map[string]bool{}
	for _, p := range before.Parameters {
		values[p.Key] = p.Value
	}
	for _, p := range goal.Parameters {
		if was, there := values[p.Key]; !there || was != p.Value {
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
	found := &changes{values: map[string]PropertyValues{}}
	for _, r := range p.draft.bound.Resources {
		if change := planned[r.LogicalID]; change != nil {
			found.resources = append(found.resources, *change)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.have)) {
		if r := p.have[id]; specs[id] == nil {
			found.resources = append(found.resources, Change{
				Action: Remove, LogicalID: id, PhysicalID: r.PhysicalID, Type: r.Type, PolicyAction: policyAction(r.kept(p.types, false, false), ""),
			})
		}
	}
	for i := range found.resources {
		change := &found.resources[i]
		found.values[change.LogicalID] = p.values(change, specs[change.LogicalID])
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
	schema, _ := p.types(spec.Type)
	for name := range dynamic { // only the operation itself can tell
		delete(goal.Properties, name)
		if value, there := now.Properties[name]; there {
			goal.Properties[name] = value
		}
	}
	d := compare(schema, &now.Instance, goal)
	change := &Change{Action: Modify, LogicalID: spec.LogicalID, PhysicalID: now.PhysicalID, Type: spec.Type, Replacement: "False"}
	for _, attribute := range d.attributes {
		change.Details = append(change.Details, p.details(spec, attribute, "", false)...)
	}
	for _, name := range d.properties {
		change.Details = append(change.Details, p.details(spec, "Properties", name, d.replaces[name])...)
	}
	for _, name := range slices.Sorted(maps.Keys(dynamic)) {
		change.Details = append(change.Details, p.dynamicDetails(spec, name, schema)...)
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
			text, _ := template.Scalar(value)
			differ = differ || err != nil || at < 0 || part.was(now[at]) != text
		}
		differ = differ || at >= 0 && !strings.EqualFold(now[at].Description, d.Description)
	}
	return differ, nil
}
