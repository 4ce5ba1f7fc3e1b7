package s3_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"sluice/internal/api/wire/sigv4"
)

func TestRequestsThatAreRefused(t *testing.T) {
	b := newBench(t)
	for name, tt := range map[string]struct {
		method, path string
		header       []string
		status       int
		code         string
	}{
		"no bucket":              {"GET", "/nobkt/k", nil, 404, "NoSuchBucket"},
		"no key":                 {"GET", "/bkt/k", nil, 404, "NoSuchKey"},
		"a way out":              {"PUT", "/bkt/../k", nil, 400, "InvalidURI"},
		"a hidden way out":       {"PUT", "/bkt/a/%2e%2e/%2E%2E/k", nil, 400, "InvalidURI"},
		"a byte of no text":      {"PUT", "/bkt/%ff", nil, 400, "InvalidURI"},
		"a zero byte":            {"PUT", "/bkt/a%00b", nil, 400, "InvalidURI"},
		"a long key":             {"PUT", "/bkt/" + strings.Repeat("k", 1025), nil, 400, "KeyTooLongError"},
		"much metadata":          {"PUT", "/bkt/k", []string{"X-Amz-Meta-A", strings.Repeat("x", 2048)}, 400, "MetadataTooLarge"},
		"an unknown class":       {"PUT", "/bkt/k", []string{"X-Amz-Storage-Class", "FAST"}, 400, "InvalidStorageClass"},
		"keys of the client":     {"PUT", "/bkt/k", []string{"X-Amz-Server-Side-Encryption-Customer-Algorithm", "AES256"}, 400, "NotImplemented"},
		"a lock":                 {"PUT", "/bkt/k", []string{"X-Amz-Object-Lock-Mode", "GOVERNANCE"}, 400, "NotImplemented"},
		"for everybody":          {"PUT", "/bkt/k", []string{"X-Amz-Acl", "public-read"}, 400, "AccessControlListNotSupported"},
		"for others":             {"PUT", "/bkt/k", []string{"X-Amz-Grant-Read", "id=x"}, 400, "AccessControlListNotSupported"},
		"too many tags":          {"PUT", "/bkt/k", []string{"X-Amz-Tagging", "a&b&c&d&e&f&g&h&i&j&k"}, 400, "BadRequest"},
		"an odd tag":             {"PUT", "/bkt/k", []string{"X-Amz-Tagging", "aws:a=b"}, 400, "InvalidTag"},
		"tags that are none":     {"PUT", "/bkt/k", []string{"X-Amz-Tagging", "a=%zz"}, 400, "InvalidArgument"},
		"a subresource":          {"GET", "/bkt/k?torrent", nil, 400, "NotImplemented"},
		"a bucket's subresource": {"GET", "/bkt?inventory", nil, 400, "NotImplemented"},
		"a form":                 {"POST", "/bkt", nil, 405, "MethodNotAllowed"},
		"another method":         {"PATCH", "/bkt/k", nil, 405, "MethodNotAllowed"},
		"the service":            {"PUT", "/", nil, 405, "MethodNotAllowed"},
	} {
		t.Run(name, func(t *testing.T) {
			b.want(b.call(tt.method, tt.path, "", tt.header...), tt.status, tt.code)
		})
	}
}

func TestABodyThatBreaksOff(t *testing.T) {
	b := newBench(t)
	r := b.sign(b.request("PUT", "/bkt/k", ""), "UNSIGNED-PAYLOAD")
	r.Body, r.ContentLength = io.NopCloser(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(io.ErrUnexpectedEOF))), 10
	if got, err := http.DefaultTransport.RoundTrip(r); err == nil {
		got.Body.Close()
		t.Errorf("status %d", got.StatusCode)
	}
	b.want(b.call("GET", "/bkt/k", ""), 404, "NoSuchKey")
}

// Whatever somebody sends who has a key, S3 answers, and it never fails.
func FuzzRequest(f *testing.F) {
	for _, seed := range [][6]string{
		{"GET", "/bkt/k?versionId=null", "", "Range", "bytes=0-", ""}, {"PUT", "/bkt/../k", "", "X-Amz-Copy-Source", "bkt/k?versionId=", ""},
		{"POST", "/bkt?delete", "<Delete><Object><Key>k</Key></Object></Delete>", "Content-MD5", "x", ""},
		{"PUT", "/bkt/k", "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:x\r\n\r\n", "X-Amz-Trailer", "x-amz-checksum-crc32", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
		{"GET", "/bkt?list-type=2&continuation-token=YQ&delimiter=/&max-keys=1&prefix=%ff", "", "Host", "bkt.s3.localhost", ""},
		{"POST", "/bkt/k?uploadId=x", "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>", "", "", ""},
		{"PUT", "/bkt?policy", `{"Statement":1}`, "", "", ""}, {"PUT", "/bkt?tagging", "<Tagging>", "", "", ""},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4], seed[5])
	}
	b := newBenchFor(f, &sigv4.Identity{Account: "111111111111"})
	f.Fuzz(func(t *testing.T, method, path, body, header, value, digest string) {
		r, err := http.NewRequest(method, "http://localhost/", strings.NewReader(body))
		if err != nil || !strings.HasPrefix(path, "/") {
			return
		}
		r.RequestURI = path
		before, query, _ := strings.Cut(path, "?")
		r.URL.Path, r.URL.RawQuery = before, query
		if header == "Host" {
			r.Host = value
		} else if header != "" {
			r.Header.Set(header, value)
		}
		r.Header.Set("X-Amz-Content-Sha256", digest)
		r.Header.Set("X-Amz-Date", "20260101T000000Z")
		r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x")
		w := newRecorder()
		b.handler.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
	})
}
