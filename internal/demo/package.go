package demo

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
)

// Package makes a deployment package whose bootstrap is a program. It compresses for speed: a program of this size would
// else take longer than all that follows.
func Package(program []byte) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed)
	})
	header := &zip.FileHeader{Name: "bootstrap", Method: zip.Deflate}
	header.SetMode(0o755)
	w, err := z.CreateHeader(header)
	if err == nil {
		_, err = w.Write(program)
	}
	err = errors.Join(err, z.Close()) // writes the rest
	return b.Bytes(), err
}
