package template

import (
	"regexp"
	"strconv"
	"strings"
)

// dynamicReference is a dynamic reference (CloudFormation User Guide, "Get values stored in other services using dynamic references"):
// its service and the rest; or the beginning of one that does not end.
var dynamicReference = regexp.MustCompile(`\{\{resolve:([^{}:]+):([^{}]*)\}\}|\{\{resolve:[^{}]*(?:\}\})?`)

// checkDynamic checks the dynamic references that a value has outside of functions.
func checkDynamic(n node) error {
	if _, _, ok := n.function(); ok || !hasDynamic(n.value) {
		return nil
	}
	if text, ok := n.value.(string); ok {
		for _, parts := range dynamicReference.FindAllStringSubmatch(text, -1) {
			if _, _, err := parameterOf(parts); err != nil {
				return errorAt(n.at, "%s", err.Message)
			}
		}
	}
	for _, item := range n.items() {
		if err := checkDynamic(item); err != nil {
			return err
		}
	}
	for _, name := range n.names() {
		if err := checkDynamic(n.key(name)); err != nil {
			return err
		}
	}
	return nil
}

// dynamic replaces the dynamic references in the texts of an evaluated tree, which it changes.
func (e *evaluator) dynamic(value any) (any, error) {
	switch value := value.(type) {
	case string:
		return e.stored(value)
	case map[string]any:
		if !hasDynamic(value) {
			return value, nil
		}
		object := make(map[string]any, len(value))
		for name, each := range value {
			replaced, err := e.dynamic(each)
			if err != nil {
				return nil, err
			}
			object[name] = replaced
		}
		return object, nil
	case []any:
		if !hasDynamic(value) {
			return value, nil
		}
		list := make([]any, len(value))
		for i, each := range value {
			replaced, err := e.dynamic(each)
			if err != nil {
				return nil, err
			}
			list[i] = replaced
		}
		return list, nil
	}
	return value, nil
}

// hasDynamic reports whether a tree may have a dynamic reference.
func hasDynamic(value any) bool {
	switch value := value.(type) {
	case string:
		return strings.Contains(value, "{{resolve:")
	case map[string]any:
		for _, each := range value {
			if hasDynamic(each) {
				return true
			}
		}
	case []any:
		for _, each := range value {
			if hasDynamic(each) {
				return true
			}
		}
	}
	return false
}

func (e *evaluator) stored(text string) (any, error) {
	if !strings.Contains(text, "{{resolve:") {
		return text, nil
	}
	var failed error
	replaced := dynamicReference.ReplaceAllStringFunc(text, func(found string) string {
		value, err := e.storedParameter(dynamicReference.FindStringSubmatch(found))
		failed = worse(failed, err)
		return value
	})
	if failed != nil {
		return nil, failed
	}
	return replaced, nil
}

// storedParameter is the value of one dynamic reference.
func (e *evaluator) storedParameter(parts []string) (string, error) {
	name, version, err := parameterOf(parts)
	if err != nil {
		return "", err
	}
	return e.from.Stored(name, version)
}

// parameterOf is what a dynamic reference, its service and the rest name: NAME or NAME:VERSION of the parameter store. Version 0
// is the newest.
func parameterOf(parts []string) (name string, version int, bad *Error) {
	whole, service, rest := parts[0], parts[1], parts[2]
	switch service {
	case "ssm":
	case "":
		return "", 0, errorAt(nil, "Incorrect format is used in the following dynamic reference: [%s]", whole)
	default:
		return "", 0, errorAt(nil, "Dynamic references to %s are not supported here; store the value as a String parameter and use {{resolve:ssm:NAME}}: %s", service, whole)
	}
	name, after, versioned := strings.Cut(rest, ":")
	if versioned {
		version, _ = strconv.Atoi(after)
	}
	if name == "" || versioned && version < 1 {
		return "", 0, errorAt(nil, "Incorrect format is used in the following SSM reference: [%s]", whole)
	}
	return name, version, nil
}
