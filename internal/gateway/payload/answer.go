package payload

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Answer is an HTTP answer. A function gives one in parts, or only its body, and then the rest is inferred.
type Answer struct {
	Status int         // 200 to 599
	Header http.Header // with a content type; without what concerns the connection
	Body   []byte
}

// ErrMalformed is what ReadAnswer's errors wrap: a function answered with what is no HTTP answer. AWS calls that a bad
// gateway.
var ErrMalformed = errors.New("the function's answer is no HTTP answer")

// ReadAnswer reads what a function answered. An object with a status code is an answer in parts; any other JSON is the
// body of one with the status 200, without white space, and of a text without its quotes (recorded:
// TestLambdaURL.test_lambda_url_invocation). What is no JSON is a body as it is.
func ReadAnswer(answer []byte) (*Answer, error) {
	if !json.Valid(answer) {
		return inferred(answer), nil
	}
	switch trimmed := bytes.TrimSpace(answer); trimmed[0] {
	case '"':
		return inferred([]byte(text(trimmed))), nil
	case '{':
		return ofObject(trimmed)
	default:
		return inferred(compact(trimmed)), nil
	}
}

func ofObject(object []byte) (*Answer, error) {
	var members map[string]json.RawMessage // a structure would take other spellings of the names too
	if err := json.Unmarshal(object, &members); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if absent(members["statusCode"]) {
		return inferred(compact(object)), nil
	}
	a, err := readHead(members, defaultType)
	if err != nil {
		return nil, err
	}
	a.Body, err = readBody(members["body"], members["isBase64Encoded"])
	return a, err
}

// inferred is the answer of a function that gave only a body.
func inferred(body []byte) *Answer {
	return &Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {defaultType}}, Body: body}
}

const defaultType = "application/json"

// readHead reads a status code, headers and cookies. The content type is for answers that name none.
func readHead(members map[string]json.RawMessage, contentType string) (*Answer, error) {
	status, err := readStatus(members["statusCode"])
	if err != nil {
		return nil, err
	}
	a := &Answer{Status: status, Header: http.Header{}}
	if err := a.addHeaders(members["headers"]); err != nil {
		return nil, err
	}
	if err := a.addCookies(members["cookies"]); err != nil {
		return nil, err
	}
	if a.Header["Content-Type"] == nil {
		a.Header["Content-Type"] = []string{contentType}
	}
	return a, nil
}

// readStatus takes a number, and a number in quotes too (recorded: TestLambdaURL.test_lambda_url_headers_and_status).
func readStatus(raw json.RawMessage) (int, error) {
	digits := strings.TrimSuffix(scalar(raw), ".0")
	status, err := strconv.Atoi(digits)
	if err != nil || status < 200 || status > 599 {
		return 0, fmt.Errorf("%w: statusCode is %.40s", ErrMalformed, raw)
	}
	return status, nil
}

func (a *Answer) addHeaders(raw json.RawMessage) error {
	if absent(raw) {
		return nil
	}
	var headers map[string]json.RawMessage
	if err := json.Unmarshal(raw, &headers); err != nil {
		return fmt.Errorf("%w: headers: %w", ErrMalformed, err)
	}
	for name, value := range headers {
		if absent(value) {
			continue
		}
		if !isToken(name) || value[0] == '[' || value[0] == '{' || !isField(scalar(value)) {
			return fmt.Errorf("%w: the header %.40q is not one", ErrMalformed, name)
		}
		a.Header.Set(name, scalar(value))
	}
	for _, name := range connection {
		a.Header.Del(name)
	}
	a.Header.Del("Content-Length") // the body says it better
	return nil
}

func (a *Answer) addCookies(raw json.RawMessage) error {
	if absent(raw) {
		return nil
	}
	var cookies []string
	if err := json.Unmarshal(raw, &cookies); err != nil {
		return fmt.Errorf("%w: cookies: %w", ErrMalformed, err)
	}
	for _, cookie := range cookies {
		if !isField(cookie) {
			return fmt.Errorf("%w: a cookie is not one", ErrMalformed)
		}
		a.Header.Add("Set-Cookie", cookie)
	}
	return nil
}

// readBody takes a text, in base64 or not, and writes anything else as JSON.
func readBody(raw, encoded json.RawMessage) ([]byte, error) {
	if absent(raw) {
		return nil, nil
	}
	if raw[0] != '"' {
		return compact(raw), nil
	}
	body := text(raw)
	if scalar(encoded) != "true" {
		return []byte(body), nil
	}
	plain, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		return nil, fmt.Errorf("%w: body: %w", ErrMalformed, err)
	}
	return plain, nil
}

func absent(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// scalar is a JSON value as text: a string without its quotes, all others as they stand.
func scalar(raw json.RawMessage) string {
	if len(raw) > 0 && raw[0] == '"' {
		return text(raw)
	}
	return string(raw)
}

func text(quoted []byte) (plain string) {
	_ = json.Unmarshal(quoted, &plain) // it is valid
	return plain
}

func compact(value []byte) []byte {
	var out bytes.Buffer
	_ = json.Compact(&out, value) // it is valid
	return out.Bytes()
}

// isToken reports whether a header's name can be sent (RFC 9110, 5.6.2).
func isToken(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(c rune) bool {
		return c <= ' ' || c >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, c)
	})
}

// isField reports whether a header's value can be sent (RFC 9110, 5.5).
func isField(value string) bool {
	return !strings.ContainsFunc(value, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f })
}
