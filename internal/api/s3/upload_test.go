package s3_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/bucket"
)

// begin begins an upload and returns its ID.
func (b *bench) begin(key string, header ...string) string {
	b.t.Helper()
	return b.ok(b.call("POST", "/bkt/"+key+"?uploads", "", header...)).element("UploadId")
}

// part uploads a part and returns the element that completes it.
func (b *bench) part(key, id string, number int, content string, header ...string) string {
	b.t.Helper()
	a := b.ok(b.call("PUT", fmt.Sprintf("/bkt/%s?partNumber=%d&uploadId=%s", key, number, id), content, header...))
	return fmt.Sprintf("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>", number, a.header.Get("ETag"))
}

func (b *bench) complete(key, id string, parts ...string) answer {
	b.t.Helper()
	return b.call("POST", "/bkt/"+key+"?uploadId="+id, "<CompleteMultipartUpload>"+strings.Join(parts, "")+"</CompleteMultipartUpload>")
}

var big = strings.Repeat("a", bucket.MinPartSize)

func TestAMultipartUpload(t *testing.T) {
	b := newBench(t)
	id := b.begin("k", "Content-Type", "a/b", "X-Amz-Meta-M", "1")
	one, two := b.part("k", id, 1, big), b.part("k", id, 2, "b")
	a := b.ok(b.complete("k", id, one, two))
	if etag := a.element("ETag"); !strings.HasSuffix(etag, `-2"`) || a.element("Key") != "k" || a.element("Location") != b.url+"/bkt/k" {
		t.Errorf("%s", a.body)
	}
	got := b.ok(b.call("GET", "/bkt/k", ""))
	if got.body != big+"b" || got.header.Get("Content-Type") != "a/b" || got.header.Get("X-Amz-Meta-M") != "1" {
		t.Errorf("%d bytes, %v", len(got.body), got.header)
	}
	part := b.call("GET", "/bkt/k?partNumber=2", "")
	if part.status != 206 || part.body != "b" || part.header.Get("X-Amz-Mp-Parts-Count") != "2" {
		t.Errorf("%d %q %v", part.status, part.body, part.header)
	}
	if a := b.ok(b.call("GET", "/bkt/k?attributes", "", "X-Amz-Object-Attributes", "ObjectParts")); a.element("PartsCount") != "2" {
		t.Errorf("%s", a.body)
	}
	b.ok(b.complete("k", id, one, two)) // whose answer was lost
	b.want(b.call("PUT", "/bkt/k?partNumber=1&uploadId="+id, "x"), 404, "NoSuchUpload")
}

func TestUploadsThatAreRefused(t *testing.T) {
	b := newBench(t)
	id := b.begin("k")
	one, two := b.part("k", id, 1, "small"), b.part("k", id, 2, "b")
	a := b.complete("k", id, one, two)
	b.want(a, 400, "EntityTooSmall")
	for name, want := range map[string]string{"PartNumber": "1", "ProposedSize": "5", "MinSizeAllowed": "5242880"} {
		if a.element(name) != want {
			t.Errorf("%s", a.body)
		}
	}
	b.want(b.complete("k", id, two, one), 400, "InvalidPartOrder")
	b.want(b.complete("k", id, "<Part><PartNumber>3</PartNumber><ETag>x</ETag></Part>"), 400, "InvalidPart")
	b.want(b.complete("k", id), 400, "MalformedXML")
	b.want(b.complete("k", "none", one), 404, "NoSuchUpload")
	b.want(b.complete("other", id, one), 404, "NoSuchUpload")
	b.want(b.call("POST", "/bkt/k?uploadId="+id, "<CompleteMultipartUpload><Part><PartNumber>x"), 400, "MalformedXML")
	for _, number := range []string{"0", "10001", "x", ""} {
		b.want(b.call("PUT", "/bkt/k?partNumber="+number+"&uploadId="+id, "x"), 400, "InvalidArgument")
	}
	b.want(b.call("POST", "/bkt/k?uploads", "", "X-Amz-Checksum-Algorithm", "MD4"), 400, "InvalidRequest")
	b.want(b.call("POST", "/bkt/k?uploads", "", "X-Amz-Checksum-Algorithm", "SHA1", "X-Amz-Checksum-Type", "FULL_OBJECT"), 400, "InvalidRequest")
	b.want(b.call("POST", "/bkt/k?uploads", "", "X-Amz-Server-Side-Encryption-Customer-Algorithm", "AES256"), 400, "NotImplemented")
	b.ok(b.call("DELETE", "/bkt/k?uploadId="+id, ""))
	b.want(b.call("DELETE", "/bkt/k?uploadId="+id, ""), 404, "NoSuchUpload")
	b.want(b.call("GET", "/bkt/k?uploadId="+id, ""), 404, "NoSuchUpload")
}

func TestCompletionChecksSizeAndChecksum(t *testing.T) {
	b := newBench(t)
	id := b.begin("k", "X-Amz-Checksum-Algorithm", "CRC32", "X-Amz-Checksum-Type", "FULL_OBJECT")
	part := b.part("k", id, 1, "abc")
	body := "<CompleteMultipartUpload>" + part + "</CompleteMultipartUpload>"
	b.want(b.call("POST", "/bkt/k?uploadId="+id, body, "X-Amz-Mp-Object-Size", "4"), 400, "InvalidRequest")
	b.want(b.call("POST", "/bkt/k?uploadId="+id, body, "X-Amz-Checksum-Crc32", "AAAAAA=="), 400, "BadDigest")
	if a := b.ok(b.call("POST", "/bkt/k?uploadId="+id, body, "X-Amz-Checksum-Crc32", "NSRBwg==")); a.element("ChecksumType") != "FULL_OBJECT" {
		t.Errorf("%s", a.body)
	}
}

func TestPartsAreListed(t *testing.T) {
	b := newBench(t)
	id := b.begin("k", "X-Amz-Checksum-Algorithm", "CRC32")
	for n := range 3 {
		b.part("k", id, n+1, "x")
	}
	a := b.ok(b.call("GET", "/bkt/k?max-parts=2&uploadId="+id, ""))
	for name, want := range map[string]string{
		"PartNumber": "1", "IsTruncated": "true", "NextPartNumberMarker": "2", "ChecksumCRC32": "jNwWgw==", "ChecksumType": "COMPOSITE", "Size": "1",
	} {
		if a.element(name) != want {
			t.Errorf("%s is %q, want %q", name, a.element(name), want)
		}
	}
	a = b.ok(b.call("GET", "/bkt/k?part-number-marker=2&uploadId="+id, ""))
	if a.element("PartNumber") != "3" || a.element("IsTruncated") != "false" {
		t.Errorf("%s", a.body)
	}
	if a := b.ok(b.call("GET", "/bkt?uploads", "")); a.element("UploadId") != id || a.element("NextKeyMarker") != "k" {
		t.Errorf("%s", a.body)
	}
	b.want(b.call("GET", "/bkt/k?part-number-marker=x&uploadId="+id, ""), 400, "InvalidArgument")
}

func TestACopiedPart(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/from", "0123456789"))
	id := b.begin("k")
	path := "/bkt/k?partNumber=1&uploadId=" + id
	a := b.ok(b.call("PUT", path, "", "X-Amz-Copy-Source", "bkt/from", "X-Amz-Copy-Source-Range", "bytes=2-4"))
	b.ok(b.complete("k", id, "<Part><PartNumber>1</PartNumber><ETag>"+a.element("ETag")+"</ETag></Part>"))
	if got := b.ok(b.call("GET", "/bkt/k", "")); got.body != "234" {
		t.Errorf("%q", got.body)
	}
	id = b.begin("k")
	path = "/bkt/k?partNumber=1&uploadId=" + id
	for _, tt := range []struct{ source, stretch, code string }{
		{"bkt/from", "bytes=2-10", "InvalidArgument"}, {"bkt/from", "bytes=-2", "InvalidArgument"}, {"bkt/from", "2-3", "InvalidArgument"},
		{"bkt/none", "", "NoSuchKey"}, {"bkt", "", "InvalidArgument"},
	} {
		if a := b.call("PUT", path, "", "X-Amz-Copy-Source", tt.source, "X-Amz-Copy-Source-Range", tt.stretch); a.code() != tt.code {
			t.Errorf("%+v: %s", tt, a.body)
		}
	}
}
