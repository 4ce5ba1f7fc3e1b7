package template

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
)

// evaluator is one evaluation.
type evaluator struct {
	*Scope
	from Resolver
	// condition is the value of a condition by its name. In the section Conditions it is found on the way.
	condition func(name string, at *place) (bool, error)
}

// omitted is what AWS::NoValue is until the map or list around it leaves it out.
type omitted struct{}

// Evaluate returns value with its intrinsic functions replaced by what they return; value itself remains. Members that are
// AWS::NoValue are left out, and AWS::NoValue itself is nil. If anything is not known yet, the error is an *Unknown, unless
// something is wrong as well.
func (s *Scope) Evaluate(value any, from Resolver) (any, error) {
	e := &evaluator{Scope: s, from: from, condition: s.named}
	result, err := e.value(node{value: value})
	if err != nil {
		return nil, err
	}
	if _, none := result.(omitted); none {
		return nil, nil
	}
	return e.dynamic(result)
}

func (s *Scope) named(name string, at *place) (bool, error) {
	value, ok := s.Conditions[name]
	if !ok {
		return false, errorAt(at, "Template error: unresolved condition dependency %s in Fn::If", name)
	}
	return value, nil
}

// worse is the error to report of two: one that is wrong before one that is unknown, and the earlier of equals.
func worse(a, b error) error {
	var unknown *Unknown
	if a == nil || b != nil && errors.As(a, &unknown) && !errors.As(b, &unknown) {
		return b
	}
	return a
}

func (e *evaluator) value(n node) (any, error) {
	switch value := n.value.(type) {
	case map[string]any:
		if name, arg, ok := n.function(); ok {
			return e.call(name, arg)
		}
		return e.object(n, value)
	case []any:
		return e.list(n, value)
	}
	return n.value, nil
}

func (e *evaluator) object(n node, from map[string]any) (any, error) {
	object := make(map[string]any, len(from))
	var failed error
	for name := range from {
		value, err := e.value(n.key(name))
		failed = worse(failed, err)
		if _, none := value.(omitted); !none {
			object[name] = value
		}
	}
	if failed != nil {
		return nil, failed
	}
	return object, nil
}

func (e *evaluator) list(n node, from []any) (any, error) {
	list := make([]any, 0, len(from))
	var failed error
	for i := range from {
		value, err := e.value(n.item(i))
		failed = worse(failed, err)
		if _, none := value.(omitted); !none {
			list = append(list, value)
		}
	}
	if failed != nil {
		return nil, failed
	}
	return list, nil
}

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
	if strings.Contains(supported+",", name+",") {
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
	text, ok := scalarText(value)
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
