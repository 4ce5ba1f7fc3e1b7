package payload

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// place is what the tests' requests do not say themselves.
func place() Place {
	return Place{
		Path: "/a%20b/%C3%BC", APIID: "abc", Domain: "abc.lambda-url.us-east-1.localhost:4566", Prefix: "abc", RouteKey: "$default", Stage: "$default",
		RequestID: "11111111-2222-3333-4444-555555555555", SourceIP: "127.0.0.1", Port: "4566", TraceID: "Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e",
		Now: time.Date(2020, 3, 12, 20, 3, 58, 390_000_000, time.FixedZone("", 3600)),
	}
}

func request(method, target, body string, header ...string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "abc.lambda-url.us-east-1.localhost:4566"
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	return r
}

func TestEventsKeepTheirForm(t *testing.T) {
	signed := place()
	signed.Caller = &IAM{AccessKey: "AKIA", AccountID: "123456789012", CallerID: "AKIA", UserARN: "arn:aws:iam::123456789012:user/u", UserID: "AKIA"}
	for _, tt := range []struct {
		name string
		r    *http.Request
		body string
		at   Place
	}{
		{"anonymous", request("POST", "/a%20b/%C3%BC?q=query&multiQuery=foo&multiQuery=%2Fbar", "",
			"Content-Type", "application/json", "ExTrA-HeadErs", "With WeiRd CapS", "User-Agent", "test/echo",
			"Cookie", "a=1; b=2", "Cookie", "c=3", "X-Two", "one", "X-Two", "two"), `{"foo":"<bar>"}`, place()},
		{"signed", request("GET", "/", "", "User-Agent", "test/echo"), "", signed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, err := NewEvent(tt.r, []byte(tt.body), tt.at).Encode()
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := json.Indent(&got, text, "", " "); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", tt.name+".golden")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || got.String() != string(want) {
				t.Errorf("%v: the event is\n%s", err, got.String())
			}
		})
	}
}

func TestBodiesTravelAsTheirContentTypeAsks(t *testing.T) {
	const form = "a=1"
	for _, tt := range []struct {
		contentType, coding, body, want string
		encoded                         bool
	}{
		{"text/plain", "", "text", "text", false},
		{"TEXT/HTML; charset=utf-8", "", "<p>", "<p>", false},
		{"application/json", "", "{}", "{}", false},
		{"application/json; charset", "", "{}", "{}", false}, // no media type that can be parsed
		{"application/vnd.api+json", "", "{}", "{}", false},
		{"application/soap+xml", "", "<a/>", "<a/>", false},
		{"application/javascript", "", "1", "1", false},
		{"", "", "text", "text", false},
		{"", "", "\xff", "/w==", true},
		{"text/plain", "", "\xff", "/w==", true}, // JSON can't hold it
		{"text/plain", "gzip", "text", "dGV4dA==", true},
		{"text/plain", "identity", "text", "text", false},
		{"application/octet-stream", "", "text", "dGV4dA==", true},
		{"multipart/form-data; boundary=x", "", "text", "dGV4dA==", true},
		{"application/x-www-form-urlencoded", "", form, "YT0x", true},
		{"image/png", "", "", "", false},
	} {
		t.Run(tt.contentType+" "+tt.coding+" "+tt.body, func(t *testing.T) {
			r := request("POST", "/", tt.body, "Content-Type", tt.contentType, "Content-Encoding", tt.coding)
			if e := NewEvent(r, []byte(tt.body), place()); e.Body != tt.want || e.IsBase64Encoded != tt.encoded {
				t.Errorf("body %q, encoded %v; want %q, %v", e.Body, e.IsBase64Encoded, tt.want, tt.encoded)
			}
		})
	}
}

func TestHeadersOfTheConnectionStayWithIt(t *testing.T) {
	r := request("POST", "/", "", "Connection", "close, X-Hop", "X-Hop", "1", "Keep-Alive", "1", "Te", "trailers",
		"Transfer-Encoding", "chunked", "Upgrade", "h2c", "Expect", "100-continue", "Proxy-Authorization", "secret", "X-End", "2")
	e := NewEvent(r, []byte("text"), place())
	want := map[string]string{
		"x-end": "2", "host": r.Host, "content-length": "4", "x-amzn-trace-id": place().TraceID,
		"x-forwarded-for": "127.0.0.1", "x-forwarded-port": "4566", "x-forwarded-proto": "http",
		"x-amzn-tls-version": "TLSv1.3", "x-amzn-tls-cipher-suite": "TLS_AES_128_GCM_SHA256",
	}
	if !reflect.DeepEqual(e.Headers, want) {
		t.Errorf("headers %q, want %q", e.Headers, want)
	}
}

func TestForwardedRequestNamesBoth(t *testing.T) {
	e := NewEvent(request("GET", "/", "", "X-Forwarded-For", "10.0.0.1"), nil, place())
	if got := e.Headers["x-forwarded-for"]; got != "10.0.0.1, 127.0.0.1" {
		t.Errorf("forwarded for %q", got)
	}
}

func TestCookiesAreHeadersOfFunctionURLs(t *testing.T) {
	for httpAPI, want := range map[bool]string{false: "a=1; b=2; c=3", true: ""} {
		at := place()
		at.HTTPAPI = httpAPI
		e := NewEvent(request("GET", "/", "", "Cookie", "a=1; b=2", "Cookie", "c=3"), nil, at)
		if got := e.Headers["cookie"]; got != want || len(e.Cookies) != 3 {
			t.Errorf("HTTP API %v: header %q and cookies %q", httpAPI, got, e.Cookies)
		}
	}
}

func TestParameters(t *testing.T) {
	for _, tt := range []struct {
		query string
		want  map[string]string
	}{
		{"", nil},
		{"a=1&b=2", map[string]string{"a": "1", "b": "2"}},
		{"a=1&a=2&a=", map[string]string{"a": "1,2,"}},
		{"a", map[string]string{"a": ""}},
		{"a=b=c", map[string]string{"a": "b=c"}},
		{"a+b=c+d&%C3%BC=%2F", map[string]string{"a b": "c d", "ü": "/"}},
		{"a=%zz&b=1;2", map[string]string{"a": "%zz", "b": "1;2"}},
		{"&&a=1&", map[string]string{"a": "1"}},
	} {
		t.Run(tt.query, func(t *testing.T) {
			if got := parameters(tt.query); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPaths(t *testing.T) {
	for _, tt := range []struct {
		path       string
		httpAPI    bool
		raw, whole string
	}{
		{"/a%20b%2Fc+d", false, "/a%20b%2Fc+d", "/a b/c+d"},
		{"/a%20b%2Fc+d", true, "/a b/c+d", "/a b/c+d"},
		{"", false, "/", "/"},
		{"", true, "/", "/"},
		{"/100%", false, "/100%", "/100%"},
	} {
		at := place()
		at.Path, at.HTTPAPI = tt.path, tt.httpAPI
		if e := NewEvent(request("GET", "/", ""), nil, at); e.RawPath != tt.raw || e.RequestContext.HTTP.Path != tt.whole {
			t.Errorf("%q, %v: %q, %q", tt.path, tt.httpAPI, e.RawPath, e.RequestContext.HTTP.Path)
		}
	}
}

func BenchmarkEvent(b *testing.B) {
	r := request("POST", "/orders?limit=10", "", "Content-Type", "application/json", "User-Agent", "bench/1", "Accept", "*/*")
	body, at := []byte(`{"order":"book"}`), place()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewEvent(r, body, at).Encode(); err != nil {
			b.Fatal(err)
		}
	}
}
