package template

import (
	"regexp"
	"strconv"
	"strings"
)

// dynamicReference is a dynamic reference (CloudFormation User Guide, "Get values stored in other services using dynamic references").
var dynamicReference = regexp.MustCompile(`\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]*)\}\}`)

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
		parts := dynamicReference.FindStringSubmatch(found)
		value, err := e.storedParameter(found, parts[1], parts[2])
		failed = worse(failed, err)
		return value
	})
	if failed != nil {
		return nil, failed
	}
	return replaced, nil
}

// storedParameter is the value of one dynamic reference: NAME or NAME:VERSION of the parameter store.
func (e *evaluator) storedParameter(whole, service, rest string) (string, error) {
	if service != "ssm" {
		return "", errorAt(nil, "Dynamic references to %s are not supported here; store the value as a String parameter and use {{resolve:ssm:NAME}}: %s", service, whole)
	}
	name, after, versioned := strings.Cut(rest, ":")
	version := 0
	if versioned {
		var err error
		if version, err = strconv.Atoi(after); err != nil || version < 1 {
			return "", errorAt(nil, "Incorrect format is used in the following SSM reference: [%s]", whole)
		}
	}
	if name == "" {
		return "", errorAt(nil, "Incorrect format is used in the following SSM reference: [%s]", whole)
	}
	return e.from.Stored(name, version)
}
