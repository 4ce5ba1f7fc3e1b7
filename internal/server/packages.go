package server

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"

	"sluice/internal/blob"
	"sluice/internal/function"
	"sluice/internal/host"
)

// packages keeps deployment packages that the host can unpack. It implements function.Packages.
type packages struct {
	folder *blob.Folder
	host   *host.Host
}

// Check unpacks, like Put, what only unpacking tells about. That goes after a while unless a record names it (internal/bucket).
func (p packages) Check(ctx context.Context, zip function.Content) (function.Code, error) {
	code, settled, err := inspect(zip)
	if err != nil || settled {
		return code, err
	}
	return code, p.keep(ctx, code, settled, zip)
}

// Put makes sure that the package can be unpacked: what its directory can't show, such as a damaged file, is told now and not
// to the first caller.
func (p packages) Put(ctx context.Context, zip function.Content) (function.Code, error) {
	code, settled, err := inspect(zip)
	if err != nil {
		return function.Code{}, err
	}
	return code, p.keep(ctx, code, settled, zip)
}

// inspect looks a package over. If it is not settled by that, only unpacking tells whether it can be unpacked.
func inspect(zip function.Content) (code function.Code, settled bool, err error) {
	unzipped, err := host.CheckPackage(zip, zip.Size())
	if err != nil {
		return function.Code{}, false, err
	}
	if settled, err = host.VerifyPackage(zip, zip.Size()); err != nil {
		return function.Code{}, false, err
	}
	h := sha256.New()
	_, err = io.Copy(h, io.NewSectionReader(zip, 0, zip.Size()))
	return function.Code{SHA256: base64.StdEncoding.EncodeToString(h.Sum(nil)), Size: zip.Size(), Unzipped: unzipped}, settled, err
}

func (p packages) keep(ctx context.Context, code function.Code, settled bool, zip function.Content) error {
	if _, _, err := p.folder.Put(ctx, io.NewSectionReader(zip, 0, zip.Size())); err != nil || settled {
		return err
	}
	return p.host.Unpack(ctx, code.SHA256)
}
