package server

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"

	"sluice/internal/blob"
	"sluice/internal/bucket"
	"sluice/internal/function"
	"sluice/internal/host"
)

// packages keeps deployment packages that the host can unpack. It implements function.Packages.
type packages struct {
	folder  *blob.Folder
	buckets *bucket.Service // which remove the blobs that nothing uses
	host    *host.Host
}

func (p packages) Check(_ context.Context, zip function.Content) (function.Code, error) {
	unzipped, err := host.CheckPackage(zip, zip.Size())
	if err != nil {
		return function.Code{}, err
	}
	h := sha256.New()
	_, err = io.Copy(h, io.NewSectionReader(zip, 0, zip.Size()))
	return function.Code{SHA256: base64.StdEncoding.EncodeToString(h.Sum(nil)), Size: zip.Size(), Unzipped: unzipped}, err
}

// Put makes sure that the package can be unpacked: what Check can't see, such as a damaged file, is told now and not to the
// first caller.
func (p packages) Put(ctx context.Context, zip function.Content) (function.Code, error) {
	code, err := p.Check(ctx, zip)
	if err != nil {
		return function.Code{}, err
	}
	settled, err := host.VerifyPackage(zip, zip.Size())
	if err != nil {
		return function.Code{}, err
	}
	if err := p.buckets.Release(ctx, code.SHA256); err != nil { // the caller may be refused, or killed, before his record names it
		return function.Code{}, err
	}
	if _, _, err := p.folder.Put(ctx, io.NewSectionReader(zip, 0, zip.Size())); err != nil {
		return function.Code{}, err
	}
	if settled {
		return code, nil
	}
	return code, p.host.Unpack(ctx, code.SHA256)
}
