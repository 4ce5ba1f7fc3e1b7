package codepackage

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"os"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// archive takes a zip as it is.
func archive(code deployer.Code, path string) (deployer.Code, error) {
	reader, err := zip.OpenReader(path)
	if err != nil {
		return code, fault.Errorf(fault.Invalid, "package", "the code %s can't be read as a zip: %w", code.Source, err)
	}
	defer func() { _ = reader.Close() }() // it was read
	var total int64
	for _, f := range reader.File {
		total += int64(min(f.UncompressedSize64, unpackedLimit+1)) // bounded: a zip can claim any size
	}
	if err := unpacked(total); err != nil {
		return code, about(code, err)
	}
	code.File = path
	if code.Digest, code.Size, err = digestFile(path); err != nil {
		return code, about(code, err)
	}
	return code, about(code, direct(code.Size))
}

func digestFile(path string) (digest string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	sum := sha256.New()
	size, err = io.Copy(sum, f)
	return spell(sum.Sum(nil)), size, err
}

// spell writes a SHA-256 as Lambda's CodeSha256.
func spell(sum []byte) string { return base64.StdEncoding.EncodeToString(sum) }
