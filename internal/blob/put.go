package blob

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// sum is a SHA-256.
type sum [sha256.Size]byte

func (s sum) hex() string    { return hex.EncodeToString(s[:]) }
func (s sum) base64() string { return base64.StdEncoding.EncodeToString(s[:]) }

// Put keeps what it reads and returns its SHA-256 in base64 and its size in bytes, once it is on disk. Content that is
// kept already is not kept again; a reader that can seek is then not even copied. If reading fails, or ctx ends
// before all is read, nothing is kept.
func (f *Folder) Put(ctx context.Context, r io.Reader) (sha256 string, size int64, err error) {
	source := &source{ctx: ctx, from: r}
	s, size, known, err := f.known(source)
	if err == nil && !known {
		s, size, err = f.receive(source)
	}
	if err == nil {
		err = f.settle(s)
	}
	if err != nil {
		return "", 0, fmt.Errorf("keep a blob: %w", err)
	}
	return s.base64(), size, nil
}

// known reports whether the content is kept, if that can be found out without using the source up.
func (f *Folder) known(from *source) (s sum, size int64, known bool, err error) {
	seeker, ok := from.from.(io.Seeker)
	if !ok {
		return s, 0, false, nil
	}
	start, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return s, 0, false, nil // a pipe has the method too
	}
	if s, size, err = copySum(io.Discard, from); err != nil {
		return s, 0, false, err
	}
	if known, err = f.renew(s, size); err != nil || known {
		return s, size, known, err
	}
	_, err = seeker.Seek(start, io.SeekStart)
	return s, 0, false, err
}

// receive writes the content to a file of its own, and gives it its name when it is whole and on disk.
func (f *Folder) receive(from io.Reader) (s sum, size int64, err error) {
	file, err := os.CreateTemp(f.incoming, "")
	if err != nil {
		return s, 0, err
	}
	kept := false
	defer func() {
		if kept || err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	s, size, err = copySum(file, from)
	if err == nil {
		kept, err = f.renew(s, size)
	}
	if err == nil && !kept {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil || kept {
		return s, size, err
	}
	return s, size, f.place(file.Name(), s)
}

// renew reports whether the content is kept whole, and if so makes it as young as if it had just been written, so that
// RemoveUnused leaves it alone.
func (f *Folder) renew(s sum, size int64) (kept bool, err error) {
	f.removing.RLock()
	defer f.removing.RUnlock()
	if kept, err = whole(f.path(s), size); err != nil || !kept {
		return false, err
	}
	return true, os.Chtimes(f.path(s), time.Time{}, time.Now())
}

// place moves a whole file to where its content belongs. If the same content got there before, it is replaced by its
// like, which no reader notices.
func (f *Folder) place(file string, s sum) error {
	path := f.path(s)
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(file, path)
}

// settle makes a blob's name durable. That of a blob which was there already may not be: its writer may have
// been killed, or be about to do the same.
func (f *Folder) settle(s sum) error {
	if err := syncDir(filepath.Dir(f.path(s))); err != nil {
		return err
	}
	return syncDir(f.dir)
}

// copySum copies all of from and returns its sum and size.
func copySum(to io.Writer, from io.Reader) (s sum, size int64, err error) {
	hash := sha256.New()
	size, err = io.Copy(io.MultiWriter(to, hash), from)
	return sum(hash.Sum(nil)), size, err
}

// syncDir makes changes of names in a directory durable.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// source reads until its context ends.
type source struct {
	ctx  context.Context
	from io.Reader
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.from.Read(p)
}
