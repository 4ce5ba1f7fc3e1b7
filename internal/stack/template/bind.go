package template

import (
	"errors"
	"strings"
)

// Inputs are what a stack gives to its template.
type Inputs struct {
	// Parameters are the values that the caller gave, as text; lists with commas.
	Parameters map[string]string
	Pseudo     Pseudo
	// Lookup returns the value of a stored parameter (Systems Manager's), for the types AWS::SSM::Parameter::Value<…>. Its
	// error is taken for "no such parameter" if it is a fault of the kind NotFound. Nil knows no parameters.
	Lookup func(name string) (string, error)
}

// Pseudo holds the pseudo parameters. URLSuffix and Partition have AWS's defaults, which depend on the region.
type Pseudo struct {
	AccountID, Region, Partition, URLSuffix string
	StackName, StackID                      string
	NotificationARNs                        []string
}

// Bound is a template with values for its parameters: it knows which resources and outputs there are to be.
type Bound struct {
	Scope
	Parameters []Value // in the template's order
	Resources  []*Resource
	Outputs    []*Output
}

// Bind checks the template and its parameters, evaluates the conditions, leaves out what is not to be made, and tries all
// functions whose arguments are known. Its errors are an *Error.
func (t *Template) Bind(in Inputs) (*Bound, error) {
	bound, err := t.bind(in)
	var wrong *Error
	if errors.As(err, &wrong) {
		return nil, t.placed(wrong)
	}
	return bound, err
}

func (t *Template) bind(in Inputs) (*Bound, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	values, refs, bad := t.values(in)
	if bad != nil {
		return nil, bad
	}
	b := &Bound{Scope: *NewScope(refs, t.Tree), Parameters: values}
	root := t.root()
	conditions, err := evaluateConditions(root, &b.Scope)
	if err != nil {
		return nil, err
	}
	b.Conditions = conditions
	e := &evaluator{Scope: &b.Scope, from: ahead{}, condition: b.named}
	if err := checkAssertions(root, e); err != nil {
		return nil, err
	}
	if err := b.bindResources(root.key("Resources"), e); err != nil {
		return nil, err
	}
	return b, b.bindOutputs(root.key("Outputs"), e)
}

// ahead is the Resolver of a template whose stack is not there.
type ahead struct{}

func (ahead) Ref(id string) (any, error) { return nil, &Unknown{LogicalID: id} }

func (ahead) GetAtt(id, attribute string) (any, error) {
	return nil, &Unknown{LogicalID: id, Attribute: attribute}
}

func (ahead) ImportValue(string) (any, error) { return nil, &Unknown{} }

func (ahead) Zones(string) ([]any, error) { return nil, &Unknown{} }

func (ahead) Stored(string, int) (string, error) { return "", &Unknown{} }

// made reports whether the condition of a resource or output holds.
func (b *Bound) made(n node) bool {
	name, ok := n.value.(map[string]any)["Condition"].(string)
	return !ok || b.Conditions[name]
}

// try evaluates a value to find what is wrong with it already. known is false if it depends on what is not there yet.
func (e *evaluator) try(n node) (value any, known bool, err error) {
	value, err = e.value(n)
	var unknown *Unknown
	if errors.As(err, &unknown) {
		return nil, false, nil
	}
	return value, true, err
}

func (b *Bound) bindResources(section node, e *evaluator) error {
	var names []string
	made := map[string]bool{}
	for _, name := range section.names() {
		if b.made(section.member(name)) {
			names, made[name] = append(names, name), true
		}
	}
	missing := &unresolved{}
	edges := map[string][]string{}
	for _, name := range names {
		n := section.member(name)
		r := resource(name, n)
		b.refer(r, n, section, made, missing)
		b.Resources = append(b.Resources, r)
		edges[name] = r.DependsOn
		if err := e.policies(r, n); err != nil {
			return err
		}
		for _, key := range []string{"Properties", "UpdatePolicy", "CreationPolicy"} {
			if _, _, err := e.try(n.key(key)); err != nil {
				return err
			}
			if err := checkDynamic(n.key(key)); err != nil {
				return err
			}
		}
	}
	if missing.names != nil {
		return errorAt(missing.at, "Template format error: Unresolved resource dependencies [%s] in the Resources block of the template", strings.Join(missing.names, ", "))
	}
	if err := circular(section, names, edges); err != nil {
		return err
	}
	return nil
}

// resource is a checked resource of the template.
func resource(name string, n node) *Resource {
	object := n.value.(map[string]any)
	r := &Resource{LogicalID: name}
	r.Type, _ = object["Type"].(string)
	r.Properties, _ = object["Properties"].(map[string]any)
	r.Metadata, _ = object["Metadata"].(map[string]any)
	r.UpdatePolicy, _ = object["UpdatePolicy"].(map[string]any)
	r.CreationPolicy, _ = object["CreationPolicy"].(map[string]any)
	return r
}

func (b *Bound) bindOutputs(section node, e *evaluator) error {
	made := map[string]bool{}
	for _, r := range b.Resources {
		made[r.LogicalID] = true
	}
	missing := &unresolved{}
	exported := map[string]string{}
	for _, name := range section.names() {
		n := section.member(name)
		if !b.made(n) {
			continue
		}
		b.Outputs = append(b.Outputs, b.referring(output(name, n), n, made, missing))
		export, err := e.tryOutput(name, n)
		if err != nil {
			return err
		}
		if other, twice := exported[export]; twice && export != "" {
			return errorAt(n.key("Export").at, "Template format error: The outputs %s and %s have the same export name %s.", other, name, export)
		}
		exported[export] = name
		if err := checkDynamic(n.key("Value")); err != nil {
			return err
		}
	}
	if missing.names != nil {
		// Recorded for outputs without the words "Template format error".
		return errorAt(missing.at, "Unresolved resource dependencies [%s] in the Outputs block of the template", strings.Join(missing.names, ", "))
	}
	return nil
}

// referring notes what an output refers to, and what of it is not to be made.
func (b *Bound) referring(o *Output, n node, made map[string]bool, missing *unresolved) *Output {
	walkReferences(n, func(condition string) bool { return b.Conditions[condition] }, func(r Reference, _ string, at *place) {
		o.References = append(o.References, r)
		if _, isValue := b.values[r.To]; !made[r.To] && !isValue && r.To != "AWS::NoValue" {
			missing.add(r.To, at)
		}
	})
	return o
}
