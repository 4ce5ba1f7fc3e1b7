package host

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// unpacker writes packages below a folder that exists, one over the other. What it has written when it fails is the
// caller's to remove.
type unpacker struct {
	root  *os.Root // follows no link out of the folder
	left  int64    // bytes that may still be written: a zip's directory may lie about sizes, so they are counted
	links []string // places at which links were made
	// over is set while packages lie below: then files and folders make place for one another.
	over bool
}

func newUnpacker(folder string) (*unpacker, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	return &unpacker{root: root, left: maxUnzipped}, nil
}

// add writes a package's files over what is there.
func (u *unpacker) add(archive *zip.Reader) error {
	if _, err := checkFiles(archive.File); err != nil {
		return err
	}
	for _, f := range archive.File {
		if err := u.file(f); err != nil {
			return err
		}
	}
	u.over = true
	return nil
}

// finish ends the work and reports a link that leads out. How a link is written does not tell: what it goes through may
// be a link itself.
func (u *unpacker) finish() (err error) {
	for _, name := range u.links {
		if _, statErr := u.root.Stat(name); statErr != nil && !errors.Is(statErr, fs.ErrNotExist) {
			err = mapUnsafe(statErr)
			break
		}
	}
	return errors.Join(err, u.root.Close())
}

func (u *unpacker) file(f *zip.File) error {
	name := path.Clean(strings.TrimSuffix(f.Name, "/"))
	mode := f.Mode()
	switch {
	case name == ".":
		return nil
	case mode.IsDir() || strings.HasSuffix(f.Name, "/"):
		return u.folder(name)
	}
	if err := u.folder(path.Dir(name)); err != nil {
		return err
	}
	switch {
	case mode&fs.ModeSymlink != 0:
		return u.link(name, f)
	case mode.IsRegular():
		return u.content(name, f)
	default:
		return errUnzip(nil)
	}
}

// folder makes a folder with those above it.
func (u *unpacker) folder(name string) error {
	err := u.root.MkdirAll(name, 0o755)
	if err == nil || !u.over {
		return mapUnsafe(err)
	}
	for above := name; above != "."; above = path.Dir(above) { // what a package below has there is in the way
		if err := u.clearForFolder(above); err != nil {
			return err
		}
	}
	return mapUnsafe(u.root.MkdirAll(name, 0o755))
}

// clearForFolder removes what is neither a folder nor a link to one.
func (u *unpacker) clearForFolder(name string) error {
	if _, err := u.root.Lstat(name); err != nil {
		return nil // nothing is there
	}
	if info, err := u.root.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	return mapUnsafe(u.root.Remove(name))
}

// create creates a file in place of what is there: nothing is written through a link.
func (u *unpacker) create(name string, mode fs.FileMode) (*os.File, error) {
	const create = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	file, err := u.root.OpenFile(name, create, mode)
	if !errors.Is(err, fs.ErrExist) {
		return file, mapUnsafe(err)
	}
	if err := u.clear(name); err != nil {
		return nil, err
	}
	file, err = u.root.OpenFile(name, create, mode)
	return file, mapUnsafe(err)
}

// clear makes place for a file or a link.
func (u *unpacker) clear(name string) error {
	err := u.root.Remove(name)
	if err != nil && u.over && !errors.Is(err, fs.ErrNotExist) {
		err = u.root.RemoveAll(name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return mapUnsafe(err)
}

func (u *unpacker) content(name string, f *zip.File) error {
	// Python's zipfile writes modes that only the owner can read; AWS needs what everybody can. Here one user does all.
	to, err := u.create(name, f.Mode().Perm()|0o644)
	if err != nil {
		return err
	}
	from, err := f.Open()
	if err != nil {
		return errors.Join(errUnzip(err), to.Close())
	}
	n, err := io.Copy(to, io.LimitReader(from, u.left+1))
	u.left -= n
	_ = from.Close()
	switch closeErr := to.Close(); {
	case u.left < 0:
		return errTooBig()
	case err != nil && errors.As(err, new(*fs.PathError)):
		return err // the disk's fault, not the package's
	case err != nil:
		return errUnzip(err)
	default:
		return closeErr
	}
}

// link makes a symbolic link if it is written as one to a place within the package; finish tells where it really leads.
func (u *unpacker) link(name string, f *zip.File) error {
	from, err := f.Open()
	if err != nil {
		return errUnzip(err)
	}
	target, err := io.ReadAll(io.LimitReader(from, maxTarget+1))
	_ = from.Close()
	if err != nil {
		return errUnzip(err)
	}
	end := path.Join(path.Dir(name), string(target))
	if path.IsAbs(string(target)) || len(target) > maxTarget || !fs.ValidPath(end) {
		return errUnzip(nil)
	}
	if err := u.clear(name); err != nil {
		return err
	}
	u.links = append(u.links, name)
	return mapUnsafe(u.root.Symlink(string(target), name))
}
