package s3_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAnObjectComesBackAsItWasPut(t *testing.T) {
	b := newBench(t)
	for _, key := range []string{"k", "a/b/c", "a b+c%25", "a//b/", "%E6%BC%A2", "a/../b", "x=1&y;z:@!$'(),*~"} {
		put := b.ok(b.call("PUT", "/bkt/"+key, "content", "Content-Type", "text/x", "X-Amz-Meta-Some-Name", "value",
			"Cache-Control", "no-store", "X-Amz-Tagging", "a=1&b=2", "X-Amz-Server-Side-Encryption", "aws:kms"))
		got := b.ok(b.call("GET", "/bkt/"+key, ""))
		if got.body != "content" || put.header.Get("ETag") != `"9a0364b9e99bb480dd25e1f0284c8555"` || got.header.Get("ETag") != put.header.Get("ETag") {
			t.Errorf("%s: %q %v", key, got.body, got.header)
		}
		for name, want := range map[string]string{
			"Content-Type": "text/x", "Cache-Control": "no-store", "X-Amz-Meta-Some-Name": "value", "X-Amz-Tagging-Count": "2",
			"Content-Length": "7", "Accept-Ranges": "bytes", "X-Amz-Server-Side-Encryption": "aws:kms",
		} {
			if got.header.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", key, name, got.header.Get(name), want)
			}
		}
		head := b.ok(b.call("HEAD", "/bkt/"+key, ""))
		if head.body != "" || head.header.Get("Content-Length") != "7" {
			t.Errorf("%s: HEAD %v", key, head.header)
		}
	}
}

func TestTheQueryReplacesHeaders(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "x"))
	got := b.ok(b.call("GET", "/bkt/k?response-content-type=a%2Fb&response-content-disposition=inline", ""))
	if got.header.Get("Content-Type") != "a/b" || got.header.Get("Content-Disposition") != "inline" {
		t.Errorf("%v", got.header)
	}
}

func TestRanges(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "0123456789"))
	b.ok(b.call("PUT", "/bkt/empty", ""))
	for header, want := range map[string]answer{
		"bytes=0-3": {status: 206, body: "0123"}, "bytes=3-": {status: 206, body: "3456789"}, "bytes=-2": {status: 206, body: "89"},
		"bytes=8-99": {status: 206, body: "89"}, "bytes=-99": {status: 206, body: "0123456789"}, "bytes=9-9": {status: 206, body: "9"},
		"bytes=3-1": {status: 200, body: "0123456789"}, "bytes=1-2,4-5": {status: 200, body: "0123456789"},
		"bytes=x-": {status: 200, body: "0123456789"}, "lines=1-2": {status: 200, body: "0123456789"}, "bytes=--1": {status: 200, body: "0123456789"},
		"bytes=99999999999999999999-": {status: 200, body: "0123456789"},
	} {
		got := b.call("GET", "/bkt/k", "", "Range", header)
		if got.status != want.status || got.body != want.body {
			t.Errorf("%s: %d %q, want %d %q", header, got.status, got.body, want.status, want.body)
		}
	}
	if got := b.call("GET", "/bkt/k", "", "Range", "bytes=2-3"); got.header.Get("Content-Range") != "bytes 2-3/10" {
		t.Errorf("%v", got.header)
	}
	b.want(b.call("GET", "/bkt/k", "", "Range", "bytes=10-"), 416, "InvalidRange")
	b.want(b.call("GET", "/bkt/k", "", "Range", "bytes=-0"), 416, "InvalidRange")
	b.want(b.call("GET", "/bkt/empty", "", "Range", "bytes=0-"), 416, "InvalidRange")
	b.want(b.call("GET", "/bkt/k?partNumber=1", "", "Range", "bytes=0-"), 400, "InvalidRequest")
	b.want(b.call("GET", "/bkt/k?partNumber=2", ""), 416, "InvalidPartNumber")
	if got := b.call("GET", "/bkt/k?partNumber=1", ""); got.status != 206 || got.body != "0123456789" {
		t.Errorf("%d %q", got.status, got.body)
	}
}

func TestConditionsOfReading(t *testing.T) {
	b := newBench(t)
	etag := b.ok(b.call("PUT", "/bkt/k", "x")).header.Get("ETag")
	after := b.ok(b.call("HEAD", "/bkt/k", "")).header.Get("Last-Modified")
	before := time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)
	for _, tt := range []struct {
		status int
		header []string
	}{
		{200, []string{"If-Match", etag}},
		{200, []string{"If-Match", "*"}},
		{200, []string{"If-Match", `"other", ` + etag}},
		{412, []string{"If-Match", `"other"`}},
		{304, []string{"If-None-Match", etag}},
		{200, []string{"If-None-Match", `"other"`}},
		{200, []string{"If-Modified-Since", before}},
		{304, []string{"If-Modified-Since", after}},
		{412, []string{"If-Unmodified-Since", before}},
		{200, []string{"If-Unmodified-Since", after}},
		{200, []string{"If-Match", etag, "If-Unmodified-Since", before}},
		{304, []string{"If-None-Match", etag, "If-Modified-Since", before}},
		{200, []string{"If-None-Match", `"other"`, "If-Modified-Since", after}},
		{200, []string{"If-Modified-Since", "no date"}},
		{200, []string{"If-Modified-Since", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)}},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			if got := b.call(method, "/bkt/k", "", tt.header...); got.status != tt.status {
				t.Errorf("%s with %v: %d, want %d", method, tt.header, got.status, tt.status)
			}
		}
	}
}

func TestConditionsOfWriting(t *testing.T) {
	b := newBench(t)
	etag := b.ok(b.call("PUT", "/bkt/k", "x", "If-None-Match", "*")).header.Get("ETag")
	a := b.call("PUT", "/bkt/k", "y", "If-None-Match", "*")
	b.want(a, 412, "PreconditionFailed")
	if a.element("Condition") != "If-None-Match" {
		t.Errorf("%s", a.body)
	}
	b.ok(b.call("PUT", "/bkt/k", "y", "If-Match", etag))
	b.want(b.call("PUT", "/bkt/k", "z", "If-Match", etag), 412, "PreconditionFailed")
	b.want(b.call("PUT", "/bkt/none", "z", "If-Match", etag), 404, "NoSuchKey")
	b.want(b.call("PUT", "/bkt/k", "z", "If-None-Match", etag), 400, "NotImplemented")
	b.want(b.call("PUT", "/bkt/k", "z", "If-Match", etag, "If-None-Match", "*"), 400, "NotImplemented")
	b.want(b.call("DELETE", "/bkt/k", "", "If-Match", etag), 412, "PreconditionFailed")
	b.ok(b.call("DELETE", "/bkt/k", "", "If-Match", "*"))
}

func TestTagsOfObjects(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "x", "X-Amz-Tagging", "one=1"))
	if a := b.ok(b.call("GET", "/bkt/k?tagging", "")); a.element("Key") != "one" || a.element("Value") != "1" {
		t.Errorf("%s", a.body)
	}
	const document = "<Tagging><TagSet><Tag><Key>two</Key><Value>v</Value></Tag></TagSet></Tagging>"
	b.ok(b.call("PUT", "/bkt/k?tagging", document))
	if a := b.ok(b.call("GET", "/bkt/k?tagging", "")); a.element("Key") != "two" {
		t.Errorf("%s", a.body)
	}
	b.want(b.call("PUT", "/bkt/k?tagging", "<Tagging><TagSet><Tag><Key>aws:x</Key></Tag></TagSet></Tagging>"), 400, "InvalidTag")
	b.want(b.call("PUT", "/bkt/k?tagging", "<Tagging"), 400, "MalformedXML")
	b.want(b.call("PUT", "/bkt/none?tagging", document), 404, "NoSuchKey")
	b.ok(b.call("DELETE", "/bkt/k?tagging", ""))
	if a := b.ok(b.call("GET", "/bkt/k?tagging", "")); a.element("Key") != "" {
		t.Errorf("%s", a.body)
	}
}

func TestAttributes(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "abc", "X-Amz-Checksum-Crc32", "NSRBwg=="))
	a := b.ok(b.call("GET", "/bkt/k?attributes", "", "X-Amz-Object-Attributes", "ETag,Checksum,ObjectSize,StorageClass,ObjectParts"))
	want := map[string]string{"ETag": "900150983cd24fb0d6963f7d28e17f72", "ChecksumCRC32": "NSRBwg==", "ChecksumType": "FULL_OBJECT", "ObjectSize": "3", "StorageClass": "STANDARD", "PartsCount": ""}
	for name, value := range want {
		if a.element(name) != value {
			got, _ := json.Marshal(a.element(name))
			t.Errorf("%s is %s, want %q", name, got, value)
		}
	}
	b.want(b.call("GET", "/bkt/k?attributes", ""), 400, "InvalidRequest")
	b.want(b.call("GET", "/bkt/k?attributes", "", "X-Amz-Object-Attributes", "Colour"), 400, "InvalidArgument")
}

func TestVersions(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "null"))
	b.ok(b.call("PUT", "/bkt?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"))
	if a := b.ok(b.call("GET", "/bkt?versioning", "")); a.element("Status") != "Enabled" {
		t.Errorf("%s", a.body)
	}
	one := b.ok(b.call("PUT", "/bkt/k", "one")).header.Get("X-Amz-Version-Id")
	b.ok(b.call("PUT", "/bkt/k", "two"))
	gone := b.ok(b.call("DELETE", "/bkt/k", ""))
	marker := gone.header.Get("X-Amz-Version-Id")
	if gone.header.Get("X-Amz-Delete-Marker") != "true" || len(one) != 32 || marker == "" {
		t.Errorf("%q, %v", one, gone.header)
	}
	a := b.call("GET", "/bkt/k", "")
	b.want(a, 404, "NoSuchKey")
	if a.header.Get("X-Amz-Delete-Marker") != "true" {
		t.Errorf("%v", a.header)
	}
	b.want(b.call("GET", "/bkt/k?versionId="+marker, ""), 405, "MethodNotAllowed")
	b.want(b.call("GET", "/bkt/k?versionId=none", ""), 404, "NoSuchVersion")
	for id, want := range map[string]string{one: "one", "null": "null"} {
		if a := b.ok(b.call("GET", "/bkt/k?versionId="+id, "")); a.body != want || a.header.Get("X-Amz-Version-Id") != id {
			t.Errorf("%s: %q %v", id, a.body, a.header)
		}
	}
	b.want(b.call("DELETE", "/bkt", ""), 409, "BucketNotEmpty")
	b.ok(b.call("DELETE", "/bkt/k?versionId="+marker, ""))
	if a := b.ok(b.call("GET", "/bkt/k", "")); a.body != "two" {
		t.Errorf("%q", a.body)
	}
	b.want(b.call("PUT", "/bkt?versioning", "<VersioningConfiguration/>"), 400, "IllegalVersioningConfigurationException")
	b.want(b.call("PUT", "/bkt?versioning", "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>"), 400, "MalformedXML")
}

func TestCopies(t *testing.T) {
	b := newBench(t)
	etag := b.ok(b.call("PUT", "/bkt/from%20here", "x", "Content-Type", "a/b", "X-Amz-Meta-M", "1")).header.Get("ETag")
	for _, source := range []string{"/bkt/from%20here", "bkt/from%20here", "bkt/from here", "bkt%2Ffrom%20here", "bkt/from%20here?versionId=null"} {
		a := b.ok(b.call("PUT", "/bkt/to", "", "X-Amz-Copy-Source", source))
		if a.element("ETag") != etag {
			t.Errorf("%s: %s", source, a.body)
		}
	}
	if a := b.ok(b.call("GET", "/bkt/to", "")); a.body != "x" || a.header.Get("Content-Type") != "a/b" || a.header.Get("X-Amz-Meta-M") != "1" {
		t.Errorf("%q %v", a.body, a.header)
	}
	b.ok(b.call("PUT", "/bkt/to", "", "X-Amz-Copy-Source", "bkt/to", "X-Amz-Metadata-Directive", "REPLACE", "X-Amz-Meta-N", "2"))
	if a := b.ok(b.call("HEAD", "/bkt/to", "")); a.header.Get("X-Amz-Meta-M") != "" || a.header.Get("X-Amz-Meta-N") != "2" {
		t.Errorf("%v", a.header)
	}
	for _, tt := range []struct {
		status int
		code   string
		header []string
	}{
		{400, "InvalidRequest", []string{"X-Amz-Copy-Source", "bkt/to"}},
		{404, "NoSuchKey", []string{"X-Amz-Copy-Source", "bkt/none"}},
		{404, "NoSuchBucket", []string{"X-Amz-Copy-Source", "nobkt/none"}},
		{404, "NoSuchVersion", []string{"X-Amz-Copy-Source", "bkt/from%20here?versionId=none"}},
		{400, "InvalidArgument", []string{"X-Amz-Copy-Source", "bkt"}},
		{400, "InvalidArgument", []string{"X-Amz-Copy-Source", "bkt/%zz"}},
		{400, "InvalidURI", []string{"X-Amz-Copy-Source", "bkt/../x"}},
		{400, "InvalidArgument", []string{"X-Amz-Copy-Source", "bkt/from%20here", "X-Amz-Metadata-Directive", "KEEP"}},
		{412, "PreconditionFailed", []string{"X-Amz-Copy-Source", "bkt/from%20here", "X-Amz-Copy-Source-If-Match", "other"}},
		{412, "PreconditionFailed", []string{"X-Amz-Copy-Source", "bkt/from%20here", "X-Amz-Copy-Source-If-None-Match", etag}},
	} {
		b.want(b.call("PUT", "/bkt/to", "", tt.header...), tt.status, tt.code)
	}
}

func TestARefusedCopyTellsOfItsSource(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/r", "x"))
	long := strings.Repeat("l", 1025)
	for _, tt := range []struct{ path, source, element, want string }{
		{"/bkt/k", "nob/x", "BucketName", "nob"},
		{"/bkt/k", "bkt/none", "Key", "none"},
		{"/bkt/k", "bkt/r?versionId=nope", "Key", "r"},
		{"/bkt/k", "bkt/r?versionId=nope", "VersionId", "nope"},
		{"/bkt/k", "bkt/" + long, "Size", "1025"},
		{"/bkt/" + long + "l", "bkt/r", "Size", "1026"},
		{"/notthere/k", "bkt/r", "BucketName", "notthere"},
		{"/bkt/k?partNumber=1&uploadId=gone", "bkt/none", "Key", "none"},
		{"/bkt/k?partNumber=1&uploadId=gone", "bkt/r", "UploadId", "gone"},
	} {
		if a := b.call("PUT", tt.path, "", "X-Amz-Copy-Source", tt.source); a.element(tt.element) != tt.want {
			t.Errorf("%s to %s: %s; want %s %s", tt.source, tt.path, a.body, tt.element, tt.want)
		}
	}
}

func TestManyAreDeletedAtOnce(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/a", "x"))
	b.ok(b.call("PUT", "/bkt/b", "x"))
	const list = "<Delete><Object><Key>a</Key></Object><Object><Key>none</Key></Object><Object><Key>b</Key><ETag>other</ETag></Object></Delete>"
	a := b.ok(b.call("POST", "/bkt?delete", list))
	if a.element("Key") != "a" || a.element("Code") != "PreconditionFailed" {
		t.Errorf("%s", a.body)
	}
	b.want(b.call("GET", "/bkt/a", ""), 404, "NoSuchKey")
	if a := b.ok(b.call("POST", "/bkt?delete", "<Delete><Quiet>true</Quiet><Object><Key>b</Key></Object></Delete>")); a.element("Deleted") != "" {
		t.Errorf("%s", a.body)
	}
	b.want(b.call("GET", "/bkt/b", ""), 404, "NoSuchKey")
	b.want(b.call("POST", "/bkt?delete", "<Delete></Delete>"), 400, "MalformedXML")
	b.want(b.call("POST", "/bkt?delete", "{}"), 400, "MalformedXML")
	b.want(b.call("POST", "/nobkt?delete", list), 404, "NoSuchBucket")
}
