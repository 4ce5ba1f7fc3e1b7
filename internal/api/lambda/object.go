package lambda

import (
	"bytes"
	"context"
	"errors"
	"io"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// Objects reads objects of buckets, which packages of functions and layers may be.
type Objects interface {
	// OpenObject opens an object of the caller's account and region: the version of an ID, or the newest if that is empty.
	// The caller closes it. Its content stays what it is, whatever becomes of the object.
	// Errors: fault.Invalid "object" with AWS's text, such as that there is no such bucket or key.
	OpenObject(ctx context.Context, scope function.Scope, bucket, key, version string) (Object, error)
}

// Object is the content of an object that was opened.
type Object interface {
	function.Content
	io.Closer
}

// content is where a request says that a package comes from: its own body, or an object.
type content struct {
	zip                  []byte  // nil if none was sent
	bucket, key, version *string // nil where nothing was sent
}

// inBucket reports whether any member that names an object was sent.
func (c content) inBucket() bool { return c.bucket != nil || c.key != nil || c.version != nil }

// named reports whether there is a package at all.
func (c content) named() bool { return c.zip != nil || c.bucket != nil && c.key != nil }

// open returns the package, which has to be named. The caller closes it.
func (a *api) open(ctx context.Context, r *wire.Request, from content) (Object, error) {
	if from.zip != nil {
		return inMemory{bytes.NewReader(from.zip)}, nil
	}
	if a.objects == nil {
		return nil, fault.Errorf(fault.Invalid, "unserved", "Sluice does not serve packages in buckets here. Send a ZipFile.")
	}
	object, err := a.objects.OpenObject(ctx, scope(r), *from.bucket, *from.key, wire.Value(from.version))
	if err == nil && object.Size() > maxObject {
		return nil, errors.Join(fault.Errorf(fault.Invalid, "package", "Unzipped size must be smaller than %d bytes", maxObject), object.Close())
	}
	return object, err
}

// maxObject is the largest object that is looked at, in bytes: what is larger packed than AWS lets it be unpacked is none.
const maxObject = function.MaxUnzipped

// inMemory is a package that came with a request.
type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }
