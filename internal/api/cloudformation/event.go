package cloudformation

import (
	"context"
	"strconv"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

func (a *api) describeEvents(ctx context.Context, r *wire.Request, in *shape.DescribeStackEventsInput) (*shape.DescribeStackEventsOutput, error) {
	place, err := readToken("events", in.NextToken)
	if err != nil {
		return nil, err
	}
	var below int64
	if place != "" {
		if below, err = strconv.ParseInt(place, 10, 64); err != nil || below <= 0 {
			return nil, fault.Errorf(fault.Invalid, "token", "The specified NextToken is not one that this operation gave out.")
		}
	}
	found, more, err := a.stacks.Events(ctx, scope(r), wire.Value(in.StackName), below, pageSize)
	if err != nil {
		return nil, err
	}
	out := &shape.DescribeStackEventsOutput{StackEvents: make([]shape.StackEvent, 0, len(found))}
	for _, e := range found {
		shown, err := eventShape(e)
		if err != nil {
			return nil, err
		}
		out.StackEvents = append(out.StackEvents, shown)
	}
	if more {
		out.NextToken = writeToken("events", strconv.FormatInt(found[len(found)-1].Number, 10))
	}
	return out, nil
}

func eventShape(e *stack.Event) (shape.StackEvent, error) {
	out := shape.StackEvent{
		StackId: &e.Stack, EventId: &e.ID, StackName: &e.StackName, LogicalResourceId: &e.LogicalID, PhysicalResourceId: &e.PhysicalID,
		ResourceType: &e.Type, Timestamp: apishape.At(e.Time), ResourceStatus: &e.Status, ResourceStatusReason: text(e.Reason),
		ClientRequestToken: text(e.Token),
	}
	if e.Properties == nil {
		return out, nil
	}
	var err error
	out.ResourceProperties, err = document(e.Properties)
	return out, err
}
