package storetest

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

var uploadTests = map[string]func(*testing.T, *bucketPlace){
	"every field of an upload and its parts is kept, on disk": func(t *testing.T, p *bucketPlace) {
		p.uploads(t, NewUpload("b", "k", "u"))
		p.write(t, func(tx bucket.Tx) error { return tx.PutPart("u", NewPart(1, "blob"), when) })
		p.again(t)
		p.read(t, func(r bucket.Reader) error {
			u, err := r.Upload("b", "k", "u")
			wantSame(t, "the upload", u, NewUpload("b", "k", "u"))
			if err != nil {
				return err
			}
			parts, err := r.Parts("u", 0, 0)
			wantSame(t, "the parts", parts, []*bucket.Part{NewPart(1, "blob")})
			return err
		})
	},
	"parts are listed by number, after a number": func(t *testing.T, p *bucketPlace) {
		p.uploads(t, NewUpload("b", "k", "u"))
		p.write(t, func(tx bucket.Tx) error {
			return errorOf(tx.PutPart("u", NewPart(10, "ten"), when), tx.PutPart("u", NewPart(2, "two"), when), tx.PutPart("u", NewPart(1, "one"), when))
		})
		p.read(t, func(r bucket.Reader) error {
			parts, err := r.Parts("u", 1, 1)
			wantSame(t, "the parts", parts, []*bucket.Part{NewPart(2, "two")})
			return err
		})
	},
	"a part that is replaced is released": func(t *testing.T, p *bucketPlace) {
		p.uploads(t, NewUpload("b", "k", "u"))
		p.write(t, func(tx bucket.Tx) error { return tx.PutPart("u", NewPart(1, "old"), when) })
		p.write(t, func(tx bucket.Tx) error { return tx.PutPart("u", NewPart(1, "new"), when) })
		wantSame(t, "in use", p.inUse(t, "old", "new"), []string{"new"})
		wantSame(t, "released", p.released(t, when.Add(time.Hour), 0), []string{"old"})
	},
	"an upload goes with its parts, which are released": func(t *testing.T, p *bucketPlace) {
		p.uploads(t, NewUpload("b", "k", "u"))
		p.write(t, func(tx bucket.Tx) error { return tx.PutPart("u", NewPart(1, "blob"), when) })
		remove := func(tx bucket.Tx) error { return tx.DeleteUpload("b", "k", "u", when) }
		p.write(t, remove)
		wantSame(t, "in use", p.inUse(t, "blob"), []string(nil))
		wantSame(t, "released", p.released(t, when.Add(time.Hour), 0), []string{"blob"})
		wantFault(t, p.WriteBuckets(t.Context(), remove), fault.NotFound, "upload")
		wantFault(t, p.ReadBuckets(t.Context(), func(r bucket.Reader) error { _, err := r.Upload("b", "k", "u"); return err }), fault.NotFound, "upload")
	},
	"uploads are listed by key and ID, from a place within a key on": func(t *testing.T, p *bucketPlace) {
		p.uploads(t, NewUpload("b", "k", "2"), NewUpload("b", "k", "1"), NewUpload("b", "a", "3"), NewUpload("b", "z", "0"))
		for want, at := range map[string]struct {
			span  bucket.Span
			after string
		}{
			"a 3, k 1, k 2, z 0": {}, "k 2, z 0": {bucket.Span{From: "k"}, "1"}, "z 0": {bucket.Span{After: "k"}, ""}, "k 1, k 2": {bucket.Span{Prefix: "k"}, ""},
		} {
			var list []string
			p.read(t, func(r bucket.Reader) error {
				found, err := r.Uploads("b", at.span, at.after, 0)
				for _, u := range found {
					list = append(list, u.Key+" "+u.ID)
				}
				return err
			})
			wantSame(t, "the uploads", strings.Join(list, ", "), want)
		}
	},
	"an upload is its key's alone": func(t *testing.T, p *bucketPlace) {
		p.uploads(t, NewUpload("b", "k", "u"))
		wantFault(t, p.ReadBuckets(t.Context(), func(r bucket.Reader) error { _, err := r.Upload("b", "other", "u"); return err }), fault.NotFound, "upload")
	},
}

// uploads puts uploads in a bucket, b, which it makes.
func (p *bucketPlace) uploads(t *testing.T, uploads ...*bucket.Upload) {
	t.Helper()
	p.objects(t)
	p.write(t, func(tx bucket.Tx) error {
		for _, u := range uploads {
			if err := tx.PutUpload(u); err != nil {
				return err
			}
		}
		return nil
	})
}
