package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

var objectTests = map[string]func(*testing.T, *bucketPlace){
	"every field of an object is kept, on disk": func(t *testing.T, p *bucketPlace) {
		p.objects(t, NewObject("b", "k", "v", 1))
		p.again(t)
		p.read(t, func(r bucket.Reader) error {
			o, err := r.ObjectVersion("b", "k", "v")
			wantSame(t, "the version", o, NewObject("b", "k", "v", 1))
			return err
		})
	},
	"the newest is the one with the largest order": func(t *testing.T, p *bucketPlace) {
		p.objects(t, NewObject("b", "k", "new", 3), NewObject("b", "k", "old", 2), marker("k", "newest", 4))
		for _, want := range []string{"newest", "new", "old"} {
			p.read(t, func(r bucket.Reader) error {
				o, err := r.NewestObject("b", "k")
				wantSame(t, "the newest", o.Version, want)
				return err
			})
			p.write(t, func(tx bucket.Tx) error { return tx.DeleteObject("b", "k", want, when) })
		}
		wantFault(t, p.ReadBuckets(t.Context(), func(r bucket.Reader) error { _, err := r.NewestObject("b", "k"); return err }), fault.NotFound, "object")
	},
	"a list shows keys whose newest is no marker, once": func(t *testing.T, p *bucketPlace) {
		p.objects(t, NewObject("b", "a", "1", 1), NewObject("b", "a", "2", 2), NewObject("b", "gone", "1", 1), marker("gone", "2", 2),
			NewObject("b", "back", "1", 1), marker("back", "2", 2), NewObject("b", "back", "3", 3))
		wantSame(t, "the list", p.keys(t, bucket.Span{}, 0), "a 2, back 3")
		p.write(t, func(tx bucket.Tx) error {
			return errorOf(tx.DeleteObject("b", "gone", "2", when), tx.DeleteObject("b", "a", "2", when), tx.DeleteObject("b", "back", "3", when))
		})
		wantSame(t, "the list without the newest", p.keys(t, bucket.Span{}, 0), "a 1, gone 1")
	},
	"a span of keys is one of bytes": func(t *testing.T, p *bucketPlace) {
		for i, key := range []string{"a", "a%", "a/1", "a/2", "a0", "A", "ä", "日本", "b_c", "bxc"} {
			if i == 0 {
				p.objects(t, NewObject("b", key, "v", 1))
				continue
			}
			p.write(t, func(tx bucket.Tx) error { return tx.PutObject(NewObject("b", key, "v", 1)) })
		}
		for _, tt := range []struct {
			span  bucket.Span
			limit int
			want  string
		}{
			{bucket.Span{}, 0, "A v, a v, a% v, a/1 v, a/2 v, a0 v, b_c v, bxc v, ä v, 日本 v"},
			{bucket.Span{Prefix: "a/"}, 0, "a/1 v, a/2 v"}, {bucket.Span{Prefix: "b_"}, 0, "b_c v"}, {bucket.Span{Prefix: "a", After: "a%"}, 2, "a/1 v, a/2 v"},
			{bucket.Span{From: "a0"}, 2, "a0 v, b_c v"}, {bucket.Span{Prefix: "a/", From: "a/2"}, 0, "a/2 v"}, {bucket.Span{Prefix: "z"}, 0, ""},
		} {
			wantSame(t, fmt.Sprintf("%+v", tt.span), p.keys(t, tt.span, tt.limit), tt.want)
		}
	},
	"versions are listed from a place within a key on": func(t *testing.T, p *bucketPlace) {
		p.objects(t, NewObject("b", "a", "1", 1), NewObject("b", "k", "1", 1), marker("k", "2", 2), NewObject("b", "k", "3", 3), NewObject("b", "z", "1", 1))
		for want, at := range map[string]struct {
			span   bucket.Span
			before int64
		}{
			"a 1, k 3, k 2, k 1, z 1": {}, "k 1, z 1": {bucket.Span{From: "k"}, 2}, "z 1": {bucket.Span{After: "k"}, 0},
			"k 3, k 2, k 1": {bucket.Span{Prefix: "k"}, 0},
		} {
			var found []*bucket.Object
			p.read(t, func(r bucket.Reader) (err error) {
				found, err = r.ObjectVersions("b", at.span, at.before, 0)
				return err
			})
			wantSame(t, "the versions", spelled(found), want)
		}
	},
	"deletion releases the blobs, and what others use stays in use": func(t *testing.T, p *bucketPlace) {
		shared := NewObject("b", "other", "x", 1)
		shared.Pieces = append(shared.Pieces, bucket.Piece{SHA256: "blob v", Size: 1})
		p.objects(t, NewObject("b", "k", "v", 1), NewObject("b", "k", "w", 2), shared)
		wantSame(t, "in use", p.inUse(t, "blob v", "blob w", "blob x", "blob y"), []string{"blob v", "blob w", "blob x"})
		p.write(t, func(tx bucket.Tx) error {
			return errorOf(tx.DeleteObject("b", "k", "v", when), tx.DeleteObject("b", "k", "w", when.Add(time.Second)))
		})
		wantSame(t, "in use", p.inUse(t, "blob v", "blob w", "blob x"), []string{"blob v", "blob x"})
		wantSame(t, "released", p.released(t, when.Add(time.Hour), 0), []string{"blob v", "blob w"})
		wantFault(t, p.WriteBuckets(t.Context(), func(tx bucket.Tx) error { return tx.DeleteObject("b", "k", "v", when) }), fault.NotFound, "object")
	},
	"an object that is put again is replaced": func(t *testing.T, p *bucketPlace) {
		o := NewObject("b", "k", "v", 1)
		p.objects(t, o)
		o.Tags = nil
		p.write(t, func(tx bucket.Tx) error { return tx.PutObject(o) })
		p.read(t, func(r bucket.Reader) error {
			found, err := r.NewestObject("b", "k")
			wantSame(t, "the object", found, o)
			return err
		})
	},
}

func marker(key, version string, order int64) *bucket.Object {
	return &bucket.Object{Bucket: "b", Key: key, Version: version, Order: order, Modified: when, Marker: true}
}

// objects puts objects in a bucket, b, which it makes.
func (p *bucketPlace) objects(t *testing.T, objects ...*bucket.Object) {
	t.Helper()
	p.write(t, func(tx bucket.Tx) error {
		if err := tx.PutBucket(NewBucket("b")); err != nil {
			return err
		}
		for _, o := range objects {
			if err := tx.PutObject(o); err != nil {
				return err
			}
		}
		return nil
	})
}

// keys lists keys and versions.
func (p *bucketPlace) keys(t *testing.T, span bucket.Span, limit int) string {
	t.Helper()
	var found []*bucket.Object
	p.read(t, func(r bucket.Reader) (err error) { found, err = r.Objects("b", span, limit); return err })
	return spelled(found)
}

func spelled(objects []*bucket.Object) string {
	var list []string
	for _, o := range objects {
		list = append(list, o.Key+" "+o.Version)
	}
	return strings.Join(list, ", ")
}
