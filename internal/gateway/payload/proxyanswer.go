package payload

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// proxyMembers are what an answer in format 1.0 may have. AWS takes any other for a mistake.
var proxyMembers = []string{"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}

// remapped are the headers that API Gateway sends under another name, since they are its own to set (its page "Amazon API
// Gateway important notes", and recording test_apigateway_header_remapping_aws).
var remapped = []string{
	"Authorization", "Connection", "Content-Length", "Content-Md5", "Date", "Expect", "Host", "Max-Forwards", "Proxy-Authenticate",
	"Server", "Trailer", "Upgrade", "User-Agent", "Www-Authenticate",
}

// ErrNotBase64 says that a body is not in base64, though its function says so: API Gateway answers that with 500, other mistakes with
// 502 (LocalStack's test test_aws_proxy_binary_response, which ran on AWS).
var ErrNotBase64 = fmt.Errorf("%w: the body is not in base64", ErrMalformed)

// ReadProxyAnswer reads what a function answered in format 1.0. decode says that a body in base64 becomes bytes, if the function
// says that it is in base64.
// Errors: ErrMalformed, of which ErrNotBase64 is one.
func ReadProxyAnswer(answer []byte, decode bool) (*Answer, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(answer, &members); err != nil || members == nil {
		return nil, fmt.Errorf("%w: it is no object", ErrMalformed)
	}
	for name := range members {
		if !slices.Contains(proxyMembers, name) {
			return nil, fmt.Errorf("%w: it has a member %.40q", ErrMalformed, name)
		}
	}
	a := &Answer{Status: http.StatusOK, Header: http.Header{}}
	if err := a.setStatus(members["statusCode"]); err != nil {
		return nil, err
	}
	if err := a.addProxyHeaders(members["headers"], members["multiValueHeaders"]); err != nil {
		return nil, err
	}
	if a.Header["Content-Type"] == nil {
		a.Header["Content-Type"] = []string{defaultType}
	}
	return a, a.setProxyBody(members["body"], decode && scalar(members["isBase64Encoded"]) == "true")
}

func (a *Answer) setStatus(raw json.RawMessage) error {
	if absent(raw) {
		return nil
	}
	status, err := strconv.Atoi(strings.TrimSuffix(scalar(raw), ".0"))
	if err != nil || status < 200 || status > 599 { // 1xx is no answer
		return fmt.Errorf("%w: statusCode is %.40s", ErrMalformed, raw)
	}
	a.Status = status
	return nil
}

// addProxyHeaders merges both kinds of headers: the list's values go first, and a value that is in both is sent once (AWS's page
// "Output format of a Lambda function for proxy integration").
func (a *Answer) addProxyHeaders(single, multiple json.RawMessage) error {
	var one map[string]json.RawMessage
	var many map[string][]json.RawMessage
	if !absent(single) {
		if err := json.Unmarshal(single, &one); err != nil {
			return fmt.Errorf("%w: headers: %w", ErrMalformed, err)
		}
	}
	if !absent(multiple) {
		if err := json.Unmarshal(multiple, &many); err != nil {
			return fmt.Errorf("%w: multiValueHeaders: %w", ErrMalformed, err)
		}
	}
	for name, values := range many {
		if err := a.addHeader(name, values); err != nil {
			return err
		}
	}
	for name, value := range one {
		if slices.Contains(a.Header[SentAs(name)], scalar(value)) {
			continue
		}
		if err := a.addHeader(name, []json.RawMessage{value}); err != nil {
			return err
		}
	}
	return nil
}

func (a *Answer) addHeader(name string, values []json.RawMessage) error {
	for _, value := range values {
		if absent(value) {
			continue
		}
		if !isToken(name) || value[0] == '[' || value[0] == '{' || !isField(scalar(value)) {
			return fmt.Errorf("%w: the header %.40q is not one", ErrMalformed, name)
		}
		if as := SentAs(name); as != "" {
			a.Header.Add(as, scalar(value))
		}
	}
	return nil
}

// SentAs is the name, in its canonical form, that an integration's header goes out with; empty if it does not.
func SentAs(name string) string {
	name = http.CanonicalHeaderKey(name)
	switch {
	case slices.Contains(remapped, name):
		return "X-Amzn-Remapped-" + name
	case name != "Te" && ofConnection(name, nil):
		return ""
	}
	return name
}

// setProxyBody takes a text alone.
func (a *Answer) setProxyBody(raw json.RawMessage, decode bool) error {
	if absent(raw) {
		return nil
	}
	if raw[0] != '"' {
		return fmt.Errorf("%w: the body is no text", ErrMalformed)
	}
	a.Body = []byte(text(raw))
	if !decode {
		return nil
	}
	plain, err := base64.StdEncoding.DecodeString(string(a.Body))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotBase64, err)
	}
	a.Body = plain
	return nil
}
