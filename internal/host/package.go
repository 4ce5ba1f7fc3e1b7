package host

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"

	"sluice/internal/fault"
)

// maxUnzipped is AWS's limit on the size of a package's files together, in bytes.
const maxUnzipped = 262144000

// CheckPackage reports why a zip file can't be a function's code, by looking at its directory and at no content:
// fault.Invalid "package" with AWS's text if it can't be read, reaches out of its folder, or is too large unpacked.
func CheckPackage(r io.ReaderAt, size int64) error {
	if size == 0 {
		return errEmpty()
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return errUnzip(err)
	}
	return checkFiles(archive.File)
}

func checkFiles(files []*zip.File) error {
	if len(files) == 0 {
		return errEmpty()
	}
	var total uint64
	for _, f := range files {
		if !safeName(f.Name) || (f.Method != zip.Store && f.Method != zip.Deflate) || f.Flags&encrypted != 0 {
			return errUnzip(nil)
		}
		total += f.UncompressedSize64
		if f.UncompressedSize64 > maxUnzipped || total > maxUnzipped {
			return errTooBig()
		}
	}
	return nil
}

const encrypted = 1 // a flag of the zip format

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

// safeName reports whether a file's name stays within its folder.
func safeName(name string) bool {
	name = strings.TrimSuffix(name, "/")
	if name == "." || name == "" {
		return true // the folder itself
	}
	return !strings.ContainsAny(name, "\\\x00") && fs.ValidPath(path.Clean(name)) && !strings.HasPrefix(name, "/")
}

// unpack writes a package's files below a folder that exists. What it has written when it fails is the caller's to
// remove.
func unpack(archive *zip.Reader, folder string) error {
	if err := checkFiles(archive.File); err != nil {
		return err
	}
	root, err := os.OpenRoot(folder) // follows no link out of the folder
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	left := int64(maxUnzipped)
	for _, f := range archive.File {
		n, err := unpackFile(root, f, left)
		if err != nil {
			return err
		}
		left -= n
	}
	return nil
}

// unpackFile writes one entry and returns its size. The directory may lie about that, so it is counted.
func unpackFile(root *os.Root, f *zip.File, left int64) (int64, error) {
	name := path.Clean(strings.TrimSuffix(f.Name, "/"))
	mode := f.Mode()
	switch {
	case name == ".":
		return 0, nil
	case mode.IsDir() || strings.HasSuffix(f.Name, "/"):
		return 0, mapUnsafe(root.MkdirAll(name, 0o755))
	}
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return 0, mapUnsafe(err)
	}
	if mode&fs.ModeSymlink != 0 {
		return 0, unpackLink(root, name, f)
	}
	if !mode.IsRegular() {
		return 0, errUnzip(nil)
	}
	return unpackContent(root, name, f, left)
}

func unpackContent(root *os.Root, name string, f *zip.File, left int64) (int64, error) {
	// Python's zipfile writes modes that only the owner can read; AWS needs what everybody can. Here one user does all.
	to, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, f.Mode().Perm()|0o644)
	if err != nil {
		return 0, mapUnsafe(err)
	}
	from, err := f.Open()
	if err != nil {
		return 0, errors.Join(errUnzip(err), to.Close())
	}
	n, err := io.Copy(to, io.LimitReader(from, left+1))
	_ = from.Close()
	switch closeErr := to.Close(); {
	case n > left:
		return n, errTooBig()
	case err != nil && errors.As(err, new(*fs.PathError)):
		return n, err // the disk's fault, not the package's
	case err != nil:
		return n, errUnzip(err)
	default:
		return n, closeErr
	}
}

// unpackLink makes a symbolic link if it leads to a place within the package.
func unpackLink(root *os.Root, name string, f *zip.File) error {
	from, err := f.Open()
	if err != nil {
		return errUnzip(err)
	}
	target, err := io.ReadAll(io.LimitReader(from, 4096))
	_ = from.Close()
	if err != nil {
		return errUnzip(err)
	}
	end := path.Join(path.Dir(name), string(target))
	if path.IsAbs(string(target)) || !fs.ValidPath(end) {
		return errUnzip(nil)
	}
	return mapUnsafe(root.Symlink(string(target), name))
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
