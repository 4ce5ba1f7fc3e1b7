package template

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Parameter is the declaration of a parameter.
type Parameter struct {
	Key, Type, Description string
	NoEcho                 bool
	// Default is nil if there is none, and the text otherwise.
	Default               *string
	AllowedValues         []string
	AllowedPattern        string
	ConstraintDescription string
	// Lengths count characters, the other two are numbers as written; empty is no bound.
	MinLength, MaxLength, MinValue, MaxValue string
}

var parameterKeys = []string{
	"AllowedPattern", "AllowedValues", "ConstraintDescription", "Default", "Description", "MaxLength", "MaxValue", "MinLength",
	"MinValue", "NoEcho", "Type",
}

// parameters reads the section Parameters, in the order of the text.
func parameters(root node) ([]Parameter, *Error) {
	section := root.key("Parameters")
	if !root.has("Parameters") {
		return nil, nil
	}
	names, err := sectionNames(section, "Parameters", "Parameter", 200)
	if err != nil {
		return nil, err
	}
	declared := make([]Parameter, 0, len(names))
	for _, name := range names {
		p, err := parameter(name, section.member(name))
		if err != nil {
			return nil, err
		}
		declared = append(declared, p)
	}
	return declared, nil
}

func parameter(name string, n node) (Parameter, *Error) {
	for _, key := range n.names() {
		if !slices.Contains(parameterKeys, key) {
			return Parameter{}, errorAt(n.key(key).at, "Invalid template parameter property '%s'", key)
		}
	}
	p := Parameter{Key: name}
	if !n.has("Type") {
		return p, errorAt(n.at, "Template format error: Every Parameters object must contain a Type member.")
	}
	for _, field := range []struct {
		key string
		to  *string
	}{
		{"Type", &p.Type}, {"Description", &p.Description}, {"AllowedPattern", &p.AllowedPattern},
		{"ConstraintDescription", &p.ConstraintDescription}, {"MinLength", &p.MinLength}, {"MaxLength", &p.MaxLength},
		{"MinValue", &p.MinValue}, {"MaxValue", &p.MaxValue},
	} {
		if err := n.readText(field.key, field.to); err != nil {
			return p, err
		}
	}
	if !knownParameterType(p.Type) {
		return p, errorAt(n.key("Type").at, "Template format error: Unrecognized parameter type: %s", p.Type)
	}
	return p, p.readRest(n)
}

// readRest reads what is not simply a text.
func (p *Parameter) readRest(n node) *Error {
	if err := checkBounds(n); err != nil {
		return err
	}
	var echo string
	if err := n.readText("NoEcho", &echo); err != nil {
		return err
	}
	p.NoEcho = strings.EqualFold(echo, "true")
	if n.has("Default") {
		p.Default = new(string)
		if err := n.readText("Default", p.Default); err != nil {
			return err
		}
	}
	return p.readAllowed(n)
}

// checkBounds checks the bounds that have been read as texts.
func checkBounds(n node) *Error {
	for _, key := range []string{"MinLength", "MaxLength", "MinValue", "MaxValue"} {
		if !n.has(key) {
			continue
		}
		bound, _ := Scalar(n.key(key).value)
		if !isNumeric(bound) {
			return errorAt(n.key(key).at, "Template format error: Every %s member must be a number.", key)
		}
		if _, whole := wholeNumber(bound); !whole && strings.HasSuffix(key, "Length") {
			return errorAt(n.key(key).at, "Template format error: Every %s member must be a whole number that is not negative.", key)
		}
	}
	return nil
}

func (p *Parameter) readAllowed(n node) *Error {
	if !n.has("AllowedValues") {
		return nil
	}
	allowed := n.key("AllowedValues")
	list, ok := allowed.value.([]any)
	if !ok {
		return errorAt(allowed.at, "Template format error: Every AllowedValues member must be a list.")
	}
	if len(list) == 0 {
		return errorAt(allowed.at, "Template format error: Every AllowedValues member must have a value at least.")
	}
	for _, each := range allowed.items() {
		value, ok := Scalar(each.value)
		if !ok {
			return errorAt(each.at, "Template format error: Every AllowedValues value must be a string.")
		}
		p.AllowedValues = append(p.AllowedValues, value)
	}
	return nil
}

// readText reads a member that must be a text, if it is there.
func (n node) readText(key string, to *string) *Error {
	if !n.has(key) {
		return nil
	}
	value, ok := Scalar(n.key(key).value)
	if !ok {
		return errorAt(n.key(key).at, "Template format error: Every %s member must be a string.", key)
	}
	*to = value
	return nil
}

// knownParameterType reports whether there is such a type of parameters. The values of AWS's own types are taken as strings.
func knownParameterType(name string) bool {
	if inner, ok := storedType(name); ok {
		return inner == "String" || knownParameterType(inner)
	}
	switch name {
	case "String", "Number", "CommaDelimitedList", "List<Number>", "List<String>", "AWS::SSM::Parameter::Name":
		return true
	}
	if inner, ok := strings.CutPrefix(name, "List<"); ok {
		if name, ok = strings.CutSuffix(inner, ">"); !ok {
			return false
		}
	}
	parts := strings.Split(name, "::")
	return len(parts) >= 3 && parts[0] == "AWS" && !slices.ContainsFunc(parts, func(part string) bool { return !alphanumeric(part) })
}

// storedType is the type of the value of a stored parameter: X of AWS::SSM::Parameter::Value<X>.
func storedType(name string) (inner string, ok bool) {
	inner, ok = strings.CutPrefix(name, "AWS::SSM::Parameter::Value<")
	if !ok || !strings.HasSuffix(inner, ">") {
		return "", false
	}
	return strings.TrimSuffix(inner, ">"), true
}

// isList reports whether Ref of a parameter of this type is a list.
func isList(name string) bool {
	return name == "CommaDelimitedList" || strings.HasPrefix(name, "List<")
}

// decimal is what a number looks like; strconv takes NaN, Inf and hexadecimal ones for numbers too.
var decimal = regexp.MustCompile(`^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$`)

func isNumeric(value string) bool {
	value = strings.TrimSpace(value)
	_, err := strconv.ParseFloat(value, 64)
	return err == nil && decimal.MatchString(value)
}
