package ssm

import (
	shape "sluice/internal/api/shape/ssm"
	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/parameter"
)

// Config says what the API stands on.
type Config struct {
	Parameters *parameter.Service // needed
}

type api struct{ parameters *parameter.Service }

// New returns the service.
func New(cfg Config) *wire.Service {
	a := &api{cfg.Parameters}
	s := wire.NewService(&shape.Model)
	s.Errors = failure
	s.SystemTags = "aws: prefixed tag key names are not allowed for external use."
	s.Internal = "InternalServerError"
	wire.Handle(s, "PutParameter", a.put)
	wire.Handle(s, "GetParameter", a.get)
	wire.Handle(s, "GetParameters", a.getMany)
	wire.Handle(s, "GetParametersByPath", a.getByPath)
	wire.Handle(s, "GetParameterHistory", a.history)
	wire.Handle(s, "DescribeParameters", a.describe)
	wire.Handle(s, "DeleteParameter", a.delete)
	wire.Handle(s, "DeleteParameters", a.deleteMany)
	wire.Handle(s, "LabelParameterVersion", a.label)
	wire.Handle(s, "UnlabelParameterVersion", a.unlabel)
	wire.Handle(s, "AddTagsToResource", a.tag)
	wire.Handle(s, "RemoveTagsFromResource", a.untag)
	wire.Handle(s, "ListTagsForResource", a.listTags)
	return s
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}

// named is the parameter that a request names for a change: a name or an ARN, without a version.
func named(r *wire.Request, name *string) (parameter.ID, error) {
	ref, err := parameter.ParseReference(scope(r), wire.Value(name))
	if err == nil && ref.Selector != "" {
		err = &wire.Error{Code: "ValidationException", Status: 400, Message: "This operation takes a parameter's name without a version or label."}
	}
	return ref.ID, err
}
