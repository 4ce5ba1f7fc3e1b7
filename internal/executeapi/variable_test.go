package executeapi_test

import (
	"fmt"
	"testing"

	"sluice/internal/executeapi"
)

func TestCheckVariables(t *testing.T) {
	for name, tt := range map[string]struct {
		variables map[string]string
		refusal   string // empty: none
	}{
		"none":                      {nil, ""},
		"all that may be":           {map[string]string{"aZ_9": "aZ9-._~:/?#&=,", "empty": ""}, ""},
		"a name with a dash":        {map[string]string{"a-b": "c"}, "Stage variable name is invalid: a-b. Valid names consist of a-zA-Z0-9_"},
		"no name":                   {map[string]string{"": "c"}, "Stage variable name is invalid: . Valid names consist of a-zA-Z0-9_"},
		"a value with a space":      {map[string]string{"a": "b c"}, "Stage variable value is invalid: b c. Valid values consist of A-Za-z0-9-._~:/?#&=,"},
		"a value with a line's end": {map[string]string{"a": "b\n"}, "Stage variable value is invalid: b\n. Valid values consist of A-Za-z0-9-._~:/?#&=,"},
		"the first name in order":   {map[string]string{"b!": "", "a!": ""}, "Stage variable name is invalid: a!. Valid names consist of a-zA-Z0-9_"},
	} {
		t.Run(name, func(t *testing.T) {
			err := executeapi.CheckVariables(tt.variables)
			if tt.refusal == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantRefusal(t, err, tt.refusal)
		})
	}
}

func TestFill(t *testing.T) {
	variables := map[string]string{"alias": "live", "empty": ""}
	for text, want := range map[string]string{
		"":                          "true ",
		"f:${stageVariables.alias}": "true f:live",
		"${stageVariables.alias}/${stageVariables.alias}": "true live/live",
		"f${stageVariables.empty}":                        "true f",
		"${stageVariables.none}":                          "false ",
		"${stageVariables.alias}${stageVariables.none}":   "false live",
		"${stageVariables.a-b}":                           "true ${stageVariables.a-b}",
		"$stageVariables.alias":                           "true $stageVariables.alias",
	} {
		filled, ok := executeapi.Fill(text, variables)
		if got := fmt.Sprint(ok, " ", filled); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIsVariable(t *testing.T) {
	for text, want := range map[string]bool{
		"${stageVariables.a}": true, "x${stageVariables.a}": false, "${stageVariables.a}${stageVariables.b}": false, "": false, "a": false,
	} {
		if got := executeapi.IsVariable(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestAssume(t *testing.T) {
	if got := executeapi.Assume("a:${stageVariables.x}:${stageVariables.y}"); got != "a:variable:variable" {
		t.Errorf("%q", got)
	}
}
