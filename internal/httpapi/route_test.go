package httpapi_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

// What a route needs of an authorizer is taken away with its kind of authorization.
func TestAuthorizationOfRoutes(t *testing.T) {
	for name, tt := range map[string]struct{ kind, authorizer, wantKind, wantAuthorizer string }{
		"none said":               {"", "", httpapi.AuthNone, ""},
		"none":                    {httpapi.AuthNone, "", httpapi.AuthNone, ""},
		"none with an authorizer": {httpapi.AuthNone, "token", httpapi.AuthNone, ""},
		"signatures":              {httpapi.AuthIAM, "function", httpapi.AuthIAM, ""},
		"a function":              {httpapi.AuthCustom, "function", httpapi.AuthCustom, "function"},
		"a token":                 {httpapi.AuthJWT, "token", httpapi.AuthJWT, "token"},
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := definition(t)
			r, err := d.CreateRoute(httpapi.Route{Key: "GET /", Authorization: tt.kind, AuthorizerID: tt.authorizer})
			if err != nil {
				t.Fatal(err)
			}
			if r.Authorization != tt.wantKind || r.AuthorizerID != tt.wantAuthorizer {
				t.Errorf("the route has %s by %q", r.Authorization, r.AuthorizerID)
			}
		})
	}
}

func TestSplitKey(t *testing.T) {
	for key, want := range map[string]string{"GET /pets": "GET|/pets", "ANY /{proxy+}": "ANY|/{proxy+}", "$default": "|", "GET": "GET|"} {
		if method, path := httpapi.SplitKey(key); method+"|"+path != want {
			t.Errorf("%s is %s and %s", key, method, path)
		}
	}
}

// Two routes are alike if they take the same requests, whatever their variables are called.
func TestRoutesThatAreAlike(t *testing.T) {
	for _, tt := range []struct {
		one, other string
		alike      bool
	}{
		{"GET /{a}", "GET /{b}", true},
		{"GET /{a+}", "GET /{b+}", true},
		{"GET /x/{a}/{b}", "GET /x/{c}/{d}", true},
		{"GET /{a}", "GET /{a+}", false},
		{"GET /{a}", "PUT /{a}", false},
		{"GET /{a}", "ANY /{a}", false},
		{"GET /{a}", "GET /a", false},
		{"GET /x", "GET /X", false},
		{"GET /", "$default", false},
	} {
		d := &httpapi.Definition{}
		if _, err := d.CreateRoute(httpapi.Route{Key: tt.one}); err != nil {
			t.Fatal(err)
		}
		_, err := d.CreateRoute(httpapi.Route{Key: tt.other})
		if fault.Is(err, fault.Conflict, "request") != tt.alike {
			t.Errorf("%s beside %s: %v", tt.other, tt.one, err)
		}
	}
}
