package cloudformation

import (
	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

// given are the parameters of a request.
func given(parameters []shape.Parameter) ([]stack.Given, error) {
	all := make([]stack.Given, 0, len(parameters))
	for _, p := range parameters {
		g := stack.Given{Key: wire.Value(p.ParameterKey), Value: wire.Value(p.ParameterValue), Previous: wire.Value(p.UsePreviousValue)}
		if g.Previous && g.Value != "" {
			return nil, fault.Errorf(fault.Invalid, "parameter",
				"Invalid input for parameter key %s. Cannot specify usePreviousValue as true and non empty value for a parameter", g.Key)
		}
		all = append(all, g)
	}
	return all, nil
}

// tagsOf keeps apart no tags and none that were given: in an update, those that were not given stay.
func tagsOf(tags []shape.Tag) map[string]string {
	if tags == nil {
		return nil
	}
	all := make(map[string]string, len(tags))
	for _, t := range tags {
		all[wire.Value(t.Key)] = wire.Value(t.Value)
	}
	return all
}

func rollbackOf(c *shape.RollbackConfiguration) *stack.Rollback {
	if c == nil {
		return nil
	}
	r := &stack.Rollback{Minutes: int(wire.Value(c.MonitoringTimeInMinutes))}
	for _, t := range c.RollbackTriggers {
		r.Triggers = append(r.Triggers, stack.Trigger{ARN: wire.Value(t.Arn), Type: wire.Value(t.Type)})
	}
	return r
}
