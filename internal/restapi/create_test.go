package restapi_test

import (
	"fmt"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

func TestDefaultsOfAPIs(t *testing.T) {
	s, _ := newService(t)
	for name, tt := range map[string]struct {
		given restapi.Endpoint
		want  string
	}{
		"nothing": {restapi.Endpoint{}, "EDGE ipv4"}, "regional": {restapi.Endpoint{Type: "REGIONAL"}, "REGIONAL ipv4"},
		"private": {restapi.Endpoint{Type: "PRIVATE"}, "PRIVATE dualstack"}, "both": {restapi.Endpoint{Type: "REGIONAL", IPAddressType: "dualstack"}, "REGIONAL dualstack"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a", Endpoint: tt.given})
			must(t, err)
			wantText(t, a.Endpoint.Type+" "+a.Endpoint.IPAddressType, tt.want)
			if a.KeySource != "HEADER" || len(a.ID.API) != 10 || pathsOf(a.Definition) != "/" || a.Models["Empty"] == nil || a.Models["Error"] == nil {
				t.Errorf("made %+v", a)
			}
		})
	}
}

func TestRefusalsOfAPIs(t *testing.T) {
	s, _ := newService(t)
	tags := map[string]string{}
	for i := range 51 {
		tags[fmt.Sprint(i)] = ""
	}
	document := func(settings restapi.Settings) *restapi.Definition {
		d := restapi.NewDefinition()
		d.Settings = settings
		return &d
	}
	const source, policy = "Invalid API key source specified. Valid options are HEADER, AUTHORIZER", "Invalid policy document. Please check the policy syntax and ensure that Principals are valid."
	const compression = "Invalid minimum compression size, must be between 0 and 10485760"
	for name, tt := range map[string]struct {
		creation restapi.Creation
		want     string
	}{
		"no name":                        {restapi.Creation{}, "REST API name must not be empty."},
		"an empty description":           {restapi.Creation{Name: "a", Described: true}, "Description cannot be an empty string"},
		"no endpoint type":               {restapi.Creation{Name: "a", EndpointTypes: []string{}}, "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."},
		"two endpoint types":             {restapi.Creation{Name: "a", EndpointTypes: []string{"EDGE", "REGIONAL"}}, "Cannot create an api with multiple Endpoint Types."},
		"a private API of old addresses": {restapi.Creation{Name: "a", Endpoint: restapi.Endpoint{Type: "PRIVATE", IPAddressType: "ipv4"}}, "Only dualstack ipAddressType is supported for Private APIs."},
		"too many tags":                  {restapi.Creation{Name: "a", Tags: tags}, "The number of tags exceeds the limit of 50"},
		"a source of keys":               {restapi.Creation{Name: "a", Settings: restapi.Settings{KeySource: "BODY"}}, source},
		"a policy":                       {restapi.Creation{Name: "a", Settings: restapi.Settings{Policy: "{"}}, policy},
		"a size":                         {restapi.Creation{Name: "a", Settings: restapi.Settings{MinimumCompression: new(int64(-1))}}, compression},
		"no source":                      {restapi.Creation{Name: "a", CloneFrom: "none"}, "Invalid API identifier specified"},
		"a document's size":              {restapi.Creation{Name: "a", Definition: document(restapi.Settings{MinimumCompression: new(int64(10<<20 + 1))})}, compression},
		"a document's key source":        {restapi.Creation{Name: "a", Definition: document(restapi.Settings{KeySource: "BODY"})}, source},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Create(t.Context(), scope, tt.creation)
			wantFault(t, err, fault.Invalid, tt.want)
			if all, err := s.List(t.Context(), scope, "", 0); err != nil || len(all) != 0 {
				t.Errorf("there are %d APIs, %v", len(all), err)
			}
		})
	}
	a := newAPI(t, s)
	for _, overwrite := range []bool{true, false} {
		_, err := s.Put(t.Context(), a.ID, document(restapi.Settings{KeySource: "HEADER", MinimumCompression: new(int64(-1))}), overwrite, "", "", "")
		wantFault(t, err, fault.Invalid, compression)
	}
}

// A document knows validators and authorizers by their names only, so that what it says of one that is there replaces it.
func TestMergingADocumentTwice(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	imported := func(body bool) *restapi.Definition {
		d := restapi.NewDefinition()
		v, err := d.CreateValidator(restapi.RequestValidator{Name: "v", Body: body})
		must(t, err)
		z, err := d.CreateAuthorizer(restapi.Authorizer{Name: "z", Type: restapi.CognitoAuthorizer})
		must(t, err)
		must(t, failed(d.PutMethod(d.Root, restapi.Method{HTTPMethod: "PUT", Authorization: restapi.AuthCognito, AuthorizerID: z.ID, ValidatorID: v.ID})))
		return &d
	}
	first, err := s.Put(t.Context(), a.ID, imported(false), false, "", "", "")
	must(t, err)
	second, err := s.Put(t.Context(), a.ID, imported(true), false, "", "", "")
	must(t, err)
	m, before := second.Resources[a.Root].Methods["PUT"], first.Resources[a.Root].Methods["PUT"]
	if len(second.Validators) != 1 || len(second.Authorizers) != 1 || m.ValidatorID != before.ValidatorID || m.AuthorizerID != before.AuthorizerID {
		t.Fatalf("validators %+v, authorizers %+v, method %+v", second.Validators, second.Authorizers, m)
	}
	if v := second.Validators[m.ValidatorID]; !v.Body || v.ID != m.ValidatorID || second.Authorizers[m.AuthorizerID].ID != m.AuthorizerID {
		t.Errorf("the validator is %+v", v)
	}
}

func TestMergedSettings(t *testing.T) {
	imported := func() *restapi.Definition {
		d := restapi.NewDefinition()
		d.Settings = restapi.Settings{KeySource: "AUTHORIZER", BinaryMediaTypes: []string{"a/b", "c/d"}, MinimumCompression: new(int64(7)), Policy: "{}"}
		return &d
	}
	s, _ := newService(t)
	for name, tt := range map[string]struct {
		definition *restapi.Definition
		overwrite  bool
		want       string
	}{
		"merge":              {imported(), false, `{"BinaryMediaTypes":["a/b","c/d"],"KeySource":"AUTHORIZER","MinimumCompression":7,"Policy":"{}"}`},
		"merge nothing":      {&restapi.Definition{Settings: restapi.Settings{KeySource: "HEADER"}}, false, `{}`},
		"overwrite":          {imported(), true, `{"BinaryMediaTypes":["a/b","c/d"],"KeySource":"AUTHORIZER","MinimumCompression":7,"Policy":"{}"}`},
		"merge no source":    {&restapi.Definition{}, false, `{}`},
		"overwrite with few": {&restapi.Definition{Settings: restapi.Settings{KeySource: "HEADER"}}, true, `{"BinaryMediaTypes":null,"MinimumCompression":null}`},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a", Settings: restapi.Settings{BinaryMediaTypes: []string{"a/b"}, MinimumCompression: new(int64(5))}})
			must(t, err)
			changed, err := s.Put(t.Context(), a.ID, tt.definition, tt.overwrite, "", "", "")
			must(t, err)
			wantText(t, difference(t, members(t, a.Settings), members(t, changed.Settings)), tt.want)
		})
	}
}

// Where keys come from stays if a document that is merged does not say it, and begins anew if one overwrites all.
func TestAKeySourceThatADocumentLeavesOpen(t *testing.T) {
	s, _ := newService(t)
	document := restapi.NewDefinition()
	for overwrite, want := range map[bool]string{false: "AUTHORIZER", true: "HEADER"} {
		a, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a", Settings: restapi.Settings{KeySource: "AUTHORIZER"}})
		must(t, err)
		changed, err := s.Put(t.Context(), a.ID, &document, overwrite, "", "", "")
		must(t, err)
		wantText(t, changed.KeySource, want)
	}
	made, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a", Definition: &document})
	must(t, err)
	wantText(t, made.KeySource, "HEADER")
}
