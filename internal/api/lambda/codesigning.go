package lambda

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
)

// signingConfig shows a code signing configuration.
func signingConfig(c *function.SigningConfig) *shape.CodeSigningConfig {
	return &shape.CodeSigningConfig{
		CodeSigningConfigId: &c.ID, CodeSigningConfigArn: new(c.ARN()), Description: &c.Description,
		AllowedPublishers:   &shape.AllowedPublishers{SigningProfileVersionArns: c.Publishers},
		CodeSigningPolicies: &shape.CodeSigningPolicies{UntrustedArtifactOnDeployment: &c.Policy},
		LastModified:        new(c.Modified.UTC().Format(timeFormat)),
	}
}

func signingChange(description *string, publishers *shape.AllowedPublishers, policies *shape.CodeSigningPolicies) function.SigningChange {
	change := function.SigningChange{Description: description}
	if publishers != nil {
		change.Publishers = publishers.SigningProfileVersionArns
	}
	if policies != nil {
		change.Policy = policies.UntrustedArtifactOnDeployment
	}
	return change
}

func (a *api) createSigningConfig(ctx context.Context, r *wire.Request, in *shape.CreateCodeSigningConfigRequest) (*shape.CreateCodeSigningConfigResponse, error) {
	if err := refuseUnserved([]unserved{{len(in.Tags) > 0, "Tags of code signing configurations"}}); err != nil {
		return nil, err
	}
	c, err := a.functions.CreateSigningConfig(ctx, scope(r), signingChange(in.Description, in.AllowedPublishers, in.CodeSigningPolicies))
	if err != nil {
		return nil, err
	}
	return &shape.CreateCodeSigningConfigResponse{CodeSigningConfig: signingConfig(c)}, nil
}

func (a *api) updateSigningConfig(ctx context.Context, r *wire.Request, in *shape.UpdateCodeSigningConfigRequest) (*shape.UpdateCodeSigningConfigResponse, error) {
	change := signingChange(in.Description, in.AllowedPublishers, in.CodeSigningPolicies)
	c, err := a.functions.UpdateSigningConfig(ctx, scope(r), wire.Value(in.CodeSigningConfigArn), change)
	if err != nil {
		return nil, err
	}
	return &shape.UpdateCodeSigningConfigResponse{CodeSigningConfig: signingConfig(c)}, nil
}

func (a *api) getSigningConfig(ctx context.Context, r *wire.Request, in *shape.GetCodeSigningConfigRequest) (*shape.GetCodeSigningConfigResponse, error) {
	c, err := a.functions.SigningConfig(ctx, scope(r), wire.Value(in.CodeSigningConfigArn))
	if err != nil {
		return nil, err
	}
	return &shape.GetCodeSigningConfigResponse{CodeSigningConfig: signingConfig(c)}, nil
}

func (a *api) deleteSigningConfig(ctx context.Context, r *wire.Request, in *shape.DeleteCodeSigningConfigRequest) (*shape.DeleteCodeSigningConfigResponse, error) {
	return nil, a.functions.DeleteSigningConfig(ctx, scope(r), wire.Value(in.CodeSigningConfigArn))
}

func (a *api) listSigningConfigs(ctx context.Context, r *wire.Request, in *shape.ListCodeSigningConfigsRequest) (*shape.ListCodeSigningConfigsResponse, error) {
	page, err := pageOf(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	found, more, err := a.functions.SigningConfigs(ctx, scope(r), page)
	if err != nil {
		return nil, err
	}
	shown := &shape.ListCodeSigningConfigsResponse{CodeSigningConfigs: make([]shape.CodeSigningConfig, 0, len(found))}
	for _, c := range found {
		shown.CodeSigningConfigs = append(shown.CodeSigningConfigs, *signingConfig(c))
	}
	if more {
		shown.NextMarker = marker(&function.Cursor{Name: found[len(found)-1].ID})
	}
	return shown, nil
}

// listSigned lists all functions that have a code signing configuration, on one page.
func (a *api) listSigned(ctx context.Context, r *wire.Request, in *shape.ListFunctionsByCodeSigningConfigRequest) (*shape.ListFunctionsByCodeSigningConfigResponse, error) {
	users, err := a.functions.SignedBy(ctx, scope(r), wire.Value(in.CodeSigningConfigArn))
	shown := &shape.ListFunctionsByCodeSigningConfigResponse{FunctionArns: make([]string, 0, len(users))}
	for _, id := range users {
		shown.FunctionArns = append(shown.FunctionArns, id.ARN())
	}
	return shown, err
}

func (a *api) putSigning(ctx context.Context, r *wire.Request, in *shape.PutFunctionCodeSigningConfigRequest) (*shape.PutFunctionCodeSigningConfigResponse, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	return &shape.PutFunctionCodeSigningConfigResponse{CodeSigningConfigArn: in.CodeSigningConfigArn, FunctionName: &id.Name},
		a.functions.SetCodeSigning(ctx, id, wire.Value(in.CodeSigningConfigArn))
}

// getSigning answers nothing for a function that has no code signing configuration (recording
// test_code_signing_not_found_excs).
func (a *api) getSigning(ctx context.Context, r *wire.Request, in *shape.GetFunctionCodeSigningConfigRequest) (*shape.GetFunctionCodeSigningConfigResponse, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	arn, err := a.functions.CodeSigning(ctx, id)
	if err != nil || arn == "" {
		return nil, err
	}
	return &shape.GetFunctionCodeSigningConfigResponse{CodeSigningConfigArn: &arn, FunctionName: &id.Name}, nil
}

func (a *api) deleteSigning(ctx context.Context, r *wire.Request, in *shape.DeleteFunctionCodeSigningConfigRequest) (*apishape.Nothing, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	return nil, a.functions.SetCodeSigning(ctx, id, "")
}
