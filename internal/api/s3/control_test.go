package s3_test

import (
	"net/http"
	"strings"
	"testing"
)

const tagsPath = "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Abkt"

// control asks S3 Control, as the account of the tests' key.
func (b *bench) control(method, path, body string) answer {
	b.t.Helper()
	return b.call(method, path, body, "X-Amz-Account-Id", "111111111111")
}

func sentControlTags(pairs ...string) string {
	var all strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		all.WriteString("<Tag><Key>" + pairs[i] + "</Key><Value>" + pairs[i+1] + "</Value></Tag>")
	}
	return `<TagResourceRequest xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Tags>` + all.String() + `</Tags></TagResourceRequest>`
}

func TestControlTagsAreThoseOfTheBucket(t *testing.T) {
	b := newBench(t)
	lists := func(want string) {
		t.Helper()
		_, got, _ := strings.Cut(b.ok(b.control("GET", tagsPath, "")).body, "\n")
		if got != `<ListTagsForResourceResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">`+want+`</ListTagsForResourceResult>` {
			t.Errorf("the tags are %s, want %s", got, want)
		}
	}
	lists("<Tags></Tags>")
	b.ok(b.call("PUT", "/bkt?tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>2</Value></Tag></TagSet></Tagging>"))
	b.want(b.control("POST", tagsPath, sentControlTags("b", "3", "c", "4")), 204, "")
	lists("<Tags><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>3</Value></Tag><Tag><Key>c</Key><Value>4</Value></Tag></Tags>")
	b.want(b.control("DELETE", tagsPath+"?tagKeys=a&tagKeys=c&tagKeys=none", ""), 204, "")
	if got := b.ok(b.call("GET", "/bkt?tagging", "")); got.element("Key") != "b" || got.element("Value") != "3" {
		t.Errorf("the bucket's tags are %s", got.body)
	}
	b.want(b.control("DELETE", tagsPath+"?tagKeys=b", ""), 204, "")
	b.want(b.call("GET", "/bkt?tagging", ""), 404, "NoSuchTagSet")
}

func TestControlIsServedAtAnyHost(t *testing.T) {
	b := newBench(t)
	for _, host := range []string{"111111111111.localhost", "111111111111.s3-control.us-east-1.amazonaws.com", "bkt.localhost", "localhost"} {
		r := b.request("GET", tagsPath, "", "X-Amz-Account-Id", "111111111111")
		r.Host = host
		if got := b.send(b.sign(r, "UNSIGNED-PAYLOAD")); got.status != http.StatusOK || !strings.Contains(got.body, "ListTagsForResourceResult") {
			t.Errorf("%s: %d %s", host, got.status, got.body)
		}
	}
}

func TestControlRefuses(t *testing.T) {
	b := newBench(t)
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		code               string
	}{
		"no bucket":             {"GET", "/v20180820/tags/arn:aws:s3:::none", "", 404, "NoSuchBucket"},
		"no bucket to tag":      {"POST", "/v20180820/tags/arn:aws:s3:::none", sentControlTags("a", "1"), 404, "NoSuchBucket"},
		"no ARN":                {"GET", "/v20180820/tags/bkt", "", 400, "InvalidRequest"},
		"nobody's ARN":          {"GET", "/v20180820/tags/arn:aws:s3:::", "", 400, "InvalidRequest"},
		"an access point":       {"GET", "/v20180820/tags/arn:aws:s3:us-east-1:111111111111:accesspoint/p", "", 400, "NotImplemented"},
		"an object":             {"GET", "/v20180820/tags/arn:aws:s3:::bkt/key", "", 400, "NotImplemented"},
		"another operation":     {"GET", "/v20180820/configuration/publicAccessBlock", "", 400, "NotImplemented"},
		"another method":        {"PUT", tagsPath, "", 400, "NotImplemented"},
		"no XML":                {"POST", tagsPath, "{", 400, "MalformedXML"},
		"another document":      {"POST", tagsPath, "<Tagging/>", 400, "MalformedXML"},
		"a tag without a key":   {"POST", tagsPath, sentControlTags("", "1"), 400, "InvalidTag"},
		"a tag of the system's": {"POST", tagsPath, sentControlTags("aws:a", "1"), 400, "InvalidTag"},
	} {
		t.Run(name, func(t *testing.T) {
			got := b.control(tt.method, tt.path, tt.body)
			b.want(got, tt.status, tt.code)
			if !strings.Contains(got.body, "<ErrorResponse><Error><Code>") || got.element("RequestId") == "" {
				t.Errorf("the error is %s", got.body)
			}
		})
	}
	t.Run("too many tags in all", func(t *testing.T) {
		var many []string
		for c := range 26 {
			many = append(many, "lower-"+string(rune('a'+c)), "", "upper-"+string(rune('a'+c)), "")
		}
		b.want(b.control("POST", tagsPath, sentControlTags(many[:100]...)), 204, "")
		b.want(b.control("POST", tagsPath, sentControlTags(many[100:]...)), 400, "BadRequest")
	})
	t.Run("another account", func(t *testing.T) {
		b.want(b.call("GET", tagsPath, "", "X-Amz-Account-Id", "222222222222"), 403, "AccessDenied")
	})
}

func TestABucketMayHaveTheNameOfControlsPath(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/v20180820", ""))
	b.ok(b.call("PUT", "/v20180820/tags/key", "content"))
	if got := b.ok(b.call("GET", "/v20180820/tags/key", "")); got.body != "content" {
		t.Errorf("got %s", got.body)
	}
}
