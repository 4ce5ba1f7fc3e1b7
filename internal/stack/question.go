package stack

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// question is what a template asks about the world outside of its stack: the value of another stack's export, or of a parameter of SSM.
type question struct {
	export  bool
	name    string
	version int // of a parameter; 0: the latest
}

// answer answers a question as of now. Errors: fault.Invalid "export" and those of Parameters if there is nothing of that name.
func (s *Service) answer(ctx context.Context, scope function.Scope, q question) (string, error) {
	switch {
	case q.export:
		return s.exported(ctx, scope, q.name)
	case s.cfg.Parameters == nil:
		return "", fault.Errorf(fault.Invalid, "parameter", "There are no parameters here: %s can't be resolved.", q.name)
	}
	return s.cfg.Parameters.StackParameter(ctx, scope, q.name, int64(q.version))
}

func (s *Service) exported(ctx context.Context, scope function.Scope, name string) (value string, err error) {
	err = s.cfg.Store.ReadStacks(ctx, func(r Reader) error {
		found, err := r.Export(scope, name)
		if err == nil {
			value = found.Value
		}
		return err
	})
	if fault.Is(err, fault.NotFound, "export") {
		err = fault.Errorf(fault.Invalid, "export", "No export named %s found.", name)
	}
	return value, err
}
