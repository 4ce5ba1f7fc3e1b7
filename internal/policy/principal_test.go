package policy_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/policy"
)

func TestParsePrincipal(t *testing.T) {
	for text, want := range map[string]policy.Principal{
		"*":                                  {Anyone: true},
		"111111111111":                       {AWS: "arn:aws:iam::111111111111:root"},
		"arn:aws:iam::111111111111:root":     {AWS: "arn:aws:iam::111111111111:root"},
		"arn:aws:iam::111111111111:user/a/b": {AWS: "arn:aws:iam::111111111111:user/a/b"},
		"arn:aws:sts::111111111111:assumed-role/r/s": {AWS: "arn:aws:sts::111111111111:assumed-role/r/s"},
		"apigateway.amazonaws.com":                   {Service: "apigateway.amazonaws.com"},
		"logs.us-east-1.amazonaws.com":               {Service: "logs.us-east-1.amazonaws.com"},
		"alexa-appkit.amazon.com":                    {Service: "alexa-appkit.amazon.com"},
		"s3.amazonaws.com.cn":                        {Service: "s3.amazonaws.com.cn"},
	} {
		got, err := policy.ParsePrincipal(text)
		if err != nil || got != want {
			t.Errorf("%q is %+v, %v; want %+v", text, got, err, want)
		}
	}
}

func TestPrincipalsThatAreNone(t *testing.T) {
	for _, text := range []string{
		"", "invalid.nonaws.com", "amazonaws.com", "11111111111", "arn:aws:s3:::bucket", "arn:aws:iam::1:root",
		"arn:aws:iam::111111111111:group/g", "s3.amazonaws.com.evil.org", "*.amazonaws.com", "a b",
	} {
		if got, err := policy.ParsePrincipal(text); !fault.Is(err, fault.Invalid, "principal") {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
}
