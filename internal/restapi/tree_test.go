package restapi_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"

	"pgregory.net/rapid"
)

// wantTree looks whether a definition's resources are a tree: each hangs below one that is there, has the path that its parents and
// its own part make, and no two have the same.
func wantTree(t rapid.TB, d *restapi.Definition) {
	t.Helper()
	paths := map[string]bool{}
	for id, r := range d.Resources {
		want := "/"
		if id != d.Root {
			above := d.Resources[r.Parent]
			if above == nil {
				t.Fatalf("%s hangs below %s, which is not there", r.Path, r.Parent)
				return
			}
			want = strings.TrimSuffix(above.Path, "/") + "/" + r.Part
		}
		if r.ID != id || r.Path != want || paths[r.Path] {
			t.Fatalf("%s is %+v, want the path %s once", id, r, want)
		}
		paths[r.Path] = true
		if strings.HasSuffix(strings.TrimSuffix(r.Path, "/"+r.Part), "+}") {
			t.Fatalf("%s is below a greedy variable", r.Path)
		}
	}
	if d.Resources[d.Root] == nil {
		t.Fatal("the root is gone")
	}
}

// Whatever is made, moved, renamed and deleted, and whatever of it is refused: resources are a tree.
func TestResourcesAreATree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := restapi.NewDefinition()
		part := rapid.SampledFrom([]string{"a", "b", "{v}", "{w}", "{p+}", "", "a b"})
		some := func() string {
			var ids []string
			for _, r := range d.Sorted() {
				ids = append(ids, r.ID)
			}
			return rapid.SampledFrom(append(ids, "none")).Draw(t, "resource")
		}
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) { wantTree(t, &d) },
			"create": func(t *rapid.T) {
				parent, name := some(), part.Draw(t, "part")
				before := len(d.Resources)
				made, err := d.CreateResource(parent, name)
				if (err == nil) != (len(d.Resources) == before+1) || err == nil && (made.Parent != parent || made.Part != name) {
					t.Fatalf("%+v, %v", made, err)
				}
			},
			"delete": func(t *rapid.T) {
				id := some()
				if err := d.DeleteResource(id); err == nil && d.Resources[id] != nil {
					t.Fatal("what was deleted is there")
				}
			},
			"move": func(t *rapid.T) {
				id, to := some(), some()
				if r, err := d.UpdateResource(id, []restapi.Patch{{Op: "replace", Path: "/parentId", Value: &to}}); err == nil && r.Parent != to {
					t.Fatalf("%+v was not moved", r)
				}
			},
			"rename": func(t *rapid.T) {
				id, to := some(), part.Draw(t, "part")
				if r, err := d.UpdateResource(id, []restapi.Patch{{Op: "replace", Path: "/pathPart", Value: &to}}); err == nil && r.Part != to {
					t.Fatalf("%+v was not renamed", r)
				}
			},
			"ensure": func(t *rapid.T) {
				path := "/" + part.Draw(t, "part") + "/" + part.Draw(t, "part")
				made, err := d.Ensure(path)
				if err != nil {
					return
				}
				if again, err := d.Ensure(path); err != nil || again != made {
					t.Fatalf("%s is %+v, and then %+v, %v", path, made, again, err)
				}
			},
		})
	})
}

// What is deployed and listed comes in the order of paths.
func TestResourcesAreListedByPath(t *testing.T) {
	d := restapi.NewDefinition()
	for _, path := range []string{"/b/c", "/a", "/{proxy+}", "/b/{id}", "/"} {
		if _, err := d.Ensure(path); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, r := range d.Sorted() {
		got = append(got, r.Path)
	}
	if want := "/ /a /b /b/c /b/{id} /{proxy+}"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// What parameters of methods may be called, and where integrations may take them from and put them.
func TestExpressions(t *testing.T) {
	method := func(name string) error {
		d := restapi.NewDefinition()
		return failed(d.PutMethod(d.Root, restapi.Method{HTTPMethod: "GET", Authorization: restapi.AuthNone, Parameters: map[string]bool{name: true}}))
	}
	integration := func(to, from string) error {
		d := restapi.NewDefinition()
		must(t, failed(d.PutMethod(d.Root, restapi.Method{HTTPMethod: "GET", Authorization: restapi.AuthNone})))
		return failed(d.PutIntegration(d.Root, "GET", restapi.Integration{Type: restapi.MockIntegration, Parameters: map[string]string{to: from}}))
	}
	const header = "integration.request.header.a"
	for _, tt := range []struct {
		name string
		err  error
		bad  string // the expression that is refused; empty: none
	}{
		{"a method's header", method("method.request.header.X-A"), ""},
		{"a method's query", method("method.request.querystring.a_b"), ""},
		{"a method's path", method("method.request.path.id"), ""},
		{"several headers", method("method.request.multivalueheader.a"), ""},
		{"several queries", method("method.request.multivaluequerystring.a"), ""},
		{"a method's body", method("method.request.body.a"), "method.request.body.a"},
		{"no name", method("method.request.header."), "method.request.header."},
		{"a space", method("method.request.header. a"), "method.request.header. a"},
		{"an integration's header", method("integration.request.header.a"), "integration.request.header.a"},
		{"a header to a header", integration(header, "method.request.header.b"), ""},
		{"a header to a path", integration("integration.request.path.a", "method.request.header.b"), ""},
		{"a body", integration(header, "method.request.body"), ""},
		{"a member of the body", integration(header, "method.request.body.a.b"), ""},
		{"an element of the body", integration(header, "method.request.body[0]"), ""},
		{"the context", integration(header, "context.requestId"), ""},
		{"a stage variable", integration(header, "stageVariables.a"), ""},
		{"a text", integration(header, "'a b'"), ""},
		{"an empty text", integration(header, "''"), ""},
		{"an open text", integration(header, "'a"), "'a"},
		{"a bare word", integration(header, "a"), "a"},
		{"an answer", integration(header, "integration.response.header.a"), "integration.response.header.a"},
		{"bodies", integration(header, "method.request.bodies"), "method.request.bodies"},
		{"the context itself", integration(header, "context."), "context."},
		{"to a body", integration("integration.request.body", "'a'"), "integration.request.body"},
		{"to a method", integration("method.request.header.a", "'a'"), "method.request.header.a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.bad == "" {
				must(t, tt.err)
				return
			}
			if !fault.Is(tt.err, fault.Invalid, "request") || !strings.Contains(tt.err.Error(), "specified: "+tt.bad) {
				t.Errorf("%v, want %q refused", tt.err, tt.bad)
			}
		})
	}
}

// What is refused changes nothing of what was there.
func TestARefusedIntegrationLeavesTheOneBefore(t *testing.T) {
	d := restapi.NewDefinition()
	must(t, failed(mock(&d, d.Root, "GET")))
	before := *d.Resources[d.Root].Methods["GET"].Integration
	for _, i := range []restapi.Integration{
		{Type: "OTHER", HTTPMethod: "GET"},
		{Type: restapi.HTTPProxy, URI: "https://a.example"},
		{Type: restapi.MockIntegration, Timeout: 49},
		{Type: restapi.MockIntegration, Passthrough: "x"},
		{Type: restapi.MockIntegration, Templates: map[string]string{"no type": ""}},
	} {
		if _, err := d.PutIntegration(d.Root, "GET", i); !fault.Is(err, fault.Invalid, "") {
			t.Errorf("%+v: %v", i, err)
		}
		if now := d.Resources[d.Root].Methods["GET"].Integration; now.Type != before.Type || now.Timeout != before.Timeout {
			t.Errorf("the integration is %+v", now)
		}
	}
}
