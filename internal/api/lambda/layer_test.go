package lambda

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

const layers = "/2018-10-31/layers"

// publishLayer publishes a layer's next version with these members beside its content.
func (f *fixture) publishLayer(t *testing.T, name, members string) map[string]any {
	t.Helper()
	request := map[string]any{"Content": map[string]any{"ZipFile": "emlw"}}
	if err := json.Unmarshal([]byte(members), &request); err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	return f.must(t, "POST", layers+"/"+name+"/versions", string(body))
}

// refusal is a call and how it is refused: with a status, a code, and a message that body's member has.
type refusal struct {
	name, method, path, body string
	status                   int
	code, message            string
}

func (f *fixture) wantRefused(t *testing.T, all []refusal) {
	t.Helper()
	for _, tt := range all {
		t.Run(tt.name, func(t *testing.T) {
			status, code, body := f.call(t, tt.method, tt.path, tt.body)
			shown := object(t, body)
			message, _ := shown["Message"].(string)
			if m, ok := shown["message"].(string); ok {
				message = m
			}
			if status != tt.status || code != tt.code || message != tt.message {
				t.Errorf("status %d, %s: %s", status, code, body)
			}
		})
	}
}

func TestLayerVersionsAreShown(t *testing.T) {
	f := newFixture(t)
	shown := f.publishLayer(t, "l", `{"Description":"d","LicenseInfo":"MIT","CompatibleRuntimes":["python3.12"],"CompatibleArchitectures":[]}`)
	content, _ := shown["Content"].(map[string]any)
	location, _ := content["Location"].(string)
	if !strings.HasPrefix(location, "http://sluice"+DownloadPath) || content["CodeSize"] != 3.0 || content["CodeSha256"] == nil || shown["CreatedDate"] == nil {
		t.Errorf("published %v", shown)
	}
	list := f.must(t, "GET", layers+"/l/versions", "")
	delete(shown, "Content")
	delete(shown, "LayerArn")
	if want := map[string]any{"LayerVersions": []any{shown}}; !reflect.DeepEqual(list, want) {
		t.Errorf("listed %v, want %v", list, want)
	}
	want := map[string]any{"Layers": []any{map[string]any{
		"LayerName": "l", "LayerArn": "arn:aws:lambda:us-east-1:000000000000:layer:l", "LatestMatchingVersion": shown,
	}}}
	if all := f.must(t, "GET", layers+"?CompatibleRuntime=python3.12", ""); !reflect.DeepEqual(all, want) {
		t.Errorf("layers %v, want %v", all, want)
	}
	if none := f.must(t, "GET", layers+"?CompatibleArchitecture=arm64", ""); !reflect.DeepEqual(none, map[string]any{"Layers": []any{}}) {
		t.Errorf("layers %v", none)
	}
}

func TestLayersByName(t *testing.T) {
	f := newFixture(t)
	f.publishLayer(t, "arn:aws:lambda:us-east-1:000000000000:layer:l", `{}`)
	for _, path := range []string{
		"/l/versions/1", "/arn:aws:lambda:us-east-1:000000000000:layer:l/versions/1",
		"?find=LayerVersion&Arn=arn:aws:lambda:us-east-1:000000000000:layer:l:1",
	} {
		shown := f.must(t, "GET", layers+path, "")
		if shown["LayerVersionArn"] != "arn:aws:lambda:us-east-1:000000000000:layer:l:1" || shown["CompatibleRuntimes"] != nil {
			t.Errorf("%s: %v", path, shown)
		}
	}
}

func TestPagesOfLayers(t *testing.T) {
	f := newFixture(t)
	for i := range 3 {
		f.publishLayer(t, fmt.Sprintf("l%d", i), `{}`)
		f.publishLayer(t, "many", `{}`)
	}
	for path, list := range map[string]string{layers: "Layers", layers + "/many/versions": "LayerVersions"} {
		var sizes []int
		for marker := ""; ; {
			page := f.must(t, "GET", path+"?MaxItems=2&Marker="+marker, "")
			items, _ := page[list].([]any)
			sizes = append(sizes, len(items))
			var more bool
			if marker, more = page["NextMarker"].(string); !more {
				break
			}
		}
		if want := map[string][]int{"Layers": {2, 2}, "LayerVersions": {2, 1}}[list]; !reflect.DeepEqual(sizes, want) {
			t.Errorf("%s: pages of %v, want %v", list, sizes, want)
		}
	}
}

// The texts are AWS's, save those for content (recordings test_layer_exceptions and test_layer_policy_exceptions).
func TestLayersAreRefused(t *testing.T) {
	f := newFixture(t)
	f.publishLayer(t, "l", `{}`)
	const (
		one, two, none   = layers + "/l/versions/1", layers + "/l/versions/2", layers + "/none/versions/1"
		arn              = "arn:aws:lambda:us-east-1:000000000000:layer:"
		missing          = "ResourceNotFoundException"
		invalid          = "InvalidParameterValueException"
		statement        = `{"StatementId":"s","Action":"lambda:GetLayerVersion","Principal":"*"}`
		wrongRevision    = "The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id"
		precondition     = "PreconditionFailedException"
		validation       = "ValidationException"
		doesNotExist     = "The resource you requested does not exist."
		lessThanOne      = "Layer Version Cannot be less than 1"
		withoutStatement = "No policy is associated with the given resource."
	)
	f.wantRefused(t, []refusal{
		{"no layer", "GET", none, "", 404, missing, doesNotExist},
		{"no version", "GET", two, "", 404, missing, doesNotExist},
		{"version 0", "GET", layers + "/l/versions/0", "", 400, invalid, lessThanOne},
		{"deleting version -1", "DELETE", layers + "/l/versions/-1", "", 400, invalid, lessThanOne},
		{"AWS's own by ARN", "GET", layers + "?find=LayerVersion&Arn=arn:aws:lambda:::awslayer:AmazonLinux1703", "", 404, missing, doesNotExist},
		{"another region by ARN", "GET", layers + "?find=LayerVersion&Arn=arn:aws:lambda:eu-west-1:000000000000:layer:l:1", "", 404, missing, doesNotExist},
		{"another account", "GET", layers + "/arn:aws:lambda:us-east-1:999999999999:layer:l/versions/1", "", 403, "AccessDeniedException",
			"User: arn:aws:iam::000000000000:root is not authorized to perform: lambda:GetLayerVersion on resource: arn:aws:lambda:us-east-1:999999999999:layer:l:1 because no resource-based policy allows the lambda:GetLayerVersion action"},
		{"publishing to another account", "POST", layers + "/arn:aws:lambda:us-east-1:999999999999:layer:l/versions", `{"Content":{"ZipFile":"emlw"}}`, 403,
			"AccessDeniedException", "The layer arn:aws:lambda:us-east-1:999999999999:layer:l is not in the account and region of the request."},
		{"no content", "POST", layers + "/l/versions", `{"Content":{}}`, 400, invalid, "Please provide a source for layer content."},
		{"half an object", "POST", layers + "/l/versions", `{"Content":{"S3Bucket":"bucket"}}`, 400, invalid, "Please provide a source for layer content."},
		{"two contents", "POST", layers + "/l/versions", `{"Content":{"ZipFile":"emlw","S3Bucket":"bucket","S3Key":"k"}}`, 400, invalid, "Please do not provide other layer content when providing a ZipFile."},
		{"a reference", "POST", layers + "/l/versions", `{"Content":{"S3Bucket":"bucket","S3Key":"k","S3ObjectStorageMode":"REFERENCE"}}`, 400, invalid,
			"Sluice does not serve layers that stay in their bucket (Content.S3ObjectStorageMode REFERENCE). Leave it out."},
		{"a foreign marker", "GET", layers + "?Marker=x", "", 400, invalid, `The marker "x" is not one that this operation gave out.`},

		{"a policy that is not", "GET", one + "/policy", "", 404, missing, withoutStatement},
		{"removing from no policy", "DELETE", one + "/policy/s", "", 404, missing, withoutStatement},
		{"the policy of no layer", "GET", none + "/policy", "", 404, missing, "Layer version " + arn + "none:1 does not exist."},
		{"the policy of no version", "GET", two + "/policy", "", 404, missing, "Layer version " + arn + "l:2 does not exist."},
		{"adding to no version", "POST", two + "/policy", statement, 404, missing, "Layer version " + arn + "l:2 does not exist."},
		{"removing from no version", "DELETE", two + "/policy/s", "", 404, missing, "Layer version " + arn + "l:2 does not exist."},
		{"another action", "POST", one + "/policy", `{"StatementId":"s","Action":"*","Principal":"*"}`, 400, validation,
			"1 validation error detected: Value '*' at 'action' failed to satisfy constraint: Member must satisfy regular expression pattern: lambda:GetLayerVersion"},
	})
	f.must(t, "POST", one+"/policy", statement)
	f.wantRefused(t, []refusal{
		{"a statement twice", "POST", one + "/policy", statement, 409, "ResourceConflictException",
			"The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement."},
		{"adding to a wrong revision", "POST", one + "/policy?RevisionId=wrong", strings.Replace(statement, `"s"`, `"s2"`, 1), 412, precondition, wrongRevision},
		{"removing from a wrong revision", "DELETE", one + "/policy/s?RevisionId=wrong", "", 412, precondition, wrongRevision},
		{"removing what is not there", "DELETE", one + "/policy/none", "", 404, missing, "Statement none is not found in resource policy."},
	})
}

// The texts are AWS's (recordings test_layer_function_exceptions and test_layer_function_quota_exception).
func TestLayersOfFunctionsAreRefused(t *testing.T) {
	f := newFixture(t)
	f.publishLayer(t, "l", `{}`)
	f.publishLayer(t, "l", `{}`)
	const (
		arn     = "arn:aws:lambda:us-east-1:000000000000:layer:"
		path    = functions + "f/configuration"
		invalid = "InvalidParameterValueException"
		same    = "Two different versions of the same layer are not allowed to be referenced in the same function. " + arn + "l:1 and " + arn + "l:%d are versions of the same layer."
		region  = "Layers are not in the same region as the function. Layers are expected to be in region us-east-1."
		pattern = `(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)`
	)
	six := fmt.Sprintf(`["%[1]sa:1","%[1]sb:1","%[1]sc:1","%[1]sd:1","%[1]se:1","%[1]sf:1"]`, arn)
	asked := func(arns ...string) string { return `{"Layers":["` + strings.Join(arns, `","`) + `"]}` }
	f.wantRefused(t, []refusal{
		{"two versions", "PUT", path, asked(arn+"l:1", arn+"l:2"), 400, invalid, fmt.Sprintf(same, 2)},
		{"one twice", "PUT", path, asked(arn+"l:1", arn+"l:1"), 400, invalid, fmt.Sprintf(same, 1)},
		{"no layer", "PUT", path, asked(arn + "none:1"), 400, invalid, "Layer version " + arn + "none:1 does not exist."},
		{"no version", "PUT", path, asked(arn + "l:9"), 400, invalid, "Layer version " + arn + "l:9 does not exist."},
		{"no number", "PUT", path, asked(arn + "l"), 400, "ValidationException", "1 validation error detected: Value '[" + arn + "l]' at 'layers' failed to satisfy constraint: " +
			"Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1, " +
			"Member must satisfy regular expression pattern: " + pattern + ", Member must not be null]"},
		{"no function", "PUT", functions + "none/configuration", asked(arn + "none:1"), 404, "ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:none"},
		{"another region", "POST", functions, creation(t, asked("arn:aws:lambda:eu-west-1:000000000000:layer:l:1")), 400, invalid, region},
		{"six", "POST", functions, creation(t, `{"Layers":`+six+`}`), 400, invalid, "Cannot reference more than 5 layers."},
	})
}

func TestFunctionsShowTheirLayers(t *testing.T) {
	f := newFixture(t)
	f.publishLayer(t, "l", `{}`)
	f.publishLayer(t, "m", `{}`)
	const arn = "arn:aws:lambda:us-east-1:000000000000:layer:"
	both := []any{map[string]any{"Arn": arn + "m:1", "CodeSize": 3.0}, map[string]any{"Arn": arn + "l:1", "CodeSize": 3.0}}
	want := func(what string, shown map[string]any, layers any) {
		t.Helper()
		if !reflect.DeepEqual(shown["Layers"], layers) {
			t.Errorf("%s: layers %v, want %v", what, shown["Layers"], layers)
		}
	}
	want("created", f.create(t, `{"FunctionName":"layered","Layers":["`+arn+`m:1","`+arn+`l:1"]}`), both)
	want("updated", f.configure(t, `{"Layers":["`+arn+`m:1","`+arn+`l:1"]}`), both)
	want("another setting changed", f.configure(t, `{"Description":"d"}`), both)
	if status, _, body := f.call(t, "DELETE", layers+"/m/versions/1", ""); status != http.StatusNoContent {
		t.Fatalf("status %d: %s", status, body)
	}
	want("after a version's end", f.configure(t, `{"Description":"e"}`), both)
	want("read", f.must(t, "GET", functions+"f/configuration", ""), both)
	want("emptied", f.configure(t, `{"Layers":[]}`), nil)
}
