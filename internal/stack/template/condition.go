package template

import (
	"fmt"
	"reflect"
	"slices"
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

// ruleFunctions are the boolean functions of the section Rules alone.
var ruleFunctions = []string{"Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn"}

// lookupFunctions are those of rules that ask for what AWS knows of the values of parameters.
var lookupFunctions = []string{"Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll"}

// boolean checks a boolean function, or the name of a condition; rule adds those of rules.
func (c *checker) boolean(n node, rule bool) *Error {
	object, _ := n.value.(map[string]any)
	if name, ok := object["Condition"]; ok && len(object) == 1 {
		text, isText := name.(string)
		if !isText {
			return errorAt(n.key("Condition").at, "Template format error: Every Condition member must be a string.")
		}
		if !c.conditions[text] {
			return errorAt(n.key("Condition").at, "Template error: unresolved condition dependency %s in Condition", text)
		}
		return nil
	}
	name, arg, ok := n.function()
	list, _ := arg.value.([]any)
	switch {
	case !ok:
	case name == "Fn::And" || name == "Fn::Or":
		if len(list) < 2 || len(list) > 10 {
			return errorAt(arg.at, severalShape, name)
		}
		return c.booleans(arg, rule)
	case name == "Fn::Not":
		if len(list) != 1 {
			return errorAt(arg.at, notShape)
		}
		return c.booleans(arg, rule)
	case name == "Fn::Equals":
		if len(list) != 2 {
			return errorAt(arg.at, equalsShape)
		}
		return c.operands(arg)
	case rule && slices.Contains(ruleFunctions, name):
		if len(list) != 2 {
			return errorAt(arg.at, "%s", ruleShape(name))
		}
		return c.operands(arg)
	}
	return errorAt(n.at, notACondition)
}

func (c *checker) booleans(arg node, rule bool) *Error {
	for _, item := range arg.items() {
		if err := c.boolean(item, rule); err != nil {
			return err
		}
	}
	return nil
}

// operands checks the values that a condition compares. What depends on resources or other stacks is not known in time.
func (c *checker) operands(arg node) *Error {
	for _, function := range lookupFunctions {
		if calls(arg.value, function) {
			return errorAt(arg.at, "Template error: %s is not supported here: it asks for what EC2 knows of a parameter's value.", function)
		}
	}
	for _, function := range []string{"Fn::GetAtt", "Fn::ImportValue"} {
		if calls(arg.value, function) {
			return errorAt(arg.at, "Template error: Cannot use %s in Conditions.", function)
		}
	}
	return c.check(arg)
}

func ruleShape(name string) string {
	if name == "Fn::Contains" {
		return containsShape
	}
	return fmt.Sprintf(membersShape, name)
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

// each is whether all of the members are true, or whether all are false, negated.
func (e *evaluator) each(arg node, all bool) (bool, error) {
	result := all
	for _, item := range arg.items() {
		value, err := e.boolean(item)
		if err != nil {
			return false, err
		}
		if value != all {
			result = !all
		}
	}
	return result, nil
}

func (e *evaluator) equals(arg node) (bool, error) {
	a, err := e.value(arg.item(0))
	b, failed := e.value(arg.item(1))
	if err := worse(err, failed); err != nil {
		return false, err
	}
	x, isText := scalarText(a)
	y, both := scalarText(b)
	if isText && both {
		return x == y, nil
	}
	return reflect.DeepEqual(a, b), nil
}
