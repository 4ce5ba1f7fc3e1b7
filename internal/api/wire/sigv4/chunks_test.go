package sigv4_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"sluice/internal/api/wire/sigv4"
)

func temporary() aws.Credentials {
	return aws.Credentials{AccessKeyID: "ASIATEMPORARY", SecretAccessKey: secret, SessionToken: "the token"}
}

// upload is an S3 upload in the aws-chunked encoding, signed as the S3 reference describes.
type upload struct {
	digest  string
	chunks  []string
	trailer string
}

func (u upload) request(t *testing.T) *http.Request {
	t.Helper()
	req, err := http.NewRequest("PUT", "http://localhost/bucket/key", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Amz-Content-Sha256", u.digest)
	req.Header.Set("Content-Encoding", "aws-chunked")
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	credentials := aws.Credentials{AccessKeyID: keyID, SecretAccessKey: secret}
	if err := signer.SignHTTP(context.Background(), credentials, req, u.digest, "s3", "eu-west-1", signedAt); err != nil {
		t.Fatal(err)
	}
	_, seed, _ := strings.Cut(req.Header.Get("Authorization"), "Signature=")
	body := u.body(seed)
	req.Body, req.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	return served(t, req)
}

func (u upload) body(previous string) string {
	var b strings.Builder
	for _, chunk := range append(u.chunks, "") {
		extension := ""
		if u.digest != "STREAMING-UNSIGNED-PAYLOAD-TRAILER" {
			previous = sign("AWS4-HMAC-SHA256-PAYLOAD", previous, hexDigest("")+"\n"+hexDigest(chunk))
			extension = ";chunk-signature=" + previous
		}
		fmt.Fprintf(&b, "%x%s\r\n%s", len(chunk), extension, chunk)
		if chunk != "" {
			b.WriteString("\r\n")
		}
	}
	if u.trailer != "" {
		b.WriteString(u.trailer + "\r\n")
		if u.digest == "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" {
			b.WriteString("x-amz-trailer-signature:" + sign("AWS4-HMAC-SHA256-TRAILER", previous, hexDigest(u.trailer+"\n")) + "\r\n")
		}
	}
	return b.String() + "\r\n"
}

// sign is the chunk's signature, written without a look at the code under test.
func sign(kind, previous, digests string) string {
	key := []byte("AWS4" + secret)
	for _, part := range []string{"20260301", "eu-west-1", "s3", "aws4_request"} {
		key = code(key, part)
	}
	return hex.EncodeToString(code(key, strings.Join([]string{
		kind, "20260301T120000Z", "20260301/eu-west-1/s3/aws4_request", previous, digests,
	}, "\n")))
}

func code(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func open(t *testing.T, v *sigv4.Verifier, r *http.Request) (string, error) {
	t.Helper()
	sig, err := sigv4.Parse(r)
	if err != nil {
		t.Fatal(err)
	}
	_, body, err := v.Open(r, &sig)
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(body)
	return string(data), err
}

var uploads = map[string]upload{
	"signed":           {digest: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", chunks: []string{strings.Repeat("a", 70000), "bc"}},
	"signed, trailer":  {digest: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", chunks: []string{"hello\r\n", "0"}, trailer: "x-amz-checksum-crc32:AAAAAA=="},
	"unsigned trailer": {digest: "STREAMING-UNSIGNED-PAYLOAD-TRAILER", chunks: []string{"hello"}, trailer: "x-amz-checksum-crc32:AAAAAA=="},
	"empty":            {digest: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"},
}

func TestChunksAreTakenApart(t *testing.T) {
	for name, u := range uploads {
		t.Run(name, func(t *testing.T) {
			got, err := open(t, verifier(), u.request(t))
			if want := strings.Join(u.chunks, ""); err != nil || got != want {
				t.Errorf("read %d bytes, %v; want %d", len(got), err, len(want))
			}
		})
	}
}

func TestChunksOfAnyoneAreTakenApart(t *testing.T) {
	v := &sigv4.Verifier{Keys: keys{}, Anyone: &sigv4.Identity{}}
	r := replaced(t, uploads["signed"].request(t), "bc", "xy")
	if got, err := open(t, v, r); err != nil || !strings.HasSuffix(got, "axy") {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
}

func TestChunksThatWereTamperedWith(t *testing.T) {
	trailed := "signed, trailer"
	for _, tt := range []struct {
		name, upload, from, to string
		reason                 sigv4.Reason
	}{
		{"data", "signed", "bc", "bd", sigv4.Mismatch},
		{"signature", "signed", "2;chunk-signature=", "2;chunk-signature=0", sigv4.Mismatch},
		{"no signature", "signed", "2;chunk-signature=", "2;x=", sigv4.Mismatch},
		{"trailer", trailed, "AAAAAA==", "BBBBBB==", sigv4.Mismatch},
		{"trailer's signature", trailed, "x-amz-trailer-signature:", "x-amz-trailer-signature:0", sigv4.Mismatch},
		{"size", "signed", "2;chunk", "1;chunk", sigv4.Malformed},
		{"negative size", "signed", "2;chunk", "-2;chunk", sigv4.Malformed},
		{"no size", "signed", "2;chunk", "x;chunk", sigv4.Malformed},
		{"endless header", "signed", "2;chunk", "2;" + strings.Repeat("x", 10000), sigv4.Malformed},
		{"a trailer that nobody announced", "signed", "\r\n\r\n", "\r\nx:y\r\n\r\n", sigv4.Malformed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := open(t, verifier(), replaced(t, uploads[tt.upload].request(t), tt.from, tt.to))
			var failure *sigv4.Error
			if !errors.As(err, &failure) || failure.Reason != tt.reason {
				t.Errorf("got %v, want reason %d", err, tt.reason)
			}
		})
	}
}

func TestAnUploadThatBreaksOffIsAnError(t *testing.T) {
	r := uploads["signed"].request(t)
	whole, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, length := range []int{0, 1, 50, 200, 70000, len(whole) - 60, len(whole) - 100} {
		r.Body = io.NopCloser(bytes.NewReader(whole[:length]))
		if _, err := open(t, verifier(), r); err == nil {
			t.Errorf("the first %d of %d bytes are taken for the whole", length, len(whole))
		}
	}
}

// replaced changes the body of r.
func replaced(t *testing.T, r *http.Request, from, to string) *http.Request {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), from) {
		t.Fatalf("no %q in the body", from)
	}
	i := strings.LastIndex(string(data), from)
	text := string(data[:i]) + to + string(data[i+len(from):])
	r.Body = io.NopCloser(strings.NewReader(text))
	return r
}
