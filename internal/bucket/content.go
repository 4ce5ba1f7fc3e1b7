package bucket

import (
	"context"
	"errors"
	"io"
	"sort"
)

// Content is an object's content, open for reading from anywhere. It stays what it is, whatever becomes of the object.
type Content struct {
	blobs []Blob
	ends  []int64 // the offset after each blob
}

// open opens pieces as one content.
func (s *Service) open(ctx context.Context, pieces []Piece) (*Content, error) {
	c := &Content{}
	var end int64
	for _, p := range pieces {
		blob, err := s.blobs.Open(ctx, p.SHA256)
		if err != nil {
			return nil, errors.Join(err, c.Close())
		}
		end += p.Size
		c.blobs, c.ends = append(c.blobs, blob), append(c.ends, end)
	}
	return c, nil
}

// Size is the content's length, in bytes.
func (c *Content) Size() int64 {
	if len(c.ends) == 0 {
		return 0
	}
	return c.ends[len(c.ends)-1]
}

// ReadAt implements io.ReaderAt.
func (c *Content) ReadAt(p []byte, offset int64) (n int, err error) {
	if offset < 0 {
		return 0, errors.New("read before the content's beginning")
	}
	for i := sort.Search(len(c.ends), func(i int) bool { return c.ends[i] > offset }); i < len(c.ends) && n < len(p); i++ {
		begin := int64(0)
		if i > 0 {
			begin = c.ends[i-1]
		}
		at := offset + int64(n)
		want := min(int64(len(p)-n), c.ends[i]-at)
		read, err := c.blobs[i].ReadAt(p[n:n+int(want)], at-begin)
		n += read
		if int64(read) < want {
			return n, cut(err)
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// cut is the error of a blob that is shorter than its record says.
func cut(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Section reads a part of the content.
func (c *Content) Section(offset, length int64) io.Reader {
	if len(c.blobs) == 1 { // a file that is sent as it is may be sent by the kernel
		return io.NewSectionReader(c.blobs[0], offset, length)
	}
	return io.NewSectionReader(c, offset, length)
}

// Close closes the content.
func (c *Content) Close() error {
	var errs []error
	for _, b := range c.blobs {
		errs = append(errs, b.Close())
	}
	c.blobs = nil
	return errors.Join(errs...)
}
