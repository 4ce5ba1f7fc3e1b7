package lambda

import (
	"cmp"
	"context"
	"strings"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

func (a *api) createFunction(ctx context.Context, r *wire.Request, in *shape.CreateFunctionRequest) (*shape.FunctionConfiguration, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	from := sourceOfCreation(in.Code)
	if err := cmp.Or(from.check(), refuseUnserved(unservedOfCreation(in))); err != nil {
		return nil, err
	}
	layers, err := a.functionLayers(ctx, r, function.ID{}, in.Layers)
	if err != nil {
		return nil, err
	}
	code, err := a.open(ctx, r, from.content)
	if err != nil {
		return nil, err
	}
	defer func() { _ = code.Close() }()
	creation := function.Creation{
		ID: id, Package: code, Tags: in.Tags, Publish: wire.Value(in.Publish), CodeSigning: wire.Value(in.CodeSigningConfigArn),
	}
	creationSettings(in).apply(&creation.Config)
	creation.Config.Layers = layers
	v, err := a.functions.Create(ctx, creation)
	if err != nil {
		return nil, asSent(err, r.Body)
	}
	return configuration(v, id.ARN()), nil
}

func creationSettings(in *shape.CreateFunctionRequest) *settings {
	return &settings{
		description: in.Description, runtime: in.Runtime, role: in.Role, handler: in.Handler, kmsKey: in.KMSKeyArn,
		timeout: in.Timeout, memory: in.MemorySize, architectures: in.Architectures, storage: in.EphemeralStorage,
		environment: in.Environment, deadLetter: in.DeadLetterConfig, network: in.VpcConfig, tracing: in.TracingConfig,
		snapStart: in.SnapStart, logging: in.LoggingConfig, fileSystems: in.FileSystemConfigs,
	}
}

func (a *api) getFunction(ctx context.Context, r *wire.Request, in *shape.GetFunctionRequest) (*shape.GetFunctionResponse, error) {
	found, arn, err := a.find(ctx, r, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	concurrency, err := a.concurrency(ctx, found.Function.ID)
	if err != nil {
		return nil, err
	}
	location := a.downloads.location(r, found.Version.Code.SHA256)
	return &shape.GetFunctionResponse{
		Configuration: configuration(found.Version, arn),
		Code:          &shape.FunctionCodeLocation{RepositoryType: new("S3"), Location: &location},
		Tags:          tags(found.Function.Tags),
		Concurrency:   concurrency,
	}, nil
}

// tags shows a function's tags; an empty set is not shown (recording test_function_lifecycle).
func tags(all map[string]string) map[string]string {
	if len(all) == 0 {
		return nil
	}
	return all
}

func (a *api) getFunctionConfiguration(ctx context.Context, r *wire.Request, in *shape.GetFunctionConfigurationRequest) (*shape.FunctionConfiguration, error) {
	found, arn, err := a.find(ctx, r, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	return configuration(found.Version, arn), nil
}

// find returns what a name and a qualifier lead to, and the ARN to show: qualified as the request was.
func (a *api) find(ctx context.Context, r *wire.Request, functionName, qualifier *string) (*function.Found, string, error) {
	id, q, err := identify(r, wire.Value(functionName), wire.Value(qualifier))
	if err != nil {
		return nil, "", err
	}
	found, err := a.functions.Find(ctx, id, q)
	return found, id.Qualified(q), err
}

func (a *api) updateFunctionConfiguration(ctx context.Context, r *wire.Request, in *shape.UpdateFunctionConfigurationRequest) (*shape.FunctionConfiguration, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	if err := refuseUnserved(unservedOfUpdate(in)); err != nil {
		return nil, err
	}
	changes := &settings{
		description: in.Description, runtime: in.Runtime, role: in.Role, handler: in.Handler, kmsKey: in.KMSKeyArn,
		timeout: in.Timeout, memory: in.MemorySize, storage: in.EphemeralStorage, environment: in.Environment,
		deadLetter: in.DeadLetterConfig, network: in.VpcConfig, tracing: in.TracingConfig, snapStart: in.SnapStart,
		logging: in.LoggingConfig, fileSystems: in.FileSystemConfigs,
	}
	if in.Layers != nil {
		layers, err := a.functionLayers(ctx, r, id, in.Layers)
		if err != nil {
			return nil, err
		}
		changes.layers = &layers
	}
	v, err := a.functions.UpdateConfig(ctx, id, function.ConfigChange{Apply: changes.apply, Revision: wire.Value(in.RevisionId)})
	if err != nil {
		return nil, asSent(err, r.Body)
	}
	return configuration(v, v.ARN()), nil
}

func (a *api) updateFunctionCode(ctx context.Context, r *wire.Request, in *shape.UpdateFunctionCodeRequest) (*shape.FunctionConfiguration, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	code, err := a.codeOfUpdate(ctx, r, in)
	if err != nil {
		_, missing := a.functions.Find(ctx, id, "") // a function that is not there is the first thing to tell
		return nil, cmp.Or(missing, err)
	}
	defer func() { _ = code.Close() }()
	change := function.CodeChange{
		Package: code, Revision: wire.Value(in.RevisionId), Publish: wire.Value(in.Publish), DryRun: wire.Value(in.DryRun),
	}
	if len(in.Architectures) > 0 {
		change.Architecture = in.Architectures[0]
	}
	v, err := a.functions.UpdateCode(ctx, id, change)
	if err != nil {
		return nil, err
	}
	return configuration(v, v.ARN()), nil
}

// codeOfUpdate opens the code that a function is to get. The caller closes it.
func (a *api) codeOfUpdate(ctx context.Context, r *wire.Request, in *shape.UpdateFunctionCodeRequest) (Object, error) {
	from := sourceOfUpdate(in)
	if err := cmp.Or(from.check(), refuseUnserved(unservedOfCode(in))); err != nil {
		return nil, err
	}
	return a.open(ctx, r, from.content)
}

// unqualified returns the function that a request changes as a whole. A qualifier in its name says $LATEST at most.
func unqualified(r *wire.Request, functionName *string) (function.ID, error) {
	id, qualifier, err := identify(r, wire.Value(functionName), "")
	if err == nil && qualifier != "" && qualifier != "$LATEST" {
		err = fault.Errorf(fault.Invalid, "qualifier",
			"Current operation does not support versions other than $LATEST. Please set the version to $LATEST or do not set a version in your request.")
	}
	return id, err
}

func (a *api) deleteFunction(ctx context.Context, r *wire.Request, in *shape.DeleteFunctionRequest) (*shape.DeleteFunctionResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	deleted := &shape.DeleteFunctionResponse{StatusCode: new(int64(204))}
	if qualifier == "" {
		return deleted, a.functions.Delete(ctx, id)
	}
	if n, ok := function.ParseNumber(qualifier); ok {
		return deleted, a.functions.DeleteVersion(ctx, id, n)
	}
	if isAlias(qualifier) {
		return nil, fault.Errorf(fault.Invalid, "qualifier", "Deletion of aliases is not currently supported.")
	}
	_, err = a.functions.Find(ctx, id, "") // what can't exist is as good as deleted, if the function exists
	return deleted, err
}

// isAlias reports whether a qualifier, whose pattern was checked, may be an alias's name: it has a character that is no
// digit, and neither a dollar sign nor a dot.
func isAlias(qualifier string) bool {
	return strings.Trim(qualifier, "0123456789") != "" && !strings.ContainsAny(qualifier, "$.")
}

func (a *api) listFunctions(ctx context.Context, r *wire.Request, in *shape.ListFunctionsRequest) (*shape.ListFunctionsResponse, error) {
	page, err := pageOf(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	list, arn := a.functions.Functions, (*function.Version).ARN
	if in.FunctionVersion != nil { // its only value is ALL
		list, arn = a.functions.FunctionVersions, listedARN
	}
	versions, next, err := list(ctx, scope(r), page)
	if err != nil {
		return nil, err
	}
	return &shape.ListFunctionsResponse{Functions: summaries(versions, arn), NextMarker: marker(next)}, nil
}

func summaries(versions []*function.Version, arn func(*function.Version) string) []shape.FunctionConfiguration {
	shown := make([]shape.FunctionConfiguration, 0, len(versions))
	for _, v := range versions {
		shown = append(shown, *summary(v, arn(v)))
	}
	return shown
}
