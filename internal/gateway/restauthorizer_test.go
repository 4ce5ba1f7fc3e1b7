package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/restapi"
)

const (
	unauthorizedText = `401 UnauthorizedException {"message":"Unauthorized"}`
	deniedText       = `403 AccessDeniedException {"message":"User is not authorized to access this resource"}`
	fellText         = `500 AuthorizerConfigurationException {"message":null}`
)

// guarded makes a fixture whose method asks an authorizer: the function "judge", which answers as judge says.
func guarded(t *testing.T, a *restapi.Authorizer, judge func(event map[string]any) string) (f *restFixture, judged *[]map[string]any) {
	t.Helper()
	m := proxied()
	m.Authorization, m.AuthorizerID = restapi.AuthCustom, "auth1"
	f = newREST(t, map[string]*restapi.Method{"GET /pets/{id}": m})
	a.ID = "auth1"
	a.URI = strings.TrimSuffix(lambdaURI, "f") + "judge/invocations"
	f.view.Deployment.Authorizers["auth1"] = a
	judged = &[]map[string]any{}
	f.handler = func(_ context.Context, call *function.Call) (*function.Outcome, error) {
		if f.called[len(f.called)-1].Function.Name == "f" {
			return answering(`{"statusCode":200,"body":"hello"}`), nil
		}
		var event map[string]any
		if err := json.Unmarshal(call.Payload, &event); err != nil {
			return nil, err
		}
		*judged = append(*judged, event)
		said := judge(event)
		outcome := answering(said)
		outcome.Failed = strings.HasPrefix(said, `{"errorMessage"`)
		if said == "" {
			return nil, errors.New("no process")
		}
		return outcome, nil
	}
	return f, judged
}

func allowing(effect, resource string) string {
	return fmt.Sprintf(`{"principalId":"ann","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":%q,"Action":"execute-api:Invoke","Resource":%q}]},
		"context":{"role":"admin","age":7,"ok":true}}`, effect, resource)
}

func tokenAuthorizer() *restapi.Authorizer {
	return &restapi.Authorizer{Type: restapi.TokenAuthorizer, Identity: "method.request.header.Authorization"}
}

func TestTokenAuthorizers(t *testing.T) {
	f, judged := guarded(t, tokenAuthorizer(), func(map[string]any) string { return allowing("Allow", "*") })
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "token"), "200  hello")
	event := (*judged)[0]
	if event["type"] != "TOKEN" || event["authorizationToken"] != "token" || event["methodArn"] != "arn:aws:execute-api:us-east-1:"+owner+":"+apiID+"/dev/GET/pets/7" || len(event) != 3 {
		t.Errorf("the authorizer got %v", event)
	}
	who := f.event(t)["requestContext"].(map[string]any)["authorizer"].(map[string]any)
	if who["principalId"] != "ann" || who["role"] != "admin" || who["age"] != "7" || who["ok"] != "true" {
		t.Errorf("the function got %v", who)
	}
	t.Run("their decisions are remembered", func(t *testing.T) {
		f.ask(t, "GET", "/dev/pets/8", "", "Authorization", "token")
		f.ask(t, "GET", "/dev/pets/8", "", "Authorization", "other")
		if len(*judged) != 2 {
			t.Errorf("asked %d times", len(*judged))
		}
	})
}

func TestDecisionsOfAuthorizers(t *testing.T) {
	const mine = "arn:aws:execute-api:us-east-1:" + owner + ":" + apiID + "/dev/GET/pets/*"
	for _, tt := range []struct{ name, said, want string }{
		{"the method is allowed", allowing("Allow", mine), "200  hello"},
		{"another is", allowing("Allow", strings.Replace(mine, "GET", "PUT", 1)), deniedText},
		{"it is denied", allowing("Deny", "*"), `403 AccessDeniedException {"message":"User is not authorized to access this resource with an explicit deny"}`},
		{"one of several", `{"principalId":"x","policyDocument":{"Statement":[{"Effect":"Allow","Action":["a:b","execute-api:*"],"Resource":["x","` + mine + `"]}]}}`, "200  hello"},
		{"nothing is said", `{"principalId":"x","policyDocument":{"Statement":[]}}`, deniedText},
		{"no principal", `{"policyDocument":{"Statement":[]}}`, fellText},
		{"no policy", `{"principalId":"x"}`, fellText},
		{"no answer", `null`, fellText},
		{"a context that is too deep", `{"principalId":"x","policyDocument":{"Statement":[]},"context":{"a":{}}}`, fellText},
		{"the function says so", `{"errorMessage":"Unauthorized"}`, unauthorizedText},
		{"the function fails", `{"errorMessage":"boom"}`, fellText},
		{"the function can not be called", ``, fellText},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, _ := guarded(t, tokenAuthorizer(), func(map[string]any) string { return tt.said })
			wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "token"), tt.want)
		})
	}
}

func TestCallersWhoShowNothing(t *testing.T) {
	f, judged := guarded(t, tokenAuthorizer(), func(map[string]any) string { return allowing("Allow", "*") })
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", ""), unauthorizedText)
	f.view.Deployment.Authorizers["auth1"].Expression = "Bearer .+"
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "Basic x"), unauthorizedText)
	if len(*judged) > 0 {
		t.Error("the authorizer was asked")
	}
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "Bearer x"), "200  hello")
}

func TestRequestAuthorizers(t *testing.T) {
	never := int64(0)
	a := &restapi.Authorizer{Type: restapi.RequestAuthorizer, Identity: "method.request.header.X-Who, method.request.querystring.q"}
	f, judged := guarded(t, a, func(map[string]any) string { return allowing("Allow", "*") })
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "X-Who", "ann"), unauthorizedText)
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7?q=1", "", "X-Who", "ann"), "200  hello")
	event := (*judged)[0]
	_, body := event["body"]
	if event["type"] != "REQUEST" || event["pathParameters"].(map[string]any)["id"] != "7" || event["headers"].(map[string]any)["X-Who"] != "ann" || body ||
		event["requestContext"].(map[string]any)["stage"] != "dev" || !strings.HasSuffix(event["methodArn"].(string), "/dev/GET/pets/7") {
		t.Errorf("the authorizer got %v", event)
	}
	t.Run("without remembering, nothing has to be shown", func(t *testing.T) {
		a.TTL = &never
		for range 2 {
			wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", ""), "200  hello")
		}
		if len(*judged) != 3 {
			t.Errorf("asked %d times", len(*judged))
		}
	})
}

func TestAuthorizersThatCanNotBeAsked(t *testing.T) {
	t.Run("one that API Gateway may not call", func(t *testing.T) {
		f, _ := guarded(t, tokenAuthorizer(), func(map[string]any) string { return allowing("Allow", "*") })
		f.denied = true
		wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "t"), fellText)
		if f.asked[0].Context["aws:SourceArn"] != "arn:aws:execute-api:us-east-1:"+owner+":"+apiID+"/authorizers/auth1" {
			t.Errorf("asked %v", f.asked)
		}
	})
	t.Run("one that is not there", func(t *testing.T) {
		f, _ := guarded(t, tokenAuthorizer(), nil)
		delete(f.view.Deployment.Authorizers, "auth1")
		wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "t"), fellText)
	})
	t.Run("one that is no function", func(t *testing.T) {
		f, _ := guarded(t, tokenAuthorizer(), nil)
		f.view.Deployment.Authorizers["auth1"].URI = "arn:aws:x"
		wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "t"), fellText)
	})
	t.Run("Cognito's", func(t *testing.T) {
		m := proxied()
		m.Authorization = restapi.AuthCognito
		f := newREST(t, map[string]*restapi.Method{"GET /": m})
		wantAnswer(t, f.ask(t, "GET", "/dev", ""),
			`500 InternalServerErrorException {"message":"Sluice has no Cognito: it serves the authorization types NONE, AWS_IAM and CUSTOM; this method has COGNITO_USER_POOLS"}`)
	})
}

func TestDecisionsAreForgottenWhenThereAreTooMany(t *testing.T) {
	var d decisions[decision]
	for i := range 3 * maxDecisions {
		d.put(fmt.Sprint(i), &decision{}, never())
	}
	if len(d.kept) > maxDecisions {
		t.Errorf("%d are kept", len(d.kept))
	}
}

func TestSignedRequestsToStages(t *testing.T) {
	m := proxied()
	m.Authorization = restapi.AuthIAM
	f := newREST(t, map[string]*restapi.Method{"POST /pets": m})
	c := f.key(owner, "arn:aws:iam::"+owner+":root", "")
	c.URL = "http://" + apiHost
	t.Run("one that is right", func(t *testing.T) {
		wantAnswer(t, f.do(t, signedRequest(t, c, signedFor, "POST", "/dev/pets", "body")), "200  hello")
		who := f.event(t)["requestContext"].(map[string]any)["identity"].(map[string]any)
		if who["userArn"] != "arn:aws:iam::"+owner+":root" || who["accessKey"] != c.Key.ID || who["accountId"] != owner || f.event(t)["body"] != "body" {
			t.Errorf("identity %v", who)
		}
	})
	t.Run("none", func(t *testing.T) {
		wantAnswer(t, f.ask(t, "POST", "/dev/pets", ""), missingText)
	})
	t.Run("one that was changed", func(t *testing.T) {
		r := signedRequest(t, c, signedFor, "POST", "/dev/pets", "body")
		r.Header.Set("X-Amz-Date", "20200101T000000Z")
		if got := f.do(t, r); got.StatusCode != 403 || got.Header.Get("X-Amzn-Errortype") != "InvalidSignatureException" {
			t.Errorf("%s %s", got.Status, got.body)
		}
	})
	t.Run("for another service", func(t *testing.T) {
		got := f.do(t, signedRequest(t, c, "lambda", "POST", "/dev/pets", "body"))
		if got.StatusCode != 403 || !strings.Contains(got.body, "Credential should be scoped to correct service: 'execute-api'") {
			t.Errorf("%s %s", got.Status, got.body)
		}
	})
	t.Run("by an unknown key", func(t *testing.T) {
		stranger := c
		stranger.Key.ID = "AKIAUNKNOWN"
		wantAnswer(t, f.do(t, signedRequest(t, stranger, signedFor, "POST", "/dev/pets", "body")),
			`403 UnrecognizedClientException {"message":"The security token included in the request is invalid."}`)
	})
	t.Run("by another account", func(t *testing.T) {
		other := f.key("222222222222", "arn:aws:iam::222222222222:root", "")
		other.URL = c.URL
		wantAnswer(t, f.do(t, signedRequest(t, other, signedFor, "POST", "/dev/pets", "body")),
			`403 AccessDeniedException {"message":"User: arn:aws:iam::222222222222:root is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:`+owner+`:abcdefghij/dev/POST/pets"}`)
	})
	t.Run("by a key that has ended", func(t *testing.T) {
		ended := f.key(owner, "arn:aws:sts::"+owner+":assumed-role/r/s", "token")
		who := f.keys[ended.Key.ID+"/token"]
		who.Expires = never().AddDate(-200, 0, 0)
		f.keys[ended.Key.ID+"/token"] = who
		ended.URL = c.URL
		wantAnswer(t, f.do(t, signedRequest(t, ended, signedFor, "POST", "/dev/pets", "body")),
			`403 ExpiredTokenException {"message":"The security token included in the request is expired"}`)
	})
}
