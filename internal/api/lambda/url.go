package lambda

import (
	"context"
	"encoding/base64"
	"time"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/functionurl"
)

// urlTime is how AWS writes the times of function URLs.
const urlTime = "2006-01-02T15:04:05.000000Z"

func (a *api) createURL(ctx context.Context, r *wire.Request, in *shape.CreateFunctionUrlConfigRequest) (*shape.CreateFunctionUrlConfigResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	made, err := a.urls.Create(ctx, id, qualifier, urlChange(in.AuthType, in.InvokeMode, in.Cors))
	if err != nil {
		return nil, err
	}
	c := a.url(made)
	return &shape.CreateFunctionUrlConfigResponse{
		FunctionUrl: c.FunctionUrl, FunctionArn: c.FunctionArn, AuthType: c.AuthType, Cors: c.Cors, CreationTime: c.CreationTime,
		InvokeMode: chosen(made.Mode),
	}, nil
}

func (a *api) updateURL(ctx context.Context, r *wire.Request, in *shape.UpdateFunctionUrlConfigRequest) (*shape.UpdateFunctionUrlConfigResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	changed, err := a.urls.Update(ctx, id, qualifier, urlChange(in.AuthType, in.InvokeMode, in.Cors))
	if err != nil {
		return nil, err
	}
	shown := shape.UpdateFunctionUrlConfigResponse(*a.urlAnswer(changed))
	shown.InvokeMode = chosen(changed.Mode)
	return &shown, nil
}

func (a *api) getURL(ctx context.Context, r *wire.Request, in *shape.GetFunctionUrlConfigRequest) (*shape.GetFunctionUrlConfigResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	found, err := a.urls.Get(ctx, id, qualifier)
	if err != nil {
		return nil, err
	}
	return a.urlAnswer(found), nil
}

func (a *api) deleteURL(ctx context.Context, r *wire.Request, in *shape.DeleteFunctionUrlConfigRequest) (*apishape.Nothing, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	return nil, a.urls.Delete(ctx, id, qualifier)
}

func (a *api) listURLs(ctx context.Context, r *wire.Request, in *shape.ListFunctionUrlConfigsRequest) (*shape.ListFunctionUrlConfigsResponse, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	page, err := urlPage(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	found, more, err := a.urls.List(ctx, id, page)
	if err != nil {
		return nil, err
	}
	shown := &shape.ListFunctionUrlConfigsResponse{FunctionUrlConfigs: make([]shape.FunctionUrlConfig, 0, len(found))}
	for _, c := range found {
		shown.FunctionUrlConfigs = append(shown.FunctionUrlConfigs, *a.url(c))
	}
	if more {
		shown.NextMarker = urlMarker(found[len(found)-1])
	}
	return shown, nil
}

// url shows a function URL.
func (a *api) url(c *functionurl.Config) *shape.FunctionUrlConfig {
	return &shape.FunctionUrlConfig{
		FunctionUrl: new(a.address(c)), FunctionArn: new(c.ARN()), AuthType: new(string(c.Auth)), Cors: cors(c.CORS),
		CreationTime: urlStamp(c.Created), LastModifiedTime: urlStamp(c.Modified), InvokeMode: new(string(c.Mode.OrDefault())),
	}
}

func (a *api) urlAnswer(c *functionurl.Config) *shape.GetFunctionUrlConfigResponse {
	shown := a.url(c)
	return &shape.GetFunctionUrlConfigResponse{
		FunctionUrl: shown.FunctionUrl, FunctionArn: shown.FunctionArn, AuthType: shown.AuthType, Cors: shown.Cors,
		CreationTime: shown.CreationTime, LastModifiedTime: shown.LastModifiedTime, InvokeMode: shown.InvokeMode,
	}
}

// chosen shows a mode to whoever sets something: AWS leaves one out that nobody chose (recorded:
// TestLambdaUrl.test_url_config_lifecycle).
func chosen(mode functionurl.Mode) *string {
	if mode == "" {
		return nil
	}
	return new(string(mode))
}

func urlStamp(t time.Time) *string { return new(t.UTC().Format(urlTime)) }

func urlChange(auth, mode *string, given *shape.Cors) functionurl.Change {
	change := functionurl.Change{Auth: functionurl.Auth(wire.Value(auth)), Mode: functionurl.Mode(wire.Value(mode))}
	if given == nil {
		return change
	}
	change.CORS = &functionurl.CORS{
		Credentials: given.AllowCredentials, Headers: given.AllowHeaders, Methods: given.AllowMethods, Origins: given.AllowOrigins,
		Expose: given.ExposeHeaders,
	}
	if given.MaxAge != nil {
		change.CORS.MaxAge = new(int(*given.MaxAge))
	}
	return change
}

func cors(c *functionurl.CORS) *shape.Cors {
	if c == nil {
		return nil
	}
	shown := &shape.Cors{
		AllowCredentials: c.Credentials, AllowHeaders: c.Headers, AllowMethods: c.Methods, AllowOrigins: c.Origins, ExposeHeaders: c.Expose,
	}
	if c.MaxAge != nil {
		shown.MaxAge = new(int64(*c.MaxAge))
	}
	return shown
}

// urlMarker writes the place behind a URL. It begins with a letter, since a function's own URL has no qualifier and an
// empty marker would mean the beginning.
func urlMarker(last *functionurl.Config) *string {
	return new(base64.RawURLEncoding.EncodeToString([]byte("q" + last.Qualifier)))
}

func urlPage(after *string, limit *int64) (functionurl.Page, error) {
	page := functionurl.Page{Limit: pageSize}
	if limit != nil {
		page.Limit = min(int(*limit), pageSize)
	}
	if wire.Value(after) == "" {
		return page, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(*after)
	if err != nil || len(text) == 0 || text[0] != 'q' {
		return page, fault.Errorf(fault.Invalid, "marker", "The marker %q is not one that this operation gave out.", *after)
	}
	page.After = new(string(text[1:]))
	return page, nil
}
