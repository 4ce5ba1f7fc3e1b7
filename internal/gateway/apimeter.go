package gateway

import (
	"context"
	"net/http"
	"time"

	"sluice/internal/function"
)

// APIMeter is told of each request to a stage that exists, when it has been answered. It must not block.
type APIMeter interface {
	RecordAPI(APISample)
}

// APISample is what is measured of a request to a stage.
type APISample struct {
	Scope  function.Scope
	API    string // its ID
	Name   string // the API's
	Stage  string
	HTTP   bool // of an HTTP API, not of a REST API
	Status int  // of the answer
	Ended  time.Time
	// Latency is the time from the request's head to the end of the answer, Integration what the integration had of it; 0 if it
	// was not asked.
	Latency, Integration time.Duration
	Sent                 int // bytes of the answer's body
}

// Events takes event invocations; see async.Service. The request is accepted when Submit returns.
type Events interface {
	Submit(ctx context.Context, inv *function.Invocation) error
}

// AccessLog takes a line about a request, for a stream of the log group with an ARN. It must not wait for the disk each time.
type AccessLog func(group, stream, line string)

// contextFor bounds what is done for a request.
func contextFor(r *http.Request, limit time.Duration) (context.Context, context.CancelFunc) {
	if limit <= 0 {
		return context.WithCancel(r.Context())
	}
	return context.WithTimeout(r.Context(), limit)
}
