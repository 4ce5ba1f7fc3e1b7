package codedeploy

import (
	"strings"
	"testing"

	"sluice/internal/api/wire"
)

const arnPrefix = "arn:aws:codedeploy:us-east-1:000000000000:"

// Applications and groups are tagged by their ARNs, in the same way.
func TestTags(t *testing.T) {
	for _, arn := range []string{arnPrefix + "application:app", arnPrefix + "deploymentgroup:app/group"} {
		d := newDesk(t)
		d.put(application("app"), group("app", "group"))
		wantTags := func(want string) {
			t.Helper()
			wantJSON(t, d.must("ListTagsForResource", object{"ResourceArn": arn}), `{"Tags": `+want+`}`)
		}
		wantTags(`[]`)
		d.must("TagResource", object{"ResourceArn": arn, "Tags": list{object{"Key": "team", "Value": "payments"}, object{"Key": "a"}}})
		wantTags(`[{"Key": "a", "Value": ""}, {"Key": "team", "Value": "payments"}]`)
		d.must("TagResource", object{"ResourceArn": arn, "Tags": list{object{"Key": "team", "Value": "bonus"}}})
		d.must("UntagResource", object{"ResourceArn": arn, "TagKeys": list{"a", "unknown"}})
		wantTags(`[{"Key": "team", "Value": "bonus"}]`)
		d.wantRefused("InvalidTagsToAddException", "TagResource", object{"ResourceArn": arn, "Tags": tags(50)})
		wantTags(`[{"Key": "team", "Value": "bonus"}]`)
	}
}

func TestTagsOfCreation(t *testing.T) {
	d := newDesk(t)
	given := list{object{"Key": "team", "Value": "payments"}}
	d.must("CreateApplication", object{"applicationName": "app", "computePlatform": "Lambda", "tags": given})
	d.must("CreateDeploymentGroup", object{"applicationName": "app", "deploymentGroupName": "group", "serviceRoleArn": role, "tags": given})
	for _, arn := range []string{arnPrefix + "application:app", arnPrefix + "deploymentgroup:app/group"} {
		wantJSON(t, d.must("ListTagsForResource", object{"ResourceArn": arn}), `{"Tags": [{"Key": "team", "Value": "payments"}]}`)
	}
}

func TestBadARNs(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"), group("app", "group"))
	for arn, want := range map[string]string{
		"":                                   "InvalidArnException",
		"app":                                "InvalidArnException",
		arnPrefix:                            "InvalidArnException",
		arnPrefix + "application":            "InvalidArnException",
		arnPrefix + "application:":           "InvalidArnException",
		arnPrefix + "deploymentgroup:app":    "InvalidArnException",
		arnPrefix + "deploymentgroup:app/":   "InvalidArnException",
		arnPrefix + "deploymentgroup:/group": "InvalidArnException",
		arnPrefix + "deploymentconfig:own":   "ArnNotSupportedException",
		arnPrefix + "instance:i":             "ArnNotSupportedException",
		"arn:aws:lambda:us-east-1:000000000000:function:f":          "InvalidArnException",
		"arn:aws:codedeploy:eu-west-1:000000000000:application:app": "InvalidArnException",
		"arn:aws:codedeploy:us-east-1:111111111111:application:app": "InvalidArnException",
		arnPrefix + "application:none":                              "ApplicationDoesNotExistException",
		arnPrefix + "deploymentgroup:none/group":                    "ApplicationDoesNotExistException",
		arnPrefix + "deploymentgroup:app/none":                      "DeploymentGroupDoesNotExistException",
	} {
		for operation, in := range map[string]object{
			"TagResource":         {"Tags": list{object{"Key": "k", "Value": "v"}}},
			"UntagResource":       {"TagKeys": list{"k"}},
			"ListTagsForResource": {},
		} {
			in["ResourceArn"] = arn
			d.wantRefused(want, operation, in)
		}
	}
}

// An ARN comes from outside: whatever it is, it names something of this account and region, or nothing.
func FuzzParseARN(f *testing.F) {
	for _, seed := range []string{arnPrefix + "application:a", arnPrefix + "deploymentgroup:a/g", arnPrefix, "arn:aws", "", "::::::", arnPrefix + "deploymentgroup:/"} {
		f.Add(seed)
	}
	r := &wire.Request{Account: "000000000000", Region: "us-east-1"}
	f.Fuzz(func(t *testing.T, arn string) {
		found, err := parseARN(r, &arn)
		if err == nil && (found.application == "" || !strings.HasPrefix(arn, arnPrefix)) {
			t.Errorf("%q names %+v", arn, found)
		}
	})
}
