package template

import (
	"maps"
	"slices"
	"strings"
)

// Check checks all that does not depend on the values of parameters, as Bind does too. Of a template that has transforms yet it
// checks little: its resources and outputs are not what they will be.
func (t *Template) Check() error {
	if t.transformed() {
		return t.placed(t.checkRaw())
	}
	return t.placed(t.check())
}

// transformed reports whether there are transforms to apply.
func (t *Template) transformed() bool {
	return t.Tree["Transform"] != nil || t.Includes()
}

// checkRaw checks what transforms leave as it is.
func (t *Template) checkRaw() *Error {
	root := t.root()
	if err := checkSections(root, "Globals", "Fn::Transform"); err != nil {
		return err
	}
	_, err := parameters(root)
	return err
}

func (t *Template) check() *Error {
	root := t.root()
	if err := checkSections(root); err != nil {
		return err
	}
	if resources, ok := root.value.(map[string]any)["Resources"]; !ok || isEmpty(resources) {
		return errorAt(root.key("Resources").at, "Template format error: At least one Resources member must be defined.")
	}
	if err := checkNulls(root); err != nil {
		return err
	}
	declared, err := parameters(root)
	if err != nil {
		return err
	}
	c := newChecker(t, declared)
	for _, p := range declared {
		if c.resources[p.Key] {
			return errorAt(root.key("Resources").member(p.Key).at, "Template format error: The logical ID %s is that of a parameter and of a resource.", p.Key)
		}
	}
	for _, check := range []func(node) *Error{checkMappings, c.checkConditions, c.checkRules, c.checkResources, c.checkOutputs} {
		if err := check(root); err != nil {
			return err
		}
	}
	return nil
}

func isEmpty(section any) bool {
	object, ok := section.(map[string]any)
	return ok && len(object) == 0 || section == nil
}

// checker knows the names that a template declares.
type checker struct {
	values     map[string]bool // parameters and pseudo parameters
	conditions map[string]bool // nil if any may be there
	resources  map[string]bool
}

func newChecker(t *Template, declared []Parameter) *checker {
	c := &checker{values: map[string]bool{"AWS::NoValue": true}, conditions: map[string]bool{}, resources: map[string]bool{}}
	for name := range (Pseudo{}).values() {
		c.values[name] = true
	}
	for _, p := range declared {
		c.values[p.Key] = true
	}
	conditions, _ := t.Tree["Conditions"].(map[string]any)
	for name := range conditions {
		c.conditions[name] = true
	}
	resources, _ := t.Tree["Resources"].(map[string]any)
	for name := range resources {
		c.resources[name] = true
	}
	return c
}

// valueFunctions are those that stand for a value, in resources, outputs and, but for some, in conditions.
var valueFunctions = []string{
	"Ref", "Fn::Base64", "Fn::Cidr", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetAZs", "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Select",
	"Fn::Split", "Fn::Sub",
}

// check checks the functions of a value and of all in it.
func (c *checker) check(n node) *Error {
	if name, arg, ok := n.function(); ok {
		return c.checkFunction(name, arg)
	}
	switch value := n.value.(type) {
	case map[string]any:
		for _, name := range c.order(n, value) {
			if strings.HasPrefix(name, "Fn::") {
				return errorAt(n.key(name).at, "Template format error: %s must be the only key of its object.", name)
			}
			if err := c.check(n.key(name)); err != nil {
				return err
			}
		}
	case []any:
		for _, item := range n.items() {
			if err := c.check(item); err != nil {
				return err
			}
		}
	}
	return nil
}

// order is the order of the text where the first error counts; of a map of one key there is only one.
func (c *checker) order(n node, value map[string]any) []string {
	if len(value) == 1 {
		return slices.Collect(maps.Keys(value))
	}
	return n.names()
}

func (c *checker) checkFunction(name string, arg node) *Error {
	if !slices.Contains(valueFunctions, name) {
		return unsupported(name, arg)
	}
	if err := c.shape(name, arg); err != nil {
		return err
	}
	switch name {
	case "Ref":
		return nil
	case "Fn::Sub":
		_, arg = subText(arg)
	case "Fn::ImportValue":
		if c.depends(arg) {
			return errorAt(arg.at, "%s", importDepends)
		}
	}
	return c.check(arg)
}

// depends reports whether the name of an import depends on what is not known before the stack is made.
func (c *checker) depends(arg node) bool {
	found := false
	walkReferences(arg, nil, func(r Reference, _ string, _ *place) { found = found || c.resources[r.To] || r.Attribute != "" })
	return found || calls(arg.value, "Fn::ImportValue") || calls(arg.value, "Fn::GetAZs")
}

// calls reports whether a tree calls a function.
func calls(value any, function string) bool {
	switch value := value.(type) {
	case map[string]any:
		for name, each := range value {
			if name == function || calls(each, function) {
				return true
			}
		}
	case []any:
		for _, each := range value {
			if calls(each, function) {
				return true
			}
		}
	}
	return false
}
