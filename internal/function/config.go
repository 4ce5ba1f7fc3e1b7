package function

import (
	"encoding/json"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// Defaults and limits of a version's configuration, from AWS's page "Lambda quotas".
const (
	DefaultTimeout = 3   // seconds
	DefaultMemory  = 128 // MB
	DefaultStorage = 512 // MB

	maxEnvironment = 4096 // bytes of JSON
	maxName        = 64   // characters
)

// runtimes are the names that AWS listed on 2025-11-25, in its order (recording test_create_lambda_exceptions).
var runtimes = []string{
	"nodejs20.x", "python3.14", "provided.al2023", "python3.12", "python3.13", "nodejs24.x", "nodejs22.x", "java25",
	"python3.10", "python3.11", "java21", "ruby3.3", "ruby3.4", "ruby3.2", "python3.8", "python3.9", "java17",
	"nodejs16.x", "dotnet10", "dotnet8", "java11", "dotnet6", "nodejs18.x", "provided.al2", "java8.al2",
}

// retired are runtimes that AWS accepts no more and Sluice does, since the interpreters at hand still run their code.
var retired = []string{
	"go1.x", "provided", "nodejs", "nodejs4.3", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x",
	"python3.6", "python3.7",
}

// withDefaults fills in what a creation may leave out.
func (c Config) withDefaults(name string) Config {
	fill := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	fillNumber := func(field *int, value int) {
		if *field == 0 {
			*field = value
		}
	}
	fillNumber(&c.Timeout, DefaultTimeout)
	fillNumber(&c.Memory, DefaultMemory)
	fillNumber(&c.Storage, DefaultStorage)
	fill(&c.Architecture, "x86_64")
	fill(&c.LogFormat, "Text")
	fill(&c.LogGroup, "/aws/lambda/"+name)
	fill(&c.Tracing, "PassThrough")
	fill(&c.SnapStart, "None")
	if c.LogFormat == "JSON" {
		fill(&c.LogLevel, "INFO")
		fill(&c.SystemLevel, "INFO")
	}
	return c
}

// validate reports what the request shapes cannot: rules that need a second look or a second field.
func (c Config) validate() error {
	if c.Runtime == "" || c.Handler == "" {
		return fault.Errorf(fault.Invalid, "configuration",
			"Runtime and Handler are mandatory parameters for functions created with deployment packages.")
	}
	if !slices.Contains(runtimes, c.Runtime) && !slices.Contains(retired, c.Runtime) {
		return fault.Errorf(fault.Invalid, "configuration",
			"Value %s at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [%s] or be a valid ARN",
			c.Runtime, strings.Join(runtimes, ", "))
	}
	return validateEnvironment(c.Environment)
}

// reserved are variables that Lambda sets itself (AWS's page "Using Lambda environment variables").
var reserved = []string{
	"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
	"AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
	"AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
	"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT",
	"LAMBDA_RUNTIME_DIR",
}

// validateEnvironment checks names and size. Like AWS it shows a caller whose variables are too large what it
// measured (recording test_large_environment_variables_fails); the text goes back to the sender and into no log.
func validateEnvironment(variables map[string]string) error {
	var bad []string
	for name := range variables {
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
	document, err := json.Marshal(variables)
	if err != nil {
		return fault.Errorf(fault.Invalid, "environment", "Lambda was unable to configure your environment variables: %w", err)
	}
	if len(variables) > 0 && len(document) > maxEnvironment {
		return fault.Errorf(fault.Invalid, "environment",
			"Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: %s",
			document)
	}
	return nil
}

// validateName checks what a new function's name must satisfy beyond its pattern. AWS reports this length with the
// text of a constraint but as an invalid parameter (recording test_function_arns).
func validateName(name string) error {
	if len(name) > maxName {
		return fault.Errorf(fault.Invalid, "function",
			"1 validation error detected: Value '%s' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to %d",
			name, maxName)
	}
	return nil
}
