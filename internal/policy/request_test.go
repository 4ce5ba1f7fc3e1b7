package policy_test

import (
	"testing"

	"sluice/internal/policy"
)

func TestWhoIsAllowed(t *testing.T) {
	const user, role = "arn:aws:iam::111111111111:user/u", "arn:aws:iam::111111111111:role/r"
	for name, tt := range map[string]struct {
		principal policy.Principal
		caller    string
		want      bool
	}{
		"nobody in particular, for anyone": {policy.Principal{Anyone: true}, "", true},
		"a service, for anyone":            {policy.Principal{Anyone: true}, "s3.amazonaws.com", true},
		"the service":                      {policy.Principal{Service: "s3.amazonaws.com"}, "s3.amazonaws.com", true},
		"another service":                  {policy.Principal{Service: "s3.amazonaws.com"}, "sns.amazonaws.com", false},
		"nobody, for a service":            {policy.Principal{Service: "s3.amazonaws.com"}, "", false},
		"the user":                         {policy.Principal{AWS: user}, user, true},
		"another user":                     {policy.Principal{AWS: user}, user + "2", false},
		"nobody, for a user":               {policy.Principal{AWS: user}, "", false},
		"the account, for a user":          {policy.Principal{AWS: user}, "111111111111", false},
		"a user of the account":            {policy.Principal{AWS: policy.AccountARN("111111111111")}, user, true},
		"the account by its number":        {policy.Principal{AWS: policy.AccountARN("111111111111")}, "111111111111", true},
		"a user of another account":        {policy.Principal{AWS: policy.AccountARN("222222222222")}, user, false},
		"a service, for an account":        {policy.Principal{AWS: policy.AccountARN("111111111111")}, "s3.amazonaws.com", false},
		"a session of the role":            {policy.Principal{AWS: role}, "arn:aws:sts::111111111111:assumed-role/r/session", true},
		"a session of another role":        {policy.Principal{AWS: role}, "arn:aws:sts::111111111111:assumed-role/r2/session", false},
		"no principal at all":              {policy.Principal{}, user, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := invoking("s")
			s.Principal = tt.principal
			got := document(t, s).Allows(policy.Request{Caller: tt.caller, Action: "lambda:InvokeFunction", Resource: arn})
			if got != tt.want {
				t.Errorf("allowed: %t", got)
			}
		})
	}
}

func TestWhatIsAllowed(t *testing.T) {
	for _, tt := range []struct {
		action, resource string
		want             bool
	}{
		{"lambda:InvokeFunction", arn, true},
		{"lambda:*", arn, true},
		{"LAMBDA:invokefunction", arn, true},
		{"lambda:InvokeFunctionUrl", arn, false},
		{"lambda:InvokeFunctio?", arn, true},
		{"*", "*", true},
		{"lambda:InvokeFunction", arn + ":live", false},
		{"lambda:InvokeFunction", arn + "*", true},
		{"lambda:InvokeFunction", "arn:aws:lambda:*:111111111111:function:?", true},
		{"lambda:InvokeFunction", arn[:len(arn)-1] + "F", false},
	} {
		d := document(t, policy.Statement{Sid: "s", Principal: policy.Principal{Anyone: true}, Action: tt.action, Resource: tt.resource})
		if got := d.Allows(policy.Request{Action: "lambda:InvokeFunction", Resource: arn}); got != tt.want {
			t.Errorf("%s on %s: %t", tt.action, tt.resource, got)
		}
	}
}

func TestConditions(t *testing.T) {
	context := map[string]string{
		"aws:SourceArn": "arn:aws:execute-api:us-east-1:111111111111:api/prod/GET/a:b", "aws:SourceAccount": "111111111111",
		"lambda:InvokedViaFunctionUrl": "true",
	}
	for name, tt := range map[string]struct {
		condition policy.Condition
		want      bool
	}{
		"equal, the key in another case": {policy.Condition{Operator: "StringEquals", Key: "AWS:SourceAccount", Value: "111111111111"}, true},
		"equal takes no wildcards":       {policy.Condition{Operator: "StringEquals", Key: "AWS:SourceAccount", Value: "1*"}, false},
		"like does":                      {policy.Condition{Operator: "StringLike", Key: "AWS:SourceAccount", Value: "1*1?"}, true},
		"an ARN with wildcards":          {policy.Condition{Operator: "ArnLike", Key: "AWS:SourceArn", Value: "arn:aws:execute-api:*:111111111111:api/*/GET/*"}, true},
		"a wildcard over colons":         {policy.Condition{Operator: "ArnLike", Key: "AWS:SourceArn", Value: "arn:aws:*:api/prod/GET/a:b"}, false},
		"equal ARNs take wildcards too":  {policy.Condition{Operator: "ArnEquals", Key: "AWS:SourceArn", Value: "arn:*:*:*:*:api/*"}, true},
		"any ARN":                        {policy.Condition{Operator: "ArnLike", Key: "AWS:SourceArn", Value: "*"}, true},
		"another ARN":                    {policy.Condition{Operator: "ArnLike", Key: "AWS:SourceArn", Value: "arn:aws:s3:::b"}, false},
		"a truth":                        {policy.Condition{Operator: "Bool", Key: "lambda:InvokedViaFunctionUrl", Value: "True"}, true},
		"an untruth":                     {policy.Condition{Operator: "Bool", Key: "lambda:InvokedViaFunctionUrl", Value: "false"}, false},
		"a key that is not there":        {policy.Condition{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Value: "o-1"}, false},
		"an operator that nobody knows":  {policy.Condition{Operator: "IpAddress", Key: "AWS:SourceAccount", Value: "111111111111"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := invoking("s")
			s.Principal, s.Conditions = policy.Principal{Anyone: true}, []policy.Condition{tt.condition}
			if got := document(t, s).Allows(policy.Request{Action: s.Action, Resource: arn, Context: context}); got != tt.want {
				t.Errorf("allowed: %t", got)
			}
		})
	}
}

func TestAllConditionsMustHold(t *testing.T) {
	s := invoking("s")
	s.Conditions = []policy.Condition{{Operator: "StringEquals", Key: "a", Value: "1"}, {Operator: "StringEquals", Key: "b", Value: "1"}}
	r := policy.Request{Caller: "s3.amazonaws.com", Action: s.Action, Resource: arn, Context: map[string]string{"a": "1"}}
	if document(t, s).Allows(r) {
		t.Error("allowed with one of two")
	}
	r.Context["b"] = "1"
	if !document(t, s).Allows(r) {
		t.Error("not allowed with both")
	}
}

func TestOneStatementIsEnough(t *testing.T) {
	other := invoking("other")
	other.Principal.Service = "sns.amazonaws.com"
	r := policy.Request{Caller: "s3.amazonaws.com", Action: "lambda:InvokeFunction", Resource: arn}
	if !document(t, other, invoking("s3")).Allows(r) {
		t.Error("the second statement does not count")
	}
	if (*policy.Document)(nil).Allows(r) || (&policy.Document{}).Allows(r) {
		t.Error("no statement allows")
	}
}
