package host

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"syscall"

	"sluice/internal/fault"
	"sluice/internal/function"
)

const (
	// maxUnzipped is AWS's limit on the size of a package's files together, in bytes.
	maxUnzipped = function.MaxUnzipped

	// AWS tells no limits on numbers; these keep a package from occupying the server for minutes. A folder of node_modules
	// has tens of thousands of files.
	maxEntries  = 200_000
	maxSegments = 2_000_000 // of all names together: unpacking a/b/c opens two folders
	maxLinks    = 10_000

	maxName   = 3000 // bytes: with the folder before it, a file's whole path has to stay below 4096
	maxTarget = 1024 // bytes that a link may have
)

// CheckPackage returns the size of a zip's files together, in bytes, or says why it can't be the code of a function or a
// layer, by looking at its directory and at no content: fault.Invalid "package", with AWS's text if it can't be read,
// reaches out of its folder, or is too large unpacked.
func CheckPackage(r io.ReaderAt, size int64) (unzipped int64, err error) {
	archive, err := openPackage(r, size)
	if err != nil {
		return 0, err
	}
	return checkFiles(archive.File)
}

// openPackage reads a zip's directory.
func openPackage(r io.ReaderAt, size int64) (*zip.Reader, error) {
	if size == 0 {
		return nil, errEmpty()
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, errUnzip(err)
	}
	return archive, nil
}

func checkFiles(files []*zip.File) (unzipped int64, err error) {
	if len(files) == 0 {
		return 0, errEmpty()
	}
	if len(files) > maxEntries {
		return 0, errTooMany("files", len(files), maxEntries)
	}
	var total uint64
	segments, links := 0, 0
	for _, f := range files {
		if !safeName(f.Name) || (f.Method != zip.Store && f.Method != zip.Deflate) || f.Flags&encrypted != 0 {
			return 0, errUnzip(nil)
		}
		total += f.UncompressedSize64
		if f.UncompressedSize64 > maxUnzipped || total > maxUnzipped {
			return 0, errTooBig()
		}
		segments += 1 + strings.Count(f.Name, "/")
		if f.Mode()&fs.ModeSymlink != 0 {
			links++
		}
	}
	if segments > maxSegments {
		return 0, errTooMany("folders in the names of its files", segments, maxSegments)
	}
	if links > maxLinks {
		return 0, errTooMany("links", links, maxLinks)
	}
	return int64(total), nil
}

const encrypted = 1 // a flag of the zip format

// safeName reports whether a file's name stays within its folder, and is one that a disk can hold.
func safeName(name string) bool {
	name = strings.TrimSuffix(name, "/")
	if name == "." || name == "" {
		return true // the folder itself
	}
	if len(name) > maxName || strings.ContainsAny(name, "\\\x00") || strings.HasPrefix(name, "/") {
		return false
	}
	return fs.ValidPath(path.Clean(name))
}

func errUnzip(cause error) error {
	return &fault.Error{Kind: fault.Invalid, Noun: "package", Cause: cause,
		Message: "Could not unzip uploaded file. Please check your file, then try to upload again."}
}

func errTooBig() error {
	return fault.Errorf(fault.Invalid, "package", "Unzipped size must be smaller than %d bytes", maxUnzipped)
}

func errEmpty() error {
	return fault.Errorf(fault.Invalid, "package", "Uploaded file must be a non-empty zip")
}

func errTooMany(what string, n, most int) error {
	return fault.Errorf(fault.Invalid, "package", "The package has %d %s. Sluice unpacks at most %d.", n, what, most)
}

var diskErrors = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EMFILE, syscall.ENFILE, syscall.EIO, syscall.EROFS}

// mapUnsafe tells a package that contradicts itself (a file where a folder is, a way out of the folder) from a disk
// that is full.
func mapUnsafe(err error) error {
	if err == nil || errors.Is(err, fs.ErrPermission) {
		return err
	}
	for _, disk := range diskErrors {
		if errors.Is(err, disk) {
			return err
		}
	}
	return errUnzip(err)
}
