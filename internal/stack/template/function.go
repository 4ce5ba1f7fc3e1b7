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

func isFunction(value any) bool {
	_, _, ok := node{value: value}.function()
	return ok
}

func isScalar(value any) bool {
	_, ok := Scalar(value)
	return ok
}

func isTextOrFunction(value any) bool { return isScalar(value) || isFunction(value) }

func isListOrFunction(value any) bool {
	_, ok := value.([]any)
	return ok || isFunction(value)
}
