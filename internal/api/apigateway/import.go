package apigateway

import (
	"context"
	"maps"
	"strings"

	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/restapi"
	"sluice/internal/restapi/openapi"
)

func (a *api) importAPI(ctx context.Context, r *wire.Request, in *shape.ImportRestApiRequest) (*shape.RestApi, error) {
	id := restapi.NewID()
	more := parameters(r, in.Parameters)
	doc, err := readDocument(in.Body, id, more, wire.Value(in.FailOnWarnings))
	if err != nil {
		return nil, err
	}
	made, err := a.apis.Create(ctx, scope(r), restapi.Creation{
		ID: id, Name: doc.Name, Description: doc.Description, Version: doc.Version, Endpoint: doc.Endpoint,
		DisableEndpoint: doc.DisableEndpoint, Definition: &doc.Definition,
	})
	return wire.Answer(made, err, func(a *restapi.API) *shape.RestApi { return imported(a, doc.Warnings) })
}

func (a *api) put(ctx context.Context, r *wire.Request, in *shape.PutRestApiRequest) (*shape.RestApi, error) {
	id := identify(r, in.RestApiId)
	doc, err := readDocument(in.Body, id.API, parameters(r, in.Parameters), wire.Value(in.FailOnWarnings))
	if err != nil {
		return nil, err
	}
	changed, err := a.apis.Put(ctx, id, &doc.Definition, wire.Value(in.Mode) == "overwrite", doc.Name, doc.Description, doc.Version)
	return wire.Answer(changed, err, func(a *restapi.API) *shape.RestApi {
		out := imported(a, doc.Warnings)
		if out.Tags == nil {
			out.Tags = map[string]string{}
		}
		return out
	})
}

func imported(a *restapi.API, warnings []string) *shape.RestApi {
	out := restAPI(a)
	out.Warnings = listed(warnings)
	return out
}

// parameters are what an import or export is told besides: clients write each of them as a parameter of the query string.
func parameters(r *wire.Request, given map[string]string) map[string]string {
	all := map[string]string{}
	for name, values := range r.HTTP.URL.Query() {
		all[name] = values[0]
	}
	maps.Copy(all, given)
	return all
}

// readDocument reads an OpenAPI document. Warnings are errors where somebody wants that.
func readDocument(body []byte, id string, more map[string]string, strict bool) (*openapi.Document, error) {
	doc, err := openapi.Read(body, openapi.Options{API: id, BasePath: more["basepath"]})
	if err != nil {
		return nil, err
	}
	if strict && doc.Warnings != nil {
		return nil, fault.Errorf(fault.Invalid, "warnings", "Warnings found during import:\n\t%s", strings.Join(doc.Warnings, "\n\t"))
	}
	if types := more["endpointConfigurationTypes"]; types != "" {
		doc.Endpoint.Type = strings.ToUpper(types)
	}
	if !validEndpoint(doc.Endpoint.Type) {
		return nil, fault.Errorf(fault.Invalid, "endpoint", "Invalid EndpointTypes specified. Valid options are EDGE, REGIONAL and PRIVATE")
	}
	if doc.Name == "" {
		return nil, fault.Errorf(fault.Invalid, "name", "Invalid OpenAPI input: info.title is missing.")
	}
	return doc, nil
}

func validEndpoint(kind string) bool {
	return kind == "" || kind == "EDGE" || kind == "REGIONAL" || kind == "PRIVATE"
}
