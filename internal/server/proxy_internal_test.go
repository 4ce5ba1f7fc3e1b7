package server

import (
	"slices"
	"strings"
	"testing"

	"sluice/internal/function"
)

func TestOwnHosts(t *testing.T) {
	for host, want := range map[string]bool{
		"abc123def4.execute-api.us-east-1.amazonaws.com":                   true,
		"abc123def4.execute-api.us-gov-west-1.amazonaws.com":               true,
		"abc123def4.execute-api.cn-north-1.amazonaws.com.cn":               true,
		"0123456789abcdef0123456789abcdef.lambda-url.eu-central-1.on.aws":  true,
		"lambda.us-east-1.amazonaws.com":                                   true,
		"iam.amazonaws.com":                                                true,
		"sts.amazonaws.com":                                                true,
		"monitoring.eu-west-1.amazonaws.com":                               true,
		"s3.us-east-1.amazonaws.com":                                       true,
		"s3.amazonaws.com":                                                 true,
		"my.bucket-1.s3.us-east-1.amazonaws.com":                           true,
		"bucket.s3.amazonaws.com":                                          true,
		"dynamodb.us-east-1.amazonaws.com":                                 false,
		"ec2.us-east-1.amazonaws.com":                                      false,
		"execute-api.us-east-1.amazonaws.com":                              false,
		"abc.execute-api.us-east-1.amazonaws.com.evil.com":                 false,
		"evil.com/abc.execute-api.us-east-1.amazonaws.com":                 false,
		"lambda.us-east-1.amazonaws.community":                             false,
		"api.github.com":                                                   false,
		"localhost":                                                        false,
		"":                                                                 false,
		"abc.execute-api.us-east-1.amazonaws.com.":                         false,
		"d-abc123def4.execute-api.us-east-1.amazonaws.com":                 false,
		strings.Repeat("a", 100) + ".execute-api.us-east-1.amazonaws.comx": false,
	} {
		if got := ownHost(host); got != want {
			t.Errorf("%s is ours: %v", host, got)
		}
	}
}

func TestAFunctionsProxyVariables(t *testing.T) {
	for name, tt := range map[string]struct {
		own           map[string]string
		with, without []string
	}{
		"of a function with none of its own": {nil,
			[]string{"HTTPS_PROXY=http://x", "https_proxy=http://x", "SSL_CERT_FILE=/p/bundle.pem", "NODE_EXTRA_CA_CERTS=/p/ca.pem"}, nil},
		"of a function that goes past the proxy":           {map[string]string{"HTTPS_PROXY": ""}, nil, []string{"HTTPS_PROXY", "https_proxy", "SSL_CERT_FILE"}},
		"of a function with a proxy in lower case":         {map[string]string{"https_proxy": "y"}, nil, []string{"HTTPS_PROXY", "https_proxy"}},
		"of a function that reaches some hosts directly":   {map[string]string{"NO_PROXY": "github.com"}, []string{"HTTPS_PROXY=http://x"}, []string{"NO_PROXY", "no_proxy"}},
		"of a function that trusts others than we propose": {map[string]string{"SSL_CERT_FILE": "/var/task/ca"}, []string{"HTTPS_PROXY=http://x"}, []string{"SSL_CERT_FILE"}},
	} {
		t.Run(name, func(t *testing.T) {
			v := &function.Version{}
			v.Config.Environment = tt.own
			got := proxyVariables(v, "http://x", "/p")
			for _, variable := range tt.with {
				if !slices.Contains(got, variable) {
					t.Errorf("%q lacks %s", got, variable)
				}
			}
			for _, variable := range tt.without {
				if slices.ContainsFunc(got, func(v string) bool { return strings.HasPrefix(v, variable+"=") }) {
					t.Errorf("%q has %s", got, variable)
				}
			}
		})
	}
}
