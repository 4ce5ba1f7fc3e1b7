package ssm

import (
	"context"

	shape "sluice/internal/api/shape/ssm"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

func (a *api) delete(ctx context.Context, r *wire.Request, in *shape.DeleteParameterRequest) (*shape.DeleteParameterResult, error) {
	id, err := named(r, in.Name)
	if err != nil {
		return nil, err
	}
	return nil, a.parameters.Delete(ctx, id)
}

// deleteMany deletes what there is of the parameters that are named, and says which there are not.
func (a *api) deleteMany(ctx context.Context, r *wire.Request, in *shape.DeleteParametersRequest) (*shape.DeleteParametersResult, error) {
	out := &shape.DeleteParametersResult{DeletedParameters: []string{}, InvalidParameters: []string{}}
	for _, name := range in.Names {
		id, err := named(r, &name)
		if err == nil {
			err = a.parameters.Delete(ctx, id)
		}
		switch _, refused := err.(*wire.Error); { //nolint:errorlint // named does not wrap it
		case err == nil:
			out.DeletedParameters = append(out.DeletedParameters, name)
		case refused, fault.Is(err, fault.NotFound, "parameter"), fault.Is(err, fault.Invalid, ""):
			out.InvalidParameters = append(out.InvalidParameters, name)
		default:
			return nil, err
		}
	}
	return out, nil
}
