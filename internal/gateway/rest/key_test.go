package rest

import (
	"context"
	"fmt"
	"testing"

	"sluice/internal/function"
	"sluice/internal/restapi"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

const keyValue = "01234567890123456789"

// keyed is a stage of which the method GET / wants a key, and a plan opens it to one. The keys come from the source.
func keyed(t *testing.T, source string) (v *restapi.View, keyID string) {
	t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = records.Close() })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s, scope := restapi.NewService(records), function.Scope{Account: owner, Region: "us-east-1"}
	a, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a"})
	must(err)
	_, err = restapi.Edit(t.Context(), s, a.ID, func(d *restapi.Definition) (*restapi.Method, error) {
		d.KeySource = source
		d.Authorizers = map[string]*restapi.Authorizer{"auth1": {ID: "auth1", Type: restapi.TokenAuthorizer, Identity: "method.request.header.Authorization", URI: lambdaURI[:len(lambdaURI)-1] + "judge/invocations"}}
		m := proxied()
		m.HTTPMethod, m.KeyRequired = "GET", true
		if source == "AUTHORIZER" {
			m.Authorization, m.AuthorizerID = restapi.AuthCustom, "auth1"
		}
		d.Resources[d.Root].Methods = map[string]*restapi.Method{"GET": m}
		return m, nil
	})
	must(err)
	_, err = s.Deploy(t.Context(), a.ID, restapi.Release{Stage: "dev"})
	must(err)
	k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Value: keyValue, Enabled: true})
	must(err)
	p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p"})
	must(err)
	_, err = s.AddKey(t.Context(), scope, p.ID, k.ID)
	must(err)
	_, err = s.UpdatePlan(t.Context(), scope, p.ID, []restapi.Patch{{Op: "add", Path: "/apiStages", Value: new(a.ID.API + ":dev")}})
	must(err)
	v, _, err = s.Find(t.Context(), a.ID.API, "dev")
	must(err)
	return v, k.ID
}

const invalidKeyText = `403 ForbiddenException {"message":"Forbidden"}`

func TestKeysThatCallersShow(t *testing.T) {
	f := newFixture(t, nil)
	view, id := keyed(t, "HEADER")
	f.view = view
	wantAnswer(t, f.ask(t, "GET", "/dev", ""), invalidKeyText)
	wantAnswer(t, f.ask(t, "GET", "/dev", "", "X-Api-Key", keyValue+"x"), invalidKeyText)
	wantAnswer(t, f.ask(t, "GET", "/dev", "", "X-Api-Key", keyValue), "200  hello")
	if who := f.Event(t)["requestContext"].(map[string]any)["identity"].(map[string]any); who["apiKey"] != keyValue || who["apiKeyId"] != id {
		t.Errorf("the function got %v", who)
	}
	f.verdict = restapi.Exhausted
	wantAnswer(t, f.ask(t, "GET", "/dev", "", "X-Api-Key", keyValue), `429 LimitExceededException {"message":"Limit Exceeded"}`)
}

func TestKeysThatAuthorizersName(t *testing.T) {
	f := newFixture(t, nil)
	f.view, _ = keyed(t, "AUTHORIZER")
	named := map[string]string{"ann": keyValue, "bob": "x", "cid": ""}
	f.Judge(func(event map[string]any) string {
		return fmt.Sprintf(`{"principalId":"x","usageIdentifierKey":%q,"policyDocument":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}`,
			named[event["authorizationToken"].(string)])
	})
	for who, want := range map[string]string{"ann": "200  hello", "bob": invalidKeyText, "cid": invalidKeyText} {
		t.Run(who, func(t *testing.T) {
			wantAnswer(t, f.ask(t, "GET", "/dev", "", "Authorization", who, "X-Api-Key", keyValue), want)
		})
	}
}
