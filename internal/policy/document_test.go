package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/policy"
)

const arn = "arn:aws:lambda:us-east-1:111111111111:function:f"

func invoking(sid string) policy.Statement {
	return policy.Statement{
		Sid: sid, Principal: policy.Principal{Service: "s3.amazonaws.com"}, Action: "lambda:InvokeFunction", Resource: arn,
	}
}

func document(t *testing.T, statements ...policy.Statement) *policy.Document {
	t.Helper()
	d := &policy.Document{}
	for _, s := range statements {
		if err := d.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func TestStatementsKeepTheirOrder(t *testing.T) {
	d := document(t, invoking("b"), invoking("a"))
	if err := d.Remove("b"); err != nil {
		t.Fatal(err)
	}
	if err := d.Add(invoking("b")); err != nil {
		t.Fatal(err)
	}
	if d.Statements[0].Sid != "a" || d.Statements[1].Sid != "b" {
		t.Errorf("statements %+v", d.Statements)
	}
}

func TestEachChangeRenewsTheRevision(t *testing.T) {
	d := document(t, invoking("a"))
	seen := map[string]bool{"": true, d.RevisionID: true}
	for _, change := range []func() error{
		func() error { return d.Add(invoking("b")) },
		func() error { return d.Remove("a") },
		func() error { return d.Remove("b") },
	} {
		if err := change(); err != nil || seen[d.RevisionID] {
			t.Errorf("%v; revision %q was there before", err, d.RevisionID)
		}
		seen[d.RevisionID] = true
	}
}

func TestARefusedChangeChangesNothing(t *testing.T) {
	large := invoking("large")
	large.Resource = strings.Repeat("x", 20480)
	for name, tt := range map[string]struct {
		change func(*policy.Document) error
		kind   fault.Kind
		noun   string
		text   string
	}{
		"a Sid twice": {
			func(d *policy.Document) error { return d.Add(invoking("a")) }, fault.Conflict, "statement",
			"The statement id (a) provided already exists. Please provide a new statement id, or remove the existing statement.",
		},
		"a Sid that is not there": {
			func(d *policy.Document) error { return d.Remove("x") }, fault.NotFound, "statement",
			"Statement x is not found in resource policy.",
		},
		"a document too large": {
			func(d *policy.Document) error { return d.Add(large) }, fault.Limit, "policy",
			"is bigger than the limit (20480).",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := document(t, invoking("a"))
			before := fmt.Sprint(*d)
			err := tt.change(d)
			if !fault.Is(err, tt.kind, tt.noun) || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error %v", err)
			}
			if fmt.Sprint(*d) != before {
				t.Errorf("document %v, was %v", *d, before)
			}
		})
	}
}

func TestAnEmptyDocumentIsNoPolicy(t *testing.T) {
	var none *policy.Document
	if !none.Empty() || document(t, invoking("a")).Empty() {
		t.Error("Empty is wrong")
	}
	if err := (&policy.Document{}).Remove("a"); !fault.Is(err, fault.NotFound, "policy") {
		t.Errorf("error %v", err)
	}
}

func TestCheckRevision(t *testing.T) {
	if err := policy.CheckRevision("", "r", "GetPolicy"); err != nil {
		t.Errorf("no precondition: %v", err)
	}
	if err := policy.CheckRevision("r", "r", "GetPolicy"); err != nil {
		t.Errorf("one that holds: %v", err)
	}
	err := policy.CheckRevision("x", "r", "GetLayerPolicy")
	if !fault.Is(err, fault.Precondition, "revision") || !strings.Contains(err.Error(), "Call the GetLayerPolicy API") {
		t.Errorf("one that does not: %v", err)
	}
}

// Recorded in test_lambda_permission_fn_versioning and test_add_lambda_permission_fields.
func TestTextIsAsAWSWritesIt(t *testing.T) {
	full := policy.Statement{
		Sid: "url", Principal: policy.Principal{Anyone: true}, Action: "lambda:InvokeFunctionUrl", Resource: arn,
		Conditions: []policy.Condition{
			{Operator: "StringEquals", Key: "AWS:SourceAccount", Value: "111111111111"},
			{Operator: "ArnLike", Key: "AWS:SourceArn", Value: "arn:aws:s3:::<b&c>"},
			{Operator: "StringEquals", Key: "lambda:FunctionUrlAuthType", Value: "NONE"},
		},
	}
	account := policy.Statement{Sid: "a", Principal: policy.Principal{AWS: policy.AccountARN("111111111111")}, Action: "x", Resource: arn}
	want := `{"Version":"2012-10-17","Id":"default","Statement":[` +
		`{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"` + arn + `"},` +
		`{"Sid":"url","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Resource":"` + arn + `","Condition":` +
		`{"StringEquals":{"AWS:SourceAccount":"111111111111","lambda:FunctionUrlAuthType":"NONE"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::<b&c>"}}},` +
		`{"Sid":"a","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"x","Resource":"` + arn + `"}]}`
	if got := document(t, invoking("s3"), full, account).Text(); got != want {
		t.Errorf("text\n%s\nwant\n%s", got, want)
	}
	if got := (&policy.Document{}).Text(); got != `{"Version":"2012-10-17","Id":"default","Statement":[]}` {
		t.Errorf("an empty document's text is %s", got)
	}
}
