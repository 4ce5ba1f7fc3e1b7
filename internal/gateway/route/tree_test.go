package route

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

func tree(routes ...string) *Tree[string] {
	t := &Tree[string]{}
	for _, each := range routes {
		method, path, _ := strings.Cut(each, " ")
		t.Add(method, path, each)
	}
	return t
}

func TestTheMostSpecificRouteIsFound(t *testing.T) {
	routes := tree("GET /", "GET /pets", "ANY /pets", "GET /pets/{id}", "PUT /pets/{name}", "GET /pets/mine", "GET /pets/{id}/toys/{toy}",
		"ANY /pets/{rest+}", "GET /files/{path+}", "GET /{page}", "GET /x/{a}/z", "GET /{a}/y/{b}")
	for _, tt := range []struct {
		method, path, want string
		values             map[string]string
	}{
		{"GET", "/", "GET /", nil},
		{"GET", "", "GET /", nil},
		{"POST", "/", "", nil},
		{"GET", "/pets", "GET /pets", nil},
		{"DELETE", "/pets", "ANY /pets", nil},
		{"GET", "/pets/7", "GET /pets/{id}", map[string]string{"id": "7"}},
		{"PUT", "/pets/7", "PUT /pets/{name}", map[string]string{"name": "7"}},
		{"GET", "/pets/mine", "GET /pets/mine", nil},
		{"POST", "/pets/mine", "ANY /pets/{rest+}", map[string]string{"rest": "mine"}},
		{"GET", "/pets/7/toys/b%20c", "GET /pets/{id}/toys/{toy}", map[string]string{"id": "7", "toy": "b%20c"}},
		{"GET", "/pets/7/toys", "ANY /pets/{rest+}", map[string]string{"rest": "7/toys"}},
		{"GET", "/files/a/b/", "GET /files/{path+}", map[string]string{"path": "a/b/"}},
		{"GET", "/files/", "GET /files/{path+}", map[string]string{"path": ""}},
		{"GET", "/files", "GET /{page}", map[string]string{"page": "files"}},
		{"GET", "/pets/", "ANY /pets/{rest+}", map[string]string{"rest": ""}},
		{"GET", "/x/y/z", "GET /x/{a}/z", map[string]string{"a": "y"}},
		{"GET", "/x/y/w", "GET /{a}/y/{b}", map[string]string{"a": "x", "b": "w"}},
		{"GET", "//", "", nil},
		{"GET", "/a/b", "", nil},
	} {
		t.Run(fmt.Sprint(tt.method, tt.path), func(t *testing.T) {
			got, values, found := routes.Find(tt.method, tt.path)
			if got != tt.want || found != (tt.want != "") || !maps.Equal(values, tt.values) {
				t.Errorf("got %q %v %v, want %q %v", got, values, found, tt.want, tt.values)
			}
		})
	}
}

func TestALaterRouteReplacesItsEqual(t *testing.T) {
	routes := tree("GET /a/{x}")
	routes.Add("GET", "/a/{y}", "new")
	if got, values, _ := routes.Find("GET", "/a/1"); got != "new" || values["y"] != "1" || len(values) != 1 {
		t.Errorf("got %s %v", got, values)
	}
}

func ExampleTree() {
	var routes Tree[string]
	routes.Add("GET", "/pets/{id}", "one pet")
	routes.Add(Any, "/{proxy+}", "all else")
	fmt.Println(routes.Find("GET", "/pets/7"))
	fmt.Println(routes.Find("POST", "/pets/7"))
	// Output:
	// one pet map[id:7] true
	// all else map[proxy:pets/7] true
}

func BenchmarkFind(b *testing.B) {
	routes := tree("GET /", "GET /pets/{id}", "ANY /{proxy+}")
	b.ReportAllocs()
	for b.Loop() {
		routes.Find("GET", "/pets/7")
	}
}
