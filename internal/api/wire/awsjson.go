package wire

import (
	"net/http"
	"reflect"

	"sluice/internal/api/wire/sigv4"
)

// awsJSON is awsJson1_0 and awsJson1_1: the operation in X-Amz-Target, everything else in a JSON body.
type awsJSON struct{}

func (awsJSON) read(r *Request, in any) error { return readJSON(r.Body, reflect.ValueOf(in).Elem()) }

func (awsJSON) write(r *Request, out any) error {
	return withJSON(out, func(body []byte) { r.send(r.success(), awsJSONType(r), body) })
}

// awsJSONType answers in the version of the protocol that the service has.
func awsJSONType(r *Request) string {
	if r.Service != nil && r.Service.JSONVersion == "1.0" {
		return "application/x-amz-json-1.0"
	}
	return "application/x-amz-json-1.1"
}

func (awsJSON) fail(r *Request, e *Error) {
	queryError(r, e)
	err := withJSON(errorBody(e), func(text []byte) { r.send(e.Status, awsJSONType(r), text) })
	if err != nil {
		r.send(e.Status, awsJSONType(r), []byte(`{"__type":"InternalFailure"}`))
	}
}

// errorBody is the body of an error in the protocols that name it by __type.
func errorBody(e *Error) map[string]any {
	body := make(map[string]any, len(e.Extra)+2)
	for name, value := range e.Extra {
		body[name] = value
	}
	body["__type"] = e.Code
	body["message"] = e.Message
	if e.NullMessage {
		body["message"] = nil
	}
	return body
}

// queryError tells clients that once spoke the query protocol which code it had for this error.
func queryError(r *Request, e *Error) {
	if r.Service == nil || !r.Service.QueryErrors {
		return
	}
	r.w.Header().Set("X-Amzn-Query-Error", e.oldCode()+";"+e.party())
}

var awsJSONNames = func() map[sigv4.Reason]spelling {
	names := jsonNames(http.StatusBadRequest)
	names[sigv4.Missing] = spelling{"MissingAuthenticationTokenException", http.StatusBadRequest,
		"Request is missing Authentication Token"}
	return names
}()

func (awsJSON) unsigned(err *sigv4.Error) *Error { return spelled(awsJSONNames, err) }

func (awsJSON) unknown(*question) *Error {
	return &Error{Code: "UnknownOperationException", Status: http.StatusBadRequest,
		Message: "The requested operation is not recognized by the service."}
}
