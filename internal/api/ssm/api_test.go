package ssm

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sluice/internal/account"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/parameter"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var update = flag.Bool("update", false, "write the golden file anew")

type object map[string]any

// desk is the API on records of its own.
type desk struct {
	t       *testing.T
	server  *wire.Server
	records *store.Store
	replies strings.Builder // to what record asked
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	sealer, err := parameter.NewSealer([parameter.KeySize]byte{})
	if err != nil {
		t.Fatal(err)
	}
	anyone := &sigv4.Identity{Account: "000000000000", ARN: "arn:aws:iam::000000000000:root"}
	service := New(Config{Parameters: parameter.NewService(records, sealer)})
	return &desk{t: t, records: records, server: wire.NewServer(wire.Config{Logger: slog.New(slog.DiscardHandler), Keys: nobody{}, Anyone: anyone}, service)}
}

type nobody struct{}

func (nobody) Secret(string, string) (sigv4.Identity, bool) { return sigv4.Identity{}, false }

func (d *desk) call(operation string, in object) (int, string) {
	d.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		d.t.Fatal(err)
	}
	c := client.Client{URL: "http://sluice", Key: account.NewKey()}
	header := http.Header{"X-Amz-Target": {"AmazonSSM." + operation}, "Content-Type": {"application/x-amz-json-1.1"}}
	r, err := c.Request(context.Background(), "ssm", "POST", "/", header, body)
	if err != nil {
		d.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func (d *desk) must(operation string, in object) (out object) {
	d.t.Helper()
	status, body := d.call(operation, in)
	if err := json.Unmarshal([]byte(body), &out); err != nil || status != http.StatusOK {
		d.t.Fatalf("%s %v: %d %s, %v", operation, in, status, body, err)
	}
	return out
}

var (
	modified = regexp.MustCompile(`("LastModifiedDate":)[0-9.]+`)
	sealed   = regexp.MustCompile(`("Value":)"[A-Za-z0-9+/]{40,}=*"`)
)

// record makes a call whose whole answer is to be looked at.
func (d *desk) record(operation string, in object) {
	d.t.Helper()
	status, body := d.call(operation, in)
	asked, err := json.Marshal(in)
	if err != nil {
		d.t.Fatal(err)
	}
	body = sealed.ReplaceAllString(modified.ReplaceAllString(body, "${1}TIME"), "${1}SEALED")
	fmt.Fprintf(&d.replies, "== %s %s: %d\n%s\n", operation, asked, status, strings.ReplaceAll(body, ",", ",\n "))
}

// The answers to what clients do with parameters, whole.
func TestAnswers(t *testing.T) {
	d := newDesk(t)
	d.record("PutParameter", object{"Name": "/app/rate", "Value": "7", "Type": "String", "Description": "in percent",
		"AllowedPattern": "[0-9]+", "Tags": []object{{"Key": "team", "Value": "payments"}}})
	d.record("PutParameter", object{"Name": "/app/rate", "Value": "8", "Overwrite": true})
	d.record("PutParameter", object{"Name": "/app/key", "Value": "open sesame", "Type": "SecureString"})
	d.record("GetParameter", object{"Name": "/app/rate"})
	d.record("GetParameter", object{"Name": "/app/rate:1"})
	d.record("GetParameter", object{"Name": "arn:aws:ssm:us-east-1:000000000000:parameter/app/rate"})
	d.record("GetParameter", object{"Name": "/app/key"})
	d.record("GetParameter", object{"Name": "/app/key", "WithDecryption": true})
	d.record("GetParameters", object{"Names": []string{"/app/rate", "none", "/app/rate:9"}})
	d.record("GetParametersByPath", object{"Path": "/app", "MaxResults": 1})
	d.record("GetParametersByPath", object{"Path": "/none"})
	d.record("DescribeParameters", object{"ParameterFilters": []object{{"Key": "Path", "Values": []string{"/app"}}}})
	d.record("DescribeParameters", object{"Filters": []object{{"Key": "Name", "Values": []string{"/app/r"}}}})
	d.record("DescribeParameters", object{"Shared": true})
	d.record("LabelParameterVersion", object{"Name": "/app/rate", "ParameterVersion": 1, "Labels": []string{"live", "1"}})
	d.record("GetParameterHistory", object{"Name": "/app/rate"})
	d.record("UnlabelParameterVersion", object{"Name": "/app/rate", "ParameterVersion": 1, "Labels": []string{"live", "none"}})
	d.record("AddTagsToResource", object{"ResourceType": "Parameter", "ResourceId": "/app/rate", "Tags": []object{{"Key": "stage", "Value": "test"}}})
	d.record("RemoveTagsFromResource", object{"ResourceType": "Parameter", "ResourceId": "/app/rate", "TagKeys": []string{"team"}})
	d.record("ListTagsForResource", object{"ResourceType": "Parameter", "ResourceId": "/app/rate"})
	d.record("DeleteParameters", object{"Names": []string{"/app/key", "none", "a:1"}})
	d.record("DeleteParameter", object{"Name": "/app/rate"})
	golden := filepath.Join("testdata", "replies.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(d.replies.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || string(want) != d.replies.String() {
		t.Errorf("%v; the answers are\n%s", err, d.replies.String())
	}
}

// The rows of the table of errors, each in one reply.
func TestRefusals(t *testing.T) {
	d := newDesk(t)
	for range 101 {
		d.must("PutParameter", object{"Name": "full", "Value": "1", "Type": "String", "Overwrite": true})
	}
	d.must("LabelParameterVersion", object{"Name": "full", "ParameterVersion": 2, "Labels": []string{"old"}})
	named := func(name string) object { return object{"Name": name, "Value": "1", "Type": "String"} }
	filter := func(f object) object { return object{"ParameterFilters": []object{f}} }
	many := []object{}
	for i := range 50 {
		many = append(many, object{"Key": fmt.Sprint(i), "Value": ""})
	}
	d.must("AddTagsToResource", object{"ResourceType": "Parameter", "ResourceId": "full", "Tags": many})
	for _, tt := range []struct {
		code, part, operation string
		in                    object
	}{
		{"ParameterNotFound", `"message":""`, "GetParameter", object{"Name": "none"}},
		{"ParameterVersionNotFound", "could not find version 999 of full.", "GetParameter", object{"Name": "full:999"}},
		{"ParameterAlreadyExists", "To overwrite this value, set the overwrite option", "PutParameter", named("full")},
		{"HierarchyLevelLimitExceededException", "15 levels", "PutParameter", named(strings.Repeat("/x", 16))},
		{"ParameterMaxVersionLimitExceeded", "Version 2, the oldest version", "PutParameter", object{"Name": "full", "Value": "1", "Overwrite": true}},
		{"ParameterVersionLabelLimitExceeded", "maximum 10 labels", "LabelParameterVersion", object{"Name": "full", "ParameterVersion": 2, "Labels": strings.Split("abcdefghij", "")}},
		{"TooManyTagsError", "50 tags", "AddTagsToResource", object{"ResourceType": "Parameter", "ResourceId": "full", "Tags": []object{{"Key": "x", "Value": ""}}}},
		{"ValidationException", "aws: prefixed tag key names", "AddTagsToResource", object{"ResourceType": "Parameter", "ResourceId": "full", "Tags": []object{{"Key": "aws:x", "Value": ""}}}},
		{"InvalidAllowedPatternException", "(", "PutParameter", object{"Name": "p", "Value": "1", "Type": "String", "AllowedPattern": "("}},
		{"ParameterPatternMismatchException", "allowedPattern: a", "PutParameter", object{"Name": "p", "Value": "1", "Type": "String", "AllowedPattern": "a"}},
		{"InvalidFilterKey", "Label", "DescribeParameters", filter(object{"Key": "Label", "Values": []string{"x"}})},
		{"InvalidFilterOption", "EndsWith", "DescribeParameters", filter(object{"Key": "Name", "Option": "EndsWith", "Values": []string{"x"}})},
		{"InvalidFilterValue", "Number", "DescribeParameters", filter(object{"Key": "Type", "Values": []string{"Number"}})},
		{"InvalidNextToken", "not valid", "DescribeParameters", object{"NextToken": "x"}},
		{"InvalidResourceType", "Document", "ListTagsForResource", object{"ResourceType": "Document", "ResourceId": "x"}},
		{"InvalidResourceId", "none", "ListTagsForResource", object{"ResourceType": "Parameter", "ResourceId": "none"}},
		{"AccessDeniedException", "No access to reserved parameter name: /aws/service/x.", "PutParameter", named("/aws/service/x")},
		{"ValidationException", `can't be prefixed with \"aws\" or \"ssm\"`, "PutParameter", named("ssm-x")},
		{"ValidationException", "without a version or label", "DeleteParameter", object{"Name": "full:1"}},
		{"ValidationException", "Duplicate parameter names", "GetParameters", object{"Names": []string{"a", "a"}}},
		{"ValidationException", "either Filters or ParameterFilters", "DescribeParameters", object{"Filters": []object{}, "ParameterFilters": []object{}}},
		{"ValidationException", "Value '11' at 'maxResults'", "GetParametersByPath", object{"Path": "/", "MaxResults": 11}},
		{"ValidationException", "Value null at 'name'", "GetParameter", object{}},
		{"NotImplementedException", "policies of parameters", "PutParameter", object{"Name": "p", "Value": "1", "Type": "String", "Policies": `[{"Type":"Expiration"}]`}},
		{"NotImplementedException", "GetDocument", "GetDocument", object{"Name": "x"}},
	} {
		t.Run(tt.operation+" "+tt.code, func(t *testing.T) {
			d.t = t
			status, body := d.call(tt.operation, tt.in)
			if status != http.StatusBadRequest || !strings.Contains(body, `"__type":"`+tt.code+`"`) || !strings.Contains(body, tt.part) {
				t.Errorf("%d %s\nwant %s with %q", status, body, tt.code, tt.part)
			}
		})
	}
}

func TestListsComeInPages(t *testing.T) {
	d := newDesk(t)
	for i := range 5 {
		d.must("PutParameter", object{"Name": fmt.Sprint("/app/", i), "Value": "x", "Type": "String"})
		d.must("PutParameter", object{"Name": "changing", "Value": "x", "Type": "String", "Overwrite": true})
	}
	for operation, in := range map[string]object{
		"GetParametersByPath": {"Path": "/app"},
		"DescribeParameters":  {"ParameterFilters": []object{{"Key": "Path", "Values": []string{"/app"}}}},
		"GetParameterHistory": {"Name": "changing"},
	} {
		t.Run(operation, func(t *testing.T) {
			d.t = t
			seen, in := map[string]bool{}, object{"MaxResults": 2, "Path": in["Path"], "ParameterFilters": in["ParameterFilters"], "Name": in["Name"]}
			for range 3 {
				out := d.must(operation, in)
				for _, p := range out["Parameters"].([]any) {
					seen[fmt.Sprint(p.(map[string]any)["Name"], p.(map[string]any)["Version"])] = true
				}
				in["NextToken"] = out["NextToken"]
			}
			if len(seen) != 5 || in["NextToken"] != nil {
				t.Errorf("three pages have %v, and then %v", seen, in["NextToken"])
			}
		})
	}
}
