package s3_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sluice/internal/api/wire/sigv4"
)

// presigned returns a URL that works for a while.
func (b *bench) presigned(method, path string, signedAt time.Time, lasts time.Duration) string {
	b.t.Helper()
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	r, err := http.NewRequest(method, fmt.Sprintf("%s%s%sX-Amz-Expires=%d", b.url, path, separator, int(lasts.Seconds())), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	signer, key := b.signer()
	signed, _, err := signer.PresignHTTP(b.t.Context(), key, r, "UNSIGNED-PAYLOAD", "s3", b.region, signedAt)
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.TrimPrefix(signed, b.url)
}

// presignedOld is presigned with signature version 2, written without a look at the code under test.
func (b *bench) presignedOld(method, path, contentType string, expires time.Time) string {
	h := hmac.New(sha1.New, []byte(secret))
	fmt.Fprintf(h, "%s\n\n%s\n%d\n%s", method, contentType, expires.Unix(), path)
	query := url.Values{"AWSAccessKeyId": {keyID}, "Expires": {fmt.Sprint(expires.Unix())}, "Signature": {base64.StdEncoding.EncodeToString(h.Sum(nil))}}
	if strings.Contains(path, "?") {
		return path + "&" + query.Encode()
	}
	return path + "?" + query.Encode()
}

func TestPresignedURLs(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/a%20b", "content"))
	now := time.Now()
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		code               string
	}{
		"GET":                        {"GET", b.presigned("GET", "/bkt/a%20b", now, time.Minute), "", 200, ""},
		"GET of another name":        {"GET", b.presigned("GET", "/bkt/a%20b?response-content-type=a%2Fb", now, time.Minute), "", 200, ""},
		"PUT":                        {"PUT", b.presigned("PUT", "/bkt/put", now, time.Minute), "x", 200, ""},
		"DELETE with a GET's":        {"DELETE", b.presigned("GET", "/bkt/a%20b", now, time.Minute), "", 403, "SignatureDoesNotMatch"},
		"another key":                {"GET", strings.Replace(b.presigned("GET", "/bkt/a%20b", now, time.Minute), "a%20b", "put", 1), "", 403, "SignatureDoesNotMatch"},
		"later":                      {"GET", b.presigned("GET", "/bkt/a%20b", now.Add(-time.Hour), time.Minute), "", 403, "AccessDenied"},
		"nothing of it":              {"GET", "/bkt/a%20b?X-Amz-Algorithm=AWS4-HMAC-SHA256", "", 400, "AuthorizationQueryParametersError"},
		"the old way":                {"GET", b.presignedOld("GET", "/bkt/a%20b", "", now.Add(time.Minute)), "", 200, ""},
		"the old way, PUT":           {"PUT", b.presignedOld("PUT", "/bkt/put", "", now.Add(time.Minute)), "x", 200, ""},
		"the old way, a subresource": {"GET", b.presignedOld("GET", "/bkt/a%20b?tagging", "", now.Add(time.Minute)), "", 200, ""},
		"the old way, later":         {"GET", b.presignedOld("GET", "/bkt/a%20b", "", now.Add(-time.Minute)), "", 403, "AccessDenied"},
		"the old way, another key":   {"GET", strings.Replace(b.presignedOld("GET", "/bkt/a%20b", "", now.Add(time.Minute)), "a%20b", "put", 1), "", 403, "SignatureDoesNotMatch"},
		"the old way, a stranger":    {"GET", strings.Replace(b.presignedOld("GET", "/bkt/a%20b", "", now.Add(time.Minute)), keyID, "AKIA", 1), "", 403, "InvalidAccessKeyId"},
		"the old way, no time":       {"GET", "/bkt/a%20b?AWSAccessKeyId=" + keyID + "&Signature=x", "", 403, "AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			b.want(b.send(b.request(tt.method, tt.path, tt.body)), tt.status, tt.code)
		})
	}
	if a := b.ok(b.send(b.request("GET", b.presigned("GET", "/bkt/a%20b", now, time.Minute), ""))); a.body != "content" {
		t.Errorf("%q", a.body)
	}
}

func TestPresignedURLsOfOddLifetimes(t *testing.T) {
	b := newBench(t)
	good := b.presigned("GET", "/bkt", time.Now().Add(-time.Minute), time.Hour)
	const tooLong = "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"
	for _, tt := range []struct {
		expires string
		status  int
		message string
	}{
		{"0", 403, "Request has expired"},
		{"-1", 400, "X-Amz-Expires must be non-negative"},
		{"abc", 400, "X-Amz-Expires should be a number"},
		{"", 400, "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."},
		{"604801", 400, tooLong},
		{"9999999", 400, tooLong},
		{"604800", 403, "The request signature we calculated does not match the signature you provided. Check your key and signing method."},
	} {
		a := b.send(b.request("GET", strings.Replace(good, "X-Amz-Expires=3600", "X-Amz-Expires="+tt.expires, 1), ""))
		if a.status != tt.status || a.element("Message") != tt.message {
			t.Errorf("%q: %d %s; want %d %s", tt.expires, a.status, a.body, tt.status, tt.message)
		}
	}
}

func TestRequestsWithoutASignatureAreRefused(t *testing.T) {
	b := newBench(t)
	for _, path := range []string{"/", "/bkt", "/bkt/k", "/nobkt"} {
		b.want(b.send(b.request("GET", path, "")), 403, "AccessDenied")
	}
	r := b.request("GET", "/bkt/k", "")
	if !b.handler.Guards(r) {
		t.Error("a bucket that there is is not guarded")
	}
	for _, path := range []string{"/2015-03-31/functions", "/", "/nobkt/k", "/_sluice/health"} {
		if b.handler.Guards(b.request("GET", path, "")) {
			t.Errorf("%s is guarded", path)
		}
	}
	b.want(b.send(b.request("GET", "/bkt/k", "", "Authorization", "AWS4-HMAC-SHA256 x")), 400, "AuthorizationHeaderMalformed")
	r = b.sign(b.request("PUT", "/bkt/k", "x"), "UNSIGNED-PAYLOAD")
	r.Header.Set("X-Amz-Date", time.Now().Add(-time.Hour).UTC().Format("20060102T150405Z"))
	if a := b.send(r); a.status != 403 {
		t.Errorf("%d %s", a.status, a.body)
	}
	r = b.request("PUT", "/bkt/k", "")
	signer, key := b.signer()
	if err := signer.SignHTTP(t.Context(), key, r, "UNSIGNED-PAYLOAD", "s3", "us-east-1", time.Now()); err != nil {
		t.Fatal(err)
	}
	r.Header.Del("X-Amz-Content-Sha256")
	b.want(b.send(r), 400, "InvalidRequest")
}

func TestAnyoneIsLetInIfThatIsWanted(t *testing.T) {
	b := newBenchFor(t, &sigv4.Identity{Account: "111111111111"})
	r := b.sign(b.request("PUT", "/bkt/k", "x"), "UNSIGNED-PAYLOAD")
	r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), keyID, "test", 1))
	b.ok(b.send(r))
	b.ok(b.send(b.request("GET", "/bkt/k?AWSAccessKeyId=test&Signature=x&Expires=1", "")))
	b.want(b.send(b.request("GET", "/bkt/k", "")), 403, "AccessDenied")
}

func TestTheHostMayNameTheBucket(t *testing.T) {
	b := newBench(t)
	for _, host := range []string{"bkt.localhost:4566", "bkt.s3.localhost:4566", "bkt.s3.us-east-1.localhost:4566"} {
		r := b.request("PUT", "/dir/k", "content")
		r.Host = host
		b.ok(b.send(b.sign(r, "UNSIGNED-PAYLOAD")))
		r = b.request("GET", "/?list-type=2", "")
		r.Host = host
		if a := b.ok(b.send(b.sign(r, "UNSIGNED-PAYLOAD"))); a.element("Key") != "dir/k" {
			t.Errorf("%s: %s", host, a.body)
		}
		b.ok(b.call("DELETE", "/bkt/dir/k", ""))
	}
}
