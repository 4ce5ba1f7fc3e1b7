package rest

import (
	"regexp"
	"testing"

	"sluice/internal/restapi"
)

// Recording test_invocation_trace_id: what API Gateway answers by itself names no trace.
func TestWhichAnswersNameTheTrace(t *testing.T) {
	f := newFixture(t, map[string]*restapi.Method{"GET /mock": mocked(`{"statusCode": 200}`, on("", "200", "")), "GET /function": proxied()})
	for _, tt := range []struct{ path, sent, want string }{
		{"/dev/mock", "Root=1-2-3", "^$"}, {"/dev/none", "Root=1-2-3", "^$"},
		{"/dev/function", "Root=1-2-3;Parent=4;Sampled=1", "^Root=1-2-3;Parent=4;Sampled=1$"},
		{"/dev/function", "Root=1-2-3", "^Root=1-2-3;Parent=[0-9a-f]{16};Sampled=0$"},
	} {
		t.Run(tt.path+" "+tt.sent, func(t *testing.T) {
			got := f.ask(t, "GET", tt.path, "", "X-Amzn-Trace-Id", tt.sent).Header.Get("X-Amzn-Trace-Id")
			if !regexp.MustCompile(tt.want).MatchString(got) {
				t.Errorf("the trace is %q, want %q", got, tt.want)
			}
		})
	}
}

// Recording test_apigateway_header_remapping_aws.
func TestHeadersThatNoMappingMaySet(t *testing.T) {
	for header, want := range map[string]string{
		"Authorization": internalText, "Connection": internalText, "Content-Length": internalText, "Expect": internalText,
		"Proxy-Authenticate": internalText, "TE": internalText, "transfer-encoding": internalText, "X-A": "200  hello",
	} {
		t.Run(header, func(t *testing.T) {
			m := proxied()
			m.Integration.Parameters = map[string]string{"integration.request.header." + header: "'x'"}
			f := newFixture(t, map[string]*restapi.Method{"GET /": m})
			wantAnswer(t, f.ask(t, "GET", "/dev", ""), want)
		})
	}
}

// Recording test_apigateway_header_remapping_aws.
func TestMappedHeadersOfAPIGatewaysOwn(t *testing.T) {
	r := on("", "200", "{}")
	r.Parameters = map[string]string{}
	for _, name := range []string{"Date", "Server", "Max-Forwards", "Trailer", "Transfer-Encoding", "Via"} {
		r.Parameters["method.response.header."+name] = "'x'"
	}
	f := newFixture(t, map[string]*restapi.Method{"GET /": mocked(`{"statusCode": 200}`, r)})
	got := f.ask(t, "GET", "/dev", "").Header
	for name, want := range map[string]string{
		"X-Amzn-Remapped-Date": "x", "X-Amzn-Remapped-Server": "x", "X-Amzn-Remapped-Max-Forwards": "x", "X-Amzn-Remapped-Trailer": "x",
		"Via": "x", "Server": "", "Max-Forwards": "", "X-Amzn-Remapped-Transfer-Encoding": "",
	} {
		if got.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Get(name), want)
		}
	}
}
