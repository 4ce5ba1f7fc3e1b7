package apigateway

import (
	"context"
	"strings"

	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/restapi"
)

// Config says what the API stands on.
type Config struct {
	APIs *restapi.Service // needed
	// Invoke tries a method as it is now, without a stage; nil: TestInvokeMethod is refused.
	Invoke func(ctx context.Context, t *Trial) (*Outcome, error)
}

type api struct {
	apis   *restapi.Service
	invoke func(context.Context, *Trial) (*Outcome, error)
}

// New returns the service.
func New(cfg Config) *wire.Service {
	a := &api{cfg.APIs, cfg.Invoke}
	s := wire.NewService(&shape.Model)
	s.Errors = names.Error
	s.SystemTags = "Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)"
	s.Invalid = invalid
	s.Mistyped = mistyped
	a.handleAPIs(s)
	a.handleMethods(s)
	a.handleParts(s)
	a.handleStages(s)
	a.handleKeys(s)
	a.handleDocumentation(s)
	wire.Handle(s, "GetAccount", a.getAccount)
	wire.Handle(s, "UpdateAccount", a.updateAccount)
	wire.Handle(s, "TagResource", a.tag)
	wire.Handle(s, "UntagResource", a.untag)
	wire.Handle(s, "GetTags", a.getTags)
	wire.Handle(s, "TestInvokeMethod", a.testInvoke)
	return s
}

func (a *api) handleAPIs(s *wire.Service) {
	wire.Handle(s, "CreateRestApi", a.create)
	wire.Handle(s, "GetRestApi", a.get)
	wire.Handle(s, "GetRestApis", a.list)
	wire.Handle(s, "UpdateRestApi", a.update)
	wire.Handle(s, "DeleteRestApi", a.delete)
	wire.Handle(s, "ImportRestApi", a.importAPI)
	wire.Handle(s, "PutRestApi", a.put)
	wire.Handle(s, "GetExport", a.export)
	wire.Handle(s, "CreateResource", a.createResource)
	wire.Handle(s, "GetResource", a.getResource)
	wire.Handle(s, "GetResources", a.getResources)
	wire.Handle(s, "UpdateResource", a.updateResource)
	wire.Handle(s, "DeleteResource", a.deleteResource)
}

func (a *api) handleMethods(s *wire.Service) {
	wire.Handle(s, "PutMethod", a.putMethod)
	wire.Handle(s, "GetMethod", a.getMethod)
	wire.Handle(s, "UpdateMethod", a.updateMethod)
	wire.Handle(s, "DeleteMethod", a.deleteMethod)
	wire.Handle(s, "PutMethodResponse", a.putMethodResponse)
	wire.Handle(s, "GetMethodResponse", a.getMethodResponse)
	wire.Handle(s, "UpdateMethodResponse", a.updateMethodResponse)
	wire.Handle(s, "DeleteMethodResponse", a.deleteMethodResponse)
	wire.Handle(s, "PutIntegration", a.putIntegration)
	wire.Handle(s, "GetIntegration", a.getIntegration)
	wire.Handle(s, "UpdateIntegration", a.updateIntegration)
	wire.Handle(s, "DeleteIntegration", a.deleteIntegration)
	wire.Handle(s, "PutIntegrationResponse", a.putIntegrationResponse)
	wire.Handle(s, "GetIntegrationResponse", a.getIntegrationResponse)
	wire.Handle(s, "UpdateIntegrationResponse", a.updateIntegrationResponse)
	wire.Handle(s, "DeleteIntegrationResponse", a.deleteIntegrationResponse)
}

func (a *api) handleParts(s *wire.Service) {
	wire.Handle(s, "CreateModel", a.createModel)
	wire.Handle(s, "GetModel", a.getModel)
	wire.Handle(s, "GetModels", a.getModels)
	wire.Handle(s, "UpdateModel", a.updateModel)
	wire.Handle(s, "DeleteModel", a.deleteModel)
	wire.Handle(s, "CreateRequestValidator", a.createValidator)
	wire.Handle(s, "GetRequestValidator", a.getValidator)
	wire.Handle(s, "GetRequestValidators", a.getValidators)
	wire.Handle(s, "UpdateRequestValidator", a.updateValidator)
	wire.Handle(s, "DeleteRequestValidator", a.deleteValidator)
	wire.Handle(s, "CreateAuthorizer", a.createAuthorizer)
	wire.Handle(s, "GetAuthorizer", a.getAuthorizer)
	wire.Handle(s, "GetAuthorizers", a.getAuthorizers)
	wire.Handle(s, "UpdateAuthorizer", a.updateAuthorizer)
	wire.Handle(s, "DeleteAuthorizer", a.deleteAuthorizer)
	wire.Handle(s, "PutGatewayResponse", a.putResponse)
	wire.Handle(s, "GetGatewayResponse", a.getResponse)
	wire.Handle(s, "GetGatewayResponses", a.getResponses)
	wire.Handle(s, "UpdateGatewayResponse", a.updateResponse)
	wire.Handle(s, "DeleteGatewayResponse", a.deleteResponse)
}

func (a *api) handleStages(s *wire.Service) {
	wire.Handle(s, "CreateDeployment", a.createDeployment)
	wire.Handle(s, "GetDeployment", a.getDeployment)
	wire.Handle(s, "GetDeployments", a.getDeployments)
	wire.Handle(s, "UpdateDeployment", a.updateDeployment)
	wire.Handle(s, "DeleteDeployment", a.deleteDeployment)
	wire.Handle(s, "CreateStage", a.createStage)
	wire.Handle(s, "GetStage", a.getStage)
	wire.Handle(s, "GetStages", a.getStages)
	wire.Handle(s, "UpdateStage", a.updateStage)
	wire.Handle(s, "DeleteStage", a.deleteStage)
	wire.Handle(s, "FlushStageCache", a.flushCache)
	wire.Handle(s, "FlushStageAuthorizersCache", a.flushAuthorizers)
}

func (a *api) handleKeys(s *wire.Service) {
	wire.Handle(s, "CreateApiKey", a.createKey)
	wire.Handle(s, "GetApiKey", a.getKey)
	wire.Handle(s, "GetApiKeys", a.getKeys)
	wire.Handle(s, "UpdateApiKey", a.updateKey)
	wire.Handle(s, "DeleteApiKey", a.deleteKey)
	wire.Handle(s, "CreateUsagePlan", a.createPlan)
	wire.Handle(s, "GetUsagePlan", a.getPlan)
	wire.Handle(s, "GetUsagePlans", a.getPlans)
	wire.Handle(s, "UpdateUsagePlan", a.updatePlan)
	wire.Handle(s, "DeleteUsagePlan", a.deletePlan)
	wire.Handle(s, "GetUsage", a.getUsage)
	wire.Handle(s, "CreateUsagePlanKey", a.createPlanKey)
	wire.Handle(s, "GetUsagePlanKey", a.getPlanKey)
	wire.Handle(s, "GetUsagePlanKeys", a.getPlanKeys)
	wire.Handle(s, "DeleteUsagePlanKey", a.deletePlanKey)
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}

// identify names the API of a request: the case of its letters does not matter.
func identify(r *wire.Request, id *string) restapi.ID {
	return restapi.ID{Scope: scope(r), API: strings.ToLower(wire.Value(id))}
}

// patches are those of a request.
func patches(given []shape.PatchOperation) []restapi.Patch {
	out := make([]restapi.Patch, 0, len(given))
	for _, p := range given {
		path := "null"
		if p.Path != nil {
			path = *p.Path
		}
		out = append(out, restapi.Patch{Op: wire.Value(p.Op), Path: path, Value: p.Value, From: wire.Value(p.From)})
	}
	return out
}

// nothing runs an edit without an answer.
func nothing(change func(*restapi.Definition) error) func(*restapi.Definition) (struct{}, error) {
	return func(d *restapi.Definition) (struct{}, error) { return struct{}{}, change(d) }
}
