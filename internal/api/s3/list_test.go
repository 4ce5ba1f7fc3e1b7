package s3_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// volatile is what differs from one answer to the next.
var volatile = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]+Z|<(RequestId|HostId)>[^<]*`)

// between are the places between two elements, and between the ends of two.
var between = regexp.MustCompile(`([a-zA-Z?"/]>)(<[^/])|(</[^>]+>)(</)`)

// golden compares an answer with a file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = volatile.ReplaceAllStringFunc(got, func(s string) string {
		if i := strings.IndexByte(s, '>'); i > 0 {
			return s[:i+1] + "X"
		}
		return "TIME"
	})
	got = between.ReplaceAllString(got, "$1$3\n$2$4") + "\n"
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != got {
		t.Errorf("%v; %s is\n%s", err, name, got)
	}
}

func TestListsLookLikeS3s(t *testing.T) {
	b := newBench(t)
	for _, key := range []string{"a%20b%26c", "dir/1", "dir/2", "z"} {
		b.ok(b.call("PUT", "/bkt/"+key, "x", "X-Amz-Checksum-Crc32", "jNwWgw=="))
	}
	for name, query := range map[string]string{
		"list-v1":             "delimiter=/&max-keys=2",
		"list-v2":             "list-type=2&encoding-type=url&delimiter=/&max-keys=2&start-after=A",
		"list-v2-owner":       "list-type=2&prefix=dir/&fetch-owner=true",
		"list-v2-none":        "list-type=2&prefix=none",
		"list-versions":       "versions&prefix=dir/&max-keys=1",
		"list-uploads-nobody": "uploads",
	} {
		t.Run(name, func(t *testing.T) {
			golden(t, name, b.ok(b.call("GET", "/bkt?"+query, "")).body)
		})
	}
}

func TestPagesOfAList(t *testing.T) {
	b := newBench(t)
	for _, key := range []string{"a", "b/1", "b/2", "c"} {
		b.ok(b.call("PUT", "/bkt/"+key, "x"))
	}
	first := b.ok(b.call("GET", "/bkt?list-type=2&delimiter=/&max-keys=2", ""))
	second := b.ok(b.call("GET", "/bkt?list-type=2&delimiter=/&continuation-token="+first.element("NextContinuationToken"), ""))
	if first.element("IsTruncated") != "true" || second.element("Key") != "c" || second.element("CommonPrefixes") != "" || second.element("KeyCount") != "1" {
		t.Errorf("%s\n%s", first.body, second.body)
	}
	first = b.ok(b.call("GET", "/bkt?delimiter=/&max-keys=2", ""))
	second = b.ok(b.call("GET", "/bkt?delimiter=/&marker="+first.element("NextMarker"), ""))
	if second.element("Key") != "c" {
		t.Errorf("%s\n%s", first.body, second.body)
	}
	if a := b.ok(b.call("GET", "/bkt?list-type=2&max-keys=0", "")); a.element("KeyCount") != "0" || a.element("IsTruncated") != "false" {
		t.Errorf("%s", a.body)
	}
	for _, query := range []string{
		"max-keys=x", "max-keys=-1", "encoding-type=base64", "list-type=2&continuation-token=", "list-type=2&continuation-token=!",
		"versions&version-id-marker=", "versions&version-id-marker=x", "uploads&max-uploads=x",
	} {
		b.want(b.call("GET", "/bkt?"+query, ""), 400, "InvalidArgument")
	}
}
