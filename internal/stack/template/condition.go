package template

import (
	"strings"
)

// checkConditions checks the section Conditions.
func (c *checker) checkConditions(root node) *Error {
	if !root.has("Conditions") {
		return nil
	}
	section := root.key("Conditions")
	if _, ok := section.value.(map[string]any); !ok {
		return errorAt(section.at, "Template format error: Any Conditions member must be an object.")
	}
	edges := map[string][]string{}
	missing := &unresolved{}
	for _, name := range section.names() {
		n := section.member(name)
		if err := c.boolean(n, false); err != nil {
			return err
		}
		edges[name] = named(n.value, nil)
		walkReferences(n, nil, func(r Reference, _ string, at *place) {
			if !c.values[r.To] || r.Attribute != "" {
				missing.add(r.To, at)
			}
		})
	}
	if missing.names != nil {
		return errorAt(missing.at, "Template format error: Unresolved dependencies [%s]. Cannot reference resources in the Conditions block of the template", strings.Join(missing.names, ", "))
	}
	if loop := cycle(section.names(), edges); loop != nil {
		return errorAt(section.member(loop[0]).at, "Template format error: Circular dependency between conditions: [%s]", strings.Join(loop, ", "))
	}
	return nil
}

// named are the conditions that a condition names.
func named(value any, names []string) []string {
	switch value := value.(type) {
	case map[string]any:
		if name, ok := value["Condition"].(string); ok && len(value) == 1 {
			return append(names, name)
		}
		if branches, ok := value["Fn::If"].([]any); ok && len(branches) == 3 {
			if name, ok := branches[0].(string); ok {
				names = append(names, name)
			}
		}
		for _, each := range value {
			names = named(each, names)
		}
	case []any:
		for _, each := range value {
			names = named(each, names)
		}
	}
	return names
}

// conditions finds the values of the conditions, each once.
type conditions struct {
	section node
	e       *evaluator
	values  map[string]bool
}

// evaluateConditions finds the value of each condition. They have been checked: they name each other without a cycle.
func evaluateConditions(root node, scope *Scope) (map[string]bool, error) {
	c := &conditions{section: root.key("Conditions"), values: map[string]bool{}}
	c.e = &evaluator{Scope: scope, from: ahead{}, condition: c.named}
	for _, name := range c.section.names() {
		if _, err := c.named(name, nil); err != nil {
			return nil, err
		}
	}
	return c.values, nil
}

func (c *conditions) named(name string, at *place) (bool, error) {
	if value, ok := c.values[name]; ok {
		return value, nil
	}
	value, err := c.e.boolean(c.section.member(name))
	c.values[name] = value
	return value, err
}

// boolean evaluates what checker.boolean checked.
func (e *evaluator) boolean(n node) (bool, error) {
	object, _ := n.value.(map[string]any)
	if name, ok := object["Condition"].(string); ok {
		return e.condition(name, n.at)
	}
	name, arg, _ := n.function()
	switch name {
	case "Fn::And":
		return e.each(arg, true)
	case "Fn::Or":
		return e.each(arg, false)
	case "Fn::Not":
		value, err := e.boolean(arg.item(0))
		return !value, err
	case "Fn::Equals":
		return e.equals(arg)
	}
	return e.ruleFunction(name, arg)
}
