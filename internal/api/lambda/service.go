package lambda

import (
	"context"
	"os"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/async"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/layer"
	"sluice/internal/permission"
)

// Packages opens deployment packages by the base64 of their SHA-256.
type Packages interface {
	Open(ctx context.Context, sha256 string) (*os.File, error)
}

// maxCreation is the longest request with code, in bytes: a package of 50 MB in base64 with what goes around it.
const maxCreation = 70_167_211

// Config is what the service answers from.
type Config struct {
	Functions   *function.Service
	Permissions *permission.Service
	Downloads   *Downloads
	URLs        *functionurl.Service
	// Address returns the whole address of a function URL.
	Address func(*functionurl.Config) string
	Events  *async.Service
	Layers  *layer.Service
	Objects Objects // nil serves no packages in buckets
}

type api struct {
	functions   *function.Service
	permissions *permission.Service
	downloads   *Downloads
	urls        *functionurl.Service
	address     func(*functionurl.Config) string
	events      *async.Service
	layers      *layer.Service
	objects     Objects
}

// New returns the service.
func New(c Config) *wire.Service {
	a := &api{functions: c.Functions, permissions: c.Permissions, downloads: c.Downloads, urls: c.URLs, address: c.Address, events: c.Events, layers: c.Layers, objects: c.Objects}
	s := wire.NewService(&shape.Model)
	s.Errors = translate
	s.SystemTags = "aws: prefixed tag key names are not allowed for external use."
	s.Internal = "ServiceException"
	// AWS's limits and its names for the operations in the error (facts recorded with users' requests; AWS's page
	// "Lambda quotas").
	s.LimitBody("CreateFunction", maxCreation, "CreateFunction")
	s.LimitBody("UpdateFunctionCode", maxCreation, "UpdateFunctionCode")
	s.LimitBody("PublishLayerVersion", maxCreation, "PublishLayerVersion")
	s.LimitBody("Invoke", function.MaxPayload, "InvokeFunction")
	s.LimitBody("InvokeWithResponseStream", function.MaxPayload, "InvokeFunction")
	wire.Handle(s, "CreateFunction", a.createFunction)
	wire.Handle(s, "GetFunction", a.getFunction)
	wire.Handle(s, "GetFunctionConfiguration", a.getFunctionConfiguration)
	wire.Handle(s, "UpdateFunctionCode", a.updateFunctionCode)
	wire.Handle(s, "UpdateFunctionConfiguration", a.updateFunctionConfiguration)
	wire.Handle(s, "DeleteFunction", a.deleteFunction)
	wire.Handle(s, "ListFunctions", a.listFunctions)
	wire.Handle(s, "PublishVersion", a.publishVersion)
	wire.Handle(s, "ListVersionsByFunction", a.listVersions)
	wire.Handle(s, "CreateAlias", a.createAlias)
	wire.Handle(s, "GetAlias", a.getAlias)
	wire.Handle(s, "UpdateAlias", a.updateAlias)
	wire.Handle(s, "DeleteAlias", a.deleteAlias)
	wire.Handle(s, "ListAliases", a.listAliases)
	wire.Handle(s, "PutFunctionConcurrency", a.putConcurrency)
	wire.Handle(s, "GetFunctionConcurrency", a.getConcurrency)
	wire.Handle(s, "DeleteFunctionConcurrency", a.deleteConcurrency)
	wire.Handle(s, "PutProvisionedConcurrencyConfig", a.putProvisioned)
	wire.Handle(s, "GetProvisionedConcurrencyConfig", a.getProvisioned)
	wire.Handle(s, "DeleteProvisionedConcurrencyConfig", a.deleteProvisioned)
	wire.Handle(s, "ListProvisionedConcurrencyConfigs", a.listProvisioned)
	wire.Handle(s, "GetAccountSettings", a.getAccountSettings)
	a.handleSettings(s)
	wire.HandleRaw(s, "Invoke", a.invoke)
	wire.HandleRaw(s, "InvokeWithResponseStream", a.invokeStreaming)
	wire.Handle(s, "CreateFunctionUrlConfig", a.createURL)
	wire.Handle(s, "UpdateFunctionUrlConfig", a.updateURL)
	wire.Handle(s, "GetFunctionUrlConfig", a.getURL)
	wire.Handle(s, "DeleteFunctionUrlConfig", a.deleteURL)
	wire.Handle(s, "ListFunctionUrlConfigs", a.listURLs)
	wire.Handle(s, "InvokeAsync", a.invokeAsync)
	wire.Handle(s, "PutFunctionEventInvokeConfig", a.putEventConfig)
	wire.Handle(s, "UpdateFunctionEventInvokeConfig", a.updateEventConfig)
	wire.Handle(s, "GetFunctionEventInvokeConfig", a.getEventConfig)
	wire.Handle(s, "ListFunctionEventInvokeConfigs", a.listEventConfigs)
	wire.Handle(s, "DeleteFunctionEventInvokeConfig", a.deleteEventConfig)
	wire.Handle(s, "PublishLayerVersion", a.publishLayerVersion)
	wire.Handle(s, "GetLayerVersion", a.getLayerVersion)
	wire.Handle(s, "GetLayerVersionByArn", a.getLayerVersionByArn)
	wire.Handle(s, "ListLayerVersions", a.listLayerVersions)
	wire.Handle(s, "ListLayers", a.listLayers)
	wire.Handle(s, "DeleteLayerVersion", a.deleteLayerVersion)
	wire.Handle(s, "AddLayerVersionPermission", a.addLayerVersionPermission)
	wire.Handle(s, "RemoveLayerVersionPermission", a.removeLayerVersionPermission)
	wire.Handle(s, "GetLayerVersionPolicy", a.getLayerVersionPolicy)
	return s
}

// handleSettings registers what is set beside functions' configurations.
func (a *api) handleSettings(s *wire.Service) {
	wire.Handle(s, "AddPermission", a.addPermission)
	wire.Handle(s, "RemovePermission", a.removePermission)
	wire.Handle(s, "GetPolicy", a.getPolicy)
	wire.Handle(s, "TagResource", a.tagResource)
	wire.Handle(s, "UntagResource", a.untagResource)
	wire.Handle(s, "ListTags", a.listTags)
	wire.Handle(s, "PutFunctionRecursionConfig", a.putRecursion)
	wire.Handle(s, "GetFunctionRecursionConfig", a.getRecursion)
	wire.Handle(s, "PutRuntimeManagementConfig", a.putRuntimeManagement)
	wire.Handle(s, "GetRuntimeManagementConfig", a.getRuntimeManagement)
	wire.Handle(s, "CreateCodeSigningConfig", a.createSigningConfig)
	wire.Handle(s, "UpdateCodeSigningConfig", a.updateSigningConfig)
	wire.Handle(s, "GetCodeSigningConfig", a.getSigningConfig)
	wire.Handle(s, "DeleteCodeSigningConfig", a.deleteSigningConfig)
	wire.Handle(s, "ListCodeSigningConfigs", a.listSigningConfigs)
	wire.Handle(s, "ListFunctionsByCodeSigningConfig", a.listSigned)
	wire.Handle(s, "PutFunctionCodeSigningConfig", a.putSigning)
	wire.Handle(s, "GetFunctionCodeSigningConfig", a.getSigning)
	wire.Handle(s, "DeleteFunctionCodeSigningConfig", a.deleteSigning)
	wire.Handle(s, "CreateEventSourceMapping", a.createEventSourceMapping)
	wire.Handle(s, "ListEventSourceMappings", a.listEventSourceMappings)
	wire.Handle(s, "GetEventSourceMapping", a.getEventSourceMapping)
	wire.Handle(s, "UpdateEventSourceMapping", a.updateEventSourceMapping)
	wire.Handle(s, "DeleteEventSourceMapping", a.deleteEventSourceMapping)
}
