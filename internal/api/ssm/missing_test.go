package ssm

import (
	"net/http"
	"strings"
	"testing"
)

// onOne are the operations that are about one parameter, with what else they need.
var onOne = map[string]object{
	"GetParameter": {}, "DeleteParameter": {}, "GetParameterHistory": {}, "LabelParameterVersion": {"Labels": []string{"a"}},
	"UnlabelParameterVersion": {"ParameterVersion": 1, "Labels": []string{"a"}},
}

// onTags are those about the tags of one.
var onTags = map[string]object{
	"AddTagsToResource": {"Tags": []object{{"Key": "k", "Value": "v"}}}, "RemoveTagsFromResource": {"TagKeys": []string{"k"}}, "ListTagsForResource": {},
}

// about is a request about a parameter.
func about(name string, more object) object {
	in := object{"Name": name}
	for key, value := range more {
		in[key] = value
	}
	return in
}

func aboutTags(name string, more object) object {
	in := about(name, more)
	in["ResourceType"], in["ResourceId"] = "Parameter", name
	delete(in, "Name")
	return in
}

func TestWhatIsNotThere(t *testing.T) {
	d := newDesk(t)
	want := func(operation string, in object, answer string) {
		t.Helper()
		if status, body := d.call(operation, in); status != http.StatusBadRequest || strings.TrimSpace(body) != answer {
			t.Errorf("%s: %d %s, want %s", operation, status, body, answer)
		}
	}
	for operation, more := range onOne {
		want(operation, about("none", more), `{"__type":"ParameterNotFound","message":""}`)
	}
	for operation, more := range onTags {
		want(operation, aboutTags("none", more), `{"__type":"InvalidResourceId","message":"Parameter none not found."}`)
	}
}

// A selector is for reading: whoever changes a parameter names all of it.
func TestSelectorsAreForReading(t *testing.T) {
	d := newDesk(t)
	d.must("PutParameter", object{"Name": "rate", "Value": "1", "Type": "String"})
	d.must("GetParameter", object{"Name": "rate:1"})
	for operation, more := range onOne {
		if operation == "GetParameter" {
			continue
		}
		if status, body := d.call(operation, about("rate:1", more)); status != http.StatusBadRequest || !strings.Contains(body, "without a version or label") {
			t.Errorf("%s: %d %s", operation, status, body)
		}
	}
	for operation, more := range onTags {
		if status, body := d.call(operation, aboutTags("rate:1", more)); status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", operation, status, body)
		}
	}
}

// No operation takes a store that is closed for something that is not there: clients should try again.
func TestAServerThatStopsSaysSo(t *testing.T) {
	d := newDesk(t)
	if err := d.records.Close(); err != nil {
		t.Fatal(err)
	}
	want := func(operation string, in object) {
		t.Helper()
		if status, body := d.call(operation, in); status != http.StatusServiceUnavailable || !strings.Contains(body, "ServiceUnavailableException") {
			t.Errorf("%s: %d %s", operation, status, body)
		}
	}
	for operation, more := range onOne {
		want(operation, about("rate", more))
	}
	for operation, more := range onTags {
		want(operation, aboutTags("rate", more))
	}
	want("PutParameter", object{"Name": "rate", "Value": "1", "Type": "String"})
	want("GetParameters", object{"Names": []string{"rate"}})
	want("DeleteParameters", object{"Names": []string{"rate"}})
	want("GetParametersByPath", object{"Path": "/"})
	want("DescribeParameters", object{})
}
