package payload

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Both formats of a request to an HTTP API, whole.
func TestEventsOfHTTPAPIs(t *testing.T) {
	r := httptest.NewRequest("POST", "/dev/pets/7%20a?x=1&x=2&y=a+b", strings.NewReader("{}"))
	r.Host = "abc.execute-api.us-east-1.amazonaws.com"
	r.Header = http.Header{"Content-Type": {"application/json"}, "X-Color": {"red", "blue"}, "User-Agent": {"test"}, "Cookie": {"a=1; b=2"}}
	parameters, variables := map[string]string{"id": "7 a"}, map[string]string{"alias": "live"}
	moment := time.Date(2020, 3, 12, 19, 3, 58, 390e6, time.UTC)
	second, err := NewEvent(r, []byte("{}"), Place{
		Path: "/dev/pets/7%20a", HTTPAPI: true, APIID: "abc", Domain: r.Host, Prefix: "abc", RouteKey: "POST /pets/{id}", Stage: "dev", RequestID: "id=",
		SourceIP: "10.0.0.1", Port: "4566", TraceID: "Root=1-2-3", Now: moment, Account: "111111111111", PathParameters: parameters, StageVariables: variables,
		Authorizer: &Authorizer{JWT: &JWT{Claims: map[string]string{"sub": "ann"}}},
	}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	first, err := NewHTTPProxyEvent(r, []byte("{}"), &ProxyPlace{
		Resource: "/pets/{id}", ResourceID: "POST /pets/{id}", Stage: "dev", Path: "/dev/pets/7 a", FullPath: "/dev/pets/7 a", Account: "111111111111",
		APIID: "abc", Domain: r.Host, RequestID: "id=", ExtendedID: "id=", SourceIP: "10.0.0.1", Port: "4566", TraceID: "Root=1-2-3",
		PathParameters: parameters, StageVariables: variables, Now: moment, Spelled: strings.ToLower,
	}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, event := range map[string][]byte{"httpapi1": first, "httpapi2": second} {
		var got bytes.Buffer
		if err := json.Indent(&got, event, "", " "); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(want, got.Bytes()) {
			t.Errorf("%s: %v; the event is\n%s", name, err, got.String())
		}
	}
}

func TestAnswersToHTTPAPIs(t *testing.T) {
	for _, tt := range []struct{ name, answer, want string }{
		{"an answer in parts is plain text", `{"statusCode":201,"body":"x"}`, "201|Content-Type: text/plain;charset=UTF-8|x"},
		{"unless it says otherwise", `{"statusCode":"200","headers":{"content-type":"a/b"},"cookies":["a=1"],"body":"eA==","isBase64Encoded":true}`,
			"200|Content-Type: a/b|Set-Cookie: a=1|x"},
		{"an object is a body", `{"a": 1}`, asJSON + `{"a":1}`},
		{"a text is a body", `"x"`, asJSON + `x`},
		{"no JSON is a body", `<p>`, asJSON + `<p>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ReadHTTPAnswer([]byte(tt.answer))
			if err != nil || shown(a) != tt.want {
				t.Errorf("%v; the answer is %s, want %s", err, shown(a), tt.want)
			}
		})
	}
	for _, wrong := range []string{`{"statusCode":99}`, `{"statusCode":200,"headers":1}`, `{"statusCode":200,"body":"ä","isBase64Encoded":true}`} {
		if _, err := ReadHTTPAnswer([]byte(wrong)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

func TestAnswersToHTTPAPIsInFormat1(t *testing.T) {
	for _, tt := range []struct{ name, answer, want string }{
		{"a body", `{"statusCode":200,"body":"x"}`, "200|Content-Type: text/plain;charset=UTF-8|x"},
		{"both kinds of headers", `{"statusCode":200,"headers":{"a":"0","b":"1"},"multiValueHeaders":{"A":["2","3"],"Connection":["close"]},"cookies":["c=1"]}`,
			"200|A: 2|A: 3|B: 1|Content-Type: text/plain;charset=UTF-8|"},
		{"a body of bytes", `{"statusCode":200,"multiValueHeaders":{"content-type":["a/b"]},"body":"eA==","isBase64Encoded":true}`, "200|Content-Type: a/b|x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ReadHTTPProxyAnswer([]byte(tt.answer))
			if err != nil || shown(a) != tt.want {
				t.Errorf("%v; the answer is %s, want %s", err, shown(a), tt.want)
			}
		})
	}
	for _, wrong := range []string{
		``, `null`, `"x"`, `[]`, `{}`, `{"body":"x"}`, `{"statusCode":200,"body":{}}`, `{"statusCode":200,"multiValueHeaders":1}`,
		`{"statusCode":200,"multiValueHeaders":{"a":["\n"]}}`, `{"statusCode":200,"body":"ä","isBase64Encoded":true}`,
	} {
		if _, err := ReadHTTPProxyAnswer([]byte(wrong)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
