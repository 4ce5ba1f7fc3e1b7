package template

import (
	"regexp"
	"slices"
	"strings"
)

// Output is one that the stack is to have.
type Output struct {
	Key, Description string
	Value            any // not evaluated
	Export           any // name of the export, not evaluated; nil if it is not exported
	// References are the values that it takes from resources and parameters, in the template's order; Property is empty.
	References []Reference
}

// exportName is what the name of an export looks like; exportNameShape is CloudFormation's error.
var exportName = regexp.MustCompile(`^[-:0-9A-Za-z]+$`)

const exportNameShape = "Template format error: Output %s is malformed. The Name field of every Export member must be specified and " +
	"consist only of alphanumeric characters, colons, or hyphens."

const outputValueShape = "Template format error: The Value field of every Outputs member must evaluate to a String."

// checkOutputs checks the section Outputs.
func (c *checker) checkOutputs(root node) *Error {
	if !root.has("Outputs") {
		return nil
	}
	section := root.key("Outputs")
	names, err := sectionNames(section, "Outputs", "Output", 200)
	if err != nil {
		return err
	}
	missing := &unresolved{}
	for _, name := range names {
		n := section.member(name)
		if err := c.checkOutput(n); err != nil {
			return err
		}
		if err := c.resolves(n, missing); err != nil {
			return err
		}
	}
	if missing.names != nil {
		return errorAt(missing.at, "Template format error: Unresolved resource dependencies [%s] in the Outputs block of the template", strings.Join(missing.names, ", "))
	}
	return nil
}

func (c *checker) checkOutput(n node) *Error {
	if !n.has("Value") {
		return errorAt(n.at, "Template format error: Every Outputs member must contain a Value object")
	}
	for _, key := range n.names() {
		if !slices.Contains([]string{"Condition", "Description", "Export", "Value"}, key) {
			return errorAt(n.key(key).at, "Invalid template output property '%s'", key)
		}
	}
	if !isTextOrFunction(n.key("Value").value) {
		return errorAt(n.key("Value").at, outputValueShape)
	}
	if description := n.key("Description"); n.has("Description") && !isScalar(description.value) {
		return errorAt(description.at, "Template format error: Every Description member must be a string.")
	}
	if export := n.key("Export"); n.has("Export") {
		object, _ := export.value.(map[string]any)
		if !isTextOrFunction(object["Name"]) || len(object) != 1 {
			return errorAt(export.at, "Template format error: The Name field of every Export member must be specified.")
		}
	}
	if err := c.conditionOf(n, "Outputs"); err != nil {
		return err
	}
	for _, key := range []string{"Value", "Export"} {
		if err := c.check(n.key(key)); err != nil {
			return err
		}
	}
	return nil
}

// output is a checked output of the template.
func output(name string, n node) *Output {
	o := &Output{Key: name, Value: n.key("Value").value}
	o.Description, _ = Scalar(n.key("Description").value)
	if n.has("Export") {
		o.Export = n.key("Export").key("Name").value
	}
	return o
}

// tryOutput finds what is wrong with an output's functions already. It returns the name of its export, empty if there is none or
// it is not known yet.
func (e *evaluator) tryOutput(key string, n node) (export string, err error) {
	value, known, err := e.try(n.key("Value"))
	if err != nil {
		return "", err
	}
	if known && !isScalar(value) {
		return "", errorAt(n.key("Value").at, outputValueShape)
	}
	if !n.has("Export") {
		return "", nil
	}
	named := n.key("Export").key("Name")
	value, known, err = e.try(named)
	if err != nil || !known {
		return "", err
	}
	export, _ = Scalar(value)
	if !exportName.MatchString(export) {
		return "", errorAt(named.at, exportNameShape, key)
	}
	return export, nil
}

// Output evaluates an output and the name of its export, which is empty if it has none.
func (b *Bound) Output(o *Output, from Resolver) (value, export string, err error) {
	evaluated, err := b.Evaluate(o.Value, from)
	if err != nil {
		return "", "", err
	}
	value, ok := Scalar(evaluated)
	if !ok {
		return "", "", errorAt(nil, outputValueShape)
	}
	if o.Export == nil {
		return value, "", nil
	}
	if evaluated, err = b.Evaluate(o.Export, from); err != nil {
		return "", "", err
	}
	if export, _ = Scalar(evaluated); !exportName.MatchString(export) {
		return "", "", errorAt(nil, exportNameShape, o.Key)
	}
	return value, export, nil
}
