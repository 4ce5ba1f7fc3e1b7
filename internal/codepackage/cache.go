package codepackage

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// unused is how long something is kept without anybody asking for it.
const unused = 30 * 24 * time.Hour

// Cache is where a user's packages are kept: below the user's cache folder, or, where there is none, the temporary one.
func Cache() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		folder = os.TempDir()
	}
	return filepath.Join(folder, "sluice", "packages")
}

// cache keeps entries in folder/KEY/DIGEST, the digest in hexadecimal: one rename makes both known. Several programs may use
// it at once.
type cache struct{ folder string }

// kept is an entry of the cache.
type kept struct {
	path   string
	digest string // as Lambda spells it
	size   int64  // bytes of the entry
}

// find returns what is kept under a key, or nil.
func (c cache) find(key string) (*kept, error) {
	entries, err := os.ReadDir(filepath.Join(c.folder, key))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	name := entries[0].Name()
	sum, err := hex.DecodeString(name)
	if err != nil || len(sum) != sha256.Size {
		return nil, nil // of somebody else's
	}
	k := &kept{path: filepath.Join(c.folder, key, name), digest: spell(sum)}
	info, err := os.Stat(k.path)
	if err != nil {
		return nil, err
	}
	k.size = info.Size()
	// Used today. Where that can't be written, it is made again some day.
	_ = os.Chtimes(filepath.Join(c.folder, key), time.Time{}, time.Now())
	return k, nil
}

// put keeps what write writes, under the key and the SHA-256 that write returns.
func (c cache) put(key string, write func(io.Writer) (sum []byte, err error)) (*kept, error) {
	if err := os.MkdirAll(c.folder, 0o700); err != nil {
		return nil, err
	}
	c.forget()
	draft, err := os.CreateTemp(c.folder, "draft-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(draft.Name()) }() // fails once it is renamed
	sum, err := write(draft)
	err = errors.Join(err, draft.Sync(), draft.Close())
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(c.folder, key), 0o700); err != nil {
		return nil, err
	}
	if err := os.Rename(draft.Name(), filepath.Join(c.folder, key, hex.EncodeToString(sum))); err != nil {
		return nil, err
	}
	return c.find(key)
}

// forget removes what nobody asked for in a long time. What can't be removed stays.
func (c cache) forget() {
	entries, err := os.ReadDir(c.folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > unused {
			os.RemoveAll(filepath.Join(c.folder, entry.Name()))
		}
	}
}
