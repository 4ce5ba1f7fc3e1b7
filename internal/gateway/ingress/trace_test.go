package ingress_test

import (
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"sluice/internal/gateway/ingress"
)

func TestWhereRequestsComeFrom(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	for address, want := range map[string]string{"10.0.0.1:80": "10.0.0.1", "[::1]:80": "::1", "unknown": "unknown"} {
		if r.RemoteAddr = address; ingress.SourceIP(r) != want {
			t.Errorf("%s comes from %s, want %s", address, ingress.SourceIP(r), want)
		}
	}
}

func TestTraces(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	begun := ingress.Trace(r, time.Unix(0x5e6722a7, 0))
	if !regexp.MustCompile(`^Root=1-5e6722a7-[0-9a-f]{24}$`).MatchString(begun) || begun == ingress.Trace(r, time.Unix(0x5e6722a7, 0)) {
		t.Errorf("a request without a trace begins %s", begun)
	}
	r.Header.Set("X-Amzn-Trace-Id", "Root=1-2-3")
	if got := ingress.Trace(r, time.Now()); got != "Root=1-2-3" {
		t.Errorf("a request with one goes on with %s", got)
	}
}
