package lambda

import (
	"context"
	"os"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
)

// Packages opens deployment packages by the base64 of their SHA-256.
type Packages interface {
	Open(ctx context.Context, sha256 string) (*os.File, error)
}

type api struct {
	functions *function.Service
	downloads *Downloads
}

// New returns the service.
func New(functions *function.Service, downloads *Downloads) *wire.Service {
	a := &api{functions: functions, downloads: downloads}
	s := wire.NewService(&shape.Model, translate)
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
	wire.HandleRaw(s, "Invoke", a.invoke)
	return s
}
