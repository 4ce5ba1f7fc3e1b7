package velocity

import "testing"

// What AWS made of templates (recordings test_input_path_template_formatting and test_input_body_formatting).
func TestRecordedTemplates(t *testing.T) {
	const (
		path   = `#set($result = $input.path("$.json"))$result`
		told   = `{"body": $result, "nested": $result.nested, "isNull": #if( $result == $null )"true"#else"false"#end, "isEmptyString": #if( $result == "" )"true"#else"false"#end}`
		none   = `#set($result = $input.path("$.nonExisting"))` + told
		listed = `#set($result = $input.path("$.json.listValue"))` + told
		access = `EncodedBody=$util.urlEncode($input.body)&EncodedBodyAccess=$util.urlEncode($input.body.testAccess)`
	)
	for _, tt := range []struct{ name, text, body, want string }{
		{"a map", path, `{"json": {"foo": "bar"}}`, `{foo=bar}`},
		{"a list", path, `{"json": [{"foo": "bar"}]}`, `[{"foo":"bar"}]`},
		{"a map in a map", path + `.nested`, `{"json": {"nested": {"foo": "bar"}}}`, `{foo=bar}`},
		{"a list in a map", path + `.nested`, `{"json": {"nested": [{"foo": "bar"}]}}`, `[{"foo":"bar"}]`},
		{"a map in a list", path + `[0]`, `{"json": [{"foo": "bar"}]}`, `{foo=bar}`},
		{"a list in a list", path + `[0]`, `{"json": [[{"foo": "bar"}]]}`, `[{"foo":"bar"}]`},
		{"a map with a list", path, `{"json": {"foo": [{"nested": "bar"}]}}`, `{foo=[{"nested":"bar"}]}`},
		{"a larger map", path, `{"json": {"bigger": "dict", "to": "test", "with": "separators"}}`, `{bigger=dict, to=test, with=separators}`},
		{"toString", path + `.toString()`, `{"json": {"foo": "bar"}}`, `{foo=bar}`},
		{"toString of a list", path + `.toString()`, `{"json": {"list": [{"foo": "bar"}]}}`, `{list=[{"foo":"bar"}]}`},
		{"no body", none, ``, `{"body": , "nested": , "isNull": "true", "isEmptyString": "true"}`},
		{"an empty list", listed, `{"json": {"listValue": []}}`, `{"body": [], "nested": , "isNull": "false", "isEmptyString": "false"}`},
		{"a null", listed, `{"json": {"listValue": null}}`, `{"body": , "nested": , "isNull": "true", "isEmptyString": "true"}`},
		{"the body", `#set($result = $input.body)$result`, `some raw data`, `some raw data`},
		{"an empty body", `#set($result = $input.body)$result`, ``, `{}`},
		{"the body in a text", `Action=SendMessage&MessageBody=$input.body`, `{"some": "value"}`, `Action=SendMessage&MessageBody={"some": "value"}`},
		{"a member of the body", `#set($result = $input.body.testAccess)$result`, `{"testAccess": 1}`, ``},
		{"an encoded body", access, `{"some": "value"}`, `EncodedBody=%7B%22some%22%3A+%22value%22%7D&EncodedBodyAccess=`},
		{"an encoded text", access, `some raw data`, `EncodedBody=some+raw+data&EncodedBodyAccess=`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parsed, err := Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			got, err := parsed.Render(map[string]any{"input": NewInput(tt.body, nil, nil, nil), "util": NewTools()})
			if err != nil || got != tt.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, tt.want)
			}
		})
	}
}
