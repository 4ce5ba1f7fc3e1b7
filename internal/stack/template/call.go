package template

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// call evaluates a function.
func (e *evaluator) call(name string, arg node) (any, error) {
	if err := (&checker{}).shape(name, arg); err != nil {
		return nil, err
	}
	switch name {
	case "Ref":
		return e.ref(arg)
	case "Fn::GetAtt":
		return e.getAtt(arg)
	case "Fn::Sub":
		return e.substitute(arg)
	case "Fn::Join":
		return e.join(arg)
	case "Fn::Split":
		return e.split(arg)
	case "Fn::Select":
		return e.choose(arg)
	case "Fn::If":
		return e.either(arg)
	case "Fn::FindInMap":
		return e.findInMap(arg)
	case "Fn::Base64":
		text, err := e.text(arg, base64Shape)
		return base64.StdEncoding.EncodeToString([]byte(text)), err
	case "Fn::Cidr":
		return e.cidr(arg)
	case "Fn::GetAZs":
		return e.zones(arg)
	case "Fn::ImportValue":
		return e.imported(arg)
	}
	return nil, unsupported(name, arg)
}

// unsupported is the error for a function that may not stand here, or that does not exist.
func unsupported(name string, arg node) *Error {
	if slices.Contains(strings.Split(supported, ", "), name) {
		return errorAt(arg.at, "Template error: %s cannot be used here: it belongs in Conditions or Rules.", name)
	}
	return errorAt(arg.at, "Template error: Encountered unsupported function: %s Supported functions are: [%s]", name, supported)
}

func (e *evaluator) ref(arg node) (any, error) {
	name, _ := arg.value.(string)
	if name == "AWS::NoValue" {
		return omitted{}, nil
	}
	if value, ok := e.values[name]; ok {
		return value, nil
	}
	return e.from.Ref(name)
}

func (e *evaluator) getAtt(arg node) (any, error) {
	resource, attribute, _ := attributeOf(arg.value)
	if attribute == "" {
		text, err := e.text(arg.item(1), getAttShape)
		if err != nil {
			return nil, err
		}
		attribute = text
	}
	return e.from.GetAtt(resource, attribute)
}

// text evaluates an argument that must be a text.
func (e *evaluator) text(n node, shape string) (string, error) {
	value, err := e.value(n)
	if err != nil {
		return "", err
	}
	text, ok := Scalar(value)
	if !ok {
		return "", errorAt(n.at, "%s", shape)
	}
	return text, nil
}

// either is Fn::If. The other branch is not evaluated: it may name resources that are not there.
func (e *evaluator) either(arg node) (any, error) {
	name, _ := arg.item(0).value.(string)
	holds, err := e.condition(name, arg.item(0).at)
	if err != nil {
		return nil, err
	}
	if holds {
		return e.value(arg.item(1))
	}
	return e.value(arg.item(2))
}

func (e *evaluator) zones(arg node) (any, error) {
	region, err := e.text(arg, zonesShape)
	if err != nil {
		return nil, err
	}
	if region == "" {
		region, _ = e.values["AWS::Region"].(string)
	}
	return e.from.Zones(region)
}

func (e *evaluator) imported(arg node) (any, error) {
	name, err := e.text(arg, importShape)
	if err != nil {
		return nil, err
	}
	return e.from.ImportValue(name)
}

// wholeNumber is a text as a number from 0.
func wholeNumber(text string) (int, bool) {
	i, err := strconv.Atoi(text)
	return i, err == nil && i >= 0
}
