package host

import (
	"archive/zip"
	"io"
	"path"
	"strings"
)

const (
	// Beyond these, unpacking at the first call would take longer than a caller should wait.
	maxVerified      = 1 << 20 // bytes, unpacked
	maxVerifiedFiles = 1000

	maxSegment = 255 // bytes of a file's name on common file systems
)

// VerifyPackage reads a small and simple package without unpacking it, and reports whether that settles that it can be
// unpacked. It settles nothing about a package that is large, has links, or names a place twice: Unpack has to tell.
// Errors: those of CheckPackage; fault.Invalid "package" if a file is not what the zip's directory says.
func VerifyPackage(r io.ReaderAt, size int64) (settled bool, err error) {
	archive, err := openPackage(r, size)
	if err != nil {
		return false, err
	}
	if _, err := checkFiles(archive.File); err != nil {
		return false, err
	}
	if !simple(archive.File) {
		return false, nil
	}
	for _, f := range archive.File {
		if err := readThrough(f); err != nil {
			return false, errUnzip(err)
		}
	}
	return true, nil
}

// simple reports whether nothing but a file's content can be wrong with a package.
func simple(files []*zip.File) bool {
	if len(files) > maxVerifiedFiles {
		return false
	}
	var total uint64
	places := make(map[string]bool, len(files)) // whether a folder is there; files are false
	for _, f := range files {
		total += f.UncompressedSize64
		name := path.Clean(strings.TrimSuffix(f.Name, "/"))
		folder := f.Mode().IsDir() || strings.HasSuffix(f.Name, "/")
		isFolder, taken := places[name]
		if total > maxVerified || !fits(name) || !folder && !f.Mode().IsRegular() || taken && !folder || taken && !isFolder {
			return false
		}
		places[name] = folder
		for above := path.Dir(name); above != "."; above = path.Dir(above) {
			if isFolder, taken := places[above]; taken && !isFolder {
				return false
			}
			places[above] = true
		}
	}
	return true
}

func fits(name string) bool {
	for segment := range strings.SplitSeq(name, "/") {
		if len(segment) > maxSegment {
			return false
		}
	}
	return len(name) < 4*maxSegment
}

// readThrough reads a file to its end, where its checksum is compared.
func readThrough(f *zip.File) error {
	content, err := f.Open()
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, content)
	_ = content.Close()
	return err
}
