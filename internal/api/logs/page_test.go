package logs

import (
	"fmt"
	"slices"
	"testing"

	"sluice/internal/fault"
)

// pages follows the tokens of an operation to the end, and returns a member of all items.
func (d *desk) pages(operation string, in object, items, member string) []any {
	d.t.Helper()
	var all []any
	for range 100 {
		answer := d.must(operation, in)
		all = append(all, column(answer, items, member)...)
		next, more := answer["nextToken"]
		if !more {
			return all
		}
		in["nextToken"] = next
	}
	d.t.Fatalf("%s never ends", operation)
	return nil
}

func TestPagesAreAllOfAList(t *testing.T) {
	d := newDesk(t)
	var want []any
	for i := range 7 {
		name := fmt.Sprintf("group-%d", i)
		want = append(want, name)
		d.groupOf(name)
		d.must("CreateLogStream", object{"logGroupName": "group-0", "logStreamName": name})
		d.must("PutResourcePolicy", object{"policyName": name, "policyDocument": `{"Version":"2012-10-17","Statement":[]}`})
		d.must("PutMetricFilter", object{"logGroupName": "group-0", "filterName": name, "filterPattern": "", "metricTransformations": list{
			object{"metricName": "m", "metricNamespace": "n", "metricValue": "1"},
		}})
	}
	for _, test := range []struct {
		operation     string
		in            object
		items, member string
	}{
		{"DescribeLogGroups", object{}, "logGroups", "logGroupName"},
		{"DescribeLogGroups", object{"logGroupNamePattern": "roup"}, "logGroups", "logGroupName"},
		{"DescribeLogGroups", object{"logGroupNamePrefix": "group-"}, "logGroups", "logGroupName"},
		{"ListLogGroups", object{}, "logGroups", "logGroupName"},
		{"DescribeLogStreams", object{"logGroupName": "group-0"}, "logStreams", "logStreamName"},
		{"DescribeMetricFilters", object{"logGroupName": "group-0"}, "metricFilters", "filterName"},
		{"DescribeResourcePolicies", object{}, "resourcePolicies", "policyName"},
	} {
		for limit := 1; limit <= 8; limit++ {
			delete(test.in, "nextToken")
			test.in["limit"] = limit
			if got := d.pages(test.operation, test.in, test.items, test.member); !slices.Equal(got, want) {
				t.Errorf("%s %v: %v", test.operation, test.in, got)
			}
		}
	}
}

func TestATokenThatNobodyGaveOut(t *testing.T) {
	for _, token := range []string{"%", "a b", "é", "YQ==", "Zm9v", *writeToken("policies", "g")} {
		if _, err := readToken("groups", &token); !fault.Is(err, fault.Invalid, "token") {
			t.Errorf("%q: %v", token, err)
		}
	}
	d := newDesk(t)
	d.groupOf("g", "s")
	const message = "The specified nextToken is invalid."
	for operation, in := range map[string]object{
		"DescribeLogGroups":        {"nextToken": "Zm9v"},
		"ListLogGroups":            {"nextToken": "Zm9v"},
		"DescribeResourcePolicies": {"nextToken": "Zm9v"},
		"DescribeLogStreams":       {"logGroupName": "g", "nextToken": "Zm9v"},
		"DescribeMetricFilters":    {"logGroupName": "g", "nextToken": "Zm9v"},
		"GetLogEvents":             {"logGroupName": "g", "logStreamName": "s", "nextToken": "invalid-token"},
		"FilterLogEvents":          {"logGroupName": "g", "nextToken": "invalid-token"},
	} {
		d.wantRefused(operation, in, "InvalidParameterException", message)
	}
}
