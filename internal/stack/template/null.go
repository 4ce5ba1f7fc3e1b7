package template

import (
	"strconv"
	"strings"
)

// checkNulls finds values that are null: CloudFormation has none (recorded: test_invalid_output_structure). In its path a
// resource's properties are called Type.
func checkNulls(root node) *Error {
	if !hasNull(root.value) {
		return nil
	}
	// An output's value is named first, whatever else is null (recorded with two of them).
	outputs := root.key("Outputs")
	for _, name := range outputs.names() {
		if value := outputs.key(name).key("Value"); outputs.key(name).has("Value") && value.value == nil {
			return checkNull(value, "/Outputs/"+name+"/Value", 3)
		}
	}
	return checkNull(root, "", 0)
}

func hasNull(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case map[string]any:
		for _, each := range value {
			if hasNull(each) {
				return true
			}
		}
	case []any:
		for _, each := range value {
			if hasNull(each) {
				return true
			}
		}
	}
	return false
}

func checkNull(n node, path string, depth int) *Error {
	switch value := n.value.(type) {
	case nil:
		return errorAt(n.at, "[%s] 'null' values are not allowed in templates", path)
	case map[string]any:
		for _, name := range n.names() {
			shown := name
			if depth == 2 && name == "Properties" && strings.HasPrefix(path, "/Resources/") && value[name] != nil {
				shown = "Type"
			}
			if err := checkNull(n.key(name), path+"/"+shown, depth+1); err != nil {
				return err
			}
		}
	case []any:
		for i, item := range n.items() {
			if err := checkNull(item, path+"/"+strconv.Itoa(i), depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
