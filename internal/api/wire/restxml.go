package wire

import (
	"encoding/xml"
	"errors"
	"net/http"

	"sluice/internal/api/wire/sigv4"
)

// errNoStructures is the answer to handlers that want structures of a protocol whose bodies wire does not read.
var errNoStructures = errors.New("this protocol's bodies are read and written by the service")

// restXML is restXml, S3's protocol. It tells errors; bodies are the handlers' business.
type restXML struct{}

func (restXML) read(*Request, any) error  { return errNoStructures }
func (restXML) write(*Request, any) error { return errNoStructures }

type s3Failure struct {
	XMLName   xml.Name `xml:"Error"`
	Code      string   `xml:"Code"`
	Message   string   `xml:"Message"`
	RequestID string   `xml:"RequestId"`
	HostID    string   `xml:"HostId"`
}

func (restXML) fail(r *Request, e *Error) {
	r.w.Header()["X-Amz-Request-Id"] = r.id[:]
	r.sendXML(e.Status, "application/xml", s3Failure{Code: e.oldCode(), Message: e.Message, RequestID: r.ID, HostID: r.ID})
}

func (r *Request) sendXML(status int, contentType string, v any) {
	body, err := xml.Marshal(v)
	if err != nil {
		body = nil
	}
	r.send(status, contentType, append([]byte(xml.Header), body...))
}

var s3Names = map[sigv4.Reason]spelling{
	sigv4.Missing:    {"AccessDenied", http.StatusForbidden, "Access Denied"},
	sigv4.Incomplete: {"AuthorizationHeaderMalformed", http.StatusBadRequest, ""},
	sigv4.UnknownKey: {"InvalidAccessKeyId", http.StatusForbidden,
		"The AWS Access Key Id you provided does not exist in our records."},
	sigv4.EndedToken: {"ExpiredToken", http.StatusBadRequest, "The provided token has expired."},
	sigv4.Mismatch: {"SignatureDoesNotMatch", http.StatusForbidden,
		"The request signature we calculated does not match the signature you provided. Check your key and signing method."},
	sigv4.Skewed: {"RequestTimeTooSkewed", http.StatusForbidden,
		"The difference between the request time and the current time is too large."},
	sigv4.Ended:       {"AccessDenied", http.StatusForbidden, "Request has expired"},
	sigv4.WrongDigest: {"XAmzContentSHA256Mismatch", http.StatusBadRequest, ""},
	sigv4.Malformed:   {"IncompleteBody", http.StatusBadRequest, ""},
	sigv4.Undeclared:  {"InvalidRequest", http.StatusBadRequest, ""},
}

func (restXML) unsigned(err *sigv4.Error) *Error { return spelled(s3Names, err) }

func (restXML) unknown(*question) *Error {
	return &Error{Code: "MethodNotAllowed", Status: http.StatusMethodNotAllowed,
		Message: "The specified method is not allowed against this resource."}
}
