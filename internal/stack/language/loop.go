package language

import (
	"maps"
	"slices"
	"strings"
)

// loop is the turn of a Fn::ForEach, and those of the loops around it. Nil is no loop.
type loop struct {
	identifier, value string
	around            *loop
	replacer          *strings.Replacer
}

func newLoop(identifier, value string, around *loop) *loop {
	return &loop{identifier, value, around, strings.NewReplacer("${"+identifier+"}", value, "&{"+identifier+"}", alphanumeric(value))}
}

// alphanumeric is a text without all that may not stand in a logical id: what &{Identifier} stands for.
func alphanumeric(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, text)
}

// replace puts the items of the loops in place of their identifiers.
func (l *loop) replace(text string) string {
	for ; l != nil && strings.Contains(text, "{"); l = l.around {
		text = l.replacer.Replace(text)
	}
	return text
}

// item is the value that Ref of an identifier returns.
func (l *loop) item(identifier string) (string, bool) {
	for ; l != nil; l = l.around {
		if l.identifier == identifier {
			return l.value, true
		}
	}
	return "", false
}

const forEach = "Fn::ForEach::"

// object expands the members of a map. A Fn::ForEach among them leaves its results in its place.
func (x *expansion) object(value map[string]any, loops *loop) (map[string]any, error) {
	object := make(map[string]any, len(value))
	for _, name := range slices.Sorted(maps.Keys(value)) {
		if strings.HasPrefix(name, forEach) {
			if err := x.forEach(object, name, value[name], loops); err != nil {
				return nil, err
			}
			continue
		}
		expanded, err := x.expand(value[name], loops)
		if err != nil {
			return nil, err
		}
		if err := add(object, loops.replace(name), expanded); err != nil {
			return nil, err
		}
	}
	return object, nil
}

func add(object map[string]any, name string, value any) error {
	if _, twice := object[name]; twice {
		return failed(extensions, "Duplicate key '%s' when merging keys to parent object in Fn::ForEach", name)
	}
	object[name] = value
	return nil
}

// forEach adds to object what each turn of a loop makes.
func (x *expansion) forEach(object map[string]any, name string, arg any, loops *loop) error {
	list, _ := arg.([]any)
	if len(list) != 3 {
		return failed(extensions, "%s must be a list of an identifier, a collection and an object.", name)
	}
	identifier, ok := list[0].(string)
	if !ok || identifier == "" || alphanumeric(identifier) != identifier {
		return failed(extensions, "the identifier of %s must be a string of letters and digits.", name)
	}
	if _, taken := loops.item(identifier); taken {
		return failed(extensions, "the identifier %s of %s is that of a loop around it.", identifier, name)
	}
	body, ok := list[2].(map[string]any)
	if !ok {
		return failed(extensions, "the third member of %s must be an object.", name)
	}
	items, err := x.collection(name, list[1], loops)
	if err != nil {
		return err
	}
	if x.budget -= len(items); x.budget < 0 {
		return failed(extensions, "the template would have more than %d values.", maxValues)
	}
	for _, item := range items {
		made, err := x.object(body, newLoop(identifier, item, loops))
		if err != nil {
			return err
		}
		for key, value := range made {
			if err := add(object, key, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// collection is what a loop goes through: a list of texts, or a function that returns one.
func (x *expansion) collection(name string, written any, loops *loop) ([]string, error) {
	expanded, err := x.expand(written, loops)
	if err != nil {
		return nil, err
	}
	value, err := x.scope.Evaluate(expanded, outside{})
	if err != nil {
		return nil, failed(extensions, "the collection of %s: %w", name, err)
	}
	list, ok := value.([]any)
	if !ok {
		return nil, failed(extensions, "the collection of %s must be a list of strings.", name)
	}
	items := make([]string, 0, len(list))
	for _, each := range list {
		if nested, ok := each.([]any); ok { // a list parameter among the members
			for _, inner := range nested {
				items = append(items, text(inner))
			}
			continue
		}
		items = append(items, text(each))
	}
	return items, nil
}
