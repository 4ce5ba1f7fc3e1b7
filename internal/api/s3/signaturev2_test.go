package s3_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"sluice/internal/api/wire/sigv4"
)

// The old signature is over the method, some headers, the time and the path, with some of the query.
func TestOldSignaturesCoverWhatTheySay(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "content"))
	soon := time.Now().Add(time.Minute)
	signed := b.presignedOld("GET", "/bkt/k", "", soon)
	changed := func(name, value string) string {
		path, query, _ := strings.Cut(signed, "?")
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		values.Set(name, value)
		if value == "" {
			values.Del(name)
		}
		return path + "?" + values.Encode()
	}
	for name, tt := range map[string]struct {
		method, path string
		header       []string
		status       int
		code         string
	}{
		"as it was signed":         {"GET", signed, nil, 200, ""},
		"another method":           {"DELETE", signed, nil, 403, "SignatureDoesNotMatch"},
		"a later time":             {"GET", changed("Expires", "9999999999"), nil, 403, "SignatureDoesNotMatch"},
		"no time":                  {"GET", changed("Expires", "soon"), nil, 403, "AccessDenied"},
		"another key ID":           {"GET", changed("AWSAccessKeyId", "AKIDNOBODY"), nil, 403, "InvalidAccessKeyId"},
		"a token that is none":     {"GET", changed("x-amz-security-token", "x"), nil, 403, "InvalidAccessKeyId"},
		"a subresource":            {"GET", changed("tagging", "x"), nil, 403, "SignatureDoesNotMatch"},
		"another answer's header":  {"GET", changed("response-content-type", "a/b"), nil, 403, "SignatureDoesNotMatch"},
		"what is not signed":       {"GET", changed("anything", "x"), nil, 200, ""},
		"a header that is signed":  {"GET", signed, []string{"X-Amz-Meta-A", "x"}, 403, "SignatureDoesNotMatch"},
		"a type that was not":      {"GET", signed, []string{"Content-Type", "a/b"}, 403, "SignatureDoesNotMatch"},
		"a type that was":          {"PUT", b.presignedOld("PUT", "/bkt/k2", "a/b", soon), []string{"Content-Type", "a/b"}, 200, ""},
		"another type":             {"PUT", b.presignedOld("PUT", "/bkt/k3", "a/b", soon), []string{"Content-Type", "c/d"}, 403, "SignatureDoesNotMatch"},
		"a version that is signed": {"GET", b.presignedOld("GET", "/bkt/k?versionId=null", "", soon), nil, 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b.want(b.send(b.request(tt.method, tt.path, "", tt.header...)), tt.status, tt.code)
		})
	}
}

// The bucket is signed for whoever names it by the host.
func TestOldSignaturesWithTheBucketInTheHost(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "content"))
	signed := b.presignedOld("GET", "/bkt/k", "", time.Now().Add(time.Minute))
	r := b.request("GET", strings.TrimPrefix(signed, "/bkt"), "")
	r.Host = "bkt.s3.localhost"
	if a := b.ok(b.send(r)); a.body != "content" {
		t.Errorf("%q", a.body)
	}
	other := b.request("GET", strings.TrimPrefix(signed, "/bkt"), "")
	other.Host = "other.s3.localhost"
	b.want(b.send(other), 403, "SignatureDoesNotMatch")
}

func TestOldSignaturesOfAnyoneAreLetInIfThatIsWanted(t *testing.T) {
	b := newBenchFor(t, &sigv4.Identity{Account: "111111111111"})
	b.ok(b.call("PUT", "/bkt/k", "content"))
	past := b.presignedOld("GET", "/bkt/k", "", time.Now().Add(-time.Hour))
	if a := b.ok(b.send(b.request("GET", past, ""))); a.body != "content" {
		t.Errorf("%q", a.body)
	}
	b.want(b.send(b.request("GET", "/bkt/k?AWSAccessKeyId=x&Signature=x", "")), 403, "AccessDenied")
}
