package s3_test

import (
	"net/http"
	"strings"
	"testing"

	"sluice/internal/bucket"
	"sluice/internal/function"
)

// bkt is the bucket of a bench.
var bkt = bucket.Place{Scope: function.Scope{Account: "111111111111", Region: "us-east-1"}, Bucket: "bkt"}

// taggingOf is a document of tags: keys and values in turn.
func taggingOf(tags ...string) string {
	var b strings.Builder
	for i := 0; i < len(tags); i += 2 {
		b.WriteString("<Tag><Key>" + tags[i] + "</Key><Value>" + tags[i+1] + "</Value></Tag>")
	}
	return "<Tagging><TagSet>" + b.String() + "</TagSet></Tagging>"
}

// The tags that a stack put on its bucket are not for others to change.
func TestTagsOfTheSystemStay(t *testing.T) {
	const system, path = "aws:cloudformation:stack-name", "/bkt?tagging"
	removed, changed := "System tags cannot be removed by requester", "System tags cannot be added/updated by requester"
	for name, tt := range map[string]struct {
		method, path, body, refusal string
	}{
		"the same beside others":     {"PUT", path, taggingOf("own", "2", system, "app"), ""},
		"left out":                   {"PUT", path, taggingOf("own", "2"), removed},
		"with another value":         {"PUT", path, taggingOf(system, "other"), changed},
		"a new one":                  {"PUT", path, taggingOf(system, "app", "aws:new", "1"), changed},
		"all deleted":                {"DELETE", path, "", removed},
		"one's own set by Control":   {"POST", tagsPath, sentControlTags("own", "2"), ""},
		"set by Control":             {"POST", tagsPath, sentControlTags(system, "other"), changed},
		"one's own taken by Control": {"DELETE", tagsPath + "?tagKeys=own", "", ""},
		"taken by Control":           {"DELETE", tagsPath + "?tagKeys=" + system, "", removed},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			if err := b.buckets.Set(t.Context(), bkt, "tagging", taggingOf("own", "1", system, "app")); err != nil {
				t.Fatal(err)
			}
			got := b.control(tt.method, tt.path, tt.body)
			if refused := got.status == http.StatusBadRequest; refused != (tt.refusal != "") || !strings.Contains(got.body, tt.refusal) {
				t.Errorf("%d %s, want %q", got.status, got.body, tt.refusal)
			}
			if now := b.call("GET", path, "").body; !strings.Contains(now, "<Key>"+system+"</Key><Value>app</Value>") {
				t.Errorf("the tags are %s", now)
			}
		})
	}
}

// Fifty are the user's.
func TestTagsOfTheSystemAreNotCounted(t *testing.T) {
	b := newBench(t)
	var fifty []string
	for range 50 {
		fifty = append(fifty, "key-"+strings.Repeat("x", len(fifty)), "")
	}
	with := taggingOf(append(fifty, "aws:a", "1")...)
	if err := b.buckets.Set(t.Context(), bkt, "tagging", taggingOf("aws:a", "1")); err != nil {
		t.Fatal(err)
	}
	b.want(b.call("PUT", "/bkt?tagging", with), http.StatusNoContent, "")
	b.want(b.call("PUT", "/bkt?tagging", taggingOf(append(fifty, "aws:a", "1", "one more", "")...)), http.StatusBadRequest, "BadRequest")
}
