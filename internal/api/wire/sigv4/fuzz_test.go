package sigv4_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"sluice/internal/api/wire/sigv4"
)

// FuzzStreamedBodies decodes bodies that only claim to be in the aws-chunked encoding.
func FuzzStreamedBodies(f *testing.F) {
	for _, digest := range []string{
		"STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
	} {
		f.Add(digest, []byte(upload{digest: digest, chunks: []string{"abc", "d"}, trailer: "x-amz-checksum-crc32:AAAAAA=="}.body("00")))
		f.Add(digest, []byte("ffffffffffffffff\r\n"))
		f.Add(digest, []byte("-1;chunk-signature=0\r\n\r\n0\r\n"))
	}
	// A key that nobody knows is let in without a look at its signatures, so that what they would stop is read too.
	v := &sigv4.Verifier{Keys: keys{}, Now: verifier().Now, Anyone: &sigv4.Identity{}}
	f.Fuzz(func(t *testing.T, digest string, body []byte) {
		request, err := http.NewRequest("PUT", "http://localhost/b/k", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Amz-Content-Sha256", digest)
		request.Header.Set("X-Amz-Date", "20260301T120000Z")
		request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDNOBODY/20260301/eu-west-1/s3/aws4_request, "+
			"SignedHeaders=host, Signature="+strings.Repeat("0", 64))
		request.Body = io.NopCloser(bytes.NewReader(body))
		signature, err := sigv4.Parse(request)
		if err != nil || !signature.Streamed() {
			return
		}
		if _, content, err := v.Open(request, &signature); err == nil {
			if read, _ := io.Copy(io.Discard, content); read > int64(len(body)) {
				t.Errorf("%d bytes came out of %d", read, len(body))
			}
		}
	})
}
