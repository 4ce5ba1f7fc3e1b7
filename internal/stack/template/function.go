package template

import "strings"

// function is the intrinsic function that a map is, and its argument: a map with one key that is Ref or begins with Fn::.
func (n node) function() (name string, arg node, ok bool) {
	object, _ := n.value.(map[string]any)
	if len(object) != 1 {
		return "", node{}, false
	}
	for name = range object {
		if name == "Ref" || strings.HasPrefix(name, "Fn::") {
			return name, n.key(name), true
		}
	}
	return "", node{}, false
}

// supported is how CloudFormation lists the functions in its error for another one.
const supported = "Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, " +
	"Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, " +
	"Fn::RefAll, Fn::Sub, Fn::Cidr"

// What CloudFormation says to an argument of a wrong shape.
const (
	refShape       = "Template error: every Ref object must have a single String value."
	getAttShape    = "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute"
	joinShape      = "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
	splitShape     = "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split."
	selectShape    = "Template error: Fn::Select requires a list argument with two elements: an integer index and a list"
	subShape       = "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string"
	findInMapShape = "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value"
	ifShape        = "Template error: Fn::If requires a list argument with three elements"
	ifCondition    = "Template error: Fn::If requires a list argument with the first element being a condition"
	base64Shape    = "Template error: every Fn::Base64 object must have a String-typed value."
	zonesShape     = "Template error: every Fn::GetAZs object must have a String-typed value."
	importShape    = "Template error: the attribute in Fn::ImportValue must be a string or a function that returns a string"
	importDepends  = "Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs"
	cidrShape      = "Template error: every Fn::Cidr object requires a list of an IP block, a count between 1 and 256 and, optionally, the number of CIDR bits."
	equalsShape    = "Template error: every Fn::Equals object requires a list of 2 string parameters."
	notShape       = "Template error: Fn::Not requires a list argument with one element"
	severalShape   = "Template error: every %s object requires a list of at least 2 and at most 10 boolean parameters."
	membersShape   = "Template error: every %s object requires a list of two parameters, both lists of strings or functions that return them."
	containsShape  = "Template error: every Fn::Contains object requires a list of two parameters, a list of strings and a string."
	notACondition  = "Template format error: Conditions can only be boolean operations on parameters and other conditions"
)

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

func isFunction(value any) bool {
	_, _, ok := node{value: value}.function()
	return ok
}

func isScalar(value any) bool {
	_, ok := scalarText(value)
	return ok
}

func isTextOrFunction(value any) bool { return isScalar(value) || isFunction(value) }

func isListOrFunction(value any) bool {
	_, ok := value.([]any)
	return ok || isFunction(value)
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
		text, isText := scalarText(each)
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
	text, ok := scalarText(index)
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
