package apigateway

import (
	"context"
	"strings"
	"time"

	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/restapi"
	"sluice/internal/restapi/openapi"
)

// export writes what a stage shows.
func (a *api) export(ctx context.Context, r *wire.Request, in *shape.GetExportRequest) (*shape.ExportResponse, error) {
	id, kind := identify(r, in.RestApiId), wire.Value(in.ExportType)
	if kind != "oas30" && kind != "swagger" {
		return nil, fault.Errorf(fault.Invalid, "export type", "No API exporter for type '%s'", kind)
	}
	found, err := a.apis.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	stage, err := a.apis.Stage(ctx, id, wire.Value(in.StageName))
	if err != nil {
		return nil, err
	}
	deployed, err := a.apis.Deployment(ctx, id, stage.Deployment)
	if err != nil {
		return nil, err
	}
	more := parameters(r, in.Parameters)
	ending := "json"
	if strings.Contains(wire.Value(in.Accepts), "yaml") || strings.Contains(more["accepts"], "yaml") {
		ending = "yaml"
	}
	body, err := openapi.Write(describe(found, stage, deployed), openapi.Style{
		Third: kind == "oas30", YAML: ending == "yaml", Integrations: exports(more, "apigateway") || exports(more, "integrations"),
		Authorizers: exports(more, "apigateway") || exports(more, "authorizers"),
	})
	return &shape.ExportResponse{
		ContentType: new("application/octet-stream"), Body: body,
		ContentDisposition: new(`attachment; filename="` + kind + "_" + version(found) + "." + ending + `"`),
	}, err
}

func exports(more map[string]string, what string) bool {
	for each := range strings.SplitSeq(more["extensions"], ",") {
		if each == what {
			return true
		}
	}
	return false
}

// version is the API's, or when it was created.
func version(a *restapi.API) string {
	if a.Version != "" {
		return a.Version
	}
	return a.Created.Format(time.RFC3339)
}

func describe(a *restapi.API, stage *restapi.Stage, d *restapi.Deployment) *openapi.Export {
	return &openapi.Export{
		Title: a.Name, Description: a.Description, Version: version(a), Definition: &d.Definition, Stage: stage.Name,
		Host: a.ID.API + ".execute-api." + a.ID.Region + ".amazonaws.com",
	}
}
