package functionurl

import (
	"net/http"
	"strings"

	"sluice/internal/function"
	"sluice/internal/gateway/payload"
)

// stream runs the function and sends its answer as it comes. The answer of a function that does not stream is sent as it
// is: it is no answer in parts (recorded: TestLambdaURL.test_lambda_url_echo_invoke, RESPONSE_STREAM).
func (v *visit) stream(inv *function.Invocation) *refusal {
	to := &outlet{visit: v, control: http.NewResponseController(v.W)}
	inv.Call.Stream = to
	outcome, err := v.Functions.Invoke(v.R.Context(), inv)
	switch {
	case to.sent && (err != nil || outcome.Failed):
		v.broke()
		panic(http.ErrAbortHandler) // the status is gone: a connection that breaks says that the answer is not all
	case to.sent:
		return nil
	case err != nil:
		return v.failed(err)
	case outcome.Failed || to.prelude != nil || to.head == nil:
		return badGateway
	}
	to.begin() // an answer without a body
	return nil
}

// outlet sends a streamed answer. It implements function.Stream.
type outlet struct {
	*visit
	control *http.ResponseController
	head    *payload.Answer  // nil until it is known
	prelude *payload.Prelude // nil if the answer has none, or it has been read
	sent    bool             // the head is on its way
}

// Begin implements function.Stream.
func (o *outlet) Begin(head function.StreamHead) {
	if strings.HasPrefix(head.ContentType, payload.IntegrationType) {
		o.prelude = &payload.Prelude{}
		return
	}
	o.head = &payload.Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {head.ContentType}}}
}

// Write implements function.Stream.
func (o *outlet) Write(piece []byte) (int, error) {
	body := piece
	if o.prelude != nil {
		var err error
		if o.head, body, err = o.prelude.Add(piece); err != nil || o.head == nil {
			return len(piece), err
		}
		o.prelude = nil
	}
	o.begin()
	if len(body) > 0 {
		if _, err := o.W.Write(body); err != nil {
			return 0, err
		}
	}
	return len(piece), o.control.Flush()
}

// begin sends the head, once.
func (o *outlet) begin() {
	if !o.sent {
		o.sent = true
		o.sendHead(o.head, false)
	}
}
