package s3_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"net/http"
	"strings"
	"testing"
)

func TestBodiesThatAreNotWhatTheySay(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		status int
		code   string
		header []string
	}{
		{200, "", []string{"Content-MD5", "kAFQmDzST7DWlj99KOF/cg=="}},
		{400, "BadDigest", []string{"Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA=="}},
		{400, "InvalidDigest", []string{"Content-MD5", "x"}},
		{400, "InvalidDigest", []string{"Content-MD5", "AAAA"}},
		{200, "", []string{"X-Amz-Checksum-Crc32", "NSRBwg=="}},
		{200, "", []string{"X-Amz-Checksum-Sha256", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="}},
		{200, "", []string{"X-Amz-Sdk-Checksum-Algorithm", "SHA1"}},
		{400, "BadDigest", []string{"X-Amz-Checksum-Crc32", "AAAAAA=="}},
		{400, "InvalidRequest", []string{"X-Amz-Checksum-Crc32", "no base64"}},
		{400, "InvalidRequest", []string{"X-Amz-Checksum-Crc32", "AAAA"}},
		{400, "InvalidRequest", []string{"X-Amz-Checksum-Crc32", "NSRBwg==", "X-Amz-Checksum-Crc32c", "AAAAAA=="}},
		{400, "InvalidRequest", []string{"X-Amz-Sdk-Checksum-Algorithm", "MD4"}},
	} {
		b.want(b.call("PUT", "/bkt/k", "abc", tt.header...), tt.status, tt.code)
	}
	r := b.sign(b.request("PUT", "/bkt/k2", "abc"), hex.EncodeToString(make([]byte, 32)))
	b.want(b.send(r), 400, "XAmzContentSHA256Mismatch")
	b.want(b.call("GET", "/bkt/k2", ""), 404, "NoSuchKey")
	b.ok(b.send(b.sign(b.request("PUT", "/bkt/k2", "abc"), "UNSIGNED-PAYLOAD")))
	b.want(b.call("POST", "/bkt?delete", "<Delete><Object><Key>k</Key></Object></Delete>", "Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA=="), 400, "BadDigest")
}

func TestChecksumsAreShownIfAskedFor(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "abc", "X-Amz-Checksum-Crc32", "NSRBwg=="))
	with := b.ok(b.call("GET", "/bkt/k", "", "X-Amz-Checksum-Mode", "ENABLED"))
	without := b.ok(b.call("GET", "/bkt/k", ""))
	if with.header.Get("X-Amz-Checksum-Crc32") != "NSRBwg==" || without.header.Get("X-Amz-Checksum-Crc32") != "" {
		t.Errorf("%v\n%v", with.header, without.header)
	}
	part := b.call("GET", "/bkt/k", "", "X-Amz-Checksum-Mode", "ENABLED", "Range", "bytes=0-1")
	if part.header.Get("X-Amz-Checksum-Crc32") != "" {
		t.Errorf("that of the whole for a part: %v", part.header)
	}
}

// chunked makes an upload in the aws-chunked encoding, as the S3 reference describes it.
func (b *bench) chunked(digest, trailer string, chunks ...string) *http.Request {
	b.t.Helper()
	r := b.request("PUT", "/bkt/k", "", "Content-Encoding", "aws-chunked,br", "X-Amz-Decoded-Content-Length", fmt.Sprint(len(strings.Join(chunks, ""))))
	if trailer != "" {
		r.Header.Set("X-Amz-Trailer", strings.Split(trailer, ":")[0])
	}
	b.sign(r, digest)
	_, previous, _ := strings.Cut(r.Header.Get("Authorization"), "Signature=")
	date := r.Header.Get("X-Amz-Date")
	var body strings.Builder
	for _, chunk := range append(chunks, "") {
		extension := ""
		if !strings.Contains(digest, "UNSIGNED") {
			previous = chunkSignature("AWS4-HMAC-SHA256-PAYLOAD", date, previous, sha("")+"\n"+sha(chunk))
			extension = ";chunk-signature=" + previous
		}
		fmt.Fprintf(&body, "%x%s\r\n%s", len(chunk), extension, chunk)
		if chunk != "" {
			body.WriteString("\r\n")
		}
	}
	if trailer != "" {
		body.WriteString(trailer + "\r\n")
		if !strings.Contains(digest, "UNSIGNED") {
			body.WriteString("x-amz-trailer-signature:" + chunkSignature("AWS4-HMAC-SHA256-TRAILER", date, previous, sha(trailer+"\n")) + "\r\n")
		}
	}
	body.WriteString("\r\n")
	again := b.request("PUT", "/bkt/k", body.String())
	again.Header = r.Header
	return again
}

func chunkSignature(kind, date, previous, digests string) string {
	key := []byte("AWS4" + secret)
	for _, part := range []string{date[:8], "us-east-1", "s3", "aws4_request"} {
		key = code(key, part)
	}
	return hex.EncodeToString(code(key, strings.Join([]string{kind, date, date[:8] + "/us-east-1/s3/aws4_request", previous, digests}, "\n")))
}

func code(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func sha(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func crc(text string) string {
	return base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(text))))
}

func TestChunkedUploads(t *testing.T) {
	long := strings.Repeat("a", 70000)
	sum := "x-amz-checksum-crc32:" + crc(long+"bc")
	for name, tt := range map[string]struct {
		digest, trailer string
		status          int
		code            string
	}{
		"signed":                  {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "", 200, ""},
		"signed, with a trailer":  {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", sum, 200, ""},
		"unsigned":                {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", sum, 200, ""},
		"with another checksum":   {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-checksum-crc32:AAAAAA==", 400, "BadDigest"},
		"with a broken checksum":  {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-checksum-crc32:x", 400, "InvalidRequest"},
		"with an unknown trailer": {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-checksum-md4:x", 400, "InvalidRequest"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.want(b.send(b.chunked(tt.digest, tt.trailer, long, "bc")), tt.status, tt.code)
			got := b.call("GET", "/bkt/k", "", "X-Amz-Checksum-Mode", "ENABLED")
			if tt.status != 200 {
				b.want(got, 404, "NoSuchKey")
				return
			}
			if got.body != long+"bc" || got.header.Get("Content-Encoding") != "br" {
				t.Errorf("%d bytes, %v", len(got.body), got.header)
			}
			if want := strings.TrimPrefix(tt.trailer, "x-amz-checksum-crc32:"); got.header.Get("X-Amz-Checksum-Crc32") != want {
				t.Errorf("checksum %q, want %q", got.header.Get("X-Amz-Checksum-Crc32"), want)
			}
		})
	}
}

func TestAChunkedUploadOfAnotherLength(t *testing.T) {
	b := newBench(t)
	r := b.request("PUT", "/bkt/k", "3\r\nabc\r\n0\r\n\r\n", "X-Amz-Decoded-Content-Length", "4")
	b.want(b.send(b.sign(r, "STREAMING-UNSIGNED-PAYLOAD-TRAILER")), 400, "IncompleteBody")
	r = b.request("PUT", "/bkt/k", "3\r\nabc", "X-Amz-Decoded-Content-Length", "3")
	b.want(b.send(b.sign(r, "STREAMING-UNSIGNED-PAYLOAD-TRAILER")), 400, "IncompleteBody")
	r = b.request("PUT", "/bkt/k", "", "X-Amz-Decoded-Content-Length", "6000000000")
	b.want(b.send(b.sign(r, "STREAMING-UNSIGNED-PAYLOAD-TRAILER")), 400, "EntityTooLarge")
	r = b.request("PUT", "/bkt/k", "", "X-Amz-Decoded-Content-Length", "x")
	b.want(b.send(b.sign(r, "STREAMING-UNSIGNED-PAYLOAD-TRAILER")), 400, "InvalidArgument")
}
