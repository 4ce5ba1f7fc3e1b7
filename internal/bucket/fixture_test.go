package bucket_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/bucket"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

// bench is a Service on a real store, with blobs in memory.
type bench struct {
	*bucket.Service
	t     testing.TB
	store *store.Store
	blobs *memory
}

var home = bucket.Place{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Bucket: "home"}

func newBench(t testing.TB) *bench {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, store: records, blobs: &memory{kept: map[string][]byte{}, put: map[string]time.Time{}}}
	t.Cleanup(func() {
		records.Close()
		if b.blobs.open != 0 {
			t.Errorf("%d blobs were left open", b.blobs.open)
		}
	})
	b.Service = bucket.NewService(bucket.Config{Store: records, Blobs: b.blobs})
	b.create(home)
	return b
}

func (b *bench) create(p bucket.Place) {
	b.t.Helper()
	if err := b.Create(b.t.Context(), p, nil); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) versioned(v bucket.Versioning) {
	b.t.Helper()
	if err := b.SetVersioning(b.t.Context(), home, v); err != nil {
		b.t.Fatal(err)
	}
}

func draft(key, content string) bucket.Draft {
	return bucket.Draft{Place: home, Key: key, Body: bucket.Body{From: strings.NewReader(content)}}
}

func (b *bench) put(key, content string) *bucket.Object {
	b.t.Helper()
	o, err := b.Put(b.t.Context(), draft(key, content))
	if err != nil {
		b.t.Fatal(err)
	}
	return o
}

// want fails unless a version of a key, or the newest, has a content.
func (b *bench) want(key, version, content string) {
	b.t.Helper()
	_, c, err := b.Open(b.t.Context(), home, key, version)
	if err != nil {
		b.t.Errorf("%s %s: %v", key, version, err)
		return
	}
	defer c.Close()
	got, err := io.ReadAll(c.Section(0, c.Size()))
	if err != nil || string(got) != content {
		b.t.Errorf("%s %s is %q, %v; want %q", key, version, got, err, content)
	}
}

// wantNone fails unless a key leads to the error.
func (b *bench) wantNone(key, version string, kind fault.Kind, noun string) {
	b.t.Helper()
	_, err := b.Head(b.t.Context(), home, key, version)
	wantFault(b.t, err, kind, noun)
}

func (b *bench) delete(key, version string) bucket.Deletion {
	b.t.Helper()
	d, err := b.DeleteObject(b.t.Context(), home, key, version, bucket.Condition{})
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

// upload uploads parts, numbered from 1 on, and returns the upload and what a completion names.
func (b *bench) upload(key string, parts ...string) (*bucket.Upload, []bucket.Named) {
	b.t.Helper()
	u, err := b.Begin(b.t.Context(), home, bucket.Upload{Key: key})
	if err != nil {
		b.t.Fatal(err)
	}
	return u, b.parts(u, parts...)
}

func (b *bench) parts(u *bucket.Upload, parts ...string) (named []bucket.Named) {
	b.t.Helper()
	for i, content := range parts {
		p, err := b.PutPart(b.t.Context(), home, u.Key, u.ID, i+1, bucket.Body{From: strings.NewReader(content)})
		if err != nil {
			b.t.Fatal(err)
		}
		named = append(named, bucket.Named{Number: p.Number, ETag: p.ETag})
	}
	return named
}

func (b *bench) complete(u *bucket.Upload, named []bucket.Named) (*bucket.Object, error) {
	return b.Complete(b.t.Context(), bucket.Completion{Place: home, Key: u.Key, Upload: u.ID, Parts: named})
}

// whole is the content of a part that is just large enough.
func whole(letter string) string { return strings.Repeat(letter, bucket.MinPartSize) }

func wantFault(t testing.TB, err error, kind fault.Kind, noun string) {
	t.Helper()
	if !fault.Is(err, kind, noun) {
		t.Errorf("error %v, want %v %q", err, kind, noun)
	}
}

// memory keeps blobs in memory.
type memory struct {
	mu         sync.Mutex
	kept       map[string][]byte
	put        map[string]time.Time
	open, most int // how many are open, and ever were at once
}

func (m *memory) Put(_ context.Context, from io.Reader) (string, int64, error) {
	content, err := io.ReadAll(from)
	if err != nil {
		return "", 0, fmt.Errorf("keep: %w", err)
	}
	sum := sha256.Sum256(content)
	name := base64.StdEncoding.EncodeToString(sum[:])
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[name], m.put[name] = content, time.Now()
	return name, int64(len(content)), nil
}

func (m *memory) Open(_ context.Context, name string) (bucket.Blob, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	content, ok := m.kept[name]
	if !ok {
		return nil, fault.Errorf(fault.NotFound, "blob", "no blob %s", name)
	}
	m.open++
	m.most = max(m.most, m.open)
	return opened{bytes.NewReader(content), m}, nil
}

func (m *memory) RemoveUnused(_ context.Context, name string, since time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at, ok := m.put[name]; ok && !at.Before(since) {
		return false, nil
	}
	delete(m.kept, name)
	return true, nil
}

func (m *memory) Old(_ context.Context, before time.Time, visit func(string) error) error {
	m.mu.Lock()
	var old []string
	for name, at := range m.put {
		if _, ok := m.kept[name]; ok && at.Before(before) {
			old = append(old, name)
		}
	}
	m.mu.Unlock()
	for _, name := range old {
		if err := visit(name); err != nil {
			return err
		}
	}
	return nil
}

// lose forgets a content, as a broken disk may.
func (m *memory) lose(content string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name, each := range m.kept {
		if string(each) == content {
			delete(m.kept, name)
		}
	}
}

// has reports whether a content is kept.
func (m *memory) has(content string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, each := range m.kept {
		if string(each) == content {
			return true
		}
	}
	return false
}

type opened struct {
	*bytes.Reader
	from *memory
}

func (o opened) Close() error {
	o.from.mu.Lock()
	defer o.from.mu.Unlock()
	o.from.open--
	return nil
}
