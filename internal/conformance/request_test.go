package conformance

import (
	"strings"
	"testing"
)

func TestMessage(t *testing.T) {
	for name, tt := range map[string]struct {
		service, operation, params string
		method, path, body         string
		header                     [2]string
	}{
		"label and query": {"lambda", "GetFunction", `{"FunctionName":"arn:aws:x/y","Qualifier":"$LATEST"}`,
			"GET", "/2015-03-31/functions/arn%3Aaws%3Ax%2Fy?Qualifier=%24LATEST", "", [2]string{}},
		"body": {"lambda", "CreateAlias", `{"FunctionName":"f","Name":"live","FunctionVersion":"1"}`,
			"POST", "/2015-03-31/functions/f/aliases", `{"FunctionVersion":"1","Name":"live"}`, [2]string{"Content-Type", "application/json"}},
		"an empty body": {"lambda", "PublishVersion", `{"FunctionName":"f"}`,
			"POST", "/2015-03-31/functions/f/versions", `{}`, [2]string{}},
		"payload and header": {"lambda", "Invoke", `{"FunctionName":"f","Payload":{"text":"{}"},"LogType":"Tail"}`,
			"POST", "/2015-03-31/functions/f/invocations", `{}`, [2]string{"X-Amz-Log-Type", "Tail"}},
		"no payload": {"lambda", "Invoke", `{"FunctionName":"f"}`, "POST", "/2015-03-31/functions/f/invocations", "", [2]string{}},
		"blob in a body": {"lambda", "UpdateFunctionCode", `{"FunctionName":"f","ZipFile":{"text":"zip"}}`,
			"PUT", "/2015-03-31/functions/f/code", `{"ZipFile":"emlw"}`, [2]string{}},
		"a fixed query": {"lambda", "GetLayerVersionByArn", `{"Arn":"a"}`, "GET", "/2018-10-31/layers?find=LayerVersion&Arn=a", "", [2]string{}},
		"a list in a query": {"lambda", "UntagResource", `{"Resource":"r","TagKeys":["a","b"]}`,
			"DELETE", "/2017-03-31/tags/r?tagKeys=a&tagKeys=b", "", [2]string{}},
		"target": {"logs", "FilterLogEvents", `{"logGroupName":"g"}`,
			"POST", "/", `{"logGroupName":"g"}`, [2]string{"X-Amz-Target", "Logs_20140328.FilterLogEvents"}},
	} {
		t.Run(name, func(t *testing.T) {
			params, err := (&parameters{}).members(tree(tt.params).(map[string]any))
			if err != nil {
				t.Fatal(err)
			}
			c, err := newCall(tt.service, tt.operation, "", params)
			if err != nil {
				t.Fatal(err)
			}
			m, err := c.message()
			if err != nil || m.method != tt.method || m.path != tt.path || string(m.body) != tt.body {
				t.Errorf("%+v with %s, %v", m, m.body, err)
			}
			if m.header.Get(tt.header[0]) != tt.header[1] {
				t.Errorf("header %v, want %v", m.header, tt.header)
			}
		})
	}
}

func TestWhatCannotBeSentIsNamed(t *testing.T) {
	for name, tt := range map[string]struct{ service, operation, param, text string }{
		"a service":    {"sqs", "SendMessage", "A", "sqs"},
		"an operation": {"lambda", "Fly", "A", "Fly"},
		"a parameter":  {"lambda", "GetFunction", "FunctionNam", "FunctionNam"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := newCall(tt.service, tt.operation, "", map[string]any{tt.param: "x"})
			if err == nil {
				_, err = c.message()
			}
			if err == nil || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error %v, want one that names %s", err, tt.text)
			}
		})
	}
}
