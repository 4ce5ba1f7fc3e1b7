package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Old visits the blobs that were put before a time and not again since, by their SHA-256 in base64, until a visit fails or
// ctx ends; that error it returns. A blob that is put or removed meanwhile may be visited or not. What else lies in the
// folder is passed over.
func (f *Folder) Old(ctx context.Context, before time.Time, visit func(sha256 string) error) error {
	folders, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if !folder.IsDir() || len(folder.Name()) != 2 {
			continue
		}
		if err := f.oldIn(ctx, filepath.Join(f.dir, folder.Name()), before, visit); err != nil {
			return err
		}
	}
	return nil
}

func (f *Folder) oldIn(ctx context.Context, dir string, before time.Time, visit func(sha256 string) error) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, file := range files {
		s, ok := parseSum(file.Name())
		if !ok || f.path(s) != filepath.Join(dir, file.Name()) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		info, err := file.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && info.ModTime().Before(before) {
			err = visit(s.base64())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// parseSum reads a file's name.
func parseSum(name string) (s sum, ok bool) {
	raw, err := hex.DecodeString(name)
	return sum(append(raw, s[:]...)[:len(s)]), err == nil && len(raw) == len(s)
}
