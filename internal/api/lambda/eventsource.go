package lambda

import (
	"context"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// Sluice polls no queues and streams: it has no event source mappings, says so to who lists them, as deploy tools do after a
// creation, and refuses to make one.

func (a *api) createEventSourceMapping(context.Context, *wire.Request, *shape.CreateEventSourceMappingRequest) (*shape.EventSourceMappingConfiguration, error) {
	return nil, fault.Errorf(fault.Invalid, "unserved", "Sluice does not serve event source mappings: it polls no queues and streams. "+
		"Invoke the function with an event such as the source would send, and keep the mapping for AWS.")
}

func (a *api) listEventSourceMappings(_ context.Context, r *wire.Request, in *shape.ListEventSourceMappingsRequest) (*shape.ListEventSourceMappingsResponse, error) {
	if in.FunctionName != nil {
		if _, _, err := identify(r, *in.FunctionName, ""); err != nil {
			return nil, err
		}
	}
	return &shape.ListEventSourceMappingsResponse{EventSourceMappings: []shape.EventSourceMappingConfiguration{}}, nil
}

func (a *api) getEventSourceMapping(context.Context, *wire.Request, *shape.GetEventSourceMappingRequest) (*shape.EventSourceMappingConfiguration, error) {
	return nil, noEventSourceMapping()
}

func (a *api) updateEventSourceMapping(context.Context, *wire.Request, *shape.UpdateEventSourceMappingRequest) (*shape.EventSourceMappingConfiguration, error) {
	return nil, noEventSourceMapping()
}

func (a *api) deleteEventSourceMapping(context.Context, *wire.Request, *shape.DeleteEventSourceMappingRequest) (*shape.EventSourceMappingConfiguration, error) {
	return nil, noEventSourceMapping()
}

// noEventSourceMapping is AWS's answer about a mapping that is not there (recording test_event_source_mapping_exceptions).
func noEventSourceMapping() error {
	return fault.Errorf(fault.NotFound, "event source mapping", "The resource you requested does not exist.")
}
