package template

import (
	"fmt"
	"reflect"
	"slices"
)

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
	x, isText := Scalar(a)
	y, both := Scalar(b)
	if isText && both {
		return x == y, nil
	}
	return reflect.DeepEqual(a, b), nil
}
