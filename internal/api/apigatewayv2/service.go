package apigatewayv2

import (
	"strings"

	shape "sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/httpapi"
	"sluice/internal/oas"
)

// Config says what the API stands on. All of it is needed.
type Config struct {
	APIs *httpapi.Service
	// Endpoint returns the address at which an API is reached, without a slash at its end.
	Endpoint func(httpapi.ID) string
}

type api struct {
	apis     *httpapi.Service
	endpoint func(httpapi.ID) string
}

// New returns the service.
func New(cfg Config) *wire.Service {
	a := &api{cfg.APIs, cfg.Endpoint}
	s := wire.NewService(&shape.Model)
	s.Errors = names.Error
	s.SystemTags = "Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)"
	s.Invalid = invalid
	a.handleAPIs(s)
	a.handleParts(s)
	a.handleStages(s)
	wire.Handle(s, "TagResource", a.tag)
	wire.Handle(s, "UntagResource", a.untag)
	wire.Handle(s, "GetTags", a.getTags)
	return s
}

func (a *api) handleAPIs(s *wire.Service) {
	wire.Handle(s, "CreateApi", a.create)
	wire.Handle(s, "GetApi", a.get)
	wire.Handle(s, "GetApis", a.list)
	wire.Handle(s, "UpdateApi", a.update)
	wire.Handle(s, "DeleteApi", a.delete)
	wire.Handle(s, "ImportApi", a.importAPI)
	wire.Handle(s, "ReimportApi", a.reimport)
	wire.Handle(s, "ExportApi", a.export)
	wire.Handle(s, "DeleteCorsConfiguration", a.deleteCORS)
	for _, operation := range []string{"ImportApi", "ReimportApi"} {
		s.LimitBody(operation, 2*oas.MaxSize, "") // the document is a text in JSON
	}
}

func (a *api) handleParts(s *wire.Service) {
	wire.Handle(s, "CreateRoute", a.createRoute)
	wire.Handle(s, "GetRoute", a.getRoute)
	wire.Handle(s, "GetRoutes", a.getRoutes)
	wire.Handle(s, "UpdateRoute", a.updateRoute)
	wire.Handle(s, "DeleteRoute", a.deleteRoute)
	wire.Handle(s, "DeleteRouteRequestParameter", a.deleteRouteParameter)
	wire.Handle(s, "CreateIntegration", a.createIntegration)
	wire.Handle(s, "GetIntegration", a.getIntegration)
	wire.Handle(s, "GetIntegrations", a.getIntegrations)
	wire.Handle(s, "UpdateIntegration", a.updateIntegration)
	wire.Handle(s, "DeleteIntegration", a.deleteIntegration)
	wire.Handle(s, "CreateAuthorizer", a.createAuthorizer)
	wire.Handle(s, "GetAuthorizer", a.getAuthorizer)
	wire.Handle(s, "GetAuthorizers", a.getAuthorizers)
	wire.Handle(s, "UpdateAuthorizer", a.updateAuthorizer)
	wire.Handle(s, "DeleteAuthorizer", a.deleteAuthorizer)
}

func (a *api) handleStages(s *wire.Service) {
	wire.Handle(s, "CreateStage", a.createStage)
	wire.Handle(s, "GetStage", a.getStage)
	wire.Handle(s, "GetStages", a.getStages)
	wire.Handle(s, "UpdateStage", a.updateStage)
	wire.Handle(s, "DeleteStage", a.deleteStage)
	wire.Handle(s, "DeleteAccessLogSettings", a.deleteAccessLog)
	wire.Handle(s, "DeleteRouteSettings", a.deleteRouteSettings)
	wire.Handle(s, "CreateDeployment", a.createDeployment)
	wire.Handle(s, "GetDeployment", a.getDeployment)
	wire.Handle(s, "GetDeployments", a.getDeployments)
	wire.Handle(s, "UpdateDeployment", a.updateDeployment)
	wire.Handle(s, "DeleteDeployment", a.deleteDeployment)
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}

// identify names the API of a request: the case of its letters does not matter.
func identify(r *wire.Request, id *string) httpapi.ID {
	return httpapi.ID{Scope: scope(r), API: strings.ToLower(wire.Value(id))}
}

// shown is a table that is there if it is empty too, as AWS shows many.
func shown[V any](table map[string]V) map[string]V {
	if table == nil {
		return map[string]V{}
	}
	return table
}

// nothing runs an edit without an answer.
func nothing(change func(*httpapi.Definition) error) func(*httpapi.Definition) (struct{}, error) {
	return func(d *httpapi.Definition) (struct{}, error) { return struct{}{}, change(d) }
}
