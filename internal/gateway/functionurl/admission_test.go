package functionurl

import (
	"io"
	"strings"
	"testing"
	"time"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/gatewaytest"
)

const root = "arn:aws:iam::" + owner + ":root"

func TestResourcePolicyDecidesAboutStrangers(t *testing.T) {
	f := newFixture(t)
	if got := f.get(t); got.Text != "hello" {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	asked := f.Asked[0]
	if asked.Caller != "" || asked.Action != "lambda:InvokeFunctionUrl" || asked.Resource != f.url.ARN() ||
		asked.Context["lambda:FunctionUrlAuthType"] != "NONE" || asked.Context["aws:SourceIp"] != "127.0.0.1" || asked.Context["lambda:InvokedViaFunctionUrl"] != "true" {
		t.Errorf("asked %+v", asked)
	}
	f.Denied, f.Called = true, nil
	f.wantRefusal(t, f.get(t), forbiddenText)
}

func TestSignerOfTheAccountNeedsNoPolicy(t *testing.T) {
	for _, tt := range []struct{ name, arn, token, caller string }{
		{"the account itself", root, "", owner},
		{"a session", "arn:aws:sts::" + owner + ":assumed-role/r/s", "token", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t)
			f.url.Auth, f.Denied = functionurl.AuthIAM, true
			key := f.Key(host, owner, tt.arn, tt.token)
			if got := f.Do(t, gatewaytest.Signed(t, key, "lambda", "POST", "/a%20b/%C3%BC?x=%2F&a=1", "text")); got.Text != "hello" {
				t.Fatalf("%s: %s", got.Status, got.Text)
			}
			if tt.caller == "" {
				tt.caller = key.Key.ID
			}
			context := f.Event(t)["requestContext"].(map[string]any)
			iam := context["authorizer"].(map[string]any)["iam"].(map[string]any)
			if context["accountId"] != owner || iam["accessKey"] != key.Key.ID || iam["accountId"] != owner || iam["userArn"] != tt.arn ||
				iam["callerId"] != tt.caller || iam["userId"] != tt.caller {
				t.Errorf("context %v", context)
			}
		})
	}
}

func TestPathFormIsSignedAsItIsSent(t *testing.T) {
	f := newFixture(t)
	f.url.Auth = functionurl.AuthIAM
	key := f.Key(host, owner, root, "")
	key.URL = f.URL
	if got := f.Do(t, gatewaytest.Signed(t, key, "lambda", "GET", address.URLPath+urlID+"/orders", "")); got.Text != "hello" {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
}

func TestSignerOfAnotherAccountNeedsAPolicy(t *testing.T) {
	const arn = "arn:aws:iam::222222222222:user/u"
	f := newFixture(t)
	f.url.Auth = functionurl.AuthIAM
	key := f.Key(host, "222222222222", arn, "")
	if got := f.Do(t, gatewaytest.Signed(t, key, "lambda", "GET", "/", "")); got.Text != "hello" {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	asked := f.Asked[0]
	if asked.Caller != arn || asked.Context["lambda:FunctionUrlAuthType"] != "AWS_IAM" || asked.Context["aws:PrincipalAccount"] != "222222222222" {
		t.Errorf("asked %+v", asked)
	}
	f.Denied, f.Called = true, nil
	f.wantRefusal(t, f.Do(t, gatewaytest.Signed(t, key, "lambda", "GET", "/", "")), forbiddenText)
}

func TestWrongSignatures(t *testing.T) {
	const notMatching = `403 InvalidSignatureException {"message":"The request signature we calculated does not match the signature you provided. ` +
		`Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}`
	for _, tt := range []struct {
		name string
		send func(t *testing.T, f *fixture) gatewaytest.Reply
		want string
	}{
		{"none", func(t *testing.T, f *fixture) gatewaytest.Reply { return f.get(t) }, forbiddenText},
		{"one that can't be read", func(t *testing.T, f *fixture) gatewaytest.Reply {
			return f.get(t, "Authorization", "AWS4-HMAC-SHA256 x", "X-Amz-Date", "20200101T000000Z")
		}, `403 IncompleteSignatureException {"message":"Authorization header requires 'Credential' parameter. Authorization header requires ` +
			`'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."}`},
		{"of an unknown key", func(t *testing.T, f *fixture) gatewaytest.Reply {
			key := f.Key(host, owner, root, "")
			clear(f.Keys)
			return f.Do(t, gatewaytest.Signed(t, key, "lambda", "GET", "/", ""))
		}, `403 UnrecognizedClientException {"message":"The security token included in the request is invalid."}`},
		{"of a key that has ended", func(t *testing.T, f *fixture) gatewaytest.Reply {
			key := f.Key(host, owner, root, "token")
			f.Keys[key.Key.ID+"/token"] = sigv4.Identity{Account: owner, Expires: time.Unix(1, 0)}
			return f.Do(t, gatewaytest.Signed(t, key, "lambda", "GET", "/", ""))
		}, `403 ExpiredTokenException {"message":"The security token included in the request is expired"}`},
		{"of another secret", func(t *testing.T, f *fixture) gatewaytest.Reply {
			key := f.Key(host, owner, root, "")
			f.Keys[key.Key.ID+"/"] = sigv4.Identity{Account: owner, Secret: "other"}
			return f.Do(t, gatewaytest.Signed(t, key, "lambda", "GET", "/", ""))
		}, notMatching},
		{"of another body", func(t *testing.T, f *fixture) gatewaytest.Reply {
			r := gatewaytest.Signed(t, f.Key(host, owner, root, ""), "lambda", "POST", "/", "texts")
			r.Body = io.NopCloser(strings.NewReader("other"))
			return f.Do(t, r)
		}, notMatching},
		{"for another service", func(t *testing.T, f *fixture) gatewaytest.Reply {
			return f.Do(t, gatewaytest.Signed(t, f.Key(host, owner, root, ""), "execute-api", "GET", "/", ""))
		}, `403 InvalidSignatureException {"message":"Credential should be scoped to correct service: 'lambda'."}`},
		{"for another region", func(t *testing.T, f *fixture) gatewaytest.Reply {
			key := f.Key(host, owner, root, "")
			key.Region = "eu-west-1"
			return f.Do(t, gatewaytest.Signed(t, key, "lambda", "GET", "/", ""))
		}, `403 InvalidSignatureException {"message":"Credential should be scoped to a valid region."}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFixture(t)
			f.url.Auth = functionurl.AuthIAM
			f.wantRefusal(t, tt.send(t, f), tt.want)
		})
	}
}

func TestSignatureOnAnOpenURLIsTheFunctionsBusiness(t *testing.T) {
	f := newFixture(t)
	if got := f.get(t, "Authorization", "Bearer x"); got.Text != "hello" {
		t.Errorf("%s: %s", got.Status, got.Text)
	}
	if header := f.Event(t)["headers"].(map[string]any)["authorization"]; header != "Bearer x" {
		t.Errorf("the function saw %v", header)
	}
}
