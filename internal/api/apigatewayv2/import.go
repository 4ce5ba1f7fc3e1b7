package apigatewayv2

import (
	"context"
	"strings"

	shape "sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/wire"
	"sluice/internal/httpapi"
	"sluice/internal/httpapi/openapi"
	"sluice/internal/oas"
)

func (a *api) importAPI(ctx context.Context, r *wire.Request, in *shape.ImportApiRequest) (*shape.ImportApiResponse, error) {
	doc, err := readDocument(in.Body, in.Basepath, in.FailOnWarnings)
	if err != nil {
		return nil, err
	}
	made, err := a.apis.Create(ctx, scope(r), doc.Creation)
	return wire.Answer(made, err, func(x *httpapi.API) *shape.ImportApiResponse { return (*shape.ImportApiResponse)(a.imported(x, doc)) })
}

func (a *api) reimport(ctx context.Context, r *wire.Request, in *shape.ReimportApiRequest) (*shape.ReimportApiResponse, error) {
	doc, err := readDocument(in.Body, in.Basepath, in.FailOnWarnings)
	if err != nil {
		return nil, err
	}
	changed, err := a.apis.Replace(ctx, identify(r, in.ApiId), doc.Creation)
	return wire.Answer(changed, err, func(x *httpapi.API) *shape.ReimportApiResponse {
		return (*shape.ReimportApiResponse)(a.imported(x, doc))
	})
}

func (a *api) imported(x *httpapi.API, doc *openapi.Document) *shape.Api {
	out := a.show(x)
	out.Warnings = doc.Warnings
	return out
}

// readDocument reads an OpenAPI document. Warnings are errors where somebody wants that.
func readDocument(body, base *string, strict *bool) (*openapi.Document, error) {
	switch wire.Value(base) {
	case "", oas.IgnoreBase, oas.PrependBase, oas.SplitBase:
	default:
		return nil, bad("Invalid basepath specified: %s. Valid values are ignore, prepend, and split", *base)
	}
	doc, err := openapi.Read(wire.Value(body), wire.Value(base))
	if err != nil {
		return nil, err
	}
	if wire.Value(strict) && doc.Warnings != nil {
		return nil, bad("Warnings found during import:\n\t%s", strings.Join(doc.Warnings, "\n\t"))
	}
	return doc, nil
}

// export writes what a stage shows, or else the API as it is.
func (a *api) export(ctx context.Context, r *wire.Request, in *shape.ExportApiRequest) (*shape.ExportApiResponse, error) {
	if kind := wire.Value(in.Specification); kind != "OAS30" {
		return nil, bad("Invalid specification: %s. It has to be OAS30", kind)
	}
	form := wire.Value(in.OutputType)
	if form != "JSON" && form != "YAML" {
		return nil, bad("Invalid output type: %s. It has to be JSON or YAML", form)
	}
	e, err := a.exported(ctx, identify(r, in.ApiId), wire.Value(in.StageName))
	if err != nil {
		return nil, err
	}
	e.YAML, e.Extensions = form == "YAML", in.IncludeExtensions == nil || *in.IncludeExtensions
	body, err := openapi.Write(e)
	return &shape.ExportApiResponse{Body: body}, err
}

func (a *api) exported(ctx context.Context, id httpapi.ID, stage string) (*openapi.Export, error) {
	found, err := a.apis.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	e := &openapi.Export{API: found, Definition: &found.Definition, Stage: stage, Host: id.API + ".execute-api." + id.Region + ".amazonaws.com"}
	if stage == "" {
		return e, nil
	}
	of, err := a.apis.Stage(ctx, id, stage)
	if err != nil {
		return nil, err
	}
	d, err := a.apis.Deployment(ctx, id, of.Deployment)
	if err != nil {
		return nil, err
	}
	e.Definition = &d.Definition
	return e, nil
}
