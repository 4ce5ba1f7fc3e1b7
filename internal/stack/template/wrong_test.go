package template_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// resources is a section that is right, for templates whose other sections are wrong.
const resources = "Resources:\n  R: {Type: 'AWS::X::Y'}\n"

// property is a template whose only property is a value.
func property(value string) string {
	return "Resources:\n  A: {Type: T}\n  B:\n    Type: T\n    Properties:\n      P: " + value + "\n"
}

// wrong are templates that are wrong each in one way, and what is said to them. What CloudFormation says is known for those
// whose text begins as its do.
var wrong = []struct{ name, text, want string }{
	{"nothing", "", `Template format error: unsupported structure.`},
	{"blanks", " \n\t\n", `Template format error: unsupported structure.`},
	{"a text", "hello", `Template format error: unsupported structure.`},
	{"a list", "- a\n- b\n", `Template format error: unsupported structure.`},
	{"JSON: equals sign", `{"this is invalid JSON"="bobbins"}`, `Template format error: JSON not well-formed. (line 1, column 25)`},
	{"JSON: end", "{\n  \"Resources\": {\n", `Template format error: JSON not well-formed. (line 3, column 2)`},
	{"JSON: comma", "{\"Resources\": {},}", `Template format error: JSON not well-formed. (line 1, column 19)`},
	{"JSON: comment", "{\"Resources\": {} // no\n}", `Template format error: JSON not well-formed. (line 1, column 19)`},
	{"JSON: more after it", "{} {}", `Template format error: JSON not well-formed. (line 1, column 5)`},
	{"JSON: bad word", `{"A": tru}`, `Template format error: JSON not well-formed. (line 1, column 8)`},
	{"JSON: bad number", `{"A": 01}`, `Template format error: JSON not well-formed. (line 1, column 8)`},
	{"JSON: bad escape", `{"A": "\q"}`, `Template format error: JSON not well-formed. (line 1, column 8)`},
	{"JSON: key twice", "{\n \"Resources\": {},\n \"Resources\": {}\n}", `Template format error: duplicate key "Resources". (line 3, column 2)`},
	{"JSON: deep", `{"A":` + strings.Repeat("[", 5000),
		`Template format error: the template is nested more than 100 levels deep. (line 1, column 105)`},
	{"YAML: tab", "Resources:\n\tA: b\n",
		`Template format error: YAML not well-formed. (line 2, column 1): while scanning for the next token, found character that cannot start any token`},
	{"YAML: indent", "Resources:\n  A:\n    Type: T\n   Properties: {}\n",
		`Template format error: YAML not well-formed. (line 4, column 4): while parsing a block mapping, did not find expected key`},
	{"YAML: open list", "Resources: [a, b\n", `Template format error: YAML not well-formed. (line 2, column 1): while parsing a flow sequence, did not find expected ',' or ']'`},
	{"YAML: open quote", "Resources: \"a\n",
		`Template format error: YAML not well-formed. (line 2, column 1): while scanning a quoted scalar, found unexpected end of stream`},
	{"YAML: two documents", resources + "---\nA: b\n",
		`Template format error: YAML not well-formed. (line 3, column 1): there is more than one document`},
	{"YAML: key twice", "Resources:\n  A: {Type: T}\n  A: {Type: T}\n", `Template format error: duplicate key "A". (line 3, column 3)`},
	{"YAML: key is a list", "? [a, b]\n: c\n", `Template format error: YAML not well-formed. (line 1, column 3): a key must be a text`},
	{"YAML: alias", "A: &x {b: c}\nB: *x\n", `Template error: YAML aliases are not allowed in CloudFormation templates (line 2, column 4)`},
	{"YAML: bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
		`Template error: YAML aliases are not allowed in CloudFormation templates (line 2, column 8)`},
	{"YAML: merge", "A:\n  <<: {b: c}\n", `Template error: YAML merge keys (<<) are not allowed in CloudFormation templates (line 2, column 3)`},
	{"YAML: binary", "A: !!binary aGVsbG8=\n", `Template format error: the YAML tag !!binary is not supported. (line 1, column 4)`},
	{"YAML: deep lists", "A: " + strings.Repeat("[", 20_000),
		`Template format error: the template is nested more than 100 levels deep. (line 1, column 104)`},
	{"YAML: deep maps", "A: " + strings.Repeat("{a: ", 10_000),
		`Template format error: the template is nested more than 100 levels deep. (line 1, column 404)`},
	{"YAML: deep dashes", strings.Repeat("- ", 20_000) + "a",
		`Template format error: the template is nested more than 100 levels deep. (line 1, column 201)`},
	{"YAML: deep indents", indents(200), `Template format error: the template is nested more than 100 levels deep. (line 101, column 102)`},
	{"YAML: tags in a row", "A: " + strings.Repeat("!x ", 10_000) + "a",
		`Template format error: YAML not well-formed. (line 1, column 7): while parsing a block mapping, did not find expected key`},
	{"YAML: anchors in a row", "A: " + strings.Repeat("&x ", 10_000) + "a",
		`Template format error: YAML not well-formed. (line 1, column 7): while parsing a block mapping, did not find expected key`},
	{"YAML: wide map", "Resources:\n" + many("", "  a%: b\n", 3_000),
		`Template format error: Any Resources member must be an object. (line 2, column 3)`},
	{"YAML: long key", strings.Repeat("k", 5_000) + ": b\n",
		`Invalid template property or properties [` + strings.Repeat("k", 1959) + `...`},
	{"not UTF-8", "Resources:\n  A: \xff\n", `Template format error: YAML not well-formed. (line 2, column 6): it is not UTF-8`},
	{"too large", strings.Repeat("# comment\n", 100_001), `Template may not exceed 1000000 bytes in size.`},
	{"unknown sections", "Foo: 1\nBar: 2\n" + resources, `Invalid template property or properties [Foo, Bar] (line 1, column 1)`},
	{"version", "AWSTemplateFormatVersion: 2010-09-08\n" + resources,
		`Template format error: 2010-09-08 is not a supported value for AWSTemplateFormatVersion. (line 1, column 1)`},
	{"version is a map", "AWSTemplateFormatVersion: {a: b}\n" + resources,
		`Template format error: AWSTemplateFormatVersion value must be a string. (line 1, column 1)`},
	{"description is a list", "Description: [a]\n" + resources, `Template format error: Description must be a string. (line 1, column 1)`},
	{"description is long", "Description: " + strings.Repeat("a", 1025) + "\n" + resources,
		`Template format error: 'Description' length is greater than 1024. (line 1, column 1)`},
	{"no resources", "Parameters:\n  P: {Type: String}\n", `Template format error: At least one Resources member must be defined. (line 1, column 1)`},
	{"empty resources", "Resources: {}\n", `Template format error: At least one Resources member must be defined.`},
	{"resources is a list", "Resources: [a]\n", `Template format error: Any Resources member must be an object.`},
	{"resource is a text", "Resources:\n  A: b\n", `Template format error: Any Resources member must be an object. (line 2, column 3)`},
	{"resource has no type", "Resources:\n  A:\n    Properties: {}\n",
		`Template format error: [/Resources/A] Every Resources object must contain a Type member. (line 2, column 3)`},
	{"resource's type is a list", "Resources:\n  A:\n    Type: [T]\n",
		`Template format error: [/Resources/A/Type] Every Type member must be a string. (line 3, column 5)`},
	{"resource's name", "Resources:\n  my-bad-resource-id: {Type: T}\n",
		`Template format error: Resource name my-bad-resource-id is non alphanumeric. (line 2, column 3)`},
	{"resource's attribute", "Resources:\n  A:\n    Type: T\n    Propertys: {}\n", `Invalid template resource property 'Propertys' (line 4, column 5)`},
	{"properties is a list", "Resources:\n  A:\n    Type: T\n    Properties: [a]\n",
		`Template format error: [/Resources/A/Properties] Every Properties member must be an object. (line 4, column 5)`},
	{"null property", "Resources:\n  A:\n    Type: T\n    Properties:\n      P: {Q: [a, ~]}\n",
		`[/Resources/A/Type/P/Q/1] 'null' values are not allowed in templates (line 5, column 18)`},
	{"null section", resources + "Outputs:\n", `[/Outputs] 'null' values are not allowed in templates (line 3, column 1)`},
	{"too many resources", many("Resources:\n", "  R%: {Type: T}\n", 2001),
		`Template format error: Number of resources, 2001, is greater than maximum allowed, 2000 (line 1, column 1)`},
	{"too many parameters", resources + many("Parameters:\n", "  P%: {Type: String, Default: a}\n", 201),
		`Template format error: Number of parameters, 201, is greater than maximum allowed, 200 (line 3, column 1)`},
	{"too many outputs", resources + many("Outputs:\n", "  O%: {Value: a}\n", 201),
		`Template format error: Number of outputs, 201, is greater than maximum allowed, 200 (line 3, column 1)`},
	{"too many mappings", resources + many("Mappings:\n", "  M%: {a: {b: c}}\n", 201),
		`Template format error: Number of mappings, 201, is greater than maximum allowed, 200 (line 3, column 1)`},
	{"DependsOn nothing", "Resources:\n  A:\n    Type: T\n    DependsOn: [B, C]\n",
		`Template format error: Unresolved resource dependencies [B, C] in the Resources block of the template (line 4, column 17)`},
	{"DependsOn a map", "Resources:\n  A:\n    Type: T\n    DependsOn: {a: b}\n",
		`Template format error: DependsOn must be a string or list of strings. (line 4, column 5)`},
	{"depends on itself", "Resources:\n  A:\n    Type: T\n    DependsOn: A\n", `Circular dependency between resources: [A] (line 2, column 3)`},
	{"cycle", "Resources:\n  A:\n    Type: T\n    Properties: {P: !Ref B}\n  B:\n    Type: T\n    Properties: {P: !Sub '${C.Arn}'}\n  C:\n    Type: T\n    DependsOn: A\n  D: {Type: T}\n",
		`Circular dependency between resources: [A, B, C] (line 2, column 3)`},
	{"resource's condition", "Resources:\n  A:\n    Type: T\n    Condition: C\n",
		`Template format error: Unresolved condition dependency C in the Resources block of the template (line 4, column 5)`},
	{"resource's condition is a map", "Resources:\n  A:\n    Type: T\n    Condition: {a: b}\n",
		`Template format error: Every Condition member must be a string. (line 4, column 5)`},
	{"deletion policy", "Resources:\n  A:\n    Type: T\n    DeletionPolicy: Keep\n",
		`Template format error: Unrecognized DeletionPolicy Keep for resource A (line 4, column 5)`},
	{"deletion policy is a list", "Resources:\n  A:\n    Type: T\n    DeletionPolicy: [Retain]\n",
		`Template format error: Every DeletionPolicy member must be a string. (line 4, column 5)`},
	{"deletion policy of a parameter", "Parameters:\n  P: {Type: String, Default: Keep}\nResources:\n  A:\n    Type: T\n    DeletionPolicy: !Ref P\n",
		`Template format error: Unrecognized DeletionPolicy Keep for resource A (line 6, column 5)`},
	{"deletion policy of a resource", "Resources:\n  A:\n    Type: T\n    DeletionPolicy: !GetAtt B.C\n  B: {Type: T}\n",
		`Template format error: Every DeletionPolicy member must be a string. (line 4, column 5)`},
	{"deletion policy of a wrong function", "Resources:\n  A:\n    Type: T\n    DeletionPolicy: !If [C, Retain, Delete]\n",
		`Template error: unresolved condition dependency C in Fn::If (line 4, column 26)`},
	{"replace policy", "Resources:\n  A:\n    Type: T\n    UpdateReplacePolicy: RetainExceptOnCreate\n",
		`Template format error: Unrecognized UpdateReplacePolicy RetainExceptOnCreate for resource A (line 4, column 5)`},
	{"Ref of nothing", property("!Ref Nothing"),
		`Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template (line 6, column 10)`},
	{"Ref of several nothings", property("[!Ref Nothing, !Sub '${Nought} ${AWS::Resion}', !Ref Nothing]"),
		`Template format error: Unresolved resource dependencies [Nothing, Nought, AWS::Resion] in the Resources block of the template (line 6, column 11)`},
	{"Ref of a list", property("{Ref: [A]}"), `Template error: every Ref object must have a single String value. (line 6, column 11)`},
	{"GetAtt of nothing", property("!GetAtt Nothing.Arn"),
		`Template error: instance of Fn::GetAtt references undefined resource Nothing (line 6, column 10)`},
	{"GetAtt without attribute", property("!GetAtt A"),
		`Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute (line 6, column 10)`},
	{"GetAtt of an empty name", property("!GetAtt ['', Arn]"),
		`Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute (line 6, column 10)`},
	{"Sub of nothing's attribute", property("!Sub '${Nothing.Arn}'"),
		`Template error: instance of Fn::Sub references invalid resource attribute Nothing.Arn (line 6, column 10)`},
	{"Sub of a list", property("!Sub [a, b, c]"),
		`Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string (line 6, column 10)`},
	{"Sub of a bad variable", property("!Sub '${a b}'"),
		`Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons (line 6, column 10)`},
	{"Sub of a map", property("!Sub ['${L}', {L: [a]}]"),
		`Template error: variable L in Fn::Sub expression does not resolve to a string (line 6, column 16)`},
	{"Join of one", property("!Join [',']"),
		`Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined. (line 6, column 10)`},
	{"Join of a map", property("!Join [',', [a, {b: c}]]"),
		`Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined. (line 6, column 22)`},
	{"Select of no number", property("!Select [bad, [test]]"),
		`Template error: Fn::Select requires a list argument with two elements: an integer index and a list (line 6, column 10)`},
	{"Select of no list", property("!Select [0, 2]"),
		`Template error: Fn::Select requires a list argument with two elements: an integer index and a list (line 6, column 10)`},
	{"Select beyond a literal", property("!Select [100, [test]]"),
		`Template error: Fn::Select requires a list argument with two elements: an integer index and a list (line 6, column 10)`},
	{"Select beyond a list", property("!Select [3, !Split [',', 'a,b']]"),
		`Template error: Fn::Select cannot select nonexistent value at index 3 (line 6, column 10)`},
	{"Split of one", property("!Split [',']"),
		`Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split. (line 6, column 10)`},
	{"Split at nothing", property("!Split ['', abc]"),
		`Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split. (line 6, column 10)`},
	{"If of two", property("!If [C, a]"), `Template error: Fn::If requires a list argument with three elements (line 6, column 10)`},
	{"If of a map", property("!If [{a: b}, a, b]"),
		`Template error: Fn::If requires a list argument with the first element being a condition (line 6, column 10)`},
	{"If of no condition", property("!If [MissingCondition, a, b]"),
		`Template error: unresolved condition dependency MissingCondition in Fn::If (line 6, column 15)`},
	{"FindInMap of two", property("!FindInMap [M, a]"),
		`Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value (line 6, column 10)`},
	{"FindInMap of no mapping", property("!FindInMap [M, a, b]"),
		`Template error: Mapping named 'M' is not present in the 'Mappings' section of template. (line 6, column 10)`},
	{"FindInMap of no key", "Mappings:\n  M: {a: {b: c}}\n" + property("!FindInMap [M, x, b]"),
		`Template error: Unable to get mapping for M::x::b (line 8, column 10)`},
	{"FindInMap with a default", "Mappings:\n  M: {a: {b: c}}\n" + property("!FindInMap [M, x, b, {DefaultValue: d}]"),
		`Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value (line 8, column 10)`},
	{"Base64 of a list", property("!Base64 [a]"), `Template error: every Fn::Base64 object must have a String-typed value. (line 6, column 10)`},
	{"ImportValue of a list", property("!ImportValue [a]"),
		`Template error: the attribute in Fn::ImportValue must be a string or a function that returns a string (line 6, column 10)`},
	{"ImportValue of a resource", property("!ImportValue {'Fn::Sub': '${A}-x'}"),
		`Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs (line 6, column 10)`},
	{"GetAZs of a list", property("!GetAZs [a]"), `Template error: every Fn::GetAZs object must have a String-typed value. (line 6, column 10)`},
	{"Cidr of one", property("!Cidr ['10.0.0.0/24']"),
		`Template error: every Fn::Cidr object requires a list of an IP block, a count between 1 and 256 and, optionally, the number of CIDR bits. (line 6, column 10)`},
	{"Cidr of no block", property("!Cidr ['10.0.0', 1, 8]"), `Template error: Fn::Cidr: 10.0.0 is not a valid CIDR block (line 6, column 10)`},
	{"Cidr of too many", property("!Cidr ['10.0.0.0/24', 9, 5]"),
		`Template error: Fn::Cidr: 9 blocks of 5 bits do not fit into 10.0.0.0/24 (line 6, column 10)`},
	{"Cidr of no count", property("!Cidr ['10.0.0.0/24', 0, 5]"),
		`Template error: every Fn::Cidr object requires a list of an IP block, a count between 1 and 256 and, optionally, the number of CIDR bits. (line 6, column 10)`},
	{"unknown function", property("!Rain cats"),
		`Template error: Encountered unsupported function: Fn::Rain Supported functions are: [Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr] (line 6, column 10)`},
	{"function with a sibling", property("{'Fn::Join': [a, [b]], c: d}"),
		`Template format error: Fn::Join must be the only key of its object. (line 6, column 11)`},
	{"function of conditions", property("!Equals [a, b]"),
		`Template error: Fn::Equals cannot be used here: it belongs in Conditions or Rules. (line 6, column 10)`},
	{"function of extensions", property("!Length [a, b]"),
		`Template error: Encountered unsupported function: Fn::Length Supported functions are: [Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr] (line 6, column 10)`},
	{"condition is a text", "Conditions:\n  C: yes\n" + resources,
		`Template format error: Conditions can only be boolean operations on parameters and other conditions (line 2, column 3)`},
	{"condition is a Ref", "Conditions:\n  C: !Ref AWS::Region\n" + resources,
		`Template format error: Conditions can only be boolean operations on parameters and other conditions (line 2, column 3)`},
	{"condition of a resource", "Conditions:\n  C: !Equals [!Ref R, a]\n" + resources,
		`Template format error: Unresolved dependencies [R]. Cannot reference resources in the Conditions block of the template (line 2, column 15)`},
	{"condition of an attribute", "Conditions:\n  C: !Equals [!GetAtt R.Arn, a]\n" + resources,
		`Template error: Cannot use Fn::GetAtt in Conditions. (line 2, column 6)`},
	{"condition of nothing", "Conditions:\n  C: !Not [!Condition D]\n" + resources,
		`Template error: unresolved condition dependency D in Condition (line 2, column 12)`},
	{"condition names no text", "Conditions:\n  C: {Condition: [D]}\n" + resources,
		`Template format error: Every Condition member must be a string. (line 2, column 7)`},
	{"conditions in a cycle", "Conditions:\n  C: !Not [!Condition D]\n  D: !Not [!Condition C]\n" + resources,
		`Template format error: Circular dependency between conditions: [C, D] (line 2, column 3)`},
	{"Equals of one", "Conditions:\n  C: !Equals [a]\n" + resources,
		`Template error: every Fn::Equals object requires a list of 2 string parameters. (line 2, column 6)`},
	{"And of one", "Conditions:\n  C: !And [!Equals [a, a]]\n" + resources,
		`Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters. (line 2, column 6)`},
	{"Not of two", "Conditions:\n  C: !Not [!Equals [a, a], !Equals [a, a]]\n" + resources,
		`Template error: Fn::Not requires a list argument with one element (line 2, column 6)`},
	{"conditions are a list", "Conditions: [a]\n" + resources, `Template format error: Any Conditions member must be an object. (line 1, column 1)`},
	{"mapping is flat", "Mappings:\n  M: {A: suffix-a}\n" + resources,
		`Template format error: Every Mappings member A must be a map (line 2, column 7)`},
	{"mapping is deep", "Mappings:\n  M: {A: {Suffix: {Value: a}}}\n" + resources,
		`Template format error: Every Mappings attribute must be a String or a List. (line 2, column 11)`},
	{"mapping's name", "Mappings:\n  M-1: {A: {B: c}}\n" + resources,
		`Template format error: Mapping name M-1 is non alphanumeric. (line 2, column 3)`},
	{"mapping's key", "Mappings:\n  M: {'A b': {B: c}}\n" + resources,
		`Template format error: Mappings attribute name 'A b' must contain only alphanumeric characters. (line 2, column 7)`},
	{"parameter's name", "Parameters:\n  AWS::NoValue: {Type: String}\n" + resources,
		`Template format error: Parameter name AWS::NoValue is non alphanumeric. (line 2, column 3)`},
	{"parameter has no type", "Parameters:\n  P: {Default: a}\n" + resources,
		`Template format error: Every Parameters object must contain a Type member. (line 2, column 3)`},
	{"parameter's type", "Parameters:\n  P: {Type: Strin}\n" + resources,
		`Template format error: Unrecognized parameter type: Strin (line 2, column 7)`},
	{"parameter's property", "Parameters:\n  P: {Type: String, Defalt: a}\n" + resources,
		`Invalid template parameter property 'Defalt' (line 2, column 21)`},
	{"parameter's default", "Parameters:\n  P: {Type: String, Default: [a]}\n" + resources,
		`Template format error: Every Default member must be a string. (line 2, column 21)`},
	{"parameter's values", "Parameters:\n  P: {Type: String, AllowedValues: a}\n" + resources,
		`Template format error: Every AllowedValues member must be a list. (line 2, column 21)`},
	{"parameter's bound", "Parameters:\n  P: {Type: Number, MinValue: a}\n" + resources,
		`Template format error: Every MinValue member must be a number. (line 2, column 21)`},
	{"parameter without value", "Parameters:\n  P: {Type: String}\n  Q: {Type: String}\n" + resources, `Parameters: [P, Q] must have values`},
	{"output has no value", resources + "Outputs:\n  O: {}\n",
		`Template format error: Every Outputs member must contain a Value object (line 4, column 3)`},
	{"output is null", resources + "Outputs:\n  O: {Value: ~}\n", `[/Outputs/O/Value] 'null' values are not allowed in templates (line 4, column 7)`},
	{"output is a list", resources + "Outputs:\n  O:\n    Value: [a]\n",
		`Template format error: The Value field of every Outputs member must evaluate to a String. (line 5, column 5)`},
	{"output is a list of a function", resources + "Outputs:\n  O:\n    Value: !Split [',', 'a,b']\n",
		`Template format error: The Value field of every Outputs member must evaluate to a String. (line 5, column 5)`},
	{"output's property", resources + "Outputs:\n  O: {Value: a, Valu: b}\n", `Invalid template output property 'Valu' (line 4, column 17)`},
	{"output of nothing", resources + "Outputs:\n  O:\n    Value: !Ref Nothing\n",
		`Template format error: Unresolved resource dependencies [Nothing] in the Outputs block of the template (line 5, column 12)`},
	{"output's condition", resources + "Outputs:\n  O: {Value: a, Condition: C}\n",
		`Template format error: Unresolved condition dependency C in the Outputs block of the template (line 4, column 17)`},
	{"export without name", resources + "Outputs:\n  O: {Value: a, Export: {}}\n",
		`Template format error: The Name field of every Export member must be specified. (line 4, column 17)`},
	{"Ref of what is not made", "Conditions:\n  C: !Equals [a, b]\nResources:\n  A:\n    Type: T\n    Condition: C\n  B:\n    Type: T\n    Properties: {P: !Ref A}\n",
		`Template format error: Unresolved resource dependencies [A] in the Resources block of the template (line 9, column 21)`},
	{"output of what is not made", "Conditions:\n  C: !Equals [a, b]\nResources:\n  A:\n    Type: T\n    Condition: C\n  B: {Type: T}\nOutputs:\n  O:\n    Value: !Ref A\n",
		`Unresolved resource dependencies [A] in the Outputs block of the template (line 10, column 12)`},
	{"cycle in a branch", "Conditions:\n  C: !Equals [a, a]\nResources:\n  A:\n    Type: T\n    Properties: {P: !If [C, !Ref B, x]}\n  B:\n    Type: T\n    DependsOn: A\n",
		`Circular dependency between resources: [A, B] (line 4, column 3)`},
	{"rule without assertions", "Rules:\n  R: {}\n" + resources,
		`Template format error: Every Rules object must contain Assertions. (line 2, column 3)`},
	{"rule that asks EC2", "Parameters:\n  V: {Type: 'AWS::EC2::VPC::Id', Default: v}\nRules:\n  R:\n    Assertions:\n      - Assert: !Equals [!ValueOf [V, CidrBlock], a]\n" + resources,
		`Template error: Fn::ValueOf is not supported here: it asks for what EC2 knows of a parameter's value. (line 6, column 17)`},
	{"rule broken", "Rules:\n  R:\n    Assertions:\n      - Assert: !Contains [[a, b], c]\n        AssertDescription: only a or b\n" + resources,
		`Template validation error: Rule R failed: only a or b (line 4, column 9)`},
}

func indents(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// many repeats a line, with a number for %.
func many(head, line string, count int) string {
	for i := range count {
		head += strings.ReplaceAll(line, "%", strings.Repeat("x", 1+i/26/26)+string(rune('a'+i/26%26))+string(rune('a'+i%26)))
	}
	return head
}

// judge parses and binds a template without parameters.
func judge(text string) error {
	parsed, err := template.Parse(text)
	if err != nil {
		return err
	}
	_, err = parsed.Bind(template.Inputs{Pseudo: template.Pseudo{Region: "us-east-1"}})
	return err
}

// timed is the error of a template and how long it took, at best of some tries: others use the machine too.
func timed(text string) (err error, took time.Duration) {
	for try := 0; try == 0 || took > patience && try < 10; try++ {
		began := time.Now()
		err = judge(text)
		took = time.Since(began)
	}
	return err, took
}

func TestWrongTemplates(t *testing.T) {
	for _, tt := range wrong {
		t.Run(tt.name, func(t *testing.T) {
			err, took := timed(tt.text)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
			if !fault.Is(err, fault.Invalid, "template") {
				t.Error("the error is not a fault about a template")
			}
			var placed *template.Error
			if !errors.As(err, &placed) {
				t.Error("the error has no place")
			}
			if took > patience {
				t.Errorf("it took %v", took)
			}
		})
	}
}
