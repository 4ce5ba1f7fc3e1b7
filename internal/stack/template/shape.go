package template

import "strings"

// shape checks an argument as far as its functions need not be evaluated.
func (c *checker) shape(name string, arg node) *Error {
	list, _ := arg.value.([]any)
	switch name {
	case "Ref":
		if _, ok := arg.value.(string); !ok {
			return errorAt(arg.at, refShape)
		}
	case "Fn::GetAtt":
		if _, _, ok := attributeOf(arg.value); !ok {
			return errorAt(arg.at, getAttShape)
		}
	case "Fn::Sub":
		return subArguments(arg)
	case "Fn::Join":
		return listOf(arg, len(list) == 2 && isScalar(list[0]) && (isListOrFunction(list[1])), joinShape)
	case "Fn::Split":
		return listOf(arg, len(list) == 2 && isScalar(list[0]) && list[0] != "" && isTextOrFunction(list[1]), splitShape)
	case "Fn::Select":
		return listOf(arg, len(list) == 2 && selectable(list[0], list[1]), selectShape)
	case "Fn::FindInMap":
		return findInMapArguments(arg)
	case "Fn::If":
		return c.ifArguments(arg)
	case "Fn::Cidr":
		return listOf(arg, len(list) == 2 || len(list) == 3, cidrShape)
	case "Fn::Base64":
		return listOf(arg, isTextOrFunction(arg.value), base64Shape)
	case "Fn::GetAZs":
		return listOf(arg, isTextOrFunction(arg.value), zonesShape)
	case "Fn::ImportValue":
		return importArgument(arg)
	}
	return nil
}

// listOf is the error unless the argument is right.
func listOf(arg node, right bool, shape string) *Error {
	if right {
		return nil
	}
	return errorAt(arg.at, "%s", shape)
}

// attributeOf are the resource and the attribute of an argument of Fn::GetAtt. An attribute that is a function is "".
func attributeOf(arg any) (resource, attribute string, ok bool) {
	if text, isText := arg.(string); isText {
		resource, attribute, _ = strings.Cut(text, ".")
		return resource, attribute, resource != "" && attribute != ""
	}
	list, _ := arg.([]any)
	if len(list) < 2 {
		return "", "", false
	}
	parts := make([]string, 0, len(list)-1)
	for _, each := range list[1:] {
		text, isText := Scalar(each)
		if !isText && len(list) == 2 && isFunction(each) {
			resource, ok = list[0].(string)
			return resource, "", ok && resource != ""
		}
		if text == "" {
			return "", "", false
		}
		parts = append(parts, text)
	}
	resource, ok = list[0].(string)
	return resource, strings.Join(parts, "."), ok && resource != ""
}

// selectable reports whether Fn::Select can take an item of this index. A literal list must have it
// (recorded: test_invalid_select_index_type).
func selectable(index, list any) bool {
	if !isListOrFunction(list) {
		return false
	}
	text, ok := Scalar(index)
	if !ok {
		return isFunction(index)
	}
	i, ok := wholeNumber(text)
	literal, isLiteral := list.([]any)
	return ok && (!isLiteral || i < len(literal))
}

func importArgument(arg node) *Error {
	if !isTextOrFunction(arg.value) {
		return errorAt(arg.at, importShape)
	}
	return nil
}

func findInMapArguments(arg node) *Error {
	list, _ := arg.value.([]any)
	right := len(list) == 3
	for _, each := range list {
		right = right && isTextOrFunction(each)
	}
	return listOf(arg, right, findInMapShape)
}

func (c *checker) ifArguments(arg node) *Error {
	list, _ := arg.value.([]any)
	if len(list) != 3 {
		return errorAt(arg.at, ifShape)
	}
	name, ok := list[0].(string)
	if !ok {
		return errorAt(arg.at, ifCondition)
	}
	if c.conditions != nil && !c.conditions[name] {
		return errorAt(arg.item(0).at, "Template error: unresolved condition dependency %s in Fn::If", name)
	}
	return nil
}
