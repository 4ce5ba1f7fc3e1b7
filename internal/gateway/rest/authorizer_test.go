package rest

import (
	"strings"
	"testing"

	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/restapi"
)

const (
	unauthorizedText = `401 UnauthorizedException {"message":"Unauthorized"}`
	deniedText       = `403 AccessDeniedException {"message":"User is not authorized to access this resource"}`
	fellText         = `500 AuthorizerConfigurationException {"message":null}`
)

// guarded makes a fixture whose method asks an authorizer: the function "judge", which answers as judge says.
func guarded(t *testing.T, a *restapi.Authorizer, judge func(event map[string]any) string) (f *fixture, judged *[]map[string]any) {
	t.Helper()
	m := proxied()
	m.Authorization, m.AuthorizerID = restapi.AuthCustom, "auth1"
	f = newFixture(t, map[string]*restapi.Method{"GET /pets/{id}": m})
	a.ID = "auth1"
	a.URI = strings.TrimSuffix(lambdaURI, "f") + "judge/invocations"
	f.view.Deployment.Authorizers["auth1"] = a
	return f, f.Judge(judge)
}

func tokenAuthorizer() *restapi.Authorizer {
	return &restapi.Authorizer{Type: restapi.TokenAuthorizer, Identity: "method.request.header.Authorization"}
}

func TestTokenAuthorizers(t *testing.T) {
	f, judged := guarded(t, tokenAuthorizer(), func(map[string]any) string { return gatewaytest.Verdict("Allow", "*") })
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "token"), "200  hello")
	event := (*judged)[0]
	if event["type"] != "TOKEN" || event["authorizationToken"] != "token" || event["methodArn"] != "arn:aws:execute-api:us-east-1:"+owner+":"+apiID+"/dev/GET/pets/7" || len(event) != 3 {
		t.Errorf("the authorizer got %v", event)
	}
	who := f.Event(t)["requestContext"].(map[string]any)["authorizer"].(map[string]any)
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
		{"the method is allowed", gatewaytest.Verdict("Allow", mine), "200  hello"},
		{"another is", gatewaytest.Verdict("Allow", strings.Replace(mine, "GET", "PUT", 1)), deniedText},
		{"it is denied", gatewaytest.Verdict("Deny", "*"), `403 AccessDeniedException {"message":"User is not authorized to access this resource with an explicit deny"}`},
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
	a := tokenAuthorizer()
	a.Expression = "Bearer .+"
	f, judged := guarded(t, a, func(map[string]any) string { return gatewaytest.Verdict("Allow", "*") })
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", ""), unauthorizedText)
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "Basic x"), unauthorizedText)
	if len(*judged) > 0 {
		t.Error("the authorizer was asked")
	}
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "Bearer x"), "200  hello")
}

func TestRequestAuthorizers(t *testing.T) {
	a := &restapi.Authorizer{Type: restapi.RequestAuthorizer, Identity: "method.request.header.X-Who, method.request.querystring.q"}
	f, judged := guarded(t, a, func(map[string]any) string { return gatewaytest.Verdict("Allow", "*") })
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "X-Who", "ann"), unauthorizedText)
	wantAnswer(t, f.ask(t, "GET", "/dev/pets/7?q=1", "", "X-Who", "ann"), "200  hello")
	event := (*judged)[0]
	_, body := event["body"]
	if event["type"] != "REQUEST" || event["pathParameters"].(map[string]any)["id"] != "7" || event["headers"].(map[string]any)["X-Who"] != "ann" || body ||
		event["requestContext"].(map[string]any)["stage"] != "dev" || !strings.HasSuffix(event["methodArn"].(string), "/dev/GET/pets/7") {
		t.Errorf("the authorizer got %v", event)
	}
	t.Run("without remembering, nothing has to be shown", func(t *testing.T) {
		a.TTL = new(int64(0))
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
		f, _ := guarded(t, tokenAuthorizer(), func(map[string]any) string { return gatewaytest.Verdict("Allow", "*") })
		f.Denied = true
		wantAnswer(t, f.ask(t, "GET", "/dev/pets/7", "", "Authorization", "t"), fellText)
		if f.Asked[0].Context["aws:SourceArn"] != "arn:aws:execute-api:us-east-1:"+owner+":"+apiID+"/authorizers/auth1" {
			t.Errorf("asked %v", f.Asked)
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
		f := newFixture(t, map[string]*restapi.Method{"GET /": m})
		wantAnswer(t, f.ask(t, "GET", "/dev", ""),
			`500 InternalServerErrorException {"message":"Sluice has no Cognito: it serves the authorization types NONE, AWS_IAM and CUSTOM; this method has COGNITO_USER_POOLS"}`)
	})
}
