package sam

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Options are what a transform depends on besides the template.
type Options struct {
	// Region is where the stack is, and decides the partition if Partition is empty.
	Region, Partition string
	// Parameters are the values of the stack's parameters: strings, or lists of strings. The defaults of the template and
	// AWS::Region and AWS::Partition are added where they miss; other pseudo parameters stay references, as AWS leaves them.
	Parameters map[string]any
	// Position says where the value at a path of the template stands in its text (template.Template.Position). Without it the
	// members of maps count as sorted by name, which shows in lists that are made of maps and in hashes over those.
	Position func(path ...string) (line, column int)
	// Now is when the stack is changed. APIs with AlwaysDeploy get a new deployment for each second.
	Now time.Time
}

// Transform returns the plain template that a template stands for. The given one is not changed, and shares nothing with
// the answer. Its error is an *Error, which says everything that is wrong.
func Transform(template map[string]any, o Options) (map[string]any, error) {
	t := newTransform(template, o)
	if err := t.prepare(); err != nil {
		return nil, documentError(err)
	}
	t.expandAll()
	if t.fatal != nil {
		return nil, documentError(t.fatal)
	}
	if len(t.faults) > 0 {
		return nil, &Error{faults: t.faults}
	}
	t.settleReferences()
	return t.template, nil
}

// transform is a template on its way.
type transform struct {
	partition  string
	parameters map[string]any
	mappings   map[string]any
	// template is the whole of it: resources that are expanded make way for what they become.
	template map[string]any
	// given are the resources before the expansion, of all types. Expansions change those that they are tied to (an event
	// its API), and the names of all stay taken.
	given map[string]any

	order    order
	position func(path ...string) (line, column int)

	faults []*fault
	fatal  *fault // ends the transform, and is told alone

	renamed     map[string]string            // logical IDs that got another name
	references  map[string]map[string]string // logical ID, property ("Alias") -> logical ID of what was made
	deployments deployments
	apis        apiState
	now         time.Time
}

func newTransform(template map[string]any, o Options) *transform {
	t := &transform{
		partition:  o.Partition,
		now:        o.Now,
		order:      order{},
		position:   o.Position,
		renamed:    map[string]string{},
		references: map[string]map[string]string{},
	}
	t.template = t.takeTemplate(template)
	if t.partition == "" {
		t.partition = partitionOf(o.Region)
	}
	t.parameters = parameterValues(t.template, o)
	t.parameters["AWS::Partition"] = t.partition
	return t
}

// parameterValues adds to the given values the defaults of the template and what is known of the stack.
func parameterValues(template map[string]any, o Options) map[string]any {
	values := make(map[string]any, len(o.Parameters)+4)
	for name, value := range o.Parameters {
		if !strings.HasPrefix(name, "AWS::") || name == "AWS::Region" || name == "AWS::Partition" {
			values[name] = clone(value)
		}
	}
	declared, _ := template["Parameters"].(map[string]any)
	for name, d := range declared {
		declaration, _ := d.(map[string]any)
		if _, given := values[name]; given || declaration == nil {
			continue
		}
		if value, ok := declaration["Default"]; ok {
			values[name] = value
		}
	}
	if _, given := values["AWS::Region"]; !given && o.Region != "" {
		values["AWS::Region"] = o.Region
	}
	return values
}

// prepare runs the passes before the expansion. Each error of theirs ends the transform.
func (t *transform) prepare() error {
	if err := t.check(); err != nil {
		return err
	}
	for _, pass := range []func() error{t.readMappings, t.prepareAPIs, t.mergeGlobals, t.settleAPIs, t.liftConnectors} {
		if err := pass(); err != nil {
			return err
		}
		if t.fatal != nil {
			return t.fatal
		}
	}
	t.template["Resources"] = maps.Clone(t.given)
	return nil
}

// check refuses templates of another structure than passes and expansions rely on.
func (t *transform) check() error {
	t.given, _ = t.template["Resources"].(map[string]any)
	if len(t.given) == 0 {
		return invalidTemplate("'Resources' section is required")
	}
	for _, id := range t.keys(t.given) {
		if _, ok := t.given[id].(map[string]any); !ok {
			return invalidTemplate("All 'Resources' must be Objects. If you're using YAML, this may be an indentation issue.")
		}
	}
	for _, id := range t.keys(t.given) {
		r := t.given[id].(map[string]any)
		if condition := r["Condition"]; truthy(condition) && !is[string](condition) {
			return invalidTemplate("Every Condition member must be a string.")
		}
		if !globalType(r["Type"]) {
			continue
		}
		properties, present := r["Properties"]
		if present && !is[map[string]any](properties) {
			return invalidResource(id, "Attribute 'Properties' should be a map.")
		}
	}
	return nil
}

func (t *transform) readMappings() error {
	mappings, present := t.template["Mappings"]
	if t.mappings, _ = mappings.(map[string]any); present && t.mappings == nil {
		return invalidTemplate("'Mappings' or 'Parameters' is either null or not a valid dictionary.")
	}
	return nil
}

// expandAll replaces each resource of SAM's types by what it stands for, and collects what is wrong.
func (t *transform) expandAll() {
	for _, id := range t.sequence() {
		t.note(t.expand(id, t.given[id].(map[string]any)))
		if t.fatal != nil {
			return
		}
	}
	t.addDeployments()
	delete(t.template, "Transform")
}

// sequence lists the resources to expand: functions change the APIs that their events name, and connectors look at what all
// others became.
func (t *transform) sequence() []string {
	byRank := make([][]string, lastRank+1)
	for _, id := range t.resourceIDs() {
		name, _ := t.given[id].(map[string]any)["Type"].(string)
		if k, ok := kindOf(name); ok {
			byRank[k.rank] = append(byRank[k.rank], id)
		}
	}
	return slices.Concat(byRank...)
}

// expand replaces one resource.
func (t *transform) expand(id string, body map[string]any) error {
	k, _ := kindOf(body["Type"].(string))
	s, err := readSource(id, body)
	if err != nil {
		return err
	}
	if k.before != nil {
		if err := k.before(s); err != nil {
			return err
		}
	}
	if err := t.checkProperties(s, k.properties); err != nil {
		return err
	}
	made, err := k.expand(t, s)
	if err != nil {
		return err
	}
	for _, r := range made {
		if !alphanumeric(r.id) {
			return invalidResource(r.id, "Logical ids must be alphanumeric.")
		}
	}
	t.refer(id, k.referable, made)
	if s.id != id {
		t.renamed[id] = s.id
	}
	resources := t.resources()
	delete(resources, id)
	for _, r := range made {
		if !t.mayMake(r) {
			t.note(duplicateID(id, r.id, r.typ))
			continue
		}
		resources[r.id] = r.body()
	}
	return nil
}

// resources are those of the template as it is now: some are expanded, others not yet.
func (t *transform) resources() map[string]any { return t.template["Resources"].(map[string]any) }

// refer remembers which of the made resources the properties of a given one stand for (!Ref Function.Alias).
func (t *transform) refer(id string, referable map[string]string, made []*resource) {
	for property, typ := range referable {
		for _, r := range made {
			if r.typ == typ {
				if t.references[id] == nil {
					t.references[id] = map[string]string{}
				}
				t.references[id][property] = r.id
			}
		}
	}
}

// conditions are those of the template, to add to.
func (t *transform) conditions() map[string]any {
	conditions, ok := t.template["Conditions"].(map[string]any)
	if !ok {
		conditions = map[string]any{}
		t.template["Conditions"] = conditions
	}
	return conditions
}
