package payload

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// plainType is the content type of an answer in parts that names none.
const plainType = "text/plain;charset=UTF-8"

// ReadHTTPAnswer reads what a function answered to an HTTP API in format 2.0. It is read as ReadAnswer does, but that an answer in parts
// without a content type is plain text.
// Errors: ErrMalformed.
func ReadHTTPAnswer(answer []byte) (*Answer, error) {
	trimmed := bytes.TrimSpace(answer)
	if !json.Valid(answer) || trimmed[0] != '{' {
		return ReadAnswer(answer)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(trimmed, &members); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if absent(members["statusCode"]) {
		return ReadAnswer(answer)
	}
	a, err := readHead(members, plainType)
	if err != nil {
		return nil, err
	}
	a.Body, err = readBody(members["body"], members["isBase64Encoded"])
	return a, err
}

// ReadHTTPProxyAnswer reads what a function answered to an HTTP API in format 1.0: an object with a status code.
// Errors: ErrMalformed.
func ReadHTTPProxyAnswer(answer []byte) (*Answer, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(answer, &members); err != nil || members == nil {
		return nil, fmt.Errorf("%w: it is no object", ErrMalformed)
	}
	delete(members, "cookies") // which are format 2.0's
	a, err := readHead(members, "")
	if err != nil {
		return nil, err
	}
	if err := a.addMultiple(members["multiValueHeaders"]); err != nil {
		return nil, err
	}
	if a.Header.Get("Content-Type") == "" {
		a.Header["Content-Type"] = []string{plainType}
	}
	return a, a.setProxyBody(members["body"], scalar(members["isBase64Encoded"]) == "true")
}

// addMultiple puts headers with several values over those that have one.
func (a *Answer) addMultiple(raw json.RawMessage) error {
	if absent(raw) {
		return nil
	}
	var many map[string][]json.RawMessage
	if err := json.Unmarshal(raw, &many); err != nil {
		return fmt.Errorf("%w: multiValueHeaders: %w", ErrMalformed, err)
	}
	for name, values := range many {
		canonical := http.CanonicalHeaderKey(name)
		if ofConnection(canonical, nil) || canonical == "Content-Length" {
			continue
		}
		a.Header.Del(name)
		for _, value := range values {
			if !IsHeader(name, scalar(value)) {
				return fmt.Errorf("%w: the header %.40q is not one", ErrMalformed, name)
			}
			a.Header.Add(name, scalar(value))
		}
	}
	return nil
}

// NewHTTPProxyEvent describes a request to an HTTP API in format 1.0. What is no text travels in base64, as in format 2.0, and the
// length of the body is among the headers.
func NewHTTPProxyEvent(r *http.Request, body []byte, at *ProxyPlace) *ProxyEvent {
	at.Version, at.Binary = "1.0", !isText(r.Header, body)
	e := NewProxyEvent(r, body, at)
	length := strconv.Itoa(len(body))
	e.Headers["Content-Length"], e.MultiValueHeaders["Content-Length"] = length, []string{length}
	return e
}
