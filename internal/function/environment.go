package function

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// maxEnvironment is the largest size of a version's variables, in bytes of JSON (AWS's page "Lambda quotas").
const maxEnvironment = 4096

// reserved are variables that Lambda sets itself (AWS's page "Using Lambda environment variables").
var reserved = []string{
	"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
	"AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
	"AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
	"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT",
	"LAMBDA_RUNTIME_DIR",
}

// EnvironmentTooLarge begins the message about variables that are too large. What was measured follows: their JSON.
const EnvironmentTooLarge = "Lambda was unable to configure your environment variables because the environment variables " +
	"you have provided exceeded the 4KB limit. String measured: "

// validateEnvironment checks names and size. Like AWS it shows a caller whose variables are too large what it
// measured (recording test_large_environment_variables_fails); the text goes back to the sender and into no log.
func validateEnvironment(variables map[string]string) error {
	var bad []string
	for name, value := range variables {
		if strings.ContainsRune(value, 0) {
			return fault.Errorf(fault.Invalid, "environment",
				"Lambda was unable to configure your environment variables because the value of %s contains a NUL character.", name)
		}
		if slices.Contains(reserved, name) {
			bad = append(bad, name)
		}
	}
	if len(bad) > 0 {
		slices.Sort(bad)
		return fault.Errorf(fault.Invalid, "environment",
			"Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: %s",
			strings.Join(bad, ", "))
	}
	var document bytes.Buffer
	encoder := json.NewEncoder(&document)
	encoder.SetEscapeHTML(false) // what a browser would take for markup counts as what it is
	if err := encoder.Encode(variables); err != nil {
		return fault.Errorf(fault.Invalid, "environment", "Lambda was unable to configure your environment variables: %w", err)
	}
	if text := strings.TrimSuffix(document.String(), "\n"); len(variables) > 0 && len(text) > maxEnvironment {
		return fault.Errorf(fault.Invalid, "environment size", "%s%s", EnvironmentTooLarge, text)
	}
	return nil
}
