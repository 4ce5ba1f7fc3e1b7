package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/httpapi"
)

// text is what a record keeps, as JSON.
func text(t *testing.T, record any) string {
	t.Helper()
	coded, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	return string(coded)
}

func TestWhatANewAPIHas(t *testing.T) {
	s, _ := newService(t)
	for name, tt := range map[string]struct {
		creation httpapi.Creation
		want     string
	}{
		"only a name": {
			httpapi.Creation{Name: "a"},
			"a,,,ipv4,false,$request.header.x-api-key,$request.method $request.path,<nil>,map[]",
		},
		"all that may be said": {
			httpapi.Creation{Name: "a", Description: "d", Version: "v", IPAddressType: "dualstack", DisableEndpoint: true, KeySelection: "k",
				RouteSelection: httpapi.RouteSelection, CORS: &httpapi.CORS{Origins: []string{"*"}}, Tags: map[string]string{"a": "b"}},
			`a,d,v,dualstack,true,k,$request.method $request.path,&{<nil> [] [] [*] [] <nil>},map[a:b]`,
		},
		"a definition": {
			httpapi.Creation{Name: "a", Definition: &httpapi.Definition{CORS: &httpapi.CORS{Methods: []string{"GET"}}}},
			`a,,,ipv4,false,$request.header.x-api-key,$request.method $request.path,&{<nil> [] [GET] [] [] <nil>},map[]`,
		},
		"CORS besides a definition's": {
			httpapi.Creation{Name: "a", CORS: &httpapi.CORS{Methods: []string{"PUT"}}, Definition: &httpapi.Definition{CORS: &httpapi.CORS{Methods: []string{"GET"}}}},
			`a,,,ipv4,false,$request.header.x-api-key,$request.method $request.path,&{<nil> [] [PUT] [] [] <nil>},map[]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			made := must(t)(s.Create(t.Context(), scope, tt.creation))
			found := must(t)(s.Get(t.Context(), made.ID))
			if text(t, made) != text(t, found) {
				t.Errorf("%s is stored, and\n%s returned", text(t, found), text(t, made))
			}
			got := fmt.Sprintf("%s,%s,%s,%s,%v,%s,%s,%v,%v", found.Name, found.Description, found.Version, found.IPAddressType, found.DisableEndpoint,
				found.KeySelection, found.RouteSelection, found.CORS, found.Tags)
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAPIsThatCanNotBe(t *testing.T) {
	s, _ := newService(t)
	many := map[string]string{}
	for i := range 51 {
		many[fmt.Sprint(i)] = ""
	}
	kept := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "kept"}))
	for name, tt := range map[string]struct {
		creation httpapi.Creation
		want     string
	}{
		"no name":             {httpapi.Creation{}, "API name must not be empty."},
		"a long name":         {httpapi.Creation{Name: strings.Repeat("a", 129)}, "API name is too long: at most 128 characters are possible."},
		"another selection":   {httpapi.Creation{Name: "a", RouteSelection: "$request.body.action"}, `Invalid routeSelectionExpression "$request.body.action"`},
		"many tags":           {httpapi.Creation{Name: "a", Tags: many}, "The number of tags exceeds the limit of 50"},
		"CORS that can't be":  {httpapi.Creation{Name: "a", CORS: &httpapi.CORS{MaxAge: new(int64(86401))}}, "maxAge is 86401"},
		"CORS for anybody":    {httpapi.Creation{Name: "a", CORS: &httpapi.CORS{Origins: []string{"https://a", "*"}, Credentials: new(true)}}, "allow-credentials is not supported if 'allow-origin' is *"},
		"an age below all":    {httpapi.Creation{Name: "a", CORS: &httpapi.CORS{MaxAge: new(int64(-2))}}, "maxAge is -2"},
		"an origin of lines":  {httpapi.Creation{Name: "a", CORS: &httpapi.CORS{Origins: []string{"https://a\r\nX: y"}}}, "allowOrigins holds"},
		"an empty header":     {httpapi.Creation{Name: "a", CORS: &httpapi.CORS{Headers: []string{""}}}, `allowHeaders holds ""`},
		"a method of lines":   {httpapi.Creation{Name: "a", CORS: &httpapi.CORS{Methods: []string{"GET\u2028"}}}, "allowMethods holds"},
		"a tab to be exposed": {httpapi.Creation{Name: "a", CORS: &httpapi.CORS{Expose: []string{"a\tb"}}}, "exposeHeaders holds"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Create(t.Context(), scope, tt.creation)
			wantRefused(t, err, fault.Invalid, tt.want)
		})
	}
	if all, err := s.List(t.Context(), scope); err != nil || len(all) != 1 || all[0].ID != kept.ID {
		t.Errorf("what was refused is stored: %v, %v", all, err)
	}
}

func TestAPIsAreListedByScope(t *testing.T) {
	s, _ := newService(t)
	var want []string
	for range 3 {
		want = append(want, must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a"})).ID.API)
	}
	elsewhere := function.Scope{Account: scope.Account, Region: "us-east-1"}
	other := must(t)(s.Create(t.Context(), elsewhere, httpapi.Creation{Name: "b"}))
	for scope, want := range map[function.Scope]string{scope: sorted(want), elsewhere: other.ID.API, {Account: "1", Region: "us-east-1"}: ""} {
		all, err := s.List(t.Context(), scope)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range all {
			got = append(got, a.ID.API)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%v has %v, want %s", scope, got, want)
		}
	}
}

func TestUpdatesOfAPIs(t *testing.T) {
	s, _ := newService(t)
	made := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a", Description: "first"}))
	change := func(change func(*httpapi.API)) (*httpapi.API, error) {
		return s.Update(t.Context(), made.ID, nil, change)
	}
	t.Run("what is not changed stays", func(t *testing.T) {
		changed := must(t)(change(func(a *httpapi.API) { a.Name = "b" }))
		if changed.Name != "b" || changed.Description != "first" || !changed.Created.Equal(made.Created) {
			t.Errorf("%+v", changed)
		}
	})
	t.Run("what is emptied is as in a new API", func(t *testing.T) {
		changed := must(t)(change(func(a *httpapi.API) { a.KeySelection, a.RouteSelection, a.IPAddressType = "", "", "" }))
		if changed.KeySelection != httpapi.KeySelection || changed.RouteSelection != httpapi.RouteSelection || changed.IPAddressType != "ipv4" {
			t.Errorf("%+v", changed)
		}
	})
	t.Run("what can't be changes nothing", func(t *testing.T) {
		_, err := change(func(a *httpapi.API) { a.Name, a.Description = "", "second" })
		wantRefused(t, err, fault.Invalid, "API name must not be empty.")
		if now := must(t)(s.Get(t.Context(), made.ID)); now.Name != "b" || now.Description != "first" {
			t.Errorf("%+v", now)
		}
	})
	t.Run("the name that requests find", func(t *testing.T) {
		must(t)(change(func(a *httpapi.API) { a.Name = "c" }))
		if v, err := s.Find(t.Context(), made.ID.API); err != nil || v.Name != "c" {
			t.Errorf("%+v, %v", v, err)
		}
	})
}

// A target that changes keeps what is not said of it, and the route and integration that others made stay as they are.
func TestUpdatesOfTargets(t *testing.T) {
	s, _ := newService(t)
	made := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a", Quick: &httpapi.Quick{Target: target, Credentials: "arn:aws:iam::1:role/r"}}))
	addRoute(t, s, made.ID, "GET /own")
	for _, tt := range []struct {
		name               string
		quick              httpapi.Quick
		uri, role, managed string
	}{
		{"nothing", httpapi.Quick{}, target, "arn:aws:iam::1:role/r", "$default"},
		{"a target", httpapi.Quick{Target: target + ":2"}, target + ":2", "arn:aws:iam::1:role/r", "$default"},
		{"a role", httpapi.Quick{Credentials: "arn:aws:iam::1:role/s"}, target + ":2", "arn:aws:iam::1:role/s", "$default"},
		{"a key", httpapi.Quick{Key: "POST /x"}, target + ":2", "arn:aws:iam::1:role/s", "POST /x"},
		{"the same key", httpapi.Quick{Key: "POST /x"}, target + ":2", "arn:aws:iam::1:role/s", "POST /x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := must(t)(s.Update(t.Context(), made.ID, &tt.quick, func(*httpapi.API) {}))
			for _, i := range changed.SortedIntegrations() {
				if i.Managed && (i.URI != tt.uri || i.Credentials != tt.role) || !i.Managed && i.URI != target {
					t.Errorf("an integration is %+v", i)
				}
			}
			if got, want := shown(t, s, made.ID, httpapi.DefaultStage), sorted([]string{"GET /own", tt.managed}); got != want {
				t.Errorf("the stage shows %s, want %s", got, want)
			}
		})
	}
	t.Run("a key that is there", func(t *testing.T) {
		_, err := s.Update(t.Context(), made.ID, &httpapi.Quick{Key: "GET /own"}, func(*httpapi.API) {})
		wantRefused(t, err, fault.Conflict, "already exists")
	})
	t.Run("a target that is none", func(t *testing.T) {
		_, err := s.Update(t.Context(), made.ID, &httpapi.Quick{Target: "x"}, func(*httpapi.API) {})
		wantRefused(t, err, fault.Invalid, "Invalid integration URI specified: x")
	})
}

func TestCORSIsTakenAway(t *testing.T) {
	s, _ := newService(t)
	id := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a", CORS: &httpapi.CORS{Origins: []string{"*"}}})).ID
	for range 2 {
		if err := s.DeleteCORS(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if a := must(t)(s.Get(t.Context(), id)); a.CORS != nil {
		t.Errorf("the API has %+v", a.CORS)
	}
}

// Whatever is asked of an API that is not there, it is said in the same words.
func TestAnAPIThatIsNotThere(t *testing.T) {
	s, _ := newService(t)
	ctx, none := t.Context(), httpapi.ID{Scope: scope, API: "none"}
	nothing := func(*httpapi.Definition) (bool, error) { return true, nil }
	elsewhere := must(t)(s.Create(ctx, function.Scope{Account: scope.Account, Region: "us-east-1"}, httpapi.Creation{Name: "a"})).ID
	elsewhere.Region = scope.Region
	for name, err := range map[string]error{
		"getting it":         failed(s.Get(ctx, none)),
		"getting another's":  failed(s.Get(ctx, elsewhere)),
		"updating it":        failed(s.Update(ctx, none, nil, nil)),
		"deleting it":        s.Delete(ctx, none),
		"replacing it":       failed(s.Replace(ctx, none, httpapi.Creation{})),
		"looking at it":      failed(httpapi.Look(ctx, s, none, nothing)),
		"editing it":         failed(httpapi.Edit(ctx, s, none, nothing)),
		"its CORS":           s.DeleteCORS(ctx, none),
		"deploying it":       failed(s.Deploy(ctx, none, "", "")),
		"a deployment":       failed(s.Deployment(ctx, none, "d")),
		"deployments":        failed(s.Deployments(ctx, none)),
		"a stage":            failed(s.Stage(ctx, none, "dev")),
		"stages":             failed(s.Stages(ctx, none)),
		"making a stage":     failed(s.CreateStage(ctx, httpapi.Stage{API: none, Name: "dev"})),
		"updating a stage":   failed(s.UpdateStage(ctx, none, "dev", nil)),
		"a route's settings": s.DeleteRouteSettings(ctx, none, "dev", "GET /"),
	} {
		t.Run(name, func(t *testing.T) {
			api := "none"
			if name == "getting another's" {
				api = elsewhere.API
			}
			wantRefused(t, err, fault.NotFound, "Invalid API identifier specified 123456789012:"+api)
			if !fault.Is(err, fault.NotFound, "HTTP API") {
				t.Errorf("%v is about something else", err)
			}
		})
	}
}

func failed[T any](_ T, err error) error { return err }
