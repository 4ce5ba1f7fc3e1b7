package executeapi

import (
	"strings"

	"sluice/internal/function"
)

// Target is a function that an integration or an authorizer calls. The zero Target is none.
type Target struct {
	Function  function.ID
	Qualifier string
}

// ParseTarget reads a function's name or ARN, with a qualifier or without; the zero Target if it is neither. A name alone is of the
// scope.
func ParseTarget(text string, scope function.Scope) (t Target) {
	t.Function.Scope = scope
	parts := strings.Split(text, ":")
	switch {
	case len(parts) >= 7 && parts[0] == "arn" && parts[2] == "lambda" && parts[5] == "function":
		t.Function.Region, t.Function.Account = parts[3], parts[4]
		parts = parts[6:]
	case len(parts) >= 3 && parts[1] == "function":
		t.Function.Account = parts[0]
		parts = parts[2:]
	}
	if parts[0] == "" || len(parts) > 2 {
		return Target{}
	}
	t.Function.Name = parts[0]
	if len(parts) == 2 {
		t.Qualifier = parts[1]
	}
	return t
}
