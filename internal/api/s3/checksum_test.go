package s3_test

import (
	"net/http"
	"strings"
	"testing"

	"sluice/internal/bucket"
)

// Each algorithm is taken, checked and told in the places of its name.
func TestChecksumsOfEachAlgorithm(t *testing.T) {
	for _, algorithm := range bucket.Algorithms {
		t.Run(string(algorithm), func(t *testing.T) {
			b := newBench(t)
			header, sum := "X-Amz-Checksum-"+string(algorithm), algorithm.Of([]byte("abc")).Value
			b.want(b.call("PUT", "/bkt/k", "abd", header, sum), 400, "BadDigest")
			b.ok(b.call("PUT", "/bkt/k", "abc", header, sum))
			if got := b.ok(b.call("HEAD", "/bkt/k", "", "X-Amz-Checksum-Mode", "ENABLED")).header; got.Get(header) != sum || got.Get("X-Amz-Checksum-Type") != "FULL_OBJECT" {
				t.Errorf("HEAD: %v", got)
			}
			for what, a := range map[string]answer{
				"its attributes": b.call("GET", "/bkt/k?attributes", "", "X-Amz-Object-Attributes", "Checksum"),
				"a copy":         b.call("PUT", "/bkt/copy", "", "X-Amz-Copy-Source", "bkt/k"),
			} {
				if b.ok(a).element("Checksum"+string(algorithm)) != sum || a.element("ChecksumType") != "FULL_OBJECT" {
					t.Errorf("%s: %s", what, a.body)
				}
			}
			if a := b.ok(b.call("GET", "/bkt?list-type=2", "")); a.element("ChecksumAlgorithm") != string(algorithm) {
				t.Errorf("the list: %s", a.body)
			}
			computed := b.ok(b.call("PUT", "/bkt/k", "xyz", "X-Amz-Sdk-Checksum-Algorithm", string(algorithm)))
			if got := computed.header.Get(header); got != algorithm.Of([]byte("xyz")).Value {
				t.Errorf("what the server computes is %q", got)
			}
		})
	}
}

// Parts have checksums of the upload's algorithm, and the object has one over theirs or over its content.
func TestChecksumsOfParts(t *testing.T) {
	for _, tt := range []struct {
		algorithm bucket.Algorithm
		kind      string // as asked for
		want      string // empty for a refusal
	}{
		{bucket.CRC32, "", "COMPOSITE"}, {bucket.CRC32, "COMPOSITE", "COMPOSITE"}, {bucket.CRC32, "FULL_OBJECT", "FULL_OBJECT"},
		{bucket.CRC32C, "FULL_OBJECT", "FULL_OBJECT"}, {bucket.CRC64NVME, "", "FULL_OBJECT"}, {bucket.CRC64NVME, "COMPOSITE", ""},
		{bucket.SHA1, "COMPOSITE", "COMPOSITE"}, {bucket.SHA1, "FULL_OBJECT", ""}, {bucket.SHA256, "", "COMPOSITE"}, {bucket.SHA256, "HALF", ""},
	} {
		t.Run(string(tt.algorithm)+" "+tt.kind, func(t *testing.T) {
			b := newBench(t)
			begun := b.call("POST", "/bkt/k?uploads", "", "X-Amz-Checksum-Algorithm", string(tt.algorithm), "X-Amz-Checksum-Type", tt.kind)
			if tt.want == "" {
				if begun.status != 400 {
					t.Errorf("%d %s", begun.status, begun.body)
				}
				return
			}
			if kind := b.ok(begun).header.Get("X-Amz-Checksum-Type"); kind != tt.want {
				t.Errorf("the upload's is %s, want %s", kind, tt.want)
			}
			id := begun.element("UploadId")
			header, sum := http.CanonicalHeaderKey("X-Amz-Checksum-"+string(tt.algorithm)), tt.algorithm.Of([]byte("abc")).Value
			b.want(b.call("PUT", "/bkt/k?partNumber=1&uploadId="+id, "abc", header, tt.algorithm.Of([]byte("x")).Value), 400, "BadDigest")
			part := b.part("k", id, 1, "abc")
			named := strings.Replace(part, "</Part>", "<Checksum"+string(tt.algorithm)+">"+sum+"</Checksum"+string(tt.algorithm)+"></Part>", 1)
			b.want(b.complete("k", id, strings.Replace(named, sum, "AAAAAA==", 1)), 400, "InvalidPart")
			a := b.ok(b.complete("k", id, named))
			got := a.element("Checksum" + string(tt.algorithm))
			if a.element("ChecksumType") != tt.want || (tt.want == "FULL_OBJECT") != (got == sum) || (tt.want == "COMPOSITE") != strings.HasSuffix(got, "-1") {
				t.Errorf("%s", a.body)
			}
		})
	}
}
