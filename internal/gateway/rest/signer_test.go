package rest

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/restapi"
)

func TestSignedRequestsToStages(t *testing.T) {
	m := proxied()
	m.Authorization = restapi.AuthIAM
	f := newFixture(t, map[string]*restapi.Method{"POST /pets": m})
	c := f.Key(apiHost, owner, "arn:aws:iam::"+owner+":root", "")
	t.Run("one that is right", func(t *testing.T) {
		wantAnswer(t, f.Do(t, gatewaytest.Signed(t, c, "execute-api", "POST", "/dev/pets", "body")), "200  hello")
		who := f.Event(t)["requestContext"].(map[string]any)["identity"].(map[string]any)
		if who["userArn"] != "arn:aws:iam::"+owner+":root" || who["accessKey"] != c.Key.ID || who["accountId"] != owner || f.Event(t)["body"] != "body" {
			t.Errorf("identity %v", who)
		}
	})
	t.Run("none", func(t *testing.T) {
		wantAnswer(t, f.ask(t, "POST", "/dev/pets", ""), missingText)
	})
	t.Run("one that was changed", func(t *testing.T) {
		r := gatewaytest.Signed(t, c, "execute-api", "POST", "/dev/pets", "body")
		r.Header.Set("X-Amz-Date", "20200101T000000Z")
		if got := f.Do(t, r); got.StatusCode != 403 || got.Header.Get("X-Amzn-Errortype") != "InvalidSignatureException" {
			t.Errorf("%s %s", got.Status, got.Text)
		}
	})
	t.Run("for another service", func(t *testing.T) {
		got := f.Do(t, gatewaytest.Signed(t, c, "lambda", "POST", "/dev/pets", "body"))
		if got.StatusCode != 403 || !strings.Contains(got.Text, "Credential should be scoped to correct service: 'execute-api'") {
			t.Errorf("%s %s", got.Status, got.Text)
		}
	})
	t.Run("by an unknown key", func(t *testing.T) {
		stranger := c
		stranger.Key.ID = "AKIAUNKNOWN"
		wantAnswer(t, f.Do(t, gatewaytest.Signed(t, stranger, "execute-api", "POST", "/dev/pets", "body")),
			`403 UnrecognizedClientException {"message":"The security token included in the request is invalid."}`)
	})
	t.Run("by another account", func(t *testing.T) {
		other := f.Key(apiHost, "222222222222", "arn:aws:iam::222222222222:root", "")
		wantAnswer(t, f.Do(t, gatewaytest.Signed(t, other, "execute-api", "POST", "/dev/pets", "body")),
			`403 AccessDeniedException {"message":"User: arn:aws:iam::222222222222:root is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:`+owner+`:abcdefghij/dev/POST/pets"}`)
	})
	t.Run("by a key that has ended", func(t *testing.T) {
		ended := f.Key(apiHost, owner, "arn:aws:sts::"+owner+":assumed-role/r/s", "token")
		who := f.Keys[ended.Key.ID+"/token"]
		who.Expires = time.Unix(1, 0)
		f.Keys[ended.Key.ID+"/token"] = who
		wantAnswer(t, f.Do(t, gatewaytest.Signed(t, ended, "execute-api", "POST", "/dev/pets", "body")),
			`403 ExpiredTokenException {"message":"The security token included in the request is expired"}`)
	})
}
