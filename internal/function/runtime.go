package function

import (
	"slices"
	"strings"

	"sluice/internal/fault"
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

// refused are runtimes that AWS had once and takes no more, nor does Sluice. Its words about them are others than about a name
// that it never had (recording test_create_deprecated_function_runtime_with_validation_enabled).
var refused = []string{
	"java8", "ruby2.5", "ruby2.7", "python2.7", "nodejs4.3-edge", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1",
	"dotnet5.0", "dotnet7",
}

// validateRuntime refuses a runtime that no function may have.
func validateRuntime(runtime string) error {
	if slices.Contains(refused, runtime) {
		return fault.Errorf(fault.Invalid, "configuration",
			"The runtime parameter of %s is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.",
			runtime)
	}
	if !slices.Contains(runtimes, runtime) && !slices.Contains(retired, runtime) {
		return fault.Errorf(fault.Invalid, "configuration",
			"Value %s at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [%s] or be a valid ARN",
			runtime, strings.Join(runtimes, ", "))
	}
	return nil
}
