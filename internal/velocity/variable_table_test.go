package velocity

import "testing"

// AWS's page "Mapping template and access logging variable reference", $input: what a JSONPath does not find is "" as JSON and nothing as a value.
func TestInputRowByRow(t *testing.T) {
	wantValues(t, []valued{
		{`$input.body.length()`, `153`},
		{`$input.json('$').length()`, `131`},
		{`$input.json('$.name')`, `"Ann"`},
		{`$input.json('$.age')`, `7`},
		{`$input.json('$.price')`, `1.5`},
		{`$input.json('$.tags')`, `["a","b"]`},
		{`$input.json('$.tags[0]')`, `"a"`},
		{`$input.json('$.tags[1]')`, `"b"`},
		{`$input.json('$.tags[2]')`, `""`},
		{`$input.json('$.tags[-1]')`, `"b"`},
		{`$input.json('$.tags[*]')`, `["a","b"]`},
		{`$input.json('$.pets')`, `[{"kind":"cat","n":1},{"kind":"dog","n":2}]`},
		{`$input.json('$.pets[0]')`, `{"kind":"cat","n":1}`},
		{`$input.json('$.pets[0].kind')`, `"cat"`},
		{`$input.json('$.pets[*].n')`, `[1,2]`},
		{`$input.json('$.pets[0,1].n')`, `[1,2]`},
		{`$input.json('$.pets[0:1].n')`, `[1]`},
		{`$input.json('$.pets[?(@.kind == "cat")].n')`, `[1]`},
		{`$input.json("$.pets[?(@.n >= 1)].kind")`, `["cat","dog"]`},
		{`$input.json('$..kind')`, `["cat","dog"]`},
		{`$input.json('$.*.c')`, `[true]`},
		{`$input.json('$.none')`, `""`},
		{`$input.json('$.nope')`, `""`},
		{`$input.json('$.a-b.c')`, `true`},
		{`$input.json("$['a-b']")`, `{"c":true}`},
		{`$input.path('$.name')`, `Ann`},
		{`$input.path('$.name').length()`, `3`},
		{`$input.path('$.age')`, `7`},
		{`$input.path('$.price')`, `1.5`},
		{`$input.path('$.tags')`, `["a","b"]`},
		{`$input.path('$.tags').size()`, `2`},
		{`$input.path('$.tags[0]')`, `a`},
		{`$input.path('$.pets[1]')`, `{kind=dog, n=2}`},
		{`$input.path('$.pets[1]').kind`, `dog`},
		{`$input.path('$.pets').size()`, `2`},
		{`$input.path('$.none')`, ``},
		{`$input.path('$.nope')`, ``},
		{`$input.path('$.a-b').c`, `true`},
		{`$input.path('$..kind')`, `["cat","dog"]`},
		{`$input.params('id')`, `7`},
		{`$input.params('q')`, `x y`},
		{`$input.params('X-A')`, `head`},
		{`$input.params('x-a')`, ``},
		{`$input.params('nope')`, ``},
		{`$input.params().path.id`, `7`},
		{`$input.params().querystring.id`, `query`},
		{`$input.params().querystring.get('q')`, `x y`},
		{`$input.params().header.get('X-A')`, `head`},
		{`$input.params().header`, `{X-A=head}`},
		{`$input.params().header.keySet()`, `[X-A]`},
		{`$input.params().nope`, ``},
	})
}

// AWS's page "Mapping template and access logging variable reference", $util: what can't be made is nothing.
func TestToolsRowByRow(t *testing.T) {
	wantValues(t, []valued{
		{`$util.escapeJavaScript('a"b')`, `a\"b`},
		{`$util.escapeJavaScript("it's")`, `it\'s`},
		{`$util.escapeJavaScript('a/b\c')`, `a\/b\\c`},
		{`$util.escapeJavaScript('ü€')`, `\u00FC\u20AC`},
		{`$util.escapeJavaScript('')`, ``},
		{`$util.escapeJavaScript(7)`, `7`},
		{`$util.escapeJavaScript()`, ``},
		{`$util.parseJson('{"a": [1, 2]}').a`, `[1,2]`},
		{`$util.parseJson('{"a": [1, 2]}').a[1]`, `2`},
		{`$util.parseJson('[1, 2]').size()`, `2`},
		{`$util.parseJson('"text"')`, `text`},
		{`$util.parseJson('7')`, `7`},
		{`$util.parseJson('true')`, `true`},
		{`$util.parseJson('null')`, ``},
		{`$util.urlEncode('a b&c=d/ü')`, `a+b%26c%3Dd%2F%C3%BC`},
		{`$util.urlEncode('')`, ``},
		{`$util.urlDecode('a+b%26c%3Dd%2F%C3%BC')`, `a b&c=d/ü`},
		{`$util.urlDecode('a%20b')`, `a b`},
		{`$util.urlDecode('%zz')`, `%zz`},
		{`$util.base64Encode('hello')`, `aGVsbG8=`},
		{`$util.base64Encode('ü')`, `w7w=`},
		{`$util.base64Encode('')`, ``},
		{`$util.base64Decode('aGVsbG8=')`, `hello`},
		{`$util.base64Decode('aGVsbG8')`, `hello`},
		{`$util.base64Decode('')`, ``},
		{`$util.base64Decode('%')`, ``},
		{`$util.base64Decode($util.base64Encode('a b'))`, `a b`},
		{`$util.nope('x')`, ``},
		{`$util.nope`, ``},
	})
}

// What $context has not is nothing.
func TestContextRowByRow(t *testing.T) {
	wantValues(t, []valued{
		{`$context.stage`, `dev`},
		{`$context.nope`, ``},
		{`$context.requestOverride.path`, `{}`},
	})
}
