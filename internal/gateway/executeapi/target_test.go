package executeapi_test

import (
	"testing"

	"sluice/internal/gateway/executeapi"
)

func TestTargets(t *testing.T) {
	const arn = "arn:aws:lambda:eu-west-1:222222222222:function:"
	for _, tt := range []struct{ text, region, account, name, qualifier string }{
		{"f", "us-east-1", owner, "f", ""},
		{"f:live", "us-east-1", owner, "f", "live"},
		{"f:7", "us-east-1", owner, "f", "7"},
		{arn + "f", "eu-west-1", "222222222222", "f", ""},
		{arn + "f:live", "eu-west-1", "222222222222", "f", "live"},
		{"222222222222:function:f", "us-east-1", "222222222222", "f", ""},
		{"222222222222:function:f:live", "us-east-1", "222222222222", "f", "live"},
	} {
		got := executeapi.ParseTarget(tt.text, scope)
		if got.Function.Region != tt.region || got.Function.Account != tt.account || got.Function.Name != tt.name || got.Qualifier != tt.qualifier {
			t.Errorf("%s is %+v", tt.text, got)
		}
	}
	for _, text := range []string{"", ":live", "f:live:more", arn, arn + "f:live:more", "arn:aws:sqs:eu-west-1:222222222222:function:f", "222222222222:function:"} {
		if got := executeapi.ParseTarget(text, scope); got != (executeapi.Target{}) {
			t.Errorf("%q is %+v", text, got)
		}
	}
}
