package s3

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestBucketOfHost(t *testing.T) {
	for host, want := range map[string]string{
		"localhost": "", "localhost:4566": "", "127.0.0.1:4566": "", "[::1]:4566": "", "s3.localhost:4566": "",
		"s3.us-east-1.localhost:4566": "", "s3.us-east-1.amazonaws.com": "", "s3-us-west-2.amazonaws.com": "", "sluice.example.com": "",
		"my-bucket.localhost:4566": "my-bucket", "my.bucket.localhost": "my.bucket", "my-bucket.s3.localhost:4566": "my-bucket",
		"my-bucket.s3.us-east-1.localhost:4566": "my-bucket", "my.s3.bucket.s3.us-east-1.amazonaws.com": "my.s3.bucket",
		"s3-bucket.s3.localhost": "s3-bucket", "my-bucket.s3.eu-west-1.amazonaws.com.": "my-bucket", "": "",
		"000000000000.localhost:4566": "", "000000000000.s3-control.us-east-1.localhost": "", "00000000000.localhost": "00000000000",
		"000000000000.s3.localhost": "000000000000",
	} {
		if got, ok := bucketOfHost(host); got != want && ok || ok != (want != "") {
			t.Errorf("%q names %q, %v; want %q", host, got, ok, want)
		}
	}
}

func TestTakes(t *testing.T) {
	const scope = "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/"
	for name, tt := range map[string]struct {
		url, authorization string
		want               bool
	}{
		"signed for S3":               {"http://localhost/b/k", scope + "s3/aws4_request, SignedHeaders=host", true},
		"signed for Lambda":           {"http://localhost/2015-03-31/functions", scope + "lambda/aws4_request", false},
		"signed for Lambda, a bucket": {"http://b.s3.localhost/", scope + "lambda/aws4_request", false},
		"presigned":                   {"http://localhost/b/k?X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fs3%2Faws4_request", "", true},
		"presigned for Lambda":        {"http://localhost/b/k?X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Flambda%2Faws4_request", "", false},
		"presigned the old way":       {"http://localhost/b/k?AWSAccessKeyId=A&Signature=B&Expires=1", "", true},
		"a host of S3's":              {"http://b.s3.localhost/k", "", true},
		"nothing":                     {"http://localhost/b/k", "", false},
	} {
		r := httptest.NewRequest(http.MethodGet, tt.url, nil)
		if tt.authorization != "" {
			r.Header.Set("Authorization", tt.authorization)
		}
		if got := Takes(r); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func BenchmarkTakes(b *testing.B) {
	r := httptest.NewRequest(http.MethodPost, "http://localhost:4566/2015-03-31/functions/f:live/invocations", nil)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/lambda/aws4_request, "+
		"SignedHeaders=content-type;host;x-amz-date, Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
	b.ReportAllocs()
	for b.Loop() {
		if Takes(r) {
			b.Fatal("taken")
		}
	}
}
