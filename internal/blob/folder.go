package blob

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"sluice/internal/fault"
)

// Folder keeps blobs in a folder. Its methods may be called by many goroutines at once, but only one process may
// have the folder open; the store's lock on the data folder sees to that.
//
// A blob lies at ab/ab12…, its SHA-256 in hexadecimal; the level between keeps directories short. Elsewhere it is
// known by the same sum in base64, as AWS writes it (CodeSha256).
type Folder struct {
	dir      string
	incoming string // what is being written; after a crash nothing in it is of use
	// removing is held to look at a blob's age and remove it, and shared to put one: what was just put, or put again, is
	// young.
	removing sync.RWMutex
}

// OpenFolder opens a folder, creates it if it is missing, and removes what was left half-written in it.
func OpenFolder(dir string) (*Folder, error) {
	f := &Folder{dir: dir, incoming: filepath.Join(dir, "incoming")}
	if err := os.RemoveAll(f.incoming); err != nil {
		return nil, fmt.Errorf("remove half-written blobs: %w", err)
	}
	if err := os.MkdirAll(f.incoming, 0o700); err != nil {
		return nil, fmt.Errorf("create the blobs' folder: %w", err)
	}
	return f, nil
}

// Open opens a blob by its SHA-256 in base64. The caller closes the file, and does not write to it.
// Errors: fault.NotFound "blob".
func (f *Folder) Open(_ context.Context, sha256 string) (*os.File, error) {
	path, err := f.locate(sha256)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, missing(err, sha256)
	}
	return file, nil
}

// Has reports whether a blob is kept.
func (f *Folder) Has(_ context.Context, sha256 string) (bool, error) {
	path, err := f.locate(sha256)
	if err != nil {
		return false, nil // what is no sum is the sum of nothing
	}
	return exists(path)
}

// Delete removes a blob for good. Those who have it open can read on.
// Errors: fault.NotFound "blob".
func (f *Folder) Delete(_ context.Context, sha256 string) error {
	path, err := f.locate(sha256)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil {
		return missing(err, sha256)
	}
	return syncDir(filepath.Dir(path))
}

// RemoveUnused removes a blob for good unless it was put, for the first time or again, since a time; then it reports
// false. Whoever calls it has made sure that no record names the blob. Records that are about to are why the time has
// to lie far enough back: longer than it takes from Put to the record. A blob that is not there counts as removed.
func (f *Folder) RemoveUnused(ctx context.Context, sha256 string, since time.Time) (removed bool, err error) {
	path, err := f.locate(sha256)
	if err != nil {
		return false, err
	}
	f.removing.Lock()
	defer f.removing.Unlock()
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil || !info.ModTime().Before(since) {
		return false, err
	}
	return true, f.Delete(ctx, sha256)
}

// locate returns where a blob is kept. It refuses what is no SHA-256, so no name leads out of the folder.
func (f *Folder) locate(sha256 string) (path string, err error) {
	raw, err := base64.StdEncoding.Strict().DecodeString(sha256)
	if err != nil || len(raw) != len(sum{}) {
		return "", noBlob(sha256)
	}
	return f.path(sum(raw)), nil
}

func (f *Folder) path(s sum) string {
	name := s.hex()
	return filepath.Join(f.dir, name[:2], name)
}

// missing turns the error about a file that is not there into one about a blob.
func missing(err error, sha256 string) error {
	if errors.Is(err, fs.ErrNotExist) {
		return noBlob(sha256)
	}
	return err
}

func noBlob(sha256 string) error {
	return fault.Errorf(fault.NotFound, "blob", "no blob with the SHA-256 %q is kept", sha256)
}

func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// whole reports whether a file is there with its size. One that was damaged is to be written again.
func whole(path string, size int64) (bool, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && info.Size() == size, err
}
