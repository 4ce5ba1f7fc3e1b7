package lambda

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// maxClientContext is the longest client context, in bytes as it is sent (AWS's page Invoke).
const maxClientContext = 3583

// invoke runs a function. It is on the hot path, so the request is not held against its shape first: a function that
// is found has a name of the right form. Only a request that fails is checked, to tell what is wrong with it.
func (a *api) invoke(w http.ResponseWriter, r *wire.Request) error {
	err := a.tryInvoke(w, r)
	if err == nil {
		return nil
	}
	if invalid := r.Decode(&shape.InvocationRequest{}); invalid != nil {
		return invalid
	}
	return err
}

func (a *api) tryInvoke(w http.ResponseWriter, r *wire.Request) error {
	kind := r.HTTP.Header.Get("X-Amz-Invocation-Type")
	if kind == "Event" {
		return a.invokeLater(w, r)
	}
	inv, err := a.invocation(r)
	if err != nil {
		return err
	}
	if log := r.HTTP.Header.Get("X-Amz-Log-Type"); log != "" && log != "None" && log != "Tail" {
		return fault.Errorf(fault.Invalid, "log type", "LogType has to be None or Tail.") // the shape says so better
	}
	switch kind {
	case "", "RequestResponse":
		return a.invokeNow(w, r, inv)
	case "DryRun":
		if err := a.functions.Invocable(r.HTTP.Context(), inv.Function, inv.Qualifier); err != nil {
			return err
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	default:
		return fault.Errorf(fault.Invalid, "invocation type", "InvocationType has to be Event, RequestResponse or DryRun.") // as above
	}
}

// invocation reads what a request asks to run.
func (a *api) invocation(r *wire.Request) (*function.Invocation, error) {
	id, qualifier, err := asked(r)
	if err != nil {
		return nil, err
	}
	client, err := clientContext(r.HTTP.Header.Get("X-Amz-Client-Context"))
	if err != nil {
		return nil, err
	}
	return &function.Invocation{Function: id, Qualifier: qualifier, Call: function.Call{
		RequestID:     r.ID,
		Payload:       r.Body,
		ClientContext: client,
		TraceID:       r.HTTP.Header.Get("X-Amzn-Trace-Id"),
		Tail:          r.HTTP.Header.Get("X-Amz-Log-Type") == "Tail",
	}}, nil
}

// asked reads whom a request asks to run, and checks what for.
func asked(r *wire.Request) (function.ID, string, error) {
	given, _ := r.Query("Qualifier")
	id, qualifier, err := identify(r, r.Label("FunctionName"), given)
	if err != nil {
		return function.ID{}, "", err
	}
	return id, qualifier, checkPayload(r.Body)
}

// clientContext decodes the header, which is base64 of a JSON document.
func clientContext(header string) (string, error) {
	if header == "" {
		return "", nil
	}
	if len(header) > maxClientContext {
		return "", fault.Errorf(fault.Invalid, "client context", "The client context is %d bytes long; %d are allowed.", len(header), maxClientContext)
	}
	text, err := base64.StdEncoding.DecodeString(header)
	if err != nil || !isObject(text) {
		return "", fault.Errorf(fault.Invalid, "client context", "Client context must be a valid Base64-encoded JSON object.")
	}
	return string(text), nil
}

func isObject(text []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("{")) && json.Valid(text)
}

func (a *api) invokeNow(w http.ResponseWriter, r *wire.Request, inv *function.Invocation) error {
	answer, err := a.functions.Invoke(r.HTTP.Context(), inv)
	if err != nil {
		return err
	}
	header := w.Header()
	header["Content-Type"] = contentType
	header["X-Amz-Executed-Version"] = []string{answer.Executed.String()}
	header["Content-Length"] = []string{strconv.Itoa(len(answer.Payload))}
	if answer.Failed {
		header["X-Amz-Function-Error"] = unhandled
	}
	if inv.Call.Tail {
		header["X-Amz-Log-Result"] = []string{base64.StdEncoding.EncodeToString(answer.Tail)}
	}
	if answer.Weight > 0 {
		header["X-Sluice-Weight"] = []string{strconv.FormatFloat(float64(answer.Weight), 'g', -1, 64)}
	}
	w.WriteHeader(http.StatusOK)
	w.Write(answer.Payload) // a caller that has gone does not get its answer
	return nil
}

// Header values that are the same in every answer.
var (
	contentType = []string{"application/json"}
	unhandled   = []string{"Unhandled"}
)
