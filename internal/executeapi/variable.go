package executeapi

import (
	"maps"
	"regexp"
	"slices"
)

var (
	variableName  = regexp.MustCompile(`^[A-Za-z0-9_]+$`)
	variableValue = regexp.MustCompile(`^[A-Za-z0-9-._~:/?#&=,]*$`)
	variable      = regexp.MustCompile(`\$\{stageVariables\.([A-Za-z0-9_]+)\}`)
)

// CheckVariables refuses what no stage variable can be (AWS's page "Set up stage variables").
// Errors: fault.Invalid "request".
func CheckVariables(variables map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		if !variableName.MatchString(name) {
			return bad("Stage variable name is invalid: %s. Valid names consist of a-zA-Z0-9_", name)
		}
		if !variableValue.MatchString(variables[name]) {
			return bad("Stage variable value is invalid: %s. Valid values consist of A-Za-z0-9-._~:/?#&=,", variables[name])
		}
	}
	return nil
}

// Fill puts the values of stage variables into a text, where it says ${stageVariables.NAME}; false if one is missing.
func Fill(text string, variables map[string]string) (filled string, ok bool) {
	ok = true
	filled = variable.ReplaceAllStringFunc(text, func(found string) string {
		value, there := variables[variable.FindStringSubmatch(found)[1]]
		ok = ok && there
		return value
	})
	return filled, ok
}

// IsVariable reports whether a text is a stage variable and nothing else.
func IsVariable(text string) bool { return text != "" && variable.FindString(text) == text }

// Assume puts a word in the place of each stage variable, for rules that have to hold whatever the variables are.
func Assume(text string) string { return variable.ReplaceAllString(text, "variable") }
