package bucket_test

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

// check compares all that a bucket shows with the model.
func (m *model) check(t *rapid.T) {
	var versions, shown []string
	for _, key := range slices.Sorted(maps.Keys(m.versions)) {
		for i, v := range m.versions[key] {
			versions = append(versions, fmt.Sprint(key, " ", v.id, " ", v.marker, " ", i == 0))
			m.wantContent(t, key, v.id, v)
		}
		v, ok := m.shown(key)
		if ok {
			shown = append(shown, key)
			m.wantContent(t, key, "", v)
		} else if _, err := m.b.Head(m.b.t.Context(), m.place, key, ""); !fault.Is(err, fault.NotFound, "object") {
			t.Fatalf("%s shows something, %v", key, err)
		}
	}
	size := rapid.IntRange(1, 4).Draw(t, "page")
	if got := m.listedVersions(t, size); !slices.Equal(got, versions) {
		t.Fatalf("versions\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(versions, "\n"))
	}
	if got := m.listed(t, size); !slices.Equal(got, shown) {
		t.Fatalf("keys %q, want %q", got, shown)
	}
	uploads, err := m.b.Uploads(m.b.t.Context(), m.place, bucket.Listing{Max: 1000})
	if err != nil || len(uploads.Entries) != len(m.uploads) {
		t.Fatalf("%d uploads, %v; want %d", len(uploads.Entries), err, len(m.uploads))
	}
}

func (m *model) wantContent(t *rapid.T, key, id string, v modelVersion) {
	o, c, err := m.b.Open(m.b.t.Context(), m.place, key, id)
	if v.marker {
		if !fault.Is(err, fault.Conflict, "marker") || o == nil || !o.Marker {
			t.Fatalf("the marker %s of %s: %v", id, key, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%s %s: %v", key, id, err)
	}
	defer c.Close()
	got, err := io.ReadAll(c.Section(0, c.Size()))
	if string(got) != v.content || err != nil || o.Version != v.id {
		t.Fatalf("%s %s is %q, %v; want %q", key, id, got, err, v.content)
	}
}

// listedVersions turns the pages of the list of all versions.
func (m *model) listedVersions(t *rapid.T, size int) (list []string) {
	l := bucket.Listing{Max: size}
	for {
		page, err := m.b.ListVersions(m.b.t.Context(), m.place, l)
		if err != nil || len(page.Entries) > size {
			t.Fatalf("a page of %d versions, %v", len(page.Entries), err)
		}
		for _, v := range page.Entries {
			list = append(list, fmt.Sprint(v.Key, " ", v.Version, " ", v.Marker, " ", v.Newest))
		}
		if !page.Truncated {
			return list
		}
		l.After, l.Version = page.Next, page.NextVersion
	}
}

func (m *model) listed(t *rapid.T, size int) (list []string) {
	l := bucket.Listing{Max: size}
	for {
		page, err := m.b.List(m.b.t.Context(), m.place, l)
		if err != nil || len(page.Entries) > size {
			t.Fatalf("a page of %d keys, %v", len(page.Entries), err)
		}
		for _, o := range page.Entries {
			list = append(list, o.Key)
		}
		if !page.Truncated {
			return list
		}
		l.After = page.Next
	}
}

// empty deletes all there is, with the bucket, and then no blob may be left.
func (m *model) empty(t *rapid.T) {
	for key, versions := range m.versions {
		for _, v := range versions {
			if err := m.b.Delete(m.b.t.Context(), m.place); !fault.Is(err, fault.Conflict, "contents") {
				t.Fatalf("a bucket with %s was deleted: %v", key, err)
			}
			if _, err := m.b.DeleteObject(m.b.t.Context(), m.place, key, v.id, bucket.Condition{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := m.b.Delete(m.b.t.Context(), m.place); err != nil {
		t.Fatal(err)
	}
	m.versions, m.uploads = nil, nil
	m.wait(t)
}
