package executeapi_test

import (
	"strings"
	"testing"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
)

func wantRefusal(t *testing.T, err error, message string) {
	t.Helper()
	if !fault.Is(err, fault.Invalid, "request") || err.Error() != message {
		t.Errorf("%v, want %q", err, message)
	}
}

const (
	begin = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
	named = "arn:aws:lambda:us-east-1:123456789012:function:f"
)

func TestFunctionOf(t *testing.T) {
	other := func(old, now string) string { return strings.Replace(begin, old, now, 1) + "f/invocations" }
	for uri, want := range map[string]string{
		"arn:aws:apigateway:us-east-1:lambda:path//2015-03-31/functions/f/invocations":  "f",
		"arn:aws:apigateway:us-east-1:lambda:path/  2015-03-31/functions/f/invocations": "f",
		begin + named + "/invocations":      named,
		begin + named + ":live/invocations": named + ":live",
		begin + "f/invocations":             "f",
		other("lambda", "abc.lambda"):       "f",
		begin + "/invocations":              "",
		begin + "f":                         "",
		other("path", "action"):             "",
		other("lambda", "dynamodb"):         "",
		other("arn", "urn"):                 "",
		other("apigateway", "lambda"):       "",
		named:                               "",
		"":                                  "",
		"https://example.com":               "",
	} {
		if got, ok := executeapi.FunctionOf(uri); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v; want %q", uri, got, ok, want)
		}
	}
}

func TestTargetsThatAreNone(t *testing.T) {
	const notARN, noAction = "Invalid ARN specified in the request", "AWS ARN for integration must contain path or action"
	for uri, want := range map[string]string{
		"": notARN, "a:b:c": notARN, "x:aws:apigateway:r:s:path/p": notARN, "arn:aws:apigateway:r:s": notARN,
		"arn:aws:lambda:r:s:path/p": noAction, "arn:aws:apigateway:r:s:p": noAction, "arn:aws:apigateway:r:s:paths": noAction,
	} {
		_, err := executeapi.ParseTarget(uri)
		wantRefusal(t, err, want)
	}
	for _, uri := range []string{"arn:aws:apigateway:r:s:path/p", "arn:aws:apigateway:r:s:action/A"} {
		if target, err := executeapi.ParseTarget(uri); err != nil || target.Function() != "" {
			t.Errorf("%s: %v, %v", uri, target, err)
		}
	}
}
