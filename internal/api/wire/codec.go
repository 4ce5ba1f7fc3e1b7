package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strconv"
	"sync"

	"sluice/internal/api/wire/sigv4"
)

// codec is one wire protocol. Codecs are values without state.
type codec interface {
	// read fills the structure that in points to from the request. Its error is an *Error.
	read(r *Request, in any) error
	// write sends the structure that out points to as the reply to a success.
	write(r *Request, out any) error
	// fail sends an error.
	fail(r *Request, e *Error)
	// unsigned names a failed check of the signature.
	unsigned(err *sigv4.Error) *Error
	// unknown is the answer to a request for an operation that the service has not.
	unknown(q *question) *Error
}

// send writes a whole reply.
func (r *Request) send(status int, contentType string, body []byte) {
	h := r.w.Header()
	if contentType != "" {
		h["Content-Type"] = []string{contentType}
	}
	if status != http.StatusNoContent {
		h["Content-Length"] = []string{strconv.Itoa(len(body))}
	}
	r.w.WriteHeader(status)
	if len(body) > 0 {
		_, _ = r.w.Write(body) // the client is gone if it fails; there is nobody to tell
	}
}

// success is the status of a success.
func (r *Request) success() int {
	if r.Operation.Status != 0 {
		return r.Operation.Status
	}
	return http.StatusOK
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// withJSON calls use with v as JSON, whose bytes are valid until use returns. Unlike json.Marshal it leaves <, > and &
// as they are.
func withJSON(v any, use func([]byte)) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	var special *json.UnsupportedValueError
	if errors.As(err, &special) {
		b.Reset()
		err = enc.Encode(spellDoubles(reflect.ValueOf(v)))
	}
	if err != nil {
		return err
	}
	use(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return nil
}

// jsonNames is how the JSON and CBOR protocols name failed checks of a signature. REST services answer 403, the
// others 400.
func jsonNames(status int) map[sigv4.Reason]spelling {
	return map[sigv4.Reason]spelling{
		sigv4.Missing:     {"MissingAuthenticationTokenException", status, ""},
		sigv4.Incomplete:  {"IncompleteSignatureException", status, ""},
		sigv4.UnknownKey:  {"UnrecognizedClientException", status, ""},
		sigv4.EndedToken:  {"ExpiredTokenException", status, ""},
		sigv4.Mismatch:    {"InvalidSignatureException", status, ""},
		sigv4.Skewed:      {"InvalidSignatureException", status, ""},
		sigv4.Ended:       {"InvalidSignatureException", status, ""},
		sigv4.WrongDigest: {"InvalidSignatureException", status, ""},
		sigv4.Malformed:   {"MalformedHttpRequestException", http.StatusBadRequest, ""},
	}
}
