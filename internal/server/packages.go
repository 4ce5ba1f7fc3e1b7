package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"

	"sluice/internal/blob"
	"sluice/internal/function"
	"sluice/internal/host"
)

// packages keeps deployment packages that the host can unpack. It implements function.Packages.
type packages struct {
	folder *blob.Folder
	host   *host.Host
}

func (p packages) Check(_ context.Context, zip []byte) (function.Code, error) {
	if err := host.CheckPackage(bytes.NewReader(zip), int64(len(zip))); err != nil {
		return function.Code{}, err
	}
	sum := sha256.Sum256(zip)
	return function.Code{SHA256: base64.StdEncoding.EncodeToString(sum[:]), Size: int64(len(zip))}, nil
}

// Put makes sure that the package can be unpacked: what Check can't see, such as a damaged file, is told now and not to the
// first caller.
func (p packages) Put(ctx context.Context, zip []byte) (function.Code, error) {
	code, err := p.Check(ctx, zip)
	if err != nil {
		return function.Code{}, err
	}
	settled, err := host.VerifyPackage(bytes.NewReader(zip), int64(len(zip)))
	if err != nil {
		return function.Code{}, err
	}
	if _, _, err := p.folder.Put(ctx, bytes.NewReader(zip)); err != nil {
		return function.Code{}, err
	}
	if settled {
		return code, nil
	}
	return code, p.host.Unpack(ctx, code.SHA256)
}
