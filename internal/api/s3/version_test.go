package s3_test

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func (b *bench) versioned(status string) {
	b.t.Helper()
	b.ok(b.call("PUT", "/bkt?versioning", "<VersioningConfiguration><Status>"+status+"</Status></VersioningConfiguration>"))
}

// versionPage is what a client reads of a list of versions.
type versionPage struct {
	IsTruncated         bool
	NextKeyMarker       string
	NextVersionIDMarker string `xml:"NextVersionIdMarker"`
	Version             []shownVersion
	DeleteMarker        []shownVersion
	CommonPrefixes      []struct{ Prefix string }
}

type shownVersion struct {
	Key       string
	VersionID string `xml:"VersionId"`
	IsLatest  bool
	ETag      string
}

func (b *bench) versions(query string) (page versionPage) {
	b.t.Helper()
	a := b.ok(b.call("GET", "/bkt?versions"+query, ""))
	if err := xml.Unmarshal([]byte(a.body), &page); err != nil {
		b.t.Fatal(err)
	}
	return page
}

// Whoever turns the pages sees each version and each marker once, with pages of any size.
func TestPagesOfVersions(t *testing.T) {
	b := newBench(t)
	b.versioned("Enabled")
	var want []string
	for _, key := range []string{"a", "b", "dir/1"} {
		for n := range 3 {
			id := b.ok(b.call("PUT", "/bkt/"+key, fmt.Sprint(key, n))).header.Get("X-Amz-Version-Id")
			want = append(want, fmt.Sprint(key, " ", id, " ", n == 2 && key != "b", " false"))
		}
	}
	marker := b.ok(b.call("DELETE", "/bkt/b", "")).header.Get("X-Amz-Version-Id")
	want = append(want, "b "+marker+" true true")
	slices.Sort(want)
	for size := 1; size <= len(want)+1; size++ {
		var got []string
		next := ""
		for {
			page := b.versions(fmt.Sprint("&max-keys=", size, next))
			if n := len(page.Version) + len(page.DeleteMarker); n > size {
				t.Fatalf("a page of %d has %d entries", size, n)
			}
			for _, v := range page.Version {
				got = append(got, fmt.Sprint(v.Key, " ", v.VersionID, " ", v.IsLatest, " false"))
			}
			for _, v := range page.DeleteMarker {
				got = append(got, fmt.Sprint(v.Key, " ", v.VersionID, " ", v.IsLatest, " true"))
			}
			if !page.IsTruncated {
				break
			}
			next = "&key-marker=" + url.QueryEscape(page.NextKeyMarker) + "&version-id-marker=" + page.NextVersionIDMarker
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("pages of %d show\n%s\nwant\n%s", size, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestVersionsHaveCommonPrefixes(t *testing.T) {
	b := newBench(t)
	b.versioned("Enabled")
	for _, key := range []string{"a", "dir/1", "dir/1", "dir/2", "z"} {
		b.ok(b.call("PUT", "/bkt/"+key, "x"))
	}
	page := b.versions("&delimiter=/")
	if len(page.Version) != 2 || len(page.CommonPrefixes) != 1 || page.CommonPrefixes[0].Prefix != "dir/" {
		t.Errorf("%+v", page)
	}
	if page := b.versions("&prefix=dir/"); len(page.Version) != 3 {
		t.Errorf("%+v", page)
	}
}

// Deletions tell what they did: made a marker, removed one, removed a version.
func TestDeletionsOfVersions(t *testing.T) {
	b := newBench(t)
	b.versioned("Enabled")
	one := b.ok(b.call("PUT", "/bkt/k", "one")).header.Get("X-Amz-Version-Id")
	list := func(objects string) answer {
		return b.ok(b.call("POST", "/bkt?delete", "<Delete>"+objects+"</Delete>"))
	}
	made := list("<Object><Key>k</Key></Object>")
	marker := made.element("DeleteMarkerVersionId")
	if made.element("DeleteMarker") != "true" || marker == "" || made.element("VersionId") != "" {
		t.Errorf("a marker is made: %s", made.body)
	}
	removed := list("<Object><Key>k</Key><VersionId>" + marker + "</VersionId></Object>")
	if removed.element("DeleteMarker") != "true" || removed.element("DeleteMarkerVersionId") != marker || removed.element("VersionId") != marker {
		t.Errorf("a marker is removed: %s", removed.body)
	}
	if a := b.ok(b.call("GET", "/bkt/k", "")); a.body != "one" {
		t.Errorf("behind the marker is %q", a.body)
	}
	gone := list("<Object><Key>k</Key><VersionId>" + one + "</VersionId></Object>")
	if gone.element("DeleteMarker") != "" || gone.element("VersionId") != one {
		t.Errorf("a version is removed: %s", gone.body)
	}
	b.want(b.call("GET", "/bkt/k", ""), 404, "NoSuchKey")
}

// While versioning is suspended, the null version is replaced, and the others stay.
func TestSuspendedVersioning(t *testing.T) {
	b := newBench(t)
	b.versioned("Enabled")
	one := b.ok(b.call("PUT", "/bkt/k", "one")).header.Get("X-Amz-Version-Id")
	b.versioned("Suspended")
	for _, content := range []string{"two", "three"} {
		if a := b.ok(b.call("PUT", "/bkt/k", content)); a.header.Get("X-Amz-Version-Id") != "" {
			t.Errorf("a null version is told: %v", a.header)
		}
	}
	if page := b.versions(""); len(page.Version) != 2 || page.Version[0].VersionID != "null" || page.Version[1].VersionID != one {
		t.Errorf("%+v", page)
	}
	if a := b.ok(b.call("GET", "/bkt/k", "")); a.body != "three" {
		t.Errorf("%q", a.body)
	}
	if a := b.ok(b.call("DELETE", "/bkt/k", "")); a.header.Get("X-Amz-Version-Id") != "null" || a.header.Get("X-Amz-Delete-Marker") != "true" {
		t.Errorf("%v", a.header)
	}
}

// A marker has nothing to read, and says so with its own headers.
func TestMarkersAnswerForThemselves(t *testing.T) {
	b := newBench(t)
	b.versioned("Enabled")
	b.ok(b.call("PUT", "/bkt/k", "x"))
	marker := b.ok(b.call("DELETE", "/bkt/k", "")).header.Get("X-Amz-Version-Id")
	for name, tt := range map[string]struct {
		path   string
		status int
		allow  string
	}{
		"by its key": {"/bkt/k", 404, ""}, "by its ID": {"/bkt/k?versionId=" + marker, 405, "DELETE"},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			t.Run(method+" "+name, func(t *testing.T) {
				a := b.call(method, tt.path, "")
				h := a.header
				if a.status != tt.status || h.Get("X-Amz-Delete-Marker") != "true" || h.Get("X-Amz-Version-Id") != marker || h.Get("Allow") != tt.allow {
					t.Errorf("%d %v", a.status, h)
				}
			})
		}
	}
	for _, query := range []string{"tagging", "attributes"} {
		if a := b.call("GET", "/bkt/k?"+query, "", "X-Amz-Object-Attributes", "ETag"); a.status != 404 {
			t.Errorf("%s of what is deleted: %d %s", query, a.status, a.body)
		}
	}
}

func TestTagsOfVersions(t *testing.T) {
	b := newBench(t)
	b.versioned("Enabled")
	one := b.ok(b.call("PUT", "/bkt/k", "one", "X-Amz-Tagging", "n=1")).header.Get("X-Amz-Version-Id")
	two := b.ok(b.call("PUT", "/bkt/k", "two", "X-Amz-Tagging", "n=2")).header.Get("X-Amz-Version-Id")
	a := b.ok(b.call("PUT", "/bkt/k?tagging&versionId="+one, "<Tagging><TagSet><Tag><Key>n</Key><Value>3</Value></Tag></TagSet></Tagging>"))
	if a.header.Get("X-Amz-Version-Id") != one {
		t.Errorf("%v", a.header)
	}
	for id, want := range map[string]string{one: "3", two: "2"} {
		if a := b.ok(b.call("GET", "/bkt/k?tagging&versionId="+id, "")); a.element("Value") != want {
			t.Errorf("%s: %s; want %s", id, a.body, want)
		}
	}
}

func TestMFADeleteIsRefused(t *testing.T) {
	b := newBench(t)
	const document = "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>"
	b.want(b.call("PUT", "/bkt?versioning", document), 400, "NotImplemented")
	b.want(b.call("PUT", "/nobkt?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"), 404, "NoSuchBucket")
	b.want(b.call("GET", "/nobkt?versioning", ""), 404, "NoSuchBucket")
}
