package s3_test

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// listPage is what a client reads of any list of a bucket.
type listPage struct {
	IsTruncated           bool
	NextMarker            string
	NextContinuationToken string
	NextKeyMarker         string
	NextUploadIDMarker    string `xml:"NextUploadIdMarker"`
	Contents              []struct{ Key string }
	Upload                []struct {
		Key      string
		UploadID string `xml:"UploadId"`
	}
	CommonPrefixes []struct{ Prefix string }
}

// shown are the page's keys and prefixes, unescaped.
func (p listPage) shown(t *testing.T) (list []string) {
	t.Helper()
	add := func(text string) {
		plain, err := url.QueryUnescape(text)
		if err != nil {
			t.Error(err)
		}
		list = append(list, plain)
	}
	for _, o := range p.Contents {
		add(o.Key)
	}
	for _, u := range p.Upload {
		add(u.Key)
	}
	for _, c := range p.CommonPrefixes {
		add(c.Prefix)
	}
	return list
}

// turn turns the pages of a list that a query asks for; next makes the part of the query that asks for the following page.
func (b *bench) turn(t *testing.T, query string, size int, next func(listPage) string) (all []string) {
	t.Helper()
	following := ""
	for range 100 {
		var page listPage
		a := b.ok(b.call("GET", "/bkt?encoding-type=url&"+query+following, ""))
		if err := xml.Unmarshal([]byte(a.body), &page); err != nil {
			t.Fatal(err)
		}
		list := page.shown(t)
		if len(list) > size {
			t.Errorf("a page of %d shows %q", size, list)
		}
		all = append(all, list...)
		if !page.IsTruncated {
			slices.Sort(all)
			return all
		}
		following = next(page)
	}
	t.Fatal("a list without an end")
	return nil
}

// naive is what a list of keys with a prefix and a delimiter shows.
func naive(keys []string, prefix, delimiter string) (list []string) {
	for _, key := range keys {
		rest, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		if before, _, found := strings.Cut(rest, delimiter); found && delimiter != "" {
			key = prefix + before + delimiter
		}
		list = append(list, key)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

var oddKeys = []string{"a", "a b", "a+b", "a&b=c", "dir/1", "dir/2", "dir/sub/x", "dir0", "ä/ö", "日本/語", "%41", "<tag>", "z\"'", "tab\tbed"}

func escapedPath(key string) string {
	return "/bkt/" + strings.ReplaceAll(url.QueryEscape(key), "+", "%20")
}

func TestListsOfOddKeysOnPagesOfAnySize(t *testing.T) {
	b := newBench(t)
	for _, key := range oddKeys {
		b.ok(b.call("PUT", escapedPath(key), "x"))
	}
	for _, tt := range []struct{ prefix, delimiter string }{{"", ""}, {"", "/"}, {"dir/", "/"}, {"dir", "/"}, {"a", " "}, {"ä", "ö"}, {"none", "/"}} {
		want := naive(oddKeys, tt.prefix, tt.delimiter)
		asked := url.Values{"prefix": {tt.prefix}, "delimiter": {tt.delimiter}}.Encode()
		for _, size := range []int{1, 3, 1000} {
			t.Run(fmt.Sprint(asked, " on pages of ", size), func(t *testing.T) {
				query := fmt.Sprint(asked, "&max-keys=", size)
				second := b.turn(t, "list-type=2&"+query, size, func(p listPage) string {
					return "&continuation-token=" + url.QueryEscape(p.NextContinuationToken)
				})
				if !slices.Equal(second, want) {
					t.Errorf("version 2 shows %q, want %q", second, want)
				}
				first := b.turn(t, query, size, func(p listPage) string {
					if p.NextMarker != "" { // escaped by the encoding
						return "&marker=" + p.NextMarker
					}
					return "&marker=" + p.Contents[len(p.Contents)-1].Key
				})
				if !slices.Equal(first, want) {
					t.Errorf("version 1 shows %q, want %q", first, want)
				}
			})
		}
	}
}

func TestListsOfUploadsOnPagesOfAnySize(t *testing.T) {
	b := newBench(t)
	keys := []string{"a", "a", "a b", "dir/1", "dir/1", "dir/2", "z"}
	for _, key := range keys {
		b.begin(strings.TrimPrefix(escapedPath(key), "/bkt/"))
	}
	next := func(p listPage) string {
		return "&key-marker=" + p.NextKeyMarker + "&upload-id-marker=" + p.NextUploadIDMarker
	}
	for _, size := range []int{1, 2, 3, 1000} {
		query := fmt.Sprint("uploads&max-uploads=", size)
		if got := b.turn(t, query, size, next); !slices.Equal(got, keys) {
			t.Errorf("pages of %d show %q, want %q", size, got, keys)
		}
		if got := b.turn(t, query+"&delimiter=/", size, next); !slices.Equal(got, []string{"a", "a", "a b", "dir/", "z"}) {
			t.Errorf("pages of %d with a delimiter show %q", size, got)
		}
	}
	b.want(b.call("GET", "/nobkt?uploads", ""), 404, "NoSuchBucket")
	b.want(b.call("GET", "/bkt?uploads&encoding-type=base64", ""), 400, "InvalidArgument")
}

func TestAListBeginsAfterAKey(t *testing.T) {
	b := newBench(t)
	for _, key := range []string{"a", "b", "c"} {
		b.ok(b.call("PUT", "/bkt/"+key, "x"))
	}
	for query, want := range map[string]string{
		"list-type=2&start-after=a": "b", "list-type=2&start-after=aa": "b", "marker=b": "c", "list-type=2&start-after=c": "", "marker=z": "",
	} {
		if a := b.ok(b.call("GET", "/bkt?"+query, "")); a.element("Key") != want {
			t.Errorf("%s: %s; want %q first", query, a.body, want)
		}
	}
}
