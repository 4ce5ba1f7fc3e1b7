package lambda

import "testing"

func TestRuntimeManagementIsShownAsSet(t *testing.T) {
	f := newFixture(t)
	const (
		path  = "/2021-07-20/functions/f/runtime-management-config"
		build = "arn:aws:lambda:us-east-1::runtime:8eeff65f6809a3ce81507fe733fe09b835899b99481ba22fd75b5a7338290ec1"
	)
	auto := f.must(t, "GET", path, "")
	shows(t, auto, "UpdateRuntimeOn", `"Auto"`)
	shows(t, auto, "RuntimeVersionArn", `null`)
	shows(t, auto, "FunctionArn", `"arn:aws:lambda:us-east-1:000000000000:function:f"`)
	f.must(t, "PUT", path+"?Qualifier=1", `{"UpdateRuntimeOn":"Manual","RuntimeVersionArn":"`+build+`"}`)
	manual := f.must(t, "GET", path+"?Qualifier=1", "")
	shows(t, manual, "UpdateRuntimeOn", `"Manual"`)
	shows(t, manual, "RuntimeVersionArn", `"`+build+`"`)
	shows(t, manual, "FunctionArn", `"arn:aws:lambda:us-east-1:000000000000:function:f:1"`)
	if status, code, _ := f.call(t, "PUT", path, `{"UpdateRuntimeOn":"Manual"}`); status != 400 || code != "InvalidParameterValueException" {
		t.Errorf("manual without a build: %d %s", status, code)
	}
}

func TestRecursionIsShownAsSet(t *testing.T) {
	f := newFixture(t)
	const path = "/2024-08-31/functions/f/recursion-config"
	shows(t, f.must(t, "GET", path, ""), "RecursiveLoop", `"Terminate"`)
	shows(t, f.must(t, "PUT", path, `{"RecursiveLoop":"Allow"}`), "RecursiveLoop", `"Allow"`)
	shows(t, f.must(t, "GET", path, ""), "RecursiveLoop", `"Allow"`)
}
