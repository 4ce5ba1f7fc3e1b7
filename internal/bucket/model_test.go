package bucket_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

// Whatever is done to a bucket, it holds what a simple map would, and its blobs are those that something in it needs.
func TestBucketIsAMap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.Start(t.Context())
		defer b.Close()
		rounds := 0
		for range 20 { // rapid ends each early, by the bubble's clock
			rapid.Check(inBubble{t}, func(t *rapid.T) {
				rounds++
				m := newModel(b, rounds)
				t.Repeat(map[string]func(*rapid.T){
					"put": m.put, "copy": m.copy, "delete": m.delete, "delete a version": m.deleteVersion, "version": m.version,
					"begin": m.begin, "part": m.part, "complete": m.complete, "abort": m.abort, "wait": m.wait, "": m.check,
				})
				m.empty(t)
			})
		}
	})
}

// inBubble hides a test's deadline, which may not be asked for in a bubble.
type inBubble struct{ rapid.TB }

// model is what a bucket should be.
type model struct {
	b          *bench
	place      bucket.Place
	versioning bucket.Versioning
	versions   map[string][]modelVersion // by key, the newest first
	uploads    map[string]*modelUpload   // by ID
}

type modelVersion struct {
	id, content string
	marker      bool
}

type modelUpload struct {
	key   string
	parts map[int]string
}

var modelKeys = rapid.SampledFrom([]string{"a", "a/1", "a/2", "b", "ä"})

func newModel(b *bench, round int) *model {
	p := home
	p.Bucket = fmt.Sprintf("round-%d", round)
	b.create(p)
	return &model{b: b, place: p, versions: map[string][]modelVersion{}, uploads: map[string]*modelUpload{}}
}

// content draws one of few contents, so that objects share them. None is another bucket's.
func (m *model) content(t *rapid.T) string {
	return m.place.Bucket + rapid.SampledFrom([]string{" x", " y", " z"}).Draw(t, "content")
}

// add is what becomes of a key that gets another version.
func (m *model) add(t *rapid.T, key string, v modelVersion) {
	if (m.versioning == bucket.Enabled) != (v.id != bucket.NullVersion) {
		t.Fatalf("%s has the version %q while versioning is %q", key, v.id, m.versioning)
	}
	if v.id == bucket.NullVersion {
		m.drop(key, bucket.NullVersion)
	}
	m.versions[key] = slices.Insert(m.versions[key], 0, v)
}

func (m *model) drop(key, id string) {
	m.versions[key] = slices.DeleteFunc(m.versions[key], func(v modelVersion) bool { return v.id == id })
}

// shown returns the version that a key shows, if it shows one.
func (m *model) shown(key string) (v modelVersion, ok bool) {
	if all := m.versions[key]; len(all) > 0 {
		return all[0], !all[0].marker
	}
	return v, false
}

func (m *model) put(t *rapid.T) {
	key, content := modelKeys.Draw(t, "key"), m.content(t)
	d := draft(key, content)
	d.Place = m.place
	o, err := m.b.Put(m.b.t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	m.add(t, key, modelVersion{id: o.Version, content: content})
}

func (m *model) copy(t *rapid.T) {
	from, to := modelKeys.Draw(t, "from"), modelKeys.Draw(t, "to")
	source, there := m.shown(from)
	made, _, err := m.b.CopyObject(m.b.t.Context(), bucket.Copy{
		Place: m.place, Key: to, From: bucket.Source{Place: m.place, Key: from}, SameAllowed: true,
	})
	if !there {
		if !fault.Is(err, fault.NotFound, "object") {
			t.Fatalf("a copy of nothing: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	m.add(t, to, modelVersion{id: made.Version, content: source.content})
}

func (m *model) delete(t *rapid.T) {
	key := modelKeys.Draw(t, "key")
	d, err := m.b.DeleteObject(m.b.t.Context(), m.place, key, "", bucket.Condition{})
	if err != nil {
		t.Fatal(err)
	}
	if m.versioning == bucket.Unversioned {
		delete(m.versions, key)
		return
	}
	m.add(t, key, modelVersion{id: d.Version, marker: true})
}

func (m *model) deleteVersion(t *rapid.T) {
	key := modelKeys.Draw(t, "key")
	if len(m.versions[key]) == 0 {
		t.Skip("no version")
	}
	id := rapid.SampledFrom(m.versions[key]).Draw(t, "version").id
	if _, err := m.b.DeleteObject(m.b.t.Context(), m.place, key, id, bucket.Condition{}); err != nil {
		t.Fatal(err)
	}
	m.drop(key, id)
}

func (m *model) version(t *rapid.T) {
	m.versioning = rapid.SampledFrom([]bucket.Versioning{bucket.Enabled, bucket.Suspended}).Draw(t, "versioning")
	if err := m.b.SetVersioning(m.b.t.Context(), m.place, m.versioning); err != nil {
		t.Fatal(err)
	}
}

func (m *model) begin(t *rapid.T) {
	key := modelKeys.Draw(t, "key")
	u, err := m.b.Begin(m.b.t.Context(), m.place, bucket.Upload{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	m.uploads[u.ID] = &modelUpload{key, map[int]string{}}
}

// upload draws one that was begun.
func (m *model) upload(t *rapid.T) (id string, u *modelUpload) {
	if len(m.uploads) == 0 {
		t.Skip("no upload")
	}
	id = rapid.SampledFrom(slices.Sorted(maps.Keys(m.uploads))).Draw(t, "upload")
	return id, m.uploads[id]
}

func (m *model) part(t *rapid.T) {
	id, u := m.upload(t)
	number, content := rapid.IntRange(1, 3).Draw(t, "number"), m.content(t)
	_, err := m.b.PutPart(m.b.t.Context(), m.place, u.key, id, number, bucket.Body{From: strings.NewReader(content)})
	if err != nil {
		t.Fatal(err)
	}
	u.parts[number] = content
}

// complete makes an object of one part: more would have to be large.
func (m *model) complete(t *rapid.T) {
	id, u := m.upload(t)
	_, parts, err := m.b.Parts(m.b.t.Context(), m.place, u.key, id, 0, 0)
	if err != nil || len(parts) != len(u.parts) {
		t.Fatalf("%d parts, %v; want %d", len(parts), err, len(u.parts))
	}
	if len(parts) == 0 {
		t.Skip("no part")
	}
	p := rapid.SampledFrom(parts).Draw(t, "part")
	o, err := m.b.Complete(m.b.t.Context(), bucket.Completion{
		Place: m.place, Key: u.key, Upload: id, Parts: []bucket.Named{{Number: p.Number, ETag: p.ETag}},
	})
	if err != nil {
		t.Fatal(err)
	}
	m.add(t, u.key, modelVersion{id: o.Version, content: u.parts[p.Number]})
	delete(m.uploads, id)
}

func (m *model) abort(t *rapid.T) {
	id, u := m.upload(t)
	if err := m.b.Abort(m.b.t.Context(), m.place, u.key, id); err != nil {
		t.Fatal(err)
	}
	delete(m.uploads, id)
}

// wait lets blobs grow old, so that those that nothing needs have to go.
func (m *model) wait(t *rapid.T) {
	wait(later)
	var needed, kept []string
	for content := range m.needed() {
		needed = append(needed, content)
	}
	m.b.blobs.mu.Lock()
	for _, content := range m.b.blobs.kept {
		if strings.HasPrefix(string(content), m.place.Bucket+" ") {
			kept = append(kept, string(content))
		}
	}
	m.b.blobs.mu.Unlock()
	slices.Sort(needed)
	slices.Sort(kept)
	if !slices.Equal(needed, kept) {
		t.Fatalf("%q are kept, and %q needed", kept, needed)
	}
}

// needed are the contents of all versions and parts.
func (m *model) needed() map[string]bool {
	needed := map[string]bool{}
	for _, versions := range m.versions {
		for _, v := range versions {
			needed[v.content] = !v.marker
		}
	}
	for _, u := range m.uploads {
		for _, content := range u.parts {
			needed[content] = true
		}
	}
	delete(needed, "")
	return needed
}
