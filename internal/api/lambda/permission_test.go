package lambda

import (
	"strconv"
	"strings"
	"testing"
)

const policies = functions + "f/policy"

func TestPermissionsAreAddedShownAndRemoved(t *testing.T) {
	f := newFixture(t)
	const grant = `{"StatementId":"s3","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com","SourceArn":"arn:aws:s3:::b"}`
	const statement = `{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction",` +
		`"Resource":"arn:aws:lambda:us-east-1:000000000000:function:f:LIVE","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::b"}}}`
	if added := f.must(t, "POST", policies+"?Qualifier=LIVE", grant); added["Statement"] != statement {
		t.Errorf("the answer's statement is %s", added["Statement"])
	}
	shown := f.must(t, "GET", policies+"?Qualifier=LIVE", "")
	if want := `{"Version":"2012-10-17","Id":"default","Statement":[` + statement + `]}`; shown["Policy"] != want {
		t.Errorf("the policy is %s", shown["Policy"])
	}
	revision, _ := shown["RevisionId"].(string)
	f.must(t, "DELETE", policies+"/s3?Qualifier=LIVE&RevisionId="+revision, "")
	if status, _, _ := f.call(t, "GET", policies+"?Qualifier=LIVE", ""); status != 404 {
		t.Errorf("status %d after the last statement was removed", status)
	}
}

func TestPermissionsThatAreRefused(t *testing.T) {
	f := newFixture(t)
	grant := func(members string) string {
		return `{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"*"` + members + `}`
	}
	f.must(t, "POST", policies, `{"StatementId":"there","Action":"lambda:InvokeFunction","Principal":"*"}`)
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		code, text         string
	}{
		"$LATEST":             {"POST", "?Qualifier=$LATEST", grant(""), 400, "InvalidParameterValueException", "We currently do not support adding policies for $LATEST."},
		"a revision":          {"POST", "", grant(`,"RevisionId":"x"`), 412, "PreconditionFailedException", "Call the GetPolicy API"},
		"a principal":         {"POST", "", strings.Replace(grant(""), "*", "example.com", 1), 400, "InvalidParameterValueException", "The provided principal was invalid."},
		"a version not there": {"POST", "?Qualifier=9", grant(""), 404, "ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:f:9"},
		"an alias not there":  {"POST", "?Qualifier=x", grant(""), 404, "ResourceNotFoundException", "Cannot find alias arn: arn:aws:lambda:us-east-1:000000000000:function:f:x"},
		"a Sid that is there": {"POST", "", `{"StatementId":"there","Action":"lambda:InvokeFunction","Principal":"*"}`, 409, "ResourceConflictException", "The statement id (there) provided already exists."},
		"a URL's condition":   {"POST", "", grant(`,"FunctionUrlAuthType":"NONE"`), 400, "InvalidParameterValueException", "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action"},
		"a Sid not there":     {"DELETE", "/s", "", 404, "ResourceNotFoundException", "Statement s is not found in resource policy."},
		"no policy to change": {"DELETE", "/s?Qualifier=1", "", 404, "ResourceNotFoundException", "No policy is associated with the given resource."},
		"no policy to show":   {"GET", "?Qualifier=1", "", 404, "ResourceNotFoundException", "The resource you requested does not exist."},
	} {
		t.Run(name, func(t *testing.T) {
			status, code, text := f.call(t, tt.method, policies+tt.path, tt.body)
			if status != tt.status || code != tt.code || !strings.Contains(text, tt.text) {
				t.Errorf("%d %s %.300s\nwant %d %s %s", status, code, text, tt.status, tt.code, tt.text)
			}
		})
	}
}

// Recorded in test_permission_exceptions: each operation has its own words.
func TestPermissionsOfAFunctionThatIsNotThere(t *testing.T) {
	f := newFixture(t)
	for _, tt := range []struct{ method, path, body, text string }{
		{"POST", "", `{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"*"}`, "Function not found: arn:aws:lambda:us-east-1:000000000000:function:g"},
		{"GET", "", "", "The resource you requested does not exist."},
		{"DELETE", "/s", "", "No policy found for: arn:aws:lambda:us-east-1:000000000000:function:g"},
	} {
		status, code, text := f.call(t, tt.method, functions+"g/policy"+tt.path, tt.body)
		if status != 404 || code != "ResourceNotFoundException" || !strings.Contains(text, tt.text) {
			t.Errorf("%s: %d %s %s", tt.method, status, code, text)
		}
	}
}

func TestPoliciesAreBounded(t *testing.T) {
	f := newFixture(t)
	grant := `","Action":"lambda:InvokeFunction","Principal":"*","EventSourceToken":"` + strings.Repeat("x", 256) + `"}`
	for n := range 60 {
		status, code, text := f.call(t, "POST", policies, `{"StatementId":"`+strconv.Itoa(n)+grant)
		if status == 201 {
			continue
		}
		if code != "PolicyLengthExceededException" || !strings.Contains(text, "is bigger than the limit (20480).") {
			t.Errorf("statement %d: %d %s %s", n, status, code, text)
		}
		return
	}
	t.Error("sixty large statements are one policy")
}
