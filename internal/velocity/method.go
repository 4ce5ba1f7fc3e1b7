package velocity

import "strings"

// method is what a value can do. It returns nothing if the arguments do not fit.
type method func(r *run, on any, args []any) (any, error)

// call calls a method of a value. One that there is not is nothing, as in Velocity.
func (r *run) call(on any, name string, args []any) (any, error) {
	steps := 1
	if text, ok := on.(string); ok { // most methods of a text go through all of it
		steps += len(text) / stepSize
	}
	if err := r.spend(steps); err != nil {
		return nil, err
	}
	if o, ok := on.(object); ok {
		value, known, err := o.call(r, name, args)
		if known || err != nil {
			return value, err
		}
	}
	if do := methodOf(on, name); do != nil {
		return do(r, on, args)
	}
	if do := anyMethods[name]; do != nil {
		return do(r, on, args)
	}
	if len(args) == 0 && strings.HasPrefix(name, "get") {
		return property(on, getter(name)), nil
	}
	return nil, nil
}

func methodOf(on any, name string) method {
	switch on.(type) {
	case string:
		return textMethods[name]
	case *List:
		return listMethods[name]
	case *Map:
		return mapMethods[name]
	case int64, float64:
		return numberMethods[name]
	}
	return nil
}

// anyMethods are those of every value.
var anyMethods map[string]method

func init() { // toString leads back to call
	anyMethods = map[string]method{
		"toString": func(r *run, on any, _ []any) (any, error) { return r.text(on) },
		"equals": func(r *run, on any, args []any) (any, error) {
			if len(args) != 1 || args[0] == nil {
				return false, nil
			}
			return r.equal(on, args[0])
		},
	}
}

// getter is the property that a method such as getName reads.
func getter(name string) string {
	bare := strings.TrimPrefix(name, "get")
	if bare == "" || bare == name {
		return name
	}
	return strings.ToLower(bare[:1]) + bare[1:]
}

// property returns what $value.name is: a map's key, or what a method without arguments says.
func property(on any, name string) any {
	switch v := on.(type) {
	case *Map:
		if value, there := v.values[name]; there {
			return value
		}
		if name == "empty" {
			return v.Len() == 0
		}
	case object:
		return v.property(name)
	case *List:
		if name == "empty" {
			return len(v.items) == 0
		}
	case string:
		if name == "empty" {
			return v == ""
		}
	}
	return nil
}

// at returns what $value[index] is.
func at(on, index any) any {
	switch v := on.(type) {
	case *Map:
		return v.Get(scalar(index))
	case *List:
		i, ok := index.(int64)
		if !ok {
			return nil
		}
		if i < 0 {
			i += int64(len(v.items))
		}
		if i >= 0 && i < int64(len(v.items)) {
			return v.items[i]
		}
	case object:
		return v.property(scalar(index))
	}
	return nil
}

// whole returns a whole number among arguments.
func whole(args []any, index int) (int, bool) {
	if index >= len(args) {
		return 0, false
	}
	n, ok := args[index].(int64)
	return int(n), ok
}

// word returns a text among arguments; a number is written.
func word(args []any, index int) (string, bool) {
	if index >= len(args) {
		return "", false
	}
	switch args[index].(type) {
	case string, int64, float64, bool:
		return scalar(args[index]), true
	}
	return "", false
}
