package apigateway

import (
	"context"
	"strings"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
	"sluice/internal/restapi/openapi"
)

func (a *api) handleDocumentation(s *wire.Service) {
	wire.Handle(s, "CreateDocumentationPart", a.createDocumentationPart)
	wire.Handle(s, "GetDocumentationPart", a.getDocumentationPart)
	wire.Handle(s, "GetDocumentationParts", a.getDocumentationParts)
	wire.Handle(s, "UpdateDocumentationPart", a.updateDocumentationPart)
	wire.Handle(s, "DeleteDocumentationPart", a.deleteDocumentationPart)
	wire.Handle(s, "ImportDocumentationParts", a.importDocumentationParts)
	wire.Handle(s, "CreateDocumentationVersion", a.createDocumentationVersion)
	wire.Handle(s, "GetDocumentationVersion", a.getDocumentationVersion)
	wire.Handle(s, "GetDocumentationVersions", a.getDocumentationVersions)
	wire.Handle(s, "UpdateDocumentationVersion", a.updateDocumentationVersion)
	wire.Handle(s, "DeleteDocumentationVersion", a.deleteDocumentationVersion)
}

// noDocumentationPart is what is answered of a part of an API that is not there (recording test_invalid_get_documentation_part).
func noDocumentationPart() error { return absent("Documentation part") }

func (a *api) createDocumentationPart(ctx context.Context, r *wire.Request, in *shape.CreateDocumentationPartRequest) (*shape.DocumentationPart, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.DocumentationPart, error) {
		at := in.Location
		return d.CreateDocumentationPart(restapi.DocumentationPart{
			Location: restapi.DocumentationLocation{
				Type: wire.Value(at.Type), Path: wire.Value(at.Path), Method: wire.Value(at.Method), StatusCode: wire.Value(at.StatusCode), Name: wire.Value(at.Name),
			},
			Properties: wire.Value(in.Properties),
		})
	})
	return wire.Answer(made, err, documentationPart)
}

func documentationPart(p *restapi.DocumentationPart) *shape.DocumentationPart {
	at := p.Location
	return &shape.DocumentationPart{Id: &p.ID, Properties: &p.Properties, Location: &shape.DocumentationPartLocation{
		Type: &at.Type, Path: wire.Optional(at.Path), Method: wire.Optional(at.Method), StatusCode: wire.Optional(at.StatusCode), Name: wire.Optional(at.Name),
	}}
}

func (a *api) getDocumentationPart(ctx context.Context, r *wire.Request, in *shape.GetDocumentationPartRequest) (*shape.DocumentationPart, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), noDocumentationPart(), func(d *restapi.Definition) (*restapi.DocumentationPart, error) {
		return d.DocumentationPart(wire.Value(in.DocumentationPartId))
	})
	return wire.Answer(found, err, documentationPart)
}

// getDocumentationParts has one page only: an API has few parts.
func (a *api) getDocumentationParts(ctx context.Context, r *wire.Request, in *shape.GetDocumentationPartsRequest) (*shape.DocumentationParts, error) {
	return look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.DocumentationParts, error) {
		out := &shape.DocumentationParts{Items: []shape.DocumentationPart{}}
		for _, p := range d.Documentation {
			if listedDocumentation(&p, in) {
				out.Items = append(out.Items, *documentationPart(&p))
			}
		}
		return out, nil
	})
}

func listedDocumentation(p *restapi.DocumentationPart, in *shape.GetDocumentationPartsRequest) bool {
	return (in.Type == nil || p.Location.Type == *in.Type) && (in.Path == nil || p.Location.Path == *in.Path) &&
		strings.Contains(p.Location.Name, wire.Value(in.NameQuery)) && wire.Value(in.LocationStatus) != "UNDOCUMENTED"
}

func (a *api) updateDocumentationPart(ctx context.Context, r *wire.Request, in *shape.UpdateDocumentationPartRequest) (*shape.DocumentationPart, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), noDocumentationPart(), func(d *restapi.Definition) (*restapi.DocumentationPart, error) {
		return d.UpdateDocumentationPart(wire.Value(in.DocumentationPartId), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, documentationPart)
}

func (a *api) deleteDocumentationPart(ctx context.Context, r *wire.Request, in *shape.DeleteDocumentationPartRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), nil, nothing(func(d *restapi.Definition) error {
		return d.DeleteDocumentationPart(wire.Value(in.DocumentationPartId))
	}))
	return nil, err
}

func (a *api) importDocumentationParts(ctx context.Context, r *wire.Request, in *shape.ImportDocumentationPartsRequest) (*shape.DocumentationPartIds, error) {
	parts, err := openapi.ReadDocumentation(in.Body)
	if err != nil {
		return nil, err
	}
	return edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.DocumentationPartIds, error) {
		ids, err := d.ImportDocumentation(parts, wire.Value(in.Mode) == "overwrite")
		return &shape.DocumentationPartIds{Ids: append([]string{}, ids...)}, err
	})
}

// createDocumentationVersion also lets a stage show the version, if one is named.
func (a *api) createDocumentationVersion(ctx context.Context, r *wire.Request, in *shape.CreateDocumentationVersionRequest) (*shape.DocumentationVersion, error) {
	id := identify(r, in.RestApiId)
	if in.StageName != nil {
		if _, err := a.apis.Stage(ctx, id, *in.StageName); err != nil {
			return nil, err
		}
	}
	made, err := edit(ctx, a, id, nil, func(d *restapi.Definition) (*restapi.DocumentationVersion, error) {
		return d.CreateDocumentationVersion(wire.Value(in.DocumentationVersion), wire.Value(in.Description))
	})
	if err == nil && in.StageName != nil {
		_, err = a.apis.UpdateStage(ctx, id, *in.StageName, []restapi.Patch{{Op: "replace", Path: "/documentationVersion", Value: in.DocumentationVersion}})
	}
	return wire.Answer(made, err, documentationVersion)
}

func documentationVersion(v *restapi.DocumentationVersion) *shape.DocumentationVersion {
	return &shape.DocumentationVersion{Version: &v.Version, Description: wire.Optional(v.Description), CreatedDate: apishape.At(v.Created)}
}

func (a *api) getDocumentationVersion(ctx context.Context, r *wire.Request, in *shape.GetDocumentationVersionRequest) (*shape.DocumentationVersion, error) {
	found, err := look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.DocumentationVersion, error) {
		return d.DocumentationVersion(wire.Value(in.DocumentationVersion))
	})
	return wire.Answer(found, err, documentationVersion)
}

func (a *api) getDocumentationVersions(ctx context.Context, r *wire.Request, in *shape.GetDocumentationVersionsRequest) (*shape.DocumentationVersions, error) {
	return look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.DocumentationVersions, error) {
		out := &shape.DocumentationVersions{Items: []shape.DocumentationVersion{}}
		for _, v := range d.DocumentationVersions {
			out.Items = append(out.Items, *documentationVersion(&v))
		}
		return out, nil
	})
}

func (a *api) updateDocumentationVersion(ctx context.Context, r *wire.Request, in *shape.UpdateDocumentationVersionRequest) (*shape.DocumentationVersion, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.DocumentationVersion, error) {
		return d.UpdateDocumentationVersion(wire.Value(in.DocumentationVersion), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, documentationVersion)
}

func (a *api) deleteDocumentationVersion(ctx context.Context, r *wire.Request, in *shape.DeleteDocumentationVersionRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), nil, nothing(func(d *restapi.Definition) error {
		return d.DeleteDocumentationVersion(wire.Value(in.DocumentationVersion))
	}))
	return nil, err
}
