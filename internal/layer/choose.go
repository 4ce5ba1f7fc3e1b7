package layer

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// maxPerFunction is how many layers a function may have (AWS's page "Lambda quotas").
const maxPerFunction = 5

// Choose returns the layer versions that a function of the caller names by their ARNs, in that order, with what they
// contain. The texts of its errors are AWS's (recordings test_layer_function_exceptions and
// test_layer_function_quota_exception).
// Errors: fault.Invalid "layers" for too many, for two of one layer, for one of another region and for one that is not
// there; fault.Denied "layer version" for one of another account whose policy does not allow it.
func (s *Service) Choose(ctx context.Context, caller function.Scope, arns []string) ([]function.Layer, error) {
	if len(arns) > maxPerFunction {
		return nil, fault.Errorf(fault.Invalid, "layers", "Cannot reference more than %d layers.", maxPerFunction)
	}
	var chosen []function.Layer
	seen := map[ID]string{}
	for _, arn := range arns {
		v, err := s.choose(ctx, caller, arn)
		if err != nil {
			return nil, err
		}
		if first, twice := seen[v.Layer]; twice {
			return nil, fault.Errorf(fault.Invalid, "layers", "Two different versions of the same layer are not allowed to be "+
				"referenced in the same function. %s and %s are versions of the same layer.", first, arn)
		}
		seen[v.Layer] = arn
		chosen = append(chosen, function.Layer{ARN: v.ARN(), Code: v.Code})
	}
	return chosen, nil
}

func (s *Service) choose(ctx context.Context, caller function.Scope, arn string) (*Version, error) {
	id, number, ok := ParseARN(arn)
	if !ok {
		return nil, errMissing(arn)
	}
	if id.Region != caller.Region {
		return nil, fault.Errorf(fault.Invalid, "layers",
			"Layers are not in the same region as the function. Layers are expected to be in region %s.", caller.Region)
	}
	v, err := s.Version(ctx, caller, id, number)
	if fault.Is(err, fault.NotFound, "") || fault.Is(err, fault.Invalid, "") {
		return nil, errMissing(arn)
	}
	return v, err
}

func errMissing(arn string) error {
	return fault.Errorf(fault.Invalid, "layers", "Layer version %s does not exist.", arn)
}
