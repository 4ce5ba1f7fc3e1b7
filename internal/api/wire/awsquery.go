package wire

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"reflect"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire/sigv4"
)

// awsQuery is the query protocol: parameters in a form or the query string, replies in XML.
type awsQuery struct{}

func (awsQuery) read(r *Request, in any) error { return readForm(reflect.ValueOf(in).Elem(), r.form) }

// write sends <OpResponse><OpResult>…</OpResult><ResponseMetadata>…; an operation without output has no OpResult.
func (awsQuery) write(r *Request, out any) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	w := xmlWriter{b}
	response, result := r.Operation.Name+"Response", r.Operation.Name+"Result"
	w.tag("<", response, ` xmlns="`)
	_ = xml.EscapeText(w, []byte(r.Service.Namespace)) // a buffer takes everything
	w.WriteString(`">`)
	if _, none := out.(*shape.Nothing); !none {
		w.open(result)
		w.members(reflect.ValueOf(out).Elem())
		w.close(result)
	}
	w.WriteString("<ResponseMetadata><RequestId>" + r.ID + "</RequestId></ResponseMetadata>")
	w.close(response)
	r.send(r.success(), "text/xml", b.Bytes())
	return nil
}

type queryFailure struct {
	XMLName   xml.Name `xml:"ErrorResponse"`
	Namespace string   `xml:"xmlns,attr,omitempty"`
	Type      string   `xml:"Error>Type"`
	Code      string   `xml:"Error>Code"`
	Message   string   `xml:"Error>Message"`
	RequestID string   `xml:"RequestId"`
}

func (awsQuery) fail(r *Request, e *Error) {
	reply := queryFailure{Type: e.party(), Code: e.oldCode(), Message: e.Message, RequestID: r.ID}
	if r.Service != nil {
		reply.Namespace = r.Service.Namespace
	}
	r.sendXML(e.Status, "text/xml", reply)
}

var queryNames = map[sigv4.Reason]spelling{
	sigv4.Missing:     {"MissingAuthenticationToken", http.StatusForbidden, "Request is missing Authentication Token"},
	sigv4.Incomplete:  {"IncompleteSignature", http.StatusBadRequest, ""},
	sigv4.UnknownKey:  {"InvalidClientTokenId", http.StatusForbidden, ""},
	sigv4.EndedToken:  {"ExpiredToken", http.StatusForbidden, ""},
	sigv4.Mismatch:    {"SignatureDoesNotMatch", http.StatusForbidden, ""},
	sigv4.Skewed:      {"SignatureDoesNotMatch", http.StatusForbidden, ""},
	sigv4.Ended:       {"RequestExpired", http.StatusBadRequest, ""},
	sigv4.WrongDigest: {"SignatureDoesNotMatch", http.StatusForbidden, ""},
	sigv4.Malformed:   {"MalformedHttpRequestException", http.StatusBadRequest, ""},
}

func (awsQuery) unsigned(err *sigv4.Error) *Error { return spelled(queryNames, err) }

func (awsQuery) unknown(q *question) *Error {
	if q.operation == "" {
		return &Error{Code: "MissingAction", Status: http.StatusBadRequest,
			Message: "The request must contain the parameter Action"}
	}
	version := ""
	if q.service != nil {
		version = " for version " + q.service.Model.Version
	}
	return &Error{Code: "InvalidAction", Status: http.StatusBadRequest,
		Message: "Could not find operation " + q.operation + version}
}
