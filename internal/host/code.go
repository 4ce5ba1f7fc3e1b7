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
	"sync"
)

// code keeps unpacked packages, one folder for each content and one for each combination of layers, so versions with the
// same code share it. A folder is there either whole or not at all. It lasts as long as the server: the next one can't know whether the machine had written
// all of it to its disk, nor whether it is still needed.
type code struct {
	dir      string
	packages Packages
	mu       sync.Mutex
	known    map[string]*unpacking
}

// unpacking is one package on its way, or unpacked.
type unpacking struct {
	done chan struct{}
	path string
	err  error
}

const halfUnpacked = ".unpacking-"

// newCode makes a new folder in a folder for such folders, beside those that servers before it have left.
func newCode(folders string, packages Packages) (*code, error) {
	if err := os.MkdirAll(folders, 0o755); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(folders, "")
	if err != nil {
		return nil, err
	}
	return &code{dir: dir, packages: packages, known: map[string]*unpacking{}}, os.Chmod(dir, 0o755)
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

// path returns the folder with a package's files, or with those of several packages, later ones over earlier ones. The
// first to ask unpacks them, the others wait; a failure is forgotten, so that it can be tried again.
func (c *code) path(ctx context.Context, sums ...string) (string, error) {
	name, err := folderName(sums)
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	u, ok := c.known[name]
	if !ok {
		u = &unpacking{done: make(chan struct{})}
		c.known[name] = u
	}
	c.mu.Unlock()
	if ok {
		select {
		case <-u.done:
			return u.path, u.err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	// Others may wait for this when the one who asked first has gone.
	u.path = filepath.Join(c.dir, name)
	u.err = c.unpack(context.WithoutCancel(ctx), sums, u.path)
	if u.err != nil {
		c.mu.Lock()
		delete(c.known, name)
		c.mu.Unlock()
	}
	close(u.done)
	return u.path, u.err
}

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

// unpack unpacks beside the final place and then moves the whole.
func (c *code) unpack(ctx context.Context, sums []string, path string) error {
	temporary, err := os.MkdirTemp(c.dir, halfUnpacked)
	if err != nil {
		return err
	}
	if err := errors.Join(os.Chmod(temporary, 0o755), c.unpackTo(ctx, sums, temporary)); err != nil {
		return errors.Join(err, os.RemoveAll(temporary))
	}
	if err := os.Rename(temporary, path); err != nil {
		return errors.Join(fmt.Errorf("put the unpacked code in its place: %w", err), os.RemoveAll(temporary))
	}
	return nil
}

func (c *code) unpackTo(ctx context.Context, sums []string, folder string) error {
	u, err := newUnpacker(folder)
	if err != nil {
		return err
	}
	for _, sum := range sums {
		if err := c.add(ctx, u, sum); err != nil {
			return errors.Join(err, u.close())
		}
	}
	return u.finish()
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
