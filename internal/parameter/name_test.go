package parameter_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/parameter"
)

func TestNamesThatMayNotBe(t *testing.T) {
	s := newService(t)
	for name, tt := range map[string]struct {
		kind       fault.Kind
		noun, says string
	}{
		"/aws/service/x":              {fault.Denied, "name", "No access to reserved parameter name: /aws/service/x."},
		"/AWS/service/x":              {fault.Denied, "name", ""},
		"aws-rate":                    {fault.Invalid, "request", `can't be prefixed with "aws" or "ssm"`},
		"/ssm":                        {fault.Invalid, "request", `can't be prefixed with "aws" or "ssm"`},
		"/ssm/x/y":                    {fault.Invalid, "request", `can't be prefixed with "ssm" (case-insensitive). If formed as a path`},
		"my rate":                     {fault.Invalid, "request", "letters, numbers and the following 3 symbols .-_"},
		"/a//b":                       {fault.Invalid, "request", ""},
		"/a/":                         {fault.Invalid, "request", ""},
		"/":                           {fault.Invalid, "request", ""},
		"":                            {fault.Invalid, "request", ""},
		"a/b":                         {fault.Invalid, "request", "Parameter name must be a fully qualified name."},
		"arn:aws:ssm:a:b:parameter/c": {fault.Invalid, "request", ""},
		"rate:1":                      {fault.Invalid, "request", ""},
		strings.Repeat("/x", 16):      {fault.Limit, "hierarchy", "15 levels"},
		strings.Repeat("x", 1012):     {fault.Invalid, "request", "1012 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Put(t.Context(), parameter.Change{ID: id(name), Value: "7", Type: parameter.String})
			wantFault(t, err, tt.kind, tt.noun, tt.says)
		})
	}
}

func TestReferences(t *testing.T) {
	scope := function.Scope{Account: "123456789012", Region: "eu-central-1"}
	for _, tt := range []struct{ text, region, name, selector string }{
		{"rate", "eu-central-1", "rate", ""},
		{"/app/rate:3", "eu-central-1", "/app/rate", ":3"},
		{"/app/rate:live", "eu-central-1", "/app/rate", ":live"},
		{"arn:aws:ssm:us-east-1:123456789012:parameter/app/rate:3", "us-east-1", "/app/rate", ":3"},
		{"arn:aws:ssm:us-east-1:123456789012:parameter/rate", "us-east-1", "rate", ""},
	} {
		ref, err := parameter.ParseReference(scope, tt.text)
		if err != nil || ref.ID.Region != tt.region || ref.ID.Name != tt.name || ref.Selector != tt.selector {
			t.Errorf("%s is %+v, %v", tt.text, ref, err)
		}
	}
}

func TestReferencesThatAreNone(t *testing.T) {
	for _, text := range []string{"", ":", "rate:", "rate:1:2", "arn:aws:s3:::bucket", "arn:aws:ssm:us-east-1:123456789012:document/x", "arn:"} {
		if ref, err := parameter.ParseReference(function.Scope{}, text); !fault.Is(err, fault.Invalid, "request") {
			t.Errorf("%q is %+v, %v", text, ref, err)
		}
	}
}

func TestARNs(t *testing.T) {
	for name, want := range map[string]string{
		"rate":      "arn:aws:ssm:eu-central-1:123456789012:parameter/rate",
		"/app/rate": "arn:aws:ssm:eu-central-1:123456789012:parameter/app/rate",
	} {
		if got := id(name).ARN(); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func FuzzReferences(f *testing.F) {
	f.Add("arn:aws:ssm:us-east-1:123456789012:parameter/app/rate:3")
	f.Add("/app/rate:live")
	f.Fuzz(func(t *testing.T, text string) {
		ref, err := parameter.ParseReference(function.Scope{Account: "123456789012", Region: "eu-central-1"}, text)
		if err != nil && !fault.Is(err, fault.Invalid, "request") || err == nil && ref.ID.Name == "" {
			t.Errorf("%q is %+v, %v", text, ref, err)
		}
	})
}
