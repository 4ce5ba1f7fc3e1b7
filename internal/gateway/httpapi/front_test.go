package httpapi

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/httpapi"
)

func TestRequestsToNoHTTPAPIAreLeftToOthers(t *testing.T) {
	f := newFixture(t, "GET /")
	other := "http://" + strings.Replace(apiHost, apiID, "zyxwvutsrq", 1)
	if got := f.Ask(t, "GET", other, nil); got.StatusCode != http.StatusTeapot || got.Header.Get("Apigw-Requestid") != "" {
		t.Errorf("another API: %s %v", got.Status, got.Header)
	}
	f.front.config.APIs = nil
	if got := f.ask(t, "GET", "/", ""); got.StatusCode != http.StatusTeapot {
		t.Errorf("where there are none: %s", got.Status)
	}
	if len(f.Called) > 0 || len(f.samples) > 0 {
		t.Errorf("called %v, measured %d", f.Called, len(f.samples))
	}
}

func TestWhatFailsIsAnsweredByItsReason(t *testing.T) {
	for reason, want := range map[executeapi.Reason]int{
		executeapi.TooLong: 413, executeapi.Unread: 408, executeapi.Late: 503, executeapi.Unauthorized: 401,
		executeapi.Unreached: 500, executeapi.NoFunction: 500, executeapi.NotAllowed: 500, executeapi.Failed: 500,
	} {
		got := refusalOf(&executeapi.Failure{Reason: reason, Detail: "why"})
		if got.status != want || want == 500 && got.reason != "why" {
			t.Errorf("reason %d: %+v, want %d", reason, got, want)
		}
	}
	if got := refusalOf(nil); got != nil {
		t.Errorf("nothing failed: %+v", got)
	}
}

func TestBodiesThatDoNotCome(t *testing.T) {
	f := newFixture(t, "POST /")
	f.apis.BodyTime = 50 * time.Millisecond
	if got := f.Raw(t, "POST / HTTP/1.1\r\nHost: "+apiHost+"\r\nContent-Length: 10\r\n\r\n12345"); got != `408 {"message":"Request Timeout"}` {
		t.Error(got)
	}
	if got := f.Raw(t, "POST /none HTTP/1.1\r\nHost: "+apiHost+"\r\nContent-Length: 1000000\r\n\r\n"); got != notFoundText {
		t.Errorf("one that nobody wants: %s", got)
	}
}

// The default route has no path, and its permission its key alone.
func TestWhatResourcePoliciesAreAsked(t *testing.T) {
	f := newFixture(t, "ANY /pets/{id}", httpapi.DefaultKey)
	const arn = "arn:aws:execute-api:us-east-1:" + owner + ":" + apiID + "/$default/"
	for path, want := range map[string]string{"/pets/7": arn + "PUT/pets/{id}", "/other": arn + "$default"} {
		f.Asked = nil
		wantAnswer(t, f.ask(t, "PUT", path, ""), "200 hello")
		if got := f.Asked[0].Context["aws:SourceArn"]; got != want {
			t.Errorf("%s asks for %s, want %s", path, got, want)
		}
	}
}

// A signer's body is read before his signature is checked, and may be too long like any other.
func TestASignersBodyIsBounded(t *testing.T) {
	f := newFixture(t, "POST /")
	f.deployed().Routes["POST /"].Authorization = httpapi.AuthIAM
	c := f.Key(apiHost, owner, "arn:aws:iam::"+owner+":root", "")
	r, err := c.Request(t.Context(), "execute-api", "POST", "/", nil, make([]byte, executeapi.MaxBody+1))
	if err != nil {
		t.Fatal(err)
	}
	wantAnswer(t, f.Do(t, r), `413 {"message":"Request Entity Too Large"}`)
}
