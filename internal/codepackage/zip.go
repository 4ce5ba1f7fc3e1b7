package codepackage

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"io"
	"io/fs"

	"github.com/klauspost/compress/flate"

	"sluice/internal/fault"
)

// epoch is the first day that a zip can name, as MS-DOS writes it: 1980-01-01.
const epoch = 1<<5 | 1

// zip writes the package and returns its SHA-256. The fingerprint has to be known.
func (t *tree) zip(ctx context.Context, w io.Writer) (sum []byte, err error) {
	digest := sha256.New()
	out := zip.NewWriter(io.MultiWriter(w, digest))
	out.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) })
	for i := range t.files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := t.zipFile(out, &t.files[i]); err != nil {
			return nil, err
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return digest.Sum(nil), nil
}

func (t *tree) zipFile(out *zip.Writer, f *file) error {
	// The old fields: the newer Modified would add the time zone's.
	header := &zip.FileHeader{Name: f.name, Method: zip.Deflate, ModifiedDate: epoch} //nolint:staticcheck // see above
	mode := fs.FileMode(0o644)
	if f.runs {
		mode = 0o755
	}
	header.SetMode(mode)
	entry, err := out.CreateHeader(header)
	if err != nil {
		return err
	}
	content := sha256.New()
	if err := t.copy(io.MultiWriter(entry, content), f); err != nil {
		return err
	}
	if !f.same(content) {
		return fault.Errorf(fault.Conflict, "package", "%s changed while it was packed: run this again", f.name)
	}
	return nil
}
