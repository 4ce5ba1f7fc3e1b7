package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

var update = flag.Bool("update", false, "write what the server answers into testdata")

const things = "/2015-03-31/functions"

// creation is the body of a CreateFunction.
func creation(name, more string) string {
	return `{"FunctionName":"` + name + `","Role":"arn:aws:iam::111111111111:role/r","Code":{}` + more + `}`
}

const describing = "Action=DescribeAlarms&Version=2010-08-01"

// asked are the requests whose replies are in testdata: each failure, in each protocol that can tell it.
var asked = map[string]ask{
	"restjson-created":            {method: "POST", path: things, body: creation("f", `,"MemorySize":128.0,"Unknown":{"x":[1]}`)},
	"restjson-status-by-member":   {method: "DELETE", path: things + "/f"},
	"restjson-nothing":            {method: "DELETE", path: things + "/f/aliases/live"},
	"restjson-nil-reply":          {path: things + "/"},
	"restjson-query":              {path: things + "?MaxItems=10&Marker=a%2Fb"},
	"restjson-error":              {path: things + "/f"},
	"restjson-invalid":            {path: things + "/a%20b"},
	"restjson-internal":           {method: "POST", path: things, body: creation("broken", "")},
	"restjson-panic":              {method: "POST", path: things, body: creation("panics", "")},
	"restjson-unknown":            {path: "/2015-03-31/fonctions"},
	"restjson-wrong-method":       {method: "PATCH", path: things + "/f"},
	"restjson-not-implemented":    {path: "/2017-03-31/tags/x"},
	"restjson-not-json":           {method: "POST", path: things, body: "{"},
	"restjson-more-json":          {method: "POST", path: things, body: "{} {}"},
	"restjson-wrong-type":         {method: "POST", path: things, body: creation("f", `,"Environment":{"Variables":{"SECRET":1}}`)},
	"restjson-query-type":         {path: things + "?MaxItems=many"},
	"restjson-too-large":          {method: "POST", path: things + "/f/invocations", body: strings.Repeat("x", 1001)},
	"restjson-unsigned":           {path: things, unsigned: true},
	"restjson-incomplete":         {path: things, alter: authorization("AWS4-HMAC-SHA256 Credential=a")},
	"restjson-unknown-key":        {path: things, key: "AKIDOTHER", secret: "x"},
	"restjson-expired-token":      {path: things, key: "ASIAOVER", secret: secret, token: "over"},
	"restjson-mismatch":           {path: things, secret: "wrong", key: keyID},
	"restjson-late":               {path: things, late: 20 * 60e9},
	"raw":                         {method: "POST", path: things + "/arn%3Aaws%3Alambda%3A%3A1%3Afunction%3Af/invocations?Qualifier=l%2Fv", body: `"x"`},
	"raw-error":                   {method: "POST", path: things + "/f/invocations?Qualifier=fails"},
	"awsjson":                     target("GetApplication", `{"applicationName":"a"}`),
	"awsjson-nothing":             target("DeleteApplication", `{"applicationName":"a"}`),
	"awsjson-error":               target("GetDeployment", `{"deploymentId":"d-1"}`),
	"awsjson-empty-body":          target("GetDeployment", ""),
	"awsjson-wrong-type":          target("GetDeployment", `{"deploymentId":[]}`),
	"awsjson-no-object":           target("GetDeployment", `[1]`),
	"awsjson-unknown":             target("GetNothing", "{}"),
	"awsjson-not-implemented":     target("CreateDeployment", "{}"),
	"awsjson-no-target":           {method: "POST", path: "/", service: "codedeploy", body: "{}", header: map[string]string{"Content-Type": "application/x-amz-json-1.1"}},
	"awsjson-wrong-type-of-body":  {method: "POST", path: "/", service: "codedeploy", body: "{}", header: map[string]string{"Content-Type": "text/plain", "X-Amz-Target": "CodeDeploy_20141006.GetDeployment"}},
	"awsjson-unsigned":            {method: "POST", path: "/", unsigned: true, header: target("GetDeployment", "").header},
	"awsjson-mismatch":            altered(target("GetDeployment", "{}"), func(r *http.Request) { r.Header.Set("X-Amz-Date", "20260301T120001Z") }),
	"awsjson-other-service":       {method: "POST", path: "/", service: "lambda", body: "{}", header: target("GetDeployment", "").header},
	"awsjson-logs":                {method: "POST", path: "/", service: "logs", body: "{}", header: map[string]string{"X-Amz-Target": "Logs_20140328.CreateLogGroup", "Content-Type": "application/x-amz-json-1.1"}},
	"awsjson-monitoring":          {method: "POST", path: "/", service: "monitoring", body: "{}", header: map[string]string{"X-Amz-Target": "GraniteServiceVersion20100801.PutMetricData", "Content-Type": "application/x-amz-json-1.0"}},
	"awsjson-no-service":          {method: "POST", path: "/", service: "dynamodb", body: "{}", header: map[string]string{"X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "application/x-amz-json-1.0"}},
	"cbor":                        smithy("codedeploy", "CodeDeploy_20141006", "GetApplication", "\xa1\x6fapplicationName\x61a"),
	"cbor-nothing":                smithy("codedeploy", "CodeDeploy_20141006", "DeleteApplication", "\xa1\x6fapplicationName\x61a"),
	"cbor-error":                  smithy("codedeploy", "CodeDeploy_20141006", "GetDeployment", "\xa1\x6cdeploymentId\x63d-1"),
	"cbor-invalid":                smithy("codedeploy", "CodeDeploy_20141006", "GetDeployment", ""),
	"cbor-not-cbor":               smithy("codedeploy", "CodeDeploy_20141006", "GetDeployment", "{}"),
	"cbor-wrong-type":             smithy("codedeploy", "CodeDeploy_20141006", "GetDeployment", "\xa1\x6cdeploymentId\x01"),
	"cbor-unknown":                smithy("codedeploy", "CodeDeploy_20141006", "GetNothing", "\xa0"),
	"cbor-no-service":             smithy("xray", "XRay", "GetGroups", "\xa0"),
	"cbor-monitoring":             smithy("monitoring", "GraniteServiceVersion20100801", "PutMetricData", "\xa0"),
	"cbor-mismatch":               altered(smithy("codedeploy", "CodeDeploy_20141006", "GetDeployment", "\xa0"), func(r *http.Request) { r.Host = "x" }),
	"query":                       form("monitoring", describing+"&AlarmNames.member.1=a"),
	"query-empty-lists":           form("monitoring", describing+"&AlarmNames="),
	"query-by-get":                {path: "/?" + describing + "&AlarmNames.member.1=a", service: "monitoring"},
	"query-nothing":               form("monitoring", "Action=DeleteAlarms&Version=2010-08-01&AlarmNames.member.1=a"),
	"query-error":                 form("monitoring", "Action=SetAlarmState&Version=2010-08-01&AlarmName=a&StateValue=OK&StateReason=x"),
	"query-invalid":               form("monitoring", "Action=SetAlarmState&Version=2010-08-01&AlarmName=a&StateValue=GOOD"),
	"query-wrong-type":            form("monitoring", describing+"&MaxRecords=many"),
	"query-malformed":             form("monitoring", describing+"&AlarmNames.member.1=%zz"),
	"query-not-served":            form("monitoring", "Action=PutInsightRule&Version=2010-08-01"),
	"query-not-implemented":       form("cloudformation", "Action=CreateStack&Version=2010-05-15"),
	"query-in-the-address":        {path: "/?Action=ListUsers&Version=2010-05-08", service: "iam"},
	"query-unknown":               form("sts", "Action=GetNothing&Version=2011-06-15"),
	"query-no-action":             form("sts", "Version=2011-06-15"),
	"query-unsigned":              {path: "/?Action=GetCallerIdentity&Version=2011-06-15", unsigned: true},
	"query-unknown-key":           {path: "/?Action=GetCallerIdentity&Version=2011-06-15", service: "sts", key: "AKIDOTHER", secret: "x"},
	"query-mismatch":              {path: "/?Action=GetCallerIdentity&Version=2011-06-15", service: "sts", key: keyID, secret: "x"},
	"query-late":                  {path: "/?Action=GetCallerIdentity&Version=2011-06-15", service: "sts", late: 3600e9},
	"query-incomplete":            {path: "/?Action=GetCallerIdentity&Version=2011-06-15", alter: authorization("AWS4-HMAC-SHA256 x=y")},
	"restxml-not-implemented":     {path: "/bucket/key?acl", service: "s3"},
	"restxml-unknown-key":         {path: "/bucket", service: "s3", key: "AKIDOTHER", secret: "x"},
	"restxml-mismatch":            {path: "/bucket", service: "s3", key: keyID, secret: "x"},
	"restxml-late":                {path: "/bucket", service: "s3", late: 3600e9},
	"restxml-expired-token":       {path: "/bucket", service: "s3", key: "ASIAOVER", secret: secret, token: "over"},
	"restxml-wrong-method":        {method: "PATCH", path: "/bucket", service: "s3"},
	"apigateway-not-implemented":  {path: "/restapis/abc/stages", service: "apigateway"},
	"apigateway2-not-implemented": {path: "/v2/apis", service: "apigateway"},
	"no-service":                  {path: "/x", service: "xray"},
	"nothing-at-all":              {path: "/", unsigned: true},
}

// TestReplies compares whole replies with testdata.
func TestReplies(t *testing.T) {
	for name, a := range asked {
		t.Run(name, func(t *testing.T) {
			got := transcript(t, newFixture().do(t, a))
			file := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func authorization(value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", value) }
}

func altered(a ask, how func(*http.Request)) ask {
	a.alter = how
	return a
}

// transcript is a reply as text. The request id, which differs each time, becomes REQUEST-ID; CBOR becomes JSON.
func transcript(t *testing.T, w *httptest.ResponseRecorder) []byte {
	t.Helper()
	id := w.Header().Get("X-Amzn-Requestid")
	if len(id) != 36 {
		t.Errorf("request id %q", id)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d\n", w.Code)
	var headers []string
	for name, values := range w.Header() {
		if name != "Content-Length" {
			headers = append(headers, name+": "+strings.Join(values, ", "))
		}
	}
	slices.Sort(headers)
	b.WriteString(strings.Join(headers, "\n") + "\n\n")
	body := w.Body.Bytes()
	if w.Header().Get("Content-Type") == "application/cbor" {
		body = cborAsJSON(t, body)
	}
	b.Write(body)
	b.WriteString("\n")
	return []byte(strings.ReplaceAll(b.String(), id, "REQUEST-ID"))
}

func cborAsJSON(t *testing.T, body []byte) []byte {
	t.Helper()
	var tree map[string]any
	mode, err := cbor.DecOptions{DefaultMapType: nil}.DecMode()
	if err != nil {
		t.Fatal(err)
	}
	if err := mode.Unmarshal(body, &tree); err != nil {
		t.Fatalf("the reply is no CBOR map: %v", err)
	}
	text, err := json.Marshal(stringKeys(tree))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func stringKeys(v any) any {
	out := map[string]any{}
	switch m := v.(type) {
	case map[string]any:
		for key, value := range m {
			out[key] = stringKeys(value)
		}
		return out
	case map[any]any:
		for key, value := range m {
			out[fmt.Sprint(key)] = stringKeys(value)
		}
		return out
	}
	return v
}
