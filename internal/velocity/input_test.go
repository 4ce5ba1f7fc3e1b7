package velocity

import "testing"

func TestInput(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`$input.params('id') $input.params('q') $input.params('X-A') [$input.params('nope')]`, `7 x y head []`},
		{`$input.params().querystring.q $input.params().get("header").get("X-A") $input.params().path`, `x y head {id=7}`},
		{`#foreach($k in $input.params().keySet())$k #end`, `path querystring header `},
		{`$input.path('$.name') $input.path('$.age') $input.path('$.price') $input.path('$.pets[1].kind') $input.path('$.a-b.c')`, `Ann 7 1.5 dog true`},
		{`$input.path('$.tags') $input.path('$.pets[0]') $input.path('$.pets')`, `["a","b"] {kind=cat, n=1} [{"kind":"cat","n":1},{"kind":"dog","n":2}]`},
		{`$input.json('$.name') $input.json('$.tags') $input.json('$.nope') $input.json('$.none') $input.json('$.pets[0]')`, `"Ann" ["a","b"] "" "" {"kind":"cat","n":1}`},
		{`$input.json("$.pets[?(@.n > 1)].kind") $input.json('$..n') $input.json('$.pets[*].kind')`, `["dog"] [1,2] ["cat","dog"]`},
		{`#set($root = $input.path('$'))$root.name $root.tags.size() $root.tags[1] [$root.nope]`, `Ann 2 b []`},
		{`[$input.path('$[')] [$input.nope('x')]`, `[] []`},
		{`$input.body.length()`, `153`}, {`$input.getBody().length()`, `153`}, {`$input.params.path.id`, `7`}, {`[$input.nope]`, `[]`},
		{`$input.json('$.a-b') $input.json('$.price') $input.json('$.pets[-1].n') $input.json('$.pets[5]')`, `{"c":true} 1.5 2 ""`},
		{`$input.json("$['name']") $input.json("$['pets'][0]['kind']") $input.json('$.pets[0:1]')`, `"Ann" "cat" [{"kind":"cat","n":1}]`},
		{`#set($p = $input.path('$.pets[0]'))#set($p.kind = "fox")$input.json('$.pets[0]')`, `{"kind":"fox","n":1}`},
	} {
		t.Run(tt.text, func(t *testing.T) {
			if got := render(t, tt.text); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestEmptyBodyIsAnObject(t *testing.T) {
	parsed, err := Parse(`$input.body $input.json('$') [$input.path('$.a')]`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parsed.Render(map[string]any{"input": NewInput("", nil, nil, nil)})
	if err != nil || got != `{} {} []` {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestBodyThatIsNoJSON(t *testing.T) {
	parsed, err := Parse(`$input.body|$input.json('$')|$input.path('$.a')`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parsed.Render(map[string]any{"input": NewInput("a=1", nil, nil, nil)})
	if err != nil || got != `a=1|"a=1"|` {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestPathOfABody(t *testing.T) {
	in := NewInput(`{"a": {"b": [1]}}`, nil, nil, nil)
	if got, err := in.Path("$.a.b[0]"); got != int64(1) || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := in.Path("$.x"); got != nil || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
}
