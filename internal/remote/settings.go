package remote

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// timeLayout is how Lambda writes LastModified.
const timeLayout = "2006-01-02T15:04:05.999Z0700"

// versionOf reads a configuration of Lambda's. Errors: fault.Denied "environment" when the endpoint may not show the
// variables, which would otherwise look as if there were none.
func versionOf(c *types.FunctionConfiguration) (deployer.Version, error) {
	v := deployer.Version{
		Number: text(c.Version), Digest: text(c.CodeSha256), Description: text(c.Description), Revision: text(c.RevisionId),
		Settings: deployer.Settings{
			Runtime: string(c.Runtime), Handler: text(c.Handler), Role: text(c.Role),
			MemoryMB: int(value(c.MemorySize)), Timeout: time.Duration(value(c.Timeout)) * time.Second,
		},
	}
	v.Modified, _ = time.Parse(timeLayout, text(c.LastModified)) // the zero time when the endpoint does not tell
	if len(c.Architectures) > 0 {
		v.Settings.Architecture = string(c.Architectures[0])
	}
	for _, layer := range c.Layers {
		v.Settings.Layers = append(v.Settings.Layers, text(layer.Arn))
	}
	if c.EphemeralStorage != nil {
		v.Settings.EphemeralMB = int(value(c.EphemeralStorage.Size))
	}
	if c.TracingConfig != nil {
		v.Settings.TracingMode = string(c.TracingConfig.Mode)
	}
	if c.DeadLetterConfig != nil {
		v.Settings.DeadLetterARN = text(c.DeadLetterConfig.TargetArn)
	}
	if c.Environment == nil {
		return v, nil
	}
	if e := c.Environment.Error; e != nil {
		return v, fault.Errorf(fault.Denied, "environment", "read the environment of %s: %s", text(c.FunctionArn), text(e.Message))
	}
	v.Settings.Environment = map[string]deployer.Secret{}
	for name, secret := range c.Environment.Variables {
		v.Settings.Environment[name] = deployer.Secret(secret)
	}
	return v, nil
}

func create(in *lambda.CreateFunctionInput, s deployer.Settings) {
	in.Runtime, in.Handler, in.Role = types.Runtime(s.Runtime), optional(s.Handler), optional(s.Role)
	in.MemorySize, in.Timeout = count(s.MemoryMB), seconds(s.Timeout)
	in.Architectures = architectures(s.Architecture)
	in.Environment, in.Layers = variables(s.Environment), s.Layers
	in.EphemeralStorage, in.TracingConfig, in.DeadLetterConfig = storage(s), tracing(s), deadLetter(s)
}

func update(in *lambda.UpdateFunctionConfigurationInput, s deployer.Settings) {
	in.Runtime, in.Handler, in.Role = types.Runtime(s.Runtime), optional(s.Handler), optional(s.Role)
	in.MemorySize, in.Timeout = count(s.MemoryMB), seconds(s.Timeout)
	in.Environment, in.Layers = variables(s.Environment), s.Layers
	in.EphemeralStorage, in.TracingConfig, in.DeadLetterConfig = storage(s), tracing(s), deadLetter(s)
}

// variables are nil if nothing was said, and empty if none are asked for.
func variables(environment map[string]deployer.Secret) *types.Environment {
	if environment == nil {
		return nil
	}
	plain := make(map[string]string, len(environment))
	for name, secret := range environment {
		plain[name] = string(secret)
	}
	return &types.Environment{Variables: plain}
}

func architectures(name string) []types.Architecture {
	if name == "" {
		return nil
	}
	return []types.Architecture{types.Architecture(name)}
}

func storage(s deployer.Settings) *types.EphemeralStorage {
	if s.EphemeralMB == 0 {
		return nil
	}
	return &types.EphemeralStorage{Size: count(s.EphemeralMB)}
}

func tracing(s deployer.Settings) *types.TracingConfig {
	if s.TracingMode == "" {
		return nil
	}
	return &types.TracingConfig{Mode: types.TracingMode(s.TracingMode)}
}

func deadLetter(s deployer.Settings) *types.DeadLetterConfig {
	if s.DeadLetterARN == "" {
		return nil
	}
	return &types.DeadLetterConfig{TargetArn: &s.DeadLetterARN}
}

// count is nil for zero: left out of the request.
func count(n int) *int32 {
	if n == 0 {
		return nil
	}
	return new(int32(n))
}

func seconds(d time.Duration) *int32 { return count(int(d / time.Second)) }

func value(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}
