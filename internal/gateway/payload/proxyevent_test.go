package payload

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

func proxyPlace() *ProxyPlace {
	return &ProxyPlace{
		Resource: "/pets/{id}", ResourceID: "res123", Stage: "dev", Path: "/pets/7%20a", FullPath: "/dev/pets/7%20a", Account: "111111111111",
		APIID: "abcdefghij", Deployment: "dep123", Domain: "abcdefghij.execute-api.us-east-1.amazonaws.com", RequestID: "id-1", ExtendedID: "ext-1",
		SourceIP: "10.0.0.1", Port: "4566", TraceID: "Root=1-2-3", PathParameters: map[string]string{"id": "7%20a"},
		StageVariables: map[string]string{"alias": "live"}, Now: time.Date(2020, 3, 12, 19, 3, 58, 390e6, time.UTC),
	}
}

func TestProxyEvent(t *testing.T) {
	r := httptest.NewRequest("POST", "/dev/pets/7%20a?x=1&x=2&y=a+b&z", strings.NewReader("{}"))
	r.Host = "abcdefghij.execute-api.us-east-1.amazonaws.com"
	r.Header = http.Header{
		"Content-Type": {"application/json"}, "X-Color": {"red", "blue"}, "Connection": {"keep-alive, X-Hop"}, "X-Hop": {"1"}, "Content-Length": {"2"},
		"User-Agent": {"test"}, "X-Forwarded-For": {"1.2.3.4"},
	}
	at := proxyPlace()
	at.Spelled = strings.ToLower
	text, err := NewProxyEvent(r, []byte("{}"), at).Encode()
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := json.Indent(&got, text, "", " "); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/proxyevent.golden"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%v; got\n%s", err, &got)
	}
}

// Recording test_apigateway_header_remapping_aws.
func TestHeadersThatOnlyRESTAPIsWithhold(t *testing.T) {
	r := httptest.NewRequest("GET", "/dev/pets", nil)
	for _, name := range withheld {
		r.Header.Set(name, "x")
	}
	r.Header.Set("Via", "p")
	at := proxyPlace()
	rest := ProxyHeaders(r, at)
	at.Version = "1.0"
	if http := ProxyHeaders(r, at); rest["Server"] != nil || rest["Max-Forwards"] != nil || rest["Via"] == nil || http["Server"] == nil {
		t.Errorf("a REST API passes %v on, an HTTP API %v", rest, http)
	}
}

func TestWhatAProxyEventDoesNotHaveIsNull(t *testing.T) {
	at := proxyPlace()
	at.PathParameters, at.StageVariables, at.Port, at.TraceID = nil, nil, "", ""
	r := httptest.NewRequest("GET", "/dev/pets", nil)
	text, err := NewProxyEvent(r, nil, at).Encode()
	if err != nil {
		t.Fatal(err)
	}
	var event map[string]any
	if err := json.Unmarshal(text, &event); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"body", "pathParameters", "stageVariables", "queryStringParameters", "multiValueQueryStringParameters"} {
		if value, there := event[name]; !there || value != nil {
			t.Errorf("%s is %v (there: %v)", name, value, there)
		}
	}
	context := event["requestContext"].(map[string]any)
	if _, there := context["authorizer"]; there || context["identity"].(map[string]any)["userArn"] != nil {
		t.Errorf("context %v", context)
	}
}

func TestBodiesOfProxyEvents(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		binary     bool
		want       string
		encoded    bool
	}{
		{"text", "hi", false, "hi", false},
		{"bytes", "\x00\xff", true, "AP8=", true},
		{"bytes that are taken for text", "a\xff", false, "a\ufffd", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := proxyPlace()
			at.Binary = tt.binary
			e := NewProxyEvent(httptest.NewRequest("POST", "/", nil), []byte(tt.body), at)
			if *e.Body != tt.want || e.IsBase64Encoded != tt.encoded {
				t.Errorf("got %q, %v", *e.Body, e.IsBase64Encoded)
			}
		})
	}
}
