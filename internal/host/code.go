package host

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
)

// code keeps unpacked packages, one folder for each content and one for each combination of layers, so versions with the
// same code share it. A folder is there either whole or not at all. It lasts as long as somebody uses it, and a while
// longer (see keepUnused), but never longer than the server: the next one can't know whether the machine had written all
// of it to its disk.
type code struct {
	dir      string
	packages Packages
	removals sync.WaitGroup

	mu         sync.Mutex
	known      map[string]*unpacked
	unused     []*unpacked // those that are whole and have no user, the one that has had none for longest first
	unusedSize int64       // of these together
	keep       int64       // how much that may be: keepUnused
	removed    int         // how many were removed
}

// unpacked is one folder, or will be. code's lock covers users; the fields below done are set before that is closed.
type unpacked struct {
	name  string
	users int
	done  chan struct{}
	path  string
	size  int64 // that it takes of the disk in bytes, roughly
	err   error
}

// keepUnused is how much of the disk unpacked code may take that nobody uses, in bytes: as much as two packages can be. A
// package is unpacked for a look at it before its version is called, and a version's pool may soon have a successor.
const keepUnused = 2 * maxUnzipped

// Names of what is no unpacked code, or not yet, or no more.
const (
	halfUnpacked = ".unpacking-"
	removing     = ".removing-"
	bytecode     = "pycache-"
)

// newCode makes a new folder in a folder for such folders, beside those that servers before it have left.
func newCode(folders string, packages Packages) (*code, error) {
	if err := os.MkdirAll(folders, 0o755); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(folders, "")
	if err != nil {
		return nil, err
	}
	return &code{dir: dir, packages: packages, keep: keepUnused, known: map[string]*unpacked{}}, os.Chmod(dir, 0o755)
}

// removeOthers removes what servers before this one have left, package by package until it is told to stop: there may
// be many files.
func (c *code) removeOthers(stopping <-chan struct{}) error {
	left, err := filepath.Glob(filepath.Join(filepath.Dir(c.dir), "*", "*"))
	if err != nil {
		return err
	}
	for _, folder := range left {
		select {
		case <-stopping:
			return nil
		default:
		}
		if filepath.Dir(folder) == c.dir {
			continue
		}
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
	}
	return c.removeEmpty()
}

// removeEmpty removes the other folders for packages, which are empty now.
func (c *code) removeEmpty() (err error) {
	folders, err := filepath.Glob(filepath.Join(filepath.Dir(c.dir), "*"))
	for _, folder := range folders {
		if folder != c.dir {
			err = errors.Join(err, os.Remove(folder))
		}
	}
	return err
}

// use returns the folder with a package's files, or with those of several packages, later ones over earlier ones, which
// stays there until it is given to release. The first to ask unpacks them, the others wait; a failure is forgotten, so that
// it can be tried again.
func (c *code) use(ctx context.Context, sums ...string) (*unpacked, error) {
	name, err := folderName(sums)
	if err != nil {
		return nil, err
	}
	u, known := c.join(name)
	if !known {
		c.make(context.WithoutCancel(ctx), u, sums) // others may wait for this when the one who asked first has gone
	}
	select {
	case <-u.done:
		if u.err != nil {
			return nil, u.err
		}
		return u, nil
	case <-ctx.Done():
		c.release(u)
		return nil, ctx.Err()
	}
}

// join notes a user of a folder, and reports whether somebody has made it or does.
func (c *code) join(name string) (u *unpacked, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if u, known = c.known[name]; !known {
		u = &unpacked{name: name, done: make(chan struct{}), path: filepath.Join(c.dir, name)}
		c.known[name] = u
	}
	u.users++
	if at := slices.Index(c.unused, u); at >= 0 {
		c.unused = slices.Delete(c.unused, at, at+1)
		c.unusedSize -= u.size
	}
	return u, known
}

// make unpacks a folder.
func (c *code) make(ctx context.Context, u *unpacked, sums []string) {
	u.size, u.err = c.unpack(ctx, sums, u.path)
	if u.err != nil {
		c.mu.Lock()
		delete(c.known, u.name)
		c.mu.Unlock()
	}
	close(u.done)
}

// release is the end of a use. It removes, in the background, what is too much then.
func (c *code) release(u *unpacked) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if u.users--; u.users > 0 || c.known[u.name] != u {
		return
	}
	c.unused = append(c.unused, u)
	c.unusedSize += u.size
	for c.unusedSize > c.keep {
		c.remove(c.unused[0])
		c.unusedSize -= c.unused[0].size
		c.unused = slices.Delete(c.unused, 0, 1)
	}
}

// remove removes a folder that nobody uses. Under another name it is in nobody's way: the same code may be asked for at
// once. The caller holds the lock.
func (c *code) remove(u *unpacked) {
	delete(c.known, u.name)
	c.removed++
	to := filepath.Join(c.dir, removing+strconv.Itoa(c.removed))
	if err := os.Rename(u.path, to); err != nil {
		to = u.path
	}
	c.removals.Go(func() { _ = os.RemoveAll(to) }) // what is left, the next server removes
}

// newBytecode makes a folder for what Python compiles of a version's code, which processes of different users write. Only
// one version's may: what they find there they run.
func (c *code) newBytecode() (string, error) {
	folder, err := os.MkdirTemp(c.dir, bytecode)
	if err != nil {
		return "", err
	}
	return folder, os.Chmod(folder, 0o777)
}

// removeBytecode removes such a folder, in the background.
func (c *code) removeBytecode(folder string) {
	c.removals.Go(func() { _ = os.RemoveAll(folder) })
}

// close waits until all is removed that is to be. Nobody may use code any more.
func (c *code) close() { c.removals.Wait() }

// folderName names the folder of packages: by the sum of one, or by the sum of their sums in order.
func folderName(sums []string) (string, error) {
	var all []byte
	for _, sum := range sums {
		digest, err := base64.StdEncoding.DecodeString(sum)
		if err != nil || len(digest) != sha256.Size {
			return "", fmt.Errorf("%q is no SHA-256 in base64", sum)
		}
		all = append(all, digest...)
	}
	if len(sums) == 1 {
		return hex.EncodeToString(all), nil
	}
	together := sha256.Sum256(all)
	return "layers-" + hex.EncodeToString(together[:]), nil
}

// unpack unpacks beside the final place and then moves the whole. It returns how much of the disk that takes.
func (c *code) unpack(ctx context.Context, sums []string, path string) (int64, error) {
	temporary, err := os.MkdirTemp(c.dir, halfUnpacked)
	if err != nil {
		return 0, err
	}
	size, err := c.unpackTo(ctx, sums, temporary)
	if err = errors.Join(os.Chmod(temporary, 0o755), err); err != nil {
		return 0, errors.Join(err, os.RemoveAll(temporary))
	}
	if err := os.Rename(temporary, path); err != nil {
		return 0, errors.Join(fmt.Errorf("put the unpacked code in its place: %w", err), os.RemoveAll(temporary))
	}
	return size, nil
}

func (c *code) unpackTo(ctx context.Context, sums []string, folder string) (int64, error) {
	u, err := newUnpacker(folder)
	if err != nil {
		return 0, err
	}
	for _, sum := range sums {
		if err := c.add(ctx, u, sum); err != nil {
			return 0, errors.Join(err, u.close())
		}
	}
	return u.size(), u.finish()
}

func (c *code) add(ctx context.Context, u *unpacker, sum string) error {
	file, err := c.packages.Open(ctx, sum)
	if err != nil {
		return fmt.Errorf("open the package: %w", err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("open the package: %w", err)
	}
	archive, err := openPackage(file, info.Size())
	if err != nil {
		return err
	}
	return u.add(archive)
}
