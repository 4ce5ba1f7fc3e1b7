package lambda

import (
	"strings"
	"testing"
)

const tagsOf = "/2017-03-31/tags/arn:aws:lambda:us-east-1:000000000000:"

func TestTagsAreSetShownAndRemoved(t *testing.T) {
	f := newFixture(t)
	shows(t, f.must(t, "GET", tagsOf+"function:f", ""), "Tags", `{}`)
	f.must(t, "POST", tagsOf+"function:f", `{"Tags":{"a":"1","b":"2"}}`)
	shows(t, f.must(t, "GET", tagsOf+"function:f", ""), "Tags", `{"a":"1","b":"2"}`)
	f.must(t, "DELETE", tagsOf+"function:f?tagKeys=a&tagKeys=c", "")
	shows(t, f.must(t, "GET", tagsOf+"function:f", ""), "Tags", `{"b":"2"}`)
	shows(t, f.must(t, "GET", functions+"f", ""), "Tags", `{"b":"2"}`)
}

func TestTagsThatAreRefused(t *testing.T) {
	f := newFixture(t)
	const (
		missing  = "ResourceNotFoundException"
		invalid  = "InvalidParameterValueException"
		versions = "Tags on function aliases and versions are not supported. Please specify a function ARN."
		uuid     = "00000000-0000-4000-8000-000000000000"
	)
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		code, text         string
	}{
		"a function not there": {"GET", tagsOf + "function:g", "", 404, missing, "Function not found: arn:aws:lambda:us-east-1:000000000000:function:g"},
		"a version":            {"GET", tagsOf + "function:f:1", "", 400, invalid, versions},
		"$LATEST":              {"POST", tagsOf + "function:f:$LATEST", `{"Tags":{"a":"1"}}`, 400, invalid, versions},
		"no tags":              {"POST", tagsOf + "function:f", `{"Tags":{}}`, 400, invalid, "An error occurred and the request cannot be processed."},
		"a tag of AWS's":       {"POST", tagsOf + "function:f", `{"Tags":{"aws:x":"1"}}`, 400, invalid, "aws: prefixed tag key names are not allowed for external use."},
		"no keys":              {"DELETE", tagsOf + "function:f", "", 400, "ValidationException", "Value null at 'tagKeys' failed to satisfy constraint: Member must not be null"},
		"another region":       {"GET", strings.Replace(tagsOf, "us-east-1", "eu-west-1", 1) + "function:f", "", 404, missing, "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"},
		"another account":      {"GET", strings.Replace(tagsOf, "000000000000", "111111111111", 1) + "function:f", "", 403, "AccessDeniedException", "null"},
		"a mapping":            {"GET", tagsOf + "event-source-mapping:" + uuid, "", 404, missing, "Event source mapping not found: arn:aws:lambda:us-east-1:000000000000:event-source-mapping:" + uuid},
		"a capacity provider":  {"GET", tagsOf + "capacity-provider:c", "", 404, missing, "Capacity provider not found: "},
		"a layer":              {"GET", tagsOf + "layer:l", "", 404, missing, "Layer not found: "},
		"no ARN":               {"GET", "/2017-03-31/tags/f", "", 400, "ValidationException", "at 'resource' failed to satisfy constraint"},
	} {
		t.Run(name, func(t *testing.T) {
			status, code, text := f.call(t, tt.method, tt.path, tt.body)
			if status != tt.status || code != tt.code || !strings.Contains(text, tt.text) {
				t.Errorf("%d %s %.300s\nwant %d %s %s", status, code, text, tt.status, tt.code, tt.text)
			}
		})
	}
}
