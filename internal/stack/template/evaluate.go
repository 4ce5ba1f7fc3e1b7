package template

import (
	"errors"
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
