package logs

import (
	"strings"
	"testing"
	"time"

	shape "sluice/internal/api/shape/logs"
)

const absent = "The specified log group does not exist."

func TestSubscriptions(t *testing.T) {
	d := newDesk(t)
	d.groupOf("g")
	put := object{"logGroupName": "g", "filterName": "f", "filterPattern": "", "destinationArn": "arn:aws:lambda:us-east-1:1:function:f"}
	d.wantRefused("PutSubscriptionFilter", put, "NotImplementedException",
		"Sluice does not implement subscription filters: log events go nowhere else.")
	put["filterPattern"] = "{"
	if status, body := call(t, d.server, "PutSubscriptionFilter", put); status != 400 || !strings.Contains(string(body), "InvalidParameter") {
		t.Errorf("a broken pattern: %d %s", status, body)
	}
	put["logGroupName"] = "gone"
	d.wantRefused("PutSubscriptionFilter", put, "ResourceNotFoundException", absent)
	if found := column(d.must("DescribeSubscriptionFilters", object{"logGroupName": "g"}), "subscriptionFilters", ""); len(found) != 0 {
		t.Errorf("filters %v", found)
	}
	d.wantRefused("DescribeSubscriptionFilters", object{"logGroupName": "gone"}, "ResourceNotFoundException", absent)
	d.wantRefused("DeleteSubscriptionFilter", object{"logGroupName": "gone", "filterName": "f"}, "ResourceNotFoundException", absent)
	d.wantRefused("DeleteSubscriptionFilter", object{"logGroupName": "g", "filterName": "f"}, "ResourceNotFoundException",
		"The specified subscription filter does not exist.")
}

func TestQueries(t *testing.T) {
	d := newDesk(t)
	d.groupOf("g")
	start := object{"logGroupName": "g", "startTime": 1, "endTime": 2, "queryString": "fields @message"}
	d.wantRefused("StartQuery", start, "NotImplementedException",
		"Sluice does not implement Logs Insights queries: filter events with FilterLogEvents.")
	for member, value := range map[string]any{
		"logGroupName": "gone", "logGroupNames": list{"g", "gone"}, "logGroupIdentifiers": list{"gone"},
	} {
		delete(start, "logGroupName")
		start[member] = value
		status, body := call(t, d.server, "StartQuery", start)
		if want := "Log group 'gone' does not exist for account ID '" + owner + "' (Service: AWSLogs; "; status != 400 ||
			!strings.Contains(string(body), want) || !strings.Contains(string(body), `"ResourceNotFoundException"`) {
			t.Errorf("%s: %d %s", member, status, body)
		}
		delete(start, member)
	}
	if found, ok := d.must("DescribeQueries", object{"logGroupName": "g"})["queries"].([]any); !ok || len(found) != 0 {
		t.Errorf("queries %v", found)
	}
}

func TestPolicies(t *testing.T) {
	tr := transcript{desk: newDesk(t)}
	const document = `{"Version":"2012-10-17","Statement":[]}`
	tr.ask("put", "PutResourcePolicy", object{"policyName": "p", "policyDocument": document})
	tr.ask("put no JSON", "PutResourcePolicy", object{"policyName": "p", "policyDocument": "x"})
	tr.ask("put for a group", "PutResourcePolicy", object{"resourceArn": "arn:aws:logs:us-east-1:1:log-group:g", "policyDocument": document})
	tr.ask("describe", "DescribeResourcePolicies", object{})
	tr.ask("describe those of groups", "DescribeResourcePolicies", object{"policyScope": "RESOURCE"})
	tr.ask("delete", "DeleteResourcePolicy", object{"policyName": "p"})
	tr.ask("delete again", "DeleteResourcePolicy", object{"policyName": "p"})
	compareGolden(t, "policies", tr.text.Bytes())
}

func TestAMissingGroupIsToldAlike(t *testing.T) {
	d := newDesk(t)
	for operation, more := range map[string]object{
		"DeleteLogGroup": {}, "PutRetentionPolicy": {"retentionInDays": 7}, "DeleteRetentionPolicy": {},
		"AssociateKmsKey": {"kmsKeyId": "k"}, "DisassociateKmsKey": {}, "TagLogGroup": {"tags": object{"a": "b"}},
		"UntagLogGroup": {"tags": list{"a"}}, "ListTagsLogGroup": {}, "CreateLogStream": {"logStreamName": "s"},
		"DeleteLogStream": {"logStreamName": "s"}, "DescribeLogStreams": {}, "GetLogEvents": {"logStreamName": "s"},
		"FilterLogEvents": {}, "DescribeMetricFilters": {}, "DeleteMetricFilter": {"filterName": "f"},
		"PutLogEvents":    {"logStreamName": "s", "logEvents": list{object{"timestamp": time.Now().UnixMilli(), "message": "m"}}},
		"PutMetricFilter": {"filterName": "f", "filterPattern": "", "metricTransformations": transformation(nil)},
	} {
		more["logGroupName"] = "gone"
		d.wantRefused(operation, more, "ResourceNotFoundException", absent)
	}
}

// TestNoRequestIsOurFault sends each operation an empty request: it is answered or refused, and nothing breaks.
func TestNoRequestIsOurFault(t *testing.T) {
	d := newDesk(t)
	for _, op := range shape.Model.Operations {
		if status, body := call(t, d.server, op.Name, object{}); status != 200 && status != 400 {
			t.Errorf("%s: %d %s", op.Name, status, body)
		}
	}
}
