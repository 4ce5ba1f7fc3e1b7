package s3

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"sluice/internal/bucket"
)

func TestEscapeKey(t *testing.T) {
	for key, want := range map[string]string{
		"a/b": "a/b", "a b": "a+b", "a+b": "a%2Bb", "é": "%C3%A9", "%2F": "%252F", "-._~": "-._~", "\x01": "%01", "": "",
	} {
		if got := escapeKey(key); got != want {
			t.Errorf("%q is %q, want %q", key, got, want)
		}
	}
}

func TestTokens(t *testing.T) {
	for _, key := range []string{"", "k", "dir/é+/%", "\xff"} {
		if got, err := keyOfToken(token(key)); err != nil || got != key {
			t.Errorf("%q comes back as %q, %v", key, got, err)
		}
	}
	if _, err := keyOfToken("!"); err == nil {
		t.Error("what is no token is taken for one")
	}
}

func TestParseRange(t *testing.T) {
	for _, tt := range []struct {
		header         string
		size           int64
		offset, length int64
		ok             bool
	}{
		{"bytes=0-0", 10, 0, 1, true}, {"bytes=0-", 10, 0, 10, true}, {"bytes=-3", 10, 7, 3, true}, {"bytes=-30", 10, 0, 10, true},
		{"bytes=5-100", 10, 5, 5, true}, {"bytes=10-", 10, 10, 0, true}, {"bytes=0-", 0, 0, 0, true}, {"bytes= 1-2", 10, 1, 2, true},
		{"", 10, 0, 0, false}, {"bytes=", 10, 0, 0, false}, {"bytes=-", 10, 0, 0, false}, {"bytes=5", 10, 0, 0, false}, {"bytes=2-1", 10, 0, 0, false},
		{"bytes=a-b", 10, 0, 0, false}, {"bytes=0-1,2-3", 10, 0, 0, false}, {"bytes=1--2", 10, 0, 0, false}, {"items=0-1", 10, 0, 0, false},
	} {
		got, ok := parseRange(tt.header, tt.size)
		if ok != tt.ok || ok && (got.offset != tt.offset || got.length != tt.length || !got.partial) {
			t.Errorf("%q of %d is %+v, %v", tt.header, tt.size, got, ok)
		}
	}
}

func TestCopiedRange(t *testing.T) {
	for header, ok := range map[string]bool{
		"": true, "bytes=0-9": true, "bytes=9-9": true, "bytes=0-10": false, "bytes=5-": false, "bytes=-5": false, "0-5": false,
	} {
		if _, _, err := copiedRange(header, 10); (err == nil) != ok {
			t.Errorf("%q: %v", header, err)
		}
	}
}

// A date counts only where no ETag does (RFC 9110, section 13.2.2).
func TestPreconditions(t *testing.T) {
	modified := time.Date(2026, 1, 2, 3, 4, 5, 600, time.UTC)
	o := &bucket.Object{ETag: "e", Modified: modified}
	same, before := modified.Format(http.TimeFormat), modified.Add(-time.Second).Format(http.TimeFormat)
	for name, tt := range map[string]struct {
		p     preconditions
		want  string
		known bool
	}{
		"nothing":             {preconditions{}, "", false},
		"the ETag":            {preconditions{match: `"e"`}, "", false},
		"another":             {preconditions{match: `"x"`}, "If-Match", false},
		"not the ETag":        {preconditions{noneMatch: "x, e"}, "If-None-Match", true},
		"unmodified":          {preconditions{unmodifiedSince: same}, "", false},
		"modified":            {preconditions{unmodifiedSince: before}, "If-Unmodified-Since", false},
		"modified, the ETag":  {preconditions{match: "e", unmodifiedSince: before}, "", false},
		"modified since":      {preconditions{modifiedSince: before}, "", false},
		"not modified since":  {preconditions{modifiedSince: same}, "If-Modified-Since", true},
		"not, another ETag":   {preconditions{noneMatch: "x", modifiedSince: same}, "", false},
		"of a copy":           {preconditions{prefix: "x-amz-copy-source-", match: "x"}, "x-amz-copy-source-If-Match", false},
		"a date that is none": {preconditions{unmodifiedSince: "yesterday"}, "", false},
	} {
		if header, known := tt.p.failed(o); header != tt.want || known != tt.known {
			t.Errorf("%s: %q %v, want %q %v", name, header, known, tt.want, tt.known)
		}
	}
}

func TestWriteConditions(t *testing.T) {
	for _, tt := range []struct {
		method, match, none string
		want                bucket.Condition
		ok                  bool
	}{
		{"PUT", "", "", bucket.Condition{}, true}, {"PUT", "", "*", bucket.Condition{Absent: true}, true},
		{"PUT", `"e"`, "", bucket.Condition{ETag: "e"}, true}, {"DELETE", "*", "", bucket.Condition{ETag: "*"}, true},
		{"PUT", "*", "", bucket.Condition{}, false}, {"PUT", "", "e", bucket.Condition{}, false}, {"PUT", "e", "*", bucket.Condition{}, false},
	} {
		r := &request{Request: httptest.NewRequest(tt.method, "/", nil)}
		for name, value := range map[string]string{"If-Match": tt.match, "If-None-Match": tt.none} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		if got, err := r.writeCondition(); got != tt.want || (err == nil) != tt.ok {
			t.Errorf("%+v is %+v, %v", tt, got, err)
		}
	}
}

func TestWithoutChunked(t *testing.T) {
	for encoding, want := range map[string]string{
		"": "", "aws-chunked": "", "aws-chunked,gzip": "gzip", "gzip, AWS-Chunked": "gzip", "gzip,br": "gzip,br",
	} {
		if got := withoutChunked(encoding); got != want {
			t.Errorf("%q is %q, want %q", encoding, got, want)
		}
	}
}

func TestLocationOf(t *testing.T) {
	for _, tt := range []struct {
		region, constraint, want string
	}{
		{"us-east-1", "", "us-east-1"}, {"us-east-1", "eu-west-1", "eu-west-1"}, {"us-east-1", "EU", "eu-west-1"}, {"", "", "us-east-1"},
		{"eu-west-1", "eu-west-1", "eu-west-1"}, {"eu-west-1", "EU", "eu-west-1"},
		{"us-east-1", "us-east-1", ""}, {"us-east-1", "aws-global", ""}, {"us-east-1", "foo", ""}, {"eu-west-1", "", ""}, {"eu-west-1", "us-east-1", ""},
	} {
		if got, err := locationOf(tt.region, tt.constraint); got != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%+v is %q, %v", tt, got, err)
		}
	}
}

func TestCheckTags(t *testing.T) {
	many := make([]tag, 11)
	for i := range many {
		many[i].Key = string(rune('a' + i))
	}
	for code, tags := range map[string][]tag{
		"": {{"a", ""}, {"b", "c"}}, "BadRequest": many,
	} {
		if err := checkTags(tags, maxObjectTags); code == "" && err != nil || code != "" && (err == nil || failureOf(err, nil).code != code) {
			t.Errorf("%v: %v", tags, err)
		}
	}
	long := string(make([]rune, 300))
	for _, tags := range [][]tag{{{"", "v"}}, {{long, "v"}}, {{"k", long}}, {{"aws:k", "v"}}, {{"k", "1"}, {"k", "2"}}} {
		if err := checkTags(tags, maxObjectTags); err == nil || failureOf(err, nil).code != "InvalidTag" {
			t.Errorf("%.60v: %v", tags, err)
		}
	}
}
