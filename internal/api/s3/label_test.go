package s3_test

import (
	"strings"
	"testing"
)

func TestHeadersThatAreKept(t *testing.T) {
	for name, tt := range map[string]struct{ sent, want string }{
		"Content-Type":        {"", "binary/octet-stream"},
		"Content-Language":    {"de", "de"},
		"Content-Encoding":    {"br,aws-chunked", "br"},
		"Content-Disposition": {`attachment; filename="a b"`, `attachment; filename="a b"`},
		"Expires":             {"Thu, 01 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 2026 00:00:00 GMT"},
		"X-Amz-Storage-Class": {"STANDARD", ""},
		"x-amz-storage-class": {"ONEZONE_IA", "ONEZONE_IA"},
		"X-Amz-Meta-Plain":    {"value", "value"},
		"X-Amz-Meta-Encoded":  {"=?UTF-8?B?w6Q=?=", "=?UTF-8?q?=C3=A4?="},
		"X-Amz-Meta-Broken":   {"=?UTF-8?B?", "=?UTF-8?B?"},
		"X-Amz-Unheard-Of":    {"value", ""},
		"X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id": {"key", "key"},
		"X-Amz-Website-Redirect-Location":             {"/elsewhere", "/elsewhere"},
	} {
		t.Run(name+" "+tt.sent, func(t *testing.T) {
			b := newBench(t)
			var header []string
			if tt.sent != "" {
				header = []string{name, tt.sent}
			}
			b.ok(b.call("PUT", "/bkt/k", "x", header...))
			for _, method := range []string{"GET", "HEAD"} {
				if got := b.ok(b.call(method, "/bkt/k", "")).header.Get(name); got != tt.want {
					t.Errorf("%s: %q, want %q", method, got, tt.want)
				}
			}
		})
	}
}

// The bound counts names and values of all metadata together.
func TestMetadataHasABound(t *testing.T) {
	b := newBench(t)
	full := []string{"X-Amz-Meta-A", strings.Repeat("x", 1023), "X-Amz-Meta-B", strings.Repeat("x", 1023)}
	b.ok(b.call("PUT", "/bkt/k", "x", full...))
	a := b.call("PUT", "/bkt/k", "x", append(full, "X-Amz-Meta-C", "")...)
	b.want(a, 400, "MetadataTooLarge")
	if a.element("MaxSizeAllowed") != "2048" || a.element("Size") != "2049" {
		t.Errorf("%s", a.body)
	}
}

func TestACopyTakesTagsOrBringsItsOwn(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/from", "x", "X-Amz-Tagging", "t=1"))
	for name, tt := range map[string]struct {
		header []string
		want   string
	}{
		"the source's":   {nil, "1"},
		"explicitly":     {[]string{"X-Amz-Tagging-Directive", "COPY", "X-Amz-Tagging", "t=2"}, "1"},
		"its own":        {[]string{"X-Amz-Tagging-Directive", "REPLACE", "X-Amz-Tagging", "t=2"}, "2"},
		"none of theirs": {[]string{"X-Amz-Tagging-Directive", "REPLACE"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b.ok(b.call("PUT", "/bkt/to", "", append(tt.header, "X-Amz-Copy-Source", "bkt/from")...))
			if a := b.ok(b.call("GET", "/bkt/to?tagging", "")); a.element("Value") != tt.want {
				t.Errorf("%s; want %q", a.body, tt.want)
			}
		})
	}
	b.want(b.call("PUT", "/bkt/to", "", "X-Amz-Copy-Source", "bkt/from", "X-Amz-Tagging-Directive", "KEEP"), 400, "InvalidArgument")
}

// An object may be copied onto itself if something about it changes.
func TestACopyOntoItself(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "x"))
	for name, tt := range map[string]struct {
		header []string
		code   string
	}{
		"nothing changes": {nil, "InvalidRequest"},
		"its metadata":    {[]string{"X-Amz-Metadata-Directive", "REPLACE"}, ""},
		"its class":       {[]string{"X-Amz-Storage-Class", "STANDARD"}, ""},
		"its encryption":  {[]string{"X-Amz-Server-Side-Encryption", "AES256"}, ""},
		"its tags":        {[]string{"X-Amz-Tagging-Directive", "REPLACE"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if a := b.call("PUT", "/bkt/k", "", append(tt.header, "X-Amz-Copy-Source", "bkt/k")...); a.code() != tt.code {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
}

// A bucket with versions tells which one was copied and which was made.
func TestACopyTellsVersions(t *testing.T) {
	b := newBench(t)
	b.versioned("Enabled")
	one := b.ok(b.call("PUT", "/bkt/from", "one")).header.Get("X-Amz-Version-Id")
	b.ok(b.call("PUT", "/bkt/from", "two"))
	a := b.ok(b.call("PUT", "/bkt/to", "", "X-Amz-Copy-Source", "bkt/from?versionId="+one))
	if a.header.Get("X-Amz-Copy-Source-Version-Id") != one || len(a.header.Get("X-Amz-Version-Id")) != 32 {
		t.Errorf("%v", a.header)
	}
	if got := b.ok(b.call("GET", "/bkt/to", "")); got.body != "one" {
		t.Errorf("%q", got.body)
	}
	b.want(b.call("PUT", "/bkt/to", "", "X-Amz-Copy-Source", "bkt/from?versionId="), 400, "InvalidArgument")
	marker := b.ok(b.call("DELETE", "/bkt/from", "")).header.Get("X-Amz-Version-Id")
	b.want(b.call("PUT", "/bkt/to", "", "X-Amz-Copy-Source", "bkt/from"), 404, "NoSuchKey")
	b.want(b.call("PUT", "/bkt/to", "", "X-Amz-Copy-Source", "bkt/from?versionId="+marker), 400, "InvalidRequest")
}
