package sam

import "strings"

// Functions of CloudFormation, as trees.

func ref(id string) map[string]any { return map[string]any{"Ref": id} }

func getAtt(id, attribute string) map[string]any {
	return map[string]any{"Fn::GetAtt": []any{id, attribute}}
}

func sub(text string) map[string]any { return map[string]any{"Fn::Sub": text} }

// subWith is Fn::Sub with variables of its own.
func subWith(text string, variables map[string]any) map[string]any {
	return map[string]any{"Fn::Sub": []any{text, variables}}
}

func join(delimiter string, values ...any) map[string]any {
	return map[string]any{"Fn::Join": []any{delimiter, values}}
}

// conditional is a value under a condition, and another, or none, otherwise.
func conditional(condition, then, otherwise any) map[string]any {
	if otherwise == nil {
		otherwise = noValue()
	}
	return map[string]any{"Fn::If": []any{condition, then, otherwise}}
}

func noValue() map[string]any { return ref("AWS::NoValue") }

func notCondition(condition any) map[string]any {
	return map[string]any{"Fn::Not": []any{map[string]any{"Condition": condition}}}
}

// intrinsic returns the name and argument of a value that is a function of CloudFormation.
func intrinsic(value any) (name string, argument any, ok bool) {
	m, _ := value.(map[string]any)
	if len(m) != 1 {
		return "", nil, false
	}
	for name, argument = range m {
		if name == "Ref" || name == "Condition" || strings.HasPrefix(name, "Fn::") {
			return name, argument, true
		}
	}
	return "", nil, false
}

func isIntrinsic(value any) bool {
	_, _, ok := intrinsic(value)
	return ok
}

func isIf(value any) bool {
	name, _, _ := intrinsic(value)
	return name == "Fn::If"
}

func isNoValue(value any) bool {
	name, argument, _ := intrinsic(value)
	return name == "Ref" && argument == "AWS::NoValue"
}

// ifArguments returns the condition and both values of Fn::If; false if there are not three.
func ifArguments(value any) (arguments []any, ok bool) {
	m, _ := value.(map[string]any)
	arguments, ok = m["Fn::If"].([]any)
	return arguments, ok && len(arguments) == 3
}

// wrongIf tells what is wrong with an Fn::If of which ifArguments makes nothing.
const wrongIf = "Fn::If requires 3 arguments"

// referredID returns the logical ID that a Ref or GetAtt names, empty for everything else.
func referredID(value any) string {
	name, argument, _ := intrinsic(value)
	switch a := argument.(type) {
	case string:
		if name == "Ref" {
			return a
		}
		if id, attribute, ok := strings.Cut(a, "."); ok && name == "Fn::GetAtt" && !strings.Contains(attribute, ".") {
			return id
		}
	case []any:
		if name == "Fn::GetAtt" && len(a) == 2 {
			id, _ := a[0].(string)
			return id
		}
	}
	return ""
}
