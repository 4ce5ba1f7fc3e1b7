package lambda

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// urls is where function URLs are configured.
const urls = "/2021-10-31/functions/"

// shownURL is a reply's members without those that differ each time, which are checked for their form.
func shownURL(t *testing.T, reply map[string]any) map[string]any {
	t.Helper()
	shown := maps.Clone(reply)
	for name, form := range map[string]string{
		"FunctionUrl": `^http://[a-z0-9]{32}\.test/$`, "CreationTime": `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`,
		"LastModifiedTime": `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`,
	} {
		if text, there := shown[name]; there {
			if !regexp.MustCompile(form).MatchString(text.(string)) {
				t.Errorf("%s is %v", name, text)
			}
			shown[name] = "…"
		}
	}
	return shown
}

func wantShown(t *testing.T, what string, reply, want map[string]any) {
	t.Helper()
	if got := shownURL(t, reply); !reflect.DeepEqual(got, want) {
		t.Errorf("%s\n%v\nwant\n%v", what, got, want)
	}
}

func TestURLsLifeIsShownAsOnAWS(t *testing.T) { // recordings test_url_config_lifecycle, test_lambda_update_function_url_config
	f := newFixture(t)
	const arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
	base := map[string]any{"AuthType": "NONE", "CreationTime": "…", "FunctionArn": arn, "FunctionUrl": "…"}
	with := func(more map[string]any) map[string]any {
		all := maps.Clone(base)
		maps.Copy(all, more)
		return all
	}
	wantShown(t, "created", f.must(t, "POST", urls+"f/url", `{"AuthType":"NONE"}`), base)
	wantShown(t, "got", f.must(t, "GET", urls+"f/url", ""), with(map[string]any{"InvokeMode": "BUFFERED", "LastModifiedTime": "…"}))
	wantShown(t, "updated", f.must(t, "PUT", urls+"f/url", `{"AuthType":"AWS_IAM"}`), with(map[string]any{"AuthType": "AWS_IAM", "LastModifiedTime": "…"}))
	wantShown(t, "updated to another mode", f.must(t, "PUT", urls+"f/url", `{"AuthType":"NONE","InvokeMode":"RESPONSE_STREAM"}`),
		with(map[string]any{"InvokeMode": "RESPONSE_STREAM", "LastModifiedTime": "…"}))
	wantShown(t, "updated in nothing", f.must(t, "PUT", urls+"f/url", `{}`),
		with(map[string]any{"InvokeMode": "RESPONSE_STREAM", "LastModifiedTime": "…"}))
	if status, _, body := f.call(t, "DELETE", urls+"f/url", ""); status != 204 || body != "" {
		t.Errorf("deleted: %d %s", status, body)
	}
	f.wantURLRefused(t, "GET", urls+"f/url", "", `404 ResourceNotFoundException {"Message":"The resource you requested does not exist.","Type":"User"}`)
}

func TestURLOfAnAliasShowsItsCORS(t *testing.T) {
	f := newFixture(t)
	const cors = `{"AllowCredentials":true,"AllowHeaders":["Date"],"AllowMethods":["GET","*"],"AllowOrigins":["https://a.example"],"ExposeHeaders":["X-A"],"MaxAge":300}`
	made := f.must(t, "POST", urls+"f/url?Qualifier=LIVE", `{"AuthType":"AWS_IAM","InvokeMode":"BUFFERED","Cors":`+cors+`}`)
	wantShown(t, "created", made, map[string]any{
		"AuthType": "AWS_IAM", "CreationTime": "…", "FunctionArn": "arn:aws:lambda:us-east-1:000000000000:function:f:LIVE",
		"FunctionUrl": "…", "InvokeMode": "BUFFERED", "Cors": object(t, cors),
	})
	if got := f.must(t, "PUT", urls+"f:LIVE/url", `{"Cors":{"MaxAge":0}}`)["Cors"]; !reflect.DeepEqual(got, object(t, `{"MaxAge":0}`)) {
		t.Errorf("updated: %v", got)
	}
	if got := f.must(t, "PUT", urls+"f:LIVE/url", `{"Cors":{}}`)["Cors"]; got != nil {
		t.Errorf("taken away: %v", got)
	}
}

// wantURLRefused checks the status, the code and the body of a call that has to fail.
func (f *fixture) wantURLRefused(t *testing.T, method, path, body, want string) {
	t.Helper()
	status, code, text := f.call(t, method, path, body)
	if got := strings.Join([]string{strconv.Itoa(status), code, text}, " "); got != want {
		t.Errorf("%s %s: got\n%s, want\n%s", method, path, got, want)
	}
}

func TestURLRefusals(t *testing.T) { // recording test_url_config_exceptions
	const (
		noFunction = `404 ResourceNotFoundException {"Message":"Function does not exist","Type":"User"}`
		noURL      = `404 ResourceNotFoundException {"Message":"The resource you requested does not exist.","Type":"User"}`
		qualifier  = `400 ValidationException {"message":"1 validation error detected: Value '1' at 'qualifier' failed to satisfy constraint: ` +
			`Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)"}`
		other = `400 InvalidParameterValueException {"Type":"User","message":"The derived qualifier from the function name does not match the specified qualifier."}`
	)
	f := newFixture(t)
	f.must(t, "POST", urls+"f/url?Qualifier=LIVE", `{"AuthType":"NONE"}`)
	for _, tt := range []struct{ name, method, path, body, want string }{
		{"a URL for nobody", "POST", "nobody/url", `{"AuthType":"NONE"}`, noFunction},
		{"a URL for no alias", "POST", "f/url?Qualifier=RED", `{"AuthType":"NONE"}`, noFunction},
		{"a URL for a version", "POST", "f/url?Qualifier=1", `{"AuthType":"NONE"}`, qualifier},
		{"a second one", "POST", "f/url?Qualifier=LIVE", `{"AuthType":"NONE"}`, `409 ResourceConflictException {"Type":"User","message":` +
			`"Failed to create function url config for [functionArn = arn:aws:lambda:us-east-1:000000000000:function:f:LIVE]. ` +
			`Error message:  FunctionUrlConfig exists for this Lambda function"}`},
		{"two aliases", "POST", "f:OTHER/url?Qualifier=LIVE", `{"AuthType":"NONE"}`, other},
		{"another mode", "POST", "f/url", `{"AuthType":"NONE","InvokeMode":"UNKNOWN"}`, `400 ValidationException {"message":` +
			`"1 validation error detected: Value 'UNKNOWN' at 'invokeMode' failed to satisfy constraint: Member must satisfy enum value set: [RESPONSE_STREAM, BUFFERED]"}`},
		{"an age of a week", "POST", "f/url", `{"AuthType":"NONE","Cors":{"MaxAge":604800}}`, `400 ValidationException {"message":` +
			`"1 validation error detected: Value '604800' at 'cors.maxAge' failed to satisfy constraint: Member must have value less than or equal to 86400"}`},
		{"a header of two lines", "POST", "f/url", `{"AuthType":"NONE","Cors":{"AllowHeaders":["a\r\nb"]}}`,
			`400 InvalidParameterValueException {"Type":"User","message":"The value \"a\\r\\nb\" in AllowHeaders of Cors must not contain control characters."}`},
		{"an update of nobody's", "PUT", "nobody/url", `{}`, noFunction},
		{"an update of none", "PUT", "f/url", `{}`, noURL},
		{"a look at nobody's", "GET", "nobody/url", ``, noURL},
		{"a look at a version's", "GET", "f/url?Qualifier=1", ``, qualifier},
		{"a deletion of none", "DELETE", "f/url", ``, noURL},
		{"a deletion of two", "DELETE", "f:OTHER/url?Qualifier=LIVE", ``, other},
		{"a list of nobody's", "GET", "nobody/urls", ``, noFunction},
		{"a list behind nothing", "GET", "f/urls?Marker=AAAA", ``,
			`400 InvalidParameterValueException {"Type":"User","message":"The marker \"AAAA\" is not one that this operation gave out."}`},
	} {
		t.Run(tt.name, func(t *testing.T) { f.wantURLRefused(t, tt.method, urls+tt.path, tt.body, tt.want) })
	}
}

func TestListOfURLsGoesOnAtItsMarker(t *testing.T) {
	f := newFixture(t)
	if empty := f.must(t, "GET", urls+"f/urls", ""); len(empty["FunctionUrlConfigs"].([]any)) != 0 || empty["NextMarker"] != nil {
		t.Errorf("empty: %v", empty)
	}
	f.must(t, "POST", functions+"f/aliases", `{"Name":"BLUE","FunctionVersion":"1"}`)
	for _, alias := range []string{"", "?Qualifier=LIVE", "?Qualifier=BLUE"} {
		f.must(t, "POST", urls+"f/url"+alias, `{"AuthType":"NONE"}`)
	}
	var arns []string
	path := urls + "f/urls?MaxItems=1"
	for range 4 {
		page := f.must(t, "GET", path, "")
		for _, each := range page["FunctionUrlConfigs"].([]any) {
			arns = append(arns, strings.TrimPrefix(each.(map[string]any)["FunctionArn"].(string), "arn:aws:lambda:us-east-1:000000000000:function:"))
		}
		next, more := page["NextMarker"].(string)
		if !more {
			break
		}
		path = urls + "f/urls?MaxItems=1&Marker=" + next
	}
	if want := []string{"f", "f:BLUE", "f:LIVE"}; !slices.Equal(arns, want) {
		t.Errorf("listed %q, want %q", arns, want)
	}
}
