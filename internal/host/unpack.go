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
	files int      // that were written
	links []string // places at which links were made
	// over is set while packages lie below: then files and folders make place for one another.
	over   bool
	masked bool
	// last is the folder that the last file went into, nil if that may be gone: files come folder by folder, and a path
	// need not be walked for each of them.
	last     *os.Root
	lastName string
}

func newUnpacker(folder string) (*unpacker, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	masked, err := masked(root)
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &unpacker{root: root, left: maxUnzipped, masked: masked}, nil
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
	u.files += len(archive.File)
	u.over = true
	return nil
}

// block is what a file takes of most disks at least, in bytes.
const block = 4 << 10

// size is how many bytes of the disk is taken by what was written, at most roughly.
func (u *unpacker) size() int64 { return maxUnzipped - u.left + int64(u.files)*block }

// finish ends the work and reports a link that leads out. How a link is written does not tell: what it goes through may
// be a link itself.
func (u *unpacker) finish() (err error) {
	for _, name := range u.links {
		if _, statErr := u.root.Stat(name); statErr != nil && !errors.Is(statErr, fs.ErrNotExist) {
			err = mapUnsafe(statErr)
			break
		}
	}
	if err == nil && u.masked {
		err = u.unmask()
	}
	return errors.Join(err, u.close())
}

// close ends the work, wherever it is.
func (u *unpacker) close() error {
	u.leave()
	return u.root.Close()
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
	folder, err := u.enter(path.Dir(name))
	if err != nil {
		return err
	}
	switch {
	case mode&fs.ModeSymlink != 0:
		return u.link(folder, name, f)
	case mode.IsRegular():
		return u.content(folder, name, f)
	default:
		return errUnzip(nil)
	}
}

// enter makes a folder, if it is not there, and opens it. It stays open until another one is entered.
func (u *unpacker) enter(name string) (*os.Root, error) {
	if u.last != nil && u.lastName == name {
		return u.last, nil
	}
	if err := u.folder(name); err != nil {
		return nil, err
	}
	folder, err := u.root.OpenRoot(name)
	if err != nil {
		return nil, mapUnsafe(err)
	}
	u.leave()
	u.last, u.lastName = folder, name
	return folder, nil
}

func (u *unpacker) leave() {
	if u.last != nil {
		_ = u.last.Close()
		u.last = nil
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
	u.leave()
	return mapUnsafe(u.root.Remove(name))
}

// place creates a file or a link in place of what is there: nothing is written through a link.
func (u *unpacker) place(name string, create func() error) error {
	err := create()
	if !errors.Is(err, fs.ErrExist) {
		return mapUnsafe(err)
	}
	if err := u.clear(name); err != nil {
		return err
	}
	return mapUnsafe(create())
}

// clear makes place for a file or a link in the folder that was entered. A folder makes place if it is empty or of a
// package below.
func (u *unpacker) clear(name string) error {
	err := u.root.Remove(name)
	if err != nil && u.over {
		err = u.root.RemoveAll(name)
	}
	return mapUnsafe(err)
}

func (u *unpacker) content(folder *os.Root, name string, f *zip.File) error {
	var to *os.File
	err := u.place(name, func() (err error) {
		to, err = folder.OpenFile(path.Base(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, modeOf(f.Mode()))
		return err
	})
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

// modeOf is a file's mode: everybody may read it and nobody write it but the server, since functions may run as other
// users. Python's zipfile writes modes that only the owner can read, with which AWS's functions fail.
func modeOf(packed fs.FileMode) fs.FileMode {
	if packed&0o100 != 0 {
		return 0o755
	}
	return 0o644
}

// unmask gives files and folders the modes that a server with a stricter umask has made less of.
func (u *unpacker) unmask() error {
	return fs.WalkDir(u.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		mode := modeOf(info.Mode())
		if d.IsDir() {
			mode = 0o755
		}
		return u.root.Chmod(name, mode)
	})
}

// masked reports whether the server's umask keeps others from reading what it writes.
func masked(root *os.Root) (bool, error) {
	const probe = ".probe"
	file, err := root.OpenFile(probe, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return false, err
	}
	info, err := file.Stat()
	if err = errors.Join(err, file.Close(), root.Remove(probe)); err != nil {
		return false, err
	}
	return info.Mode().Perm() != 0o755, nil
}

// link makes a symbolic link if it is written as one to a place within the package; finish tells where it really leads.
func (u *unpacker) link(folder *os.Root, name string, f *zip.File) error {
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
	u.links = append(u.links, name)
	return u.place(name, func() error { return folder.Symlink(string(target), path.Base(name)) })
}
