package template

import (
	"slices"
	"strings"
)

// longForm writes a short tag out: !Ref X as {"Ref": X}, !Sub X as {"Fn::Sub": X}. A tag that is no function's is written the
// same way, and then refused as a function that does not exist.
func longForm(tag string, value any) map[string]any {
	name := tag[1:]
	switch name {
	case "Ref", "Condition":
	case "GetAtt":
		name, value = "Fn::GetAtt", attribute(value)
	default:
		name = "Fn::" + name
	}
	return map[string]any{name: value}
}

// attribute is "A.B.C" as the list that Fn::GetAtt takes: the resource and the attribute.
func attribute(value any) any {
	if text, ok := value.(string); ok {
		if resource, name, ok := strings.Cut(text, "."); ok {
			return []any{resource, name}
		}
	}
	return value
}

// isShortTag reports whether a tag is one of YAML's local tags: CloudFormation's short forms are.
func isShortTag(tag string) bool {
	return len(tag) > 1 && tag[0] == '!' && tag[1] != '!' && tag[1] != '<'
}

// plainTags are the tags that name what a value is anyway; others of YAML's own (binary, set, timestamp ...) are not supported
// (CloudFormation User Guide, "CloudFormation template formats").
var plainTags = []string{"!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"}

func isPlainTag(tag string) bool { return slices.Contains(plainTags, tag) }
