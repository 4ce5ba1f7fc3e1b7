package function

import (
	"strings"
	"testing"

	"sluice/internal/fault"
)

// sized has one variable, whose JSON is of n bytes.
func sized(n int) map[string]string {
	return map[string]string{"A": strings.Repeat("x", n-len(`{"A":""}`))}
}

func TestEnvironmentsThatAreTaken(t *testing.T) {
	for name, variables := range map[string]map[string]string{
		"none":                          nil,
		"empty":                         {},
		"the largest":                   sized(maxEnvironment),
		"markup, which counts as it is": {"A": strings.Repeat("<", maxEnvironment-len(`{"A":""}`))},
		"names that only begin so":      {"AWS_REGIONS": "", "LAMBDA_TASK_ROOTS": "", "aws_region": ""},
		"values that are not ASCII":     {"A": "é\n\t\"\\"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := validateEnvironment(variables); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEnvironmentsThatAreRefused(t *testing.T) {
	tooLarge := sized(maxEnvironment + 1)
	const unable = "Lambda was unable to configure your environment variables because "
	for name, tt := range map[string]struct {
		variables map[string]string
		noun      string
		message   string // its end
	}{
		"one that Lambda sets": {map[string]string{"AWS_REGION": "x", "A": ""}, "environment", "Reserved keys used in this request: AWS_REGION"},
		"several, in order":    {map[string]string{"_HANDLER": "", "AWS_REGION": ""}, "environment", "Reserved keys used in this request: AWS_REGION, _HANDLER"},
		"too large by a byte":  {tooLarge, "environment size", `exceeded the 4KB limit. String measured: {"A":"` + tooLarge["A"] + `"}`},
		"a NUL":                {map[string]string{"A": "a\x00b"}, "environment", "because the value of A contains a NUL character."},
	} {
		t.Run(name, func(t *testing.T) {
			err := validateEnvironment(tt.variables)
			if !fault.Is(err, fault.Invalid, tt.noun) || !strings.HasPrefix(err.Error(), unable) || !strings.HasSuffix(err.Error(), tt.message) {
				t.Errorf("%v\nwant … %s", err, tt.message)
			}
		})
	}
}

func TestEachReservedNameIsRefused(t *testing.T) {
	for _, name := range reserved {
		if err := validateEnvironment(map[string]string{name: "x"}); !fault.Is(err, fault.Invalid, "environment") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
