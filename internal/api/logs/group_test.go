package logs

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

func TestGroupsInWholeReplies(t *testing.T) {
	tr := transcript{desk: newDesk(t)}
	tr.ask("create", "CreateLogGroup", object{"logGroupName": "/aws/lambda/f", "tags": object{"a": "1"}})
	tr.ask("create again", "CreateLogGroup", object{"logGroupName": "/aws/lambda/f"})
	tr.ask("retention", "PutRetentionPolicy", object{"logGroupName": "/aws/lambda/f", "retentionInDays": 7})
	tr.ask("a key", "AssociateKmsKey", object{"logGroupName": "/aws/lambda/f", "kmsKeyId": "arn:aws:kms:us-east-1:000000000000:key/k"})
	tr.ask("describe", "DescribeLogGroups", object{"logGroupNamePrefix": "/aws/lambda"})
	tr.ask("describe by a part of the name", "DescribeLogGroups", object{"logGroupNamePattern": "lambda"})
	tr.ask("list", "ListLogGroups", object{"logGroupNamePattern": "lambda"})
	tr.ask("no key", "DisassociateKmsKey", object{"resourceIdentifier": "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f"})
	tr.ask("no retention", "DeleteRetentionPolicy", object{"logGroupName": "/aws/lambda/f"})
	tr.ask("describe by ARN", "DescribeLogGroups", object{"logGroupIdentifiers": list{
		"arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f",
	}})
	tr.ask("delete", "DeleteLogGroup", object{"logGroupName": "/aws/lambda/f"})
	tr.ask("delete again", "DeleteLogGroup", object{"logGroupName": "/aws/lambda/f"})
	tr.ask("describe nothing", "DescribeLogGroups", object{})
	compareGolden(t, "groups", tr.text.Bytes())
}

func TestGroupsAreFoundByEitherName(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"one", "two", "three"} {
		d.groupOf(name)
	}
	for _, test := range []struct {
		in   object
		want []any
	}{
		{object{}, []any{"one", "three", "two"}},
		{object{"logGroupNamePrefix": "t"}, []any{"three", "two"}},
		{object{"logGroupIdentifiers": list{"two", "gone"}}, []any{"two"}},
		{object{"accountIdentifiers": list{"111111111111"}}, []any{}},
		{object{"accountIdentifiers": list{owner}}, []any{"one", "three", "two"}},
		{object{"logGroupClass": "DELIVERY"}, []any{}},
	} {
		if got := column(d.must("DescribeLogGroups", test.in), "logGroups", "logGroupName"); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v", test.in, got)
		}
	}
	for _, in := range []object{
		{"logGroupNamePrefix": "a", "logGroupNamePattern": "b"}, {"logGroupNamePrefix": "a", "logGroupIdentifiers": list{"b"}},
	} {
		if status, body := call(t, d.server, "DescribeLogGroups", in); status != 400 {
			t.Errorf("%v: %d %s", in, status, body)
		}
	}
	d.wantRefused("ListLogGroups", object{"fieldIndexNames": list{"a"}}, "NotImplementedException",
		"Sluice does not implement ListLogGroups by dataSources, fieldIndexNames or logGroupTags.")
}

func TestRetentionOfNoDaysIsRefused(t *testing.T) {
	d := newDesk(t)
	d.groupOf("g")
	for _, days := range []int{0, -1, 2, 9999} {
		if status, body := call(t, d.server, "PutRetentionPolicy", object{"logGroupName": "g", "retentionInDays": days}); status != 400 {
			t.Errorf("%d days: %d %s", days, status, body)
		}
	}
}

func TestAProtectedGroupStays(t *testing.T) {
	d := newDesk(t)
	d.must("CreateLogGroup", object{"logGroupName": "g", "deletionProtectionEnabled": true})
	if status, body := call(t, d.server, "DeleteLogGroup", object{"logGroupName": "g"}); status != 400 {
		t.Errorf("%d %s", status, body)
	}
	d.must("PutLogGroupDeletionProtection", object{"logGroupIdentifier": "g", "deletionProtectionEnabled": false})
	d.must("DeleteLogGroup", object{"logGroupName": "g"})
}

func TestTags(t *testing.T) {
	d := newDesk(t)
	d.must("CreateLogGroup", object{"logGroupName": "g", "tags": object{"a": "1"}})
	arn := "arn:aws:logs:us-east-1:" + owner + ":log-group:g"
	d.must("TagLogGroup", object{"logGroupName": "g", "tags": object{"b": "2"}})
	d.must("TagResource", object{"resourceArn": arn, "tags": object{"a": "3", "c": "4"}})
	d.must("UntagLogGroup", object{"logGroupName": "g", "tags": list{"b"}})
	want := map[string]any{"a": "3", "c": "4"}
	for _, answer := range []object{
		d.must("ListTagsLogGroup", object{"logGroupName": "g"}), d.must("ListTagsForResource", object{"resourceArn": arn}),
	} {
		if got, ok := answer["tags"].(map[string]any); !ok || !maps.Equal(got, want) {
			t.Errorf("tags %v", answer)
		}
	}
	d.must("UntagResource", object{"resourceArn": arn, "tagKeys": list{"a", "c"}})
	if got, ok := d.must("ListTagsForResource", object{"resourceArn": arn})["tags"].(map[string]any); !ok || len(got) != 0 {
		t.Errorf("tags %v", got)
	}
	for operation, in := range map[string]object{
		"TagLogGroup": {"logGroupName": "gone", "tags": object{"a": "1"}}, "ListTagsLogGroup": {"logGroupName": "gone"},
		"UntagResource": {"resourceArn": arn + "e", "tagKeys": list{"a"}}, "ListTagsForResource": {"resourceArn": arn + "e"},
	} {
		d.wantRefused(operation, in, "ResourceNotFoundException", "The specified log group does not exist.")
	}
}

func TestTooManyTagsHaveANameOfTheirOwnOnlyForTagResource(t *testing.T) {
	d := newDesk(t)
	d.groupOf("g")
	half, rest := object{}, object{}
	for i := range 50 {
		half[fmt.Sprint("a", i)], rest[fmt.Sprint("b", i)] = "", ""
	}
	d.must("TagLogGroup", object{"logGroupName": "g", "tags": half})
	for operation, test := range map[string]struct {
		in   object
		code string
	}{
		"TagLogGroup": {object{"logGroupName": "g", "tags": rest}, "InvalidParameterException"},
		"TagResource": {object{"resourceArn": "arn:aws:logs:us-east-1:" + owner + ":log-group:g", "tags": rest}, "TooManyTagsException"},
	} {
		d.wantRefused(operation, test.in, test.code, "A log group can have 50 tags, not 100")
	}
}
