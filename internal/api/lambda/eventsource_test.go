package lambda

import (
	"strings"
	"testing"
)

func TestEventSourceMappingsAreNoneAndCannotBeMade(t *testing.T) {
	f := newFixture(t)
	const path = "/2015-03-31/event-source-mappings"
	shows(t, f.must(t, "GET", path+"?FunctionName=f", ""), "EventSourceMappings", `[]`)
	shows(t, f.must(t, "GET", path, ""), "EventSourceMappings", `[]`)
	for _, tt := range []struct {
		method, path, body string
		status             int
		text               string
	}{
		{"POST", "", `{"FunctionName":"f","EventSourceArn":"arn:aws:sqs:us-east-1:000000000000:q"}`, 400, "Invoke the function with an event such as the source would send"},
		{"GET", "/00000000-0000-4000-8000-000000000000", "", 404, "The resource you requested does not exist."},
		{"PUT", "/00000000-0000-4000-8000-000000000000", `{}`, 404, "The resource you requested does not exist."},
		{"DELETE", "/00000000-0000-4000-8000-000000000000", "", 404, "The resource you requested does not exist."},
	} {
		status, _, text := f.call(t, tt.method, path+tt.path, tt.body)
		if status != tt.status || !strings.Contains(text, tt.text) {
			t.Errorf("%s %s: %d %s", tt.method, tt.path, status, text)
		}
	}
}
