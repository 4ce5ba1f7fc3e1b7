package lambda

import (
	"slices"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
)

// timeFormat is LastModified's form.
const timeFormat = "2006-01-02T15:04:05.000-0700"

// summary is a version as lists show it: without its state and without its interpreter's ARN (recording
// test_publish_version_on_create).
func summary(v *function.Version, arn string) *shape.FunctionConfiguration {
	c := &v.Config
	return &shape.FunctionConfiguration{
		FunctionName:      &v.Function.Name,
		FunctionArn:       &arn,
		Runtime:           wire.Optional(c.Runtime),
		Role:              &c.Role,
		Handler:           wire.Optional(c.Handler),
		CodeSize:          &v.Code.Size,
		Description:       &c.Description,
		Timeout:           new(int64(c.Timeout)),
		MemorySize:        new(int64(c.Memory)),
		LastModified:      new(v.Modified.UTC().Format(timeFormat)),
		CodeSha256:        &v.Code.SHA256,
		Version:           new(v.Number.String()),
		VpcConfig:         network(c),
		DeadLetterConfig:  deadLetter(c.DeadLetter),
		Environment:       environment(c.Environment),
		KMSKeyArn:         wire.Optional(c.KMSKey),
		TracingConfig:     &shape.TracingConfigResponse{Mode: &c.Tracing},
		RevisionId:        &v.RevisionID,
		FileSystemConfigs: fileSystems(c.FileSystems),
		PackageType:       new("Zip"),
		Architectures:     []string{c.Architecture},
		Layers:            layersOf(c),
		EphemeralStorage:  &shape.EphemeralStorage{Size: new(int64(c.Storage))},
		SnapStart:         snapStart(v),
		LoggingConfig: &shape.LoggingConfig{
			LogFormat: &c.LogFormat, LogGroup: &c.LogGroup,
			ApplicationLogLevel: wire.Optional(c.LogLevel), SystemLogLevel: wire.Optional(c.SystemLevel),
		},
	}
}

// configuration is a version as it is shown by itself: with its state.
func configuration(v *function.Version, arn string) *shape.FunctionConfiguration {
	shown := summary(v, arn)
	shown.RuntimeVersionConfig = &shape.RuntimeVersionConfig{RuntimeVersionArn: new(v.RuntimeARN())}
	// Recorded for creations and for updates alike (test_function_lifecycle).
	reason, code := new("The function is being created."), new("Creating")
	switch {
	case v.Settling == nil:
		shown.State, shown.LastUpdateStatus = new("Active"), new("Successful")
	case v.Settling.Creating:
		shown.State, shown.StateReason, shown.StateReasonCode = new("Pending"), reason, code
	default:
		shown.State, shown.LastUpdateStatus = new("Active"), new("InProgress")
		shown.LastUpdateStatusReason, shown.LastUpdateStatusReasonCode = reason, code
	}
	return shown
}

// listedARN is a version's ARN in lists, where $LATEST is qualified too (recording test_publish_version_on_create).
func listedARN(v *function.Version) string { return v.Function.Qualified(v.Number.String()) }

func environment(variables map[string]string) *shape.EnvironmentResponse {
	if variables == nil {
		return nil
	}
	return &shape.EnvironmentResponse{Variables: variables}
}

func deadLetter(arn string) *shape.DeadLetterConfig {
	if arn == "" {
		return nil
	}
	return &shape.DeadLetterConfig{TargetArn: &arn}
}

// snapStart shows what was asked for and, for a published version, that it is so (AWS's page "Activating and managing
// Lambda SnapStart"), although Sluice takes no snapshots.
func snapStart(v *function.Version) *shape.SnapStartResponse {
	status := "Off"
	if v.Config.SnapStart == function.SnapshotPublished && v.Number != function.Latest {
		status = "On"
	}
	return &shape.SnapStartResponse{ApplyOn: &v.Config.SnapStart, OptimizationStatus: &status}
}

// network shows a VPC's subnets and groups as lists even if they are empty.
func network(c *function.Config) *shape.VpcConfigResponse {
	if !c.Network {
		return nil
	}
	return &shape.VpcConfigResponse{
		SubnetIds: append([]string{}, c.Subnets...), SecurityGroupIds: append([]string{}, c.SecurityGroup...),
		VpcId: new(""), Ipv6AllowedForDualStack: &c.IPv6,
	}
}

func fileSystems(list []function.FileSystem) (shown []shape.FileSystemConfig) {
	for _, f := range list {
		shown = append(shown, shape.FileSystemConfig{Arn: &f.ARN, LocalMountPath: &f.Path})
	}
	return shown
}

// settings are the members that a creation and an update of a configuration have in common.
type settings struct {
	description, runtime, role, handler, kmsKey *string
	timeout, memory                             *int64
	architectures                               []string
	storage                                     *shape.EphemeralStorage
	environment                                 *shape.Environment
	deadLetter                                  *shape.DeadLetterConfig
	network                                     *shape.VpcConfig
	tracing                                     *shape.TracingConfig
	snapStart                                   *shape.SnapStart
	logging                                     *shape.LoggingConfig
	fileSystems                                 []shape.FileSystemConfig
	layers                                      *[]function.Layer // nil: none were spoken of
}

// apply changes what the request names.
func (s *settings) apply(c *function.Config) {
	wire.Set(&c.Description, s.description)
	wire.Set(&c.Runtime, s.runtime)
	wire.Set(&c.Role, s.role)
	wire.Set(&c.Handler, s.handler)
	wire.Set(&c.KMSKey, s.kmsKey)
	setInt(&c.Timeout, s.timeout)
	setInt(&c.Memory, s.memory)
	if len(s.architectures) > 0 {
		c.Architecture = s.architectures[0]
	}
	if s.storage != nil {
		setInt(&c.Storage, s.storage.Size)
	}
	if s.environment != nil {
		c.Environment = s.environment.Variables
		if c.Environment == nil {
			c.Environment = map[string]string{}
		}
	}
	if s.deadLetter != nil {
		c.DeadLetter = wire.Value(s.deadLetter.TargetArn)
	}
	wire.Set(&c.Layers, s.layers)
	s.applyRest(c)
}

// applyRest changes what Sluice keeps and shows without acting on it; docs/aws-compatibility.md lists these.
func (s *settings) applyRest(c *function.Config) {
	if s.network != nil {
		c.Subnets, c.SecurityGroup = slices.Clone(s.network.SubnetIds), slices.Clone(s.network.SecurityGroupIds)
		c.IPv6, c.Network = wire.Value(s.network.Ipv6AllowedForDualStack), true
	}
	if s.tracing != nil {
		wire.Set(&c.Tracing, s.tracing.Mode)
	}
	if s.snapStart != nil {
		wire.Set(&c.SnapStart, s.snapStart.ApplyOn)
	}
	if s.logging != nil {
		applyLogging(c, s.logging)
	}
	if s.fileSystems != nil {
		c.FileSystems = nil
		for _, f := range s.fileSystems {
			c.FileSystems = append(c.FileSystems, function.FileSystem{ARN: wire.Value(f.Arn), Path: wire.Value(f.LocalMountPath)})
		}
	}
}

// applyLogging changes what the request names. Who names a format gets its levels anew: the given or default ones of
// JSON, none of text.
func applyLogging(c *function.Config, given *shape.LoggingConfig) {
	if given.LogFormat != nil {
		c.LogFormat, c.LogLevel, c.SystemLevel = *given.LogFormat, "", ""
	}
	wire.Set(&c.LogGroup, given.LogGroup)
	wire.Set(&c.LogLevel, given.ApplicationLogLevel)
	wire.Set(&c.SystemLevel, given.SystemLogLevel)
}

func setInt(field *int, given *int64) {
	if given != nil {
		*field = int(*given)
	}
}
