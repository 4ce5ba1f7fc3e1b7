package function

import (
	"context"
	"io"
)

// Packages keeps deployment packages.
type Packages interface {
	// Put returns after the package is on disk. One that can't be unpacked is fault.Invalid "package".
	Put(ctx context.Context, zip Content) (Code, error)
	// Check reports what Put would refuse, and keeps nothing that anybody has to release.
	Check(ctx context.Context, zip Content) (Code, error)
}

// Content is the bytes of a package, wherever they lie: a *bytes.Reader and an *io.SectionReader are one. Several may read
// it at once, and it does not change.
type Content interface {
	io.ReaderAt
	Size() int64 // in bytes
}
