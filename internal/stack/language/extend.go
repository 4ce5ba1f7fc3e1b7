package language

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"sluice/internal/stack/template"
)

// extend applies AWS::LanguageExtensions to the sections in which its functions may stand (CloudFormation Template Reference,
// "AWS::LanguageExtensions transform").
func (x *expansion) extend(tree map[string]any) (map[string]any, error) {
	x.tree, x.scope = tree, template.NewScope(x.Values, tree)
	pseudo := maps.Clone(x.Values)
	maps.DeleteFunc(pseudo, func(name string, _ any) bool { return !strings.HasPrefix(name, "AWS::") })
	x.pseudo = template.NewScope(pseudo, tree)
	extended := maps.Clone(tree)
	for _, name := range []string{"Conditions", "Resources", "Outputs"} {
		section, ok := extended[name]
		if !ok {
			continue
		}
		expanded, err := x.expand(section, nil)
		if err != nil {
			return nil, err
		}
		extended[name] = expanded
	}
	return extended, nil
}

// expand expands a value with the identifiers of the loops around it.
func (x *expansion) expand(value any, loops *loop) (any, error) {
	if x.budget--; x.budget < 0 {
		return nil, failed(extensions, "the template would have more than %d values.", maxValues)
	}
	switch value := value.(type) {
	case string:
		return loops.replace(value), nil
	case []any:
		list := make([]any, len(value))
		for i, each := range value {
			expanded, err := x.expand(each, loops)
			if err != nil {
				return nil, err
			}
			list[i] = expanded
		}
		return list, nil
	case map[string]any:
		object, err := x.object(value, loops)
		if err != nil || len(object) != 1 {
			return object, err
		}
		return x.call(object, loops)
	}
	return value, nil
}

// call evaluates what is a function of the extensions; other maps stay.
func (x *expansion) call(object map[string]any, loops *loop) (any, error) {
	for name, arg := range object {
		switch name {
		case "Ref":
			if id, ok := arg.(string); ok {
				if item, ok := loops.item(id); ok {
					return item, nil
				}
			}
		case "Fn::Length":
			return x.length(arg)
		case "Fn::ToJsonString":
			return x.jsonText(arg)
		case "Fn::FindInMap":
			return x.findInMap(object, arg)
		case "Fn::Join", "Fn::Sub":
			return x.settled(object), nil
		}
	}
	return object, nil
}

// settled is the text that a call comes to if it takes nothing from parameters and resources, and else the call (recorded:
// TestLanguageExtensionsTransform.test_transform_foreach). A parameter's value may be a secret, which a template does not show.
func (x *expansion) settled(call map[string]any) any {
	value, err := x.pseudo.Evaluate(call, outside{})
	if text, ok := value.(string); ok && err == nil && !strings.Contains(text, "{{resolve:") {
		return text
	}
	return call
}

// length is Fn::Length. The members of a list that is written out need not be known.
func (x *expansion) length(arg any) (any, error) {
	list, ok := arg.([]any)
	if !ok {
		value, err := x.scope.Evaluate(arg, outside{})
		if err != nil {
			return nil, failed(extensions, "Fn::Length: %w", err)
		}
		if list, ok = value.([]any); !ok {
			return nil, failed(extensions, "Fn::Length requires a list, or a function that returns one.")
		}
	}
	return json.Number(strconv.Itoa(len(list))), nil
}

// findInMap is Fn::FindInMap with a DefaultValue. One without is evaluated with the stack.
func (x *expansion) findInMap(call map[string]any, arg any) (any, error) {
	list, _ := arg.([]any)
	if len(list) != 4 {
		return call, nil
	}
	fallback, _ := list[3].(map[string]any)
	standard, ok := fallback["DefaultValue"]
	if !ok || len(fallback) != 1 {
		return nil, failed(extensions, "the fourth argument of Fn::FindInMap must be an object with the key DefaultValue alone.")
	}
	var keys [3]string
	for i := range keys {
		value, err := x.scope.Evaluate(list[i], outside{})
		if err != nil {
			return nil, failed(extensions, "Fn::FindInMap: %w", err)
		}
		if keys[i], ok = value.(string); !ok {
			return nil, failed(extensions, "the arguments of Fn::FindInMap must be strings.")
		}
	}
	mappings, _ := x.tree["Mappings"].(map[string]any)
	mapping, _ := mappings[keys[0]].(map[string]any)
	attributes, _ := mapping[keys[1]].(map[string]any)
	if value, ok := attributes[keys[2]]; ok {
		return value, nil
	}
	return standard, nil
}
