package conformance

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func respond(status int, header http.Header, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body))}
}

func TestReadASuccess(t *testing.T) {
	for name, tt := range map[string]struct {
		service, operation string
		status             int
		header             http.Header
		body, want         string
	}{
		"members of the body": {"lambda", "GetAlias", 200, nil, `{"Name":"a","Description":""}`, `{"Name":"a","Description":""}`},
		"null is absent":      {"lambda", "GetAlias", 200, nil, `{"Name":"a","RoutingConfig":null}`, `{"Name":"a"}`},
		"null within": {"lambda", "GetFunction", 200, nil,
			`{"Configuration":{"FunctionName":"f","Layers":null}}`, `{"Configuration":{"FunctionName":"f"}}`},
		"an unknown member stays": {"lambda", "GetAlias", 200, nil, `{"Colour":null}`, `{"Colour":null}`},
		"headers, status and payload": {"lambda", "Invoke", 200, http.Header{"X-Amz-Executed-Version": {"1"}, "X-Other": {"x"}},
			`[1]`, `{"ExecutedVersion":"1","StatusCode":200,"Payload":"[1]"}`},
		"an empty payload":   {"lambda", "Invoke", 204, nil, ``, `{"StatusCode":204,"Payload":""}`},
		"no body":            {"lambda", "DeleteAlias", 204, nil, ``, `{}`},
		"unknown structures": {"logs", "FilterLogEvents", 200, nil, `{"events":[]}`, `{"events":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := newCall(tt.service, tt.operation, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			a, err := c.read(respond(tt.status, tt.header, tt.body))
			if err != nil || a.failed != nil || a.status != tt.status || show(a.body) != show(tree(tt.want)) {
				t.Errorf("read %+v, %v; want %s", a, err, tt.want)
			}
		})
	}
}

func TestABodyThatIsNoJSONIsAnError(t *testing.T) {
	for _, operation := range []string{"GetAlias", "DeleteAlias"} {
		c, err := newCall("lambda", operation, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := c.read(respond(200, nil, "<html>")); err == nil {
			t.Errorf("%s: read %+v", operation, a)
		}
	}
}

func TestReadAnError(t *testing.T) {
	for name, tt := range map[string]struct {
		service    string
		header     http.Header
		body, want string
	}{
		"message": {"lambda", http.Header{"X-Amzn-Errortype": {"ResourceConflictException"}},
			`{"Type":"User","message":"m"}`, `{"Error":{"Code":"ResourceConflictException","Message":"m"},"Type":"User","message":"m"}`},
		"Message": {"lambda", http.Header{"X-Amzn-Errortype": {"ResourceNotFoundException:http://x"}},
			`{"Type":"User","Message":"m"}`, `{"Error":{"Code":"ResourceNotFoundException","Message":"m"},"Type":"User","Message":"m"}`},
		"the other case is no member": {"lambda", http.Header{"X-Amzn-Errortype": {"ResourceNotFoundException"}},
			`{"message":"m"}`, `{"Error":{"Code":"ResourceNotFoundException","Message":"m"}}`},
		"a throttle": {"lambda", http.Header{"X-Amzn-Errortype": {"TooManyRequestsException"}},
			`{"Reason":"r","message":"m"}`, `{"Error":{"Code":"TooManyRequestsException","Message":"m"},"Reason":"r","message":"m"}`},
		"not modelled": {"lambda", http.Header{"X-Amzn-Errortype": {"ValidationException"}},
			`{"message":"m"}`, `{"Error":{"Code":"ValidationException","Message":"m"}}`},
		"a null message": {"lambda", http.Header{"X-Amzn-Errortype": {"AccessDeniedException"}},
			`{"Message":null}`, `{"Error":{"Code":"AccessDeniedException","Message":null}}`},
		"a code in the body": {"logs", nil,
			`{"__type":"com.amazonaws#ResourceNotFoundException","message":"m"}`, `{"Error":{"Code":"ResourceNotFoundException","Message":"m"}}`},
		"no body": {"lambda", nil, ``, `{"Error":{"Code":"","Message":""}}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := failed(t, tt.service, tt.header, tt.body); show(got) != show(tree(tt.want)) {
				t.Errorf("read %s, want %s", show(got), tt.want)
			}
		})
	}
}

func TestSummarize(t *testing.T) {
	code, count, constraints := summarize(map[string]any{"Error": map[string]any{"Code": "ValidationException",
		"Message": "2 validation errors detected: Value 'a' at 'x' failed: [a; b]; Value 'b' at 'y' failed"}})
	if want := `["Value 'a' at 'x' failed: [a; b]","Value 'b' at 'y' failed"]`; code != "ValidationException" || count != 2 || show(constraints) != want {
		t.Errorf("%s %d %s", code, count, show(constraints))
	}
	if _, count, constraints = summarize(map[string]any{"Error": map[string]any{"Message": "m"}}); count != 0 || show(constraints) != `["m"]` {
		t.Errorf("%d %s", count, show(constraints))
	}
}

func failed(t *testing.T, service string, header http.Header, body string) map[string]any {
	t.Helper()
	c, err := newCall(service, models[service].Operations[0].Name, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return c.failure(header, []byte(body))
}
