package executeapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/gateway/payload"
)

func TestAVisitBegins(t *testing.T) {
	f, other := newFixture(t, "GET", "/dev/a%20b", ""), newFixture(t, "GET", "/dev", "")
	if f.To.ID != gatewaytest.APIID || f.To.Path != "/dev/a%20b" || f.To.Region != "us-east-1" || time.Since(f.Began) > time.Minute {
		t.Errorf("a visit of %+v, begun at %v", f.To, f.Began)
	}
	if len(f.ID) != 36 || len(f.Extended) != 16 || !strings.HasPrefix(f.Trace, "Root=1-") || f.ID == other.ID || f.Extended == other.Extended || f.Trace == other.Trace {
		t.Errorf("identifiers %s %s %s", f.ID, f.Extended, f.Trace)
	}
}

func TestTheDomainOfAVisit(t *testing.T) {
	f := newFixture(t, "GET", "/dev", "")
	if got := f.Domain("us-east-1"); got != gatewaytest.APIHost {
		t.Errorf("the request came to %s", got)
	}
	f.To.Host = ""
	if got := f.Domain("eu-west-1"); got != gatewaytest.APIID+".execute-api.eu-west-1.localhost:4566" {
		t.Errorf("the request would have come to %s", got)
	}
}

func TestAnswersAreSent(t *testing.T) {
	for _, tt := range []struct {
		status int
		body   string
		length string // declared
	}{{200, "hello", "5"}, {200, "", "0"}, {500, "x", "1"}, {204, "", ""}, {304, "", ""}} {
		f := newFixture(t, "GET", "/dev", "")
		f.Send(&executeapi.Answer{Status: tt.status, Header: http.Header{"Set-Cookie": {"a=1", "b=2"}}, Body: []byte(tt.body)})
		got := f.answer.Result()
		got.Body.Close()
		if got.StatusCode != tt.status || f.answer.Body.String() != tt.body || got.Header.Get("Content-Length") != tt.length || len(got.Header["Set-Cookie"]) != 2 {
			t.Errorf("%d: %s %v %q", tt.status, got.Status, got.Header, f.answer.Body)
		}
	}
}

func TestTheHeadOfARequestIsBounded(t *testing.T) {
	f := newFixture(t, "GET", "/dev", "")
	f.R.RequestURI, f.R.Host, f.R.Header = "/dev", "h", http.Header{} // GET /dev HTTP/1.1 and h: 18 bytes
	f.R.Header["A"] = []string{strings.Repeat("x", 5000), strings.Repeat("x", 10_240-18-5000)}
	if !f.Bounded() {
		t.Error("what is just not too much is too much")
	}
	f.R.Header["B"] = []string{"x"}
	if f.Bounded() {
		t.Error("a byte more is not too much")
	}
}

func TestBodiesOfVisits(t *testing.T) {
	f := newFixture(t, "POST", "/dev", "text")
	if failed := f.ReadBody(); failed != nil || string(f.Body) != "text" {
		t.Errorf("%+v, %q", failed, f.Body)
	}
	f = newFixture(t, "POST", "/dev", strings.Repeat("x", executeapi.MaxBody+1))
	wantFailure(t, f.ReadBody(), executeapi.TooLong, "")
	f = newFixture(t, "POST", "/dev", "text")
	f.R.Body = http.MaxBytesReader(f.answer, f.R.Body, 1) // breaks off
	wantFailure(t, f.ReadBody(), executeapi.Unread, "")
}

func TestSignersOfVisits(t *testing.T) {
	sign := func(t *testing.T, service, region string) *fixture {
		t.Helper()
		f := newFixture(t, "POST", "/dev", "")
		c := f.b.Key(gatewaytest.APIHost, owner, "arn:aws:iam::"+owner+":root", "")
		c.Region = region
		f.R = gatewaytest.Signed(t, c, service, "POST", "/dev", "body")
		f.R.RequestURI, f.R.Host = "/dev", gatewaytest.APIHost
		return f
	}
	t.Run("of the API's region", func(t *testing.T) {
		f := sign(t, "execute-api", "us-east-1")
		if who, failed, err := f.Signer(scope); err != nil || failed != nil || who.Account != owner || string(f.Body) != "body" {
			t.Errorf("%v, %+v, %v", who, failed, err)
		}
	})
	for name, of := range map[string][2]string{"of another service": {"lambda", "us-east-1"}, "of another region": {"execute-api", "eu-west-1"}} {
		t.Run(name, func(t *testing.T) {
			_, failed, err := sign(t, of[0], of[1]).Signer(scope)
			const want = "Credential should be scoped to correct service: 'execute-api' and to region 'us-east-1'."
			if wrong, ok := errors.AsType[*sigv4.Error](err); failed != nil || !ok || wrong.Reason != sigv4.Mismatch || wrong.Message != want {
				t.Errorf("%+v, %v", failed, err)
			}
		})
	}
	t.Run("whose body is too long", func(t *testing.T) {
		f := sign(t, "execute-api", "us-east-1")
		f.R.ContentLength = 1 << 40
		_, failed, err := f.Signer(scope)
		if wantFailure(t, failed, executeapi.TooLong, ""); err != nil {
			t.Error(err)
		}
	})
}

func TestIdentities(t *testing.T) {
	nobody := executeapi.Identity(nil, "key", "id")
	if nobody.APIKey != "key" || nobody.APIKeyID != "id" || nobody.UserARN != nil {
		t.Errorf("who did not sign is %+v", nobody)
	}
	signer := executeapi.Identity(&payload.IAM{UserARN: "arn", AccountID: owner}, "", "")
	if signer.UserARN == nil || *signer.UserARN != "arn" || *signer.AccountID != owner || signer.APIKey != "" {
		t.Errorf("who signed is %+v", signer)
	}
}

func TestOfBody(t *testing.T) {
	const body = `{"a":{"b":7,"t":"x"},"l":[1,true],"n":null}`
	for path, want := range map[string]string{"": body, "a.b": "7", "a.t": "x", "l[1]": "true", "a": "", "l": "", "n": "", "z": "", "a.b.c": "", "[": ""} {
		if got, ok := executeapi.OfBody(body, path); got != want || ok != (want != "") {
			t.Errorf("%q of the body is %q, %v", path, got, ok)
		}
	}
	if got, ok := executeapi.OfBody("no JSON", "a"); ok {
		t.Errorf("a member of no JSON is %q", got)
	}
}
