package lambda

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream/eventstreamapi"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// invokeStreaming runs a function and sends its answer as events while the function writes it. As with invoke, only a
// request that fails is held against its shape.
func (a *api) invokeStreaming(w http.ResponseWriter, r *wire.Request) error {
	err := a.tryStreaming(w, r)
	if err == nil {
		return nil
	}
	if invalid := r.Decode(&shape.InvokeWithResponseStreamRequest{}); invalid != nil {
		return invalid
	}
	return err
}

func (a *api) tryStreaming(w http.ResponseWriter, r *wire.Request) error {
	inv, err := a.invocation(r)
	if err != nil {
		return err
	}
	if log := r.HTTP.Header.Get("X-Amz-Log-Type"); log != "" && log != "None" && log != "Tail" {
		return fault.Errorf(fault.Invalid, "log type", "LogType has to be None or Tail.") // the shape says so better
	}
	switch r.HTTP.Header.Get("X-Amz-Invocation-Type") {
	case "", "RequestResponse":
		return a.streamNow(w, r, inv)
	case "DryRun":
		if err := a.functions.Invocable(r.HTTP.Context(), inv.Function, inv.Qualifier); err != nil {
			return err
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	default:
		return fault.Errorf(fault.Invalid, "invocation type", "InvocationType has to be RequestResponse or DryRun.") // as above
	}
}

func (a *api) streamNow(w http.ResponseWriter, r *wire.Request, inv *function.Invocation) error {
	to := &eventStream{w: w, control: http.NewResponseController(w), encoder: eventstream.NewEncoder()}
	inv.Call.Stream = to
	answer, err := a.functions.Invoke(r.HTTP.Context(), inv)
	if err != nil {
		return err // before the function began to answer
	}
	to.begin(answer.Executed)
	to.complete(answer.Outcome, inv.Call.Tail)
	return nil
}

// eventStream writes an answer as an event stream (AWS: lambda/latest/api/API_InvokeWithResponseStream.html). It implements
// function.Stream.
type eventStream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	encoder *eventstream.Encoder
	begun   bool
}

// Begin implements function.Stream.
func (e *eventStream) Begin(head function.StreamHead) { e.begin(head.Executed) }

// begin sends the answer's head, once.
func (e *eventStream) begin(executed function.Number) {
	if e.begun {
		return
	}
	e.begun = true
	header := e.w.Header()
	header.Set("Content-Type", "application/vnd.amazon.eventstream")
	header.Set("X-Amz-Executed-Version", executed.String())
	e.w.WriteHeader(http.StatusOK)
}

// Write implements function.Stream. Each piece is on its way when it returns.
func (e *eventStream) Write(piece []byte) (int, error) {
	if err := e.send("PayloadChunk", "application/octet-stream", piece); err != nil {
		return 0, err
	}
	return len(piece), nil
}

// completion is the last event. What ended an answer which had begun is named by its type; all else is Unhandled.
type completion struct {
	ErrorCode    string `json:",omitempty"`
	ErrorDetails string `json:",omitempty"` // the error as JSON
	LogResult    string `json:",omitempty"` // base64
}

func (e *eventStream) complete(o *function.Outcome, tail bool) {
	var c completion
	if o.Failed {
		c.ErrorCode, c.ErrorDetails = "Unhandled", string(o.Payload)
	}
	if o.Broken != "" {
		c.ErrorCode = o.Broken
	}
	if tail {
		c.LogResult = base64.StdEncoding.EncodeToString(o.Tail)
	}
	text, err := json.Marshal(c)
	if err != nil {
		panic("lambda: three strings can't be encoded: " + err.Error()) // they always can
	}
	_ = e.send("InvokeComplete", "application/json", text) // a caller that has gone does not get it
}

// send writes one event and does not wait for another.
func (e *eventStream) send(kind, contentType string, payload []byte) error {
	message := eventstream.Message{Payload: payload}
	message.Headers.Set(eventstreamapi.EventTypeHeader, eventstream.StringValue(kind))
	message.Headers.Set(eventstreamapi.ContentTypeHeader, eventstream.StringValue(contentType))
	message.Headers.Set(eventstreamapi.MessageTypeHeader, eventstream.StringValue(eventstreamapi.EventMessageType))
	if err := e.encoder.Encode(e.w, message); err != nil {
		return err
	}
	return e.control.Flush()
}
