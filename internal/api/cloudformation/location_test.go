package cloudformation

import "testing"

func TestWhereAnObjectLies(t *testing.T) {
	const here = "sluice.example:4566"
	for address, want := range map[string]place{
		"s3://b/k":                                      {"b", "k", ""},
		"s3://b/a/k":                                    {"b", "a/k", ""},
		"http://127.0.0.1:4566/b/a/k.template":          {"b", "a/k.template", ""},
		"http://[::1]:4566/b/k":                         {"b", "k", ""},
		"http://localhost:4566/b/k?versionId=v1":        {"b", "k", "v1"},
		"http://sluice.example:4566/b/k":                {"b", "k", ""},
		"http://s3.localhost:4566/b/k":                  {"b", "k", ""},
		"http://b.s3.localhost:4566/k":                  {"b", "k", ""},
		"http://b.localhost:4566/k":                     {"b", "k", ""},
		"https://s3.amazonaws.com/b/k":                  {"b", "k", ""},
		"https://s3.eu-central-1.amazonaws.com/b/k":     {"b", "k", ""},
		"https://s3-eu-central-1.amazonaws.com/b/k":     {"b", "k", ""},
		"https://b.s3.amazonaws.com/k":                  {"b", "k", ""},
		"https://b.c.s3.eu-central-1.amazonaws.com/a/k": {"b.c", "a/k", ""},
		"https://b.s3-eu-central-1.amazonaws.com/k":     {"b", "k", ""},
		"https://b.s3.cn-north-1.amazonaws.com.cn/k":    {"b", "k", ""},
		"https://b.s3.amazonaws.com/a%20k?X-Amz-Date=1": {"b", "a k", ""},
		"https://B.S3.amazonaws.com/K":                  {"b", "K", ""},
		"https://raw.githubusercontent.com/o/r/t.yaml":  {},
		"https://s3.amazonaws.com.evil.com/b/k":         {},
		"https://b.s3.evil.com/k":                       {},
		"https://s3evil.amazonaws.com/b/k":              {},
		"ftp://s3.amazonaws.com/b/k":                    {},
		"file:///etc/passwd":                            {},
		"/b/k":                                          {},
		"http://127.0.0.1:4566/b":                       {},
		"http://127.0.0.1:4566/":                        {},
		"https://b.s3.amazonaws.com/":                   {},
		"http://192.168.0.1/b/k":                        {},
		"http://%zz/":                                   {},
		"":                                              {},
	} {
		got, ok := parseLocation(address, here)
		if ok != (want.key != "") || ok && got != want {
			t.Errorf("%s is %+v (%v), want %+v", address, got, ok, want)
		}
	}
}
