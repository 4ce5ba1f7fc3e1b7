package lambda

import (
	"context"
	"net/http"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/async"
	"sluice/internal/function"
)

// invokeLater accepts an event invocation. As on AWS it has no client context, and its answer no body and no version
// (recording test_invocation_type_event).
func (a *api) invokeLater(w http.ResponseWriter, r *wire.Request) error {
	id, qualifier, err := asked(r)
	if err != nil {
		return err
	}
	if err := a.submit(r.HTTP.Context(), r, id, qualifier); err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

func (a *api) submit(ctx context.Context, r *wire.Request, id function.ID, qualifier string) error {
	return a.events.Submit(ctx, async.Invocation{
		Function: id, Qualifier: qualifier, RequestID: r.ID, TraceID: r.HTTP.Header.Get("X-Amzn-Trace-Id"), Payload: r.Body,
	})
}

// invokeAsync is the operation that event invocations had before Invoke could do them. Old tools call it still.
func (a *api) invokeAsync(ctx context.Context, r *wire.Request, in *shape.InvokeAsyncRequest) (*shape.InvokeAsyncResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), "")
	if err != nil {
		return nil, err
	}
	if err := checkPayload(r.Body); err != nil {
		return nil, err
	}
	if err := a.submit(ctx, r, id, qualifier); err != nil {
		return nil, err
	}
	return &shape.InvokeAsyncResponse{Status: new(int64(http.StatusAccepted))}, nil
}
