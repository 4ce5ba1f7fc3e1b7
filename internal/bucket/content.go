package bucket

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"sync"

	"sluice/internal/fault"
)

// nearBlobs is how many blobs of a content are open at once. An object may have ten thousand: two let somebody read it from
// one end while he looks something up at the other.
const nearBlobs = 2

// Content is an object's content, open for reading from anywhere, by several at once. It stays what it is, whatever becomes of
// the object: none of its blobs is removed before it is closed.
type Content struct {
	pieces []Piece
	ends   []int64 // the offset after each piece
	blob   func(sha256 string) (Blob, error)
	unpin  func()

	mu     sync.Mutex
	near   []nearBlob // the ones that were read last, the latest first
	closed bool
}

type nearBlob struct {
	piece int
	Blob
}

// errClosed is what reading a content gives that was closed.
var errClosed = errors.New("the content was closed")

// open opens pieces as one content. The first is opened at once: what can't be read should show before an answer begins.
func (s *Service) open(ctx context.Context, pieces []Piece) (*Content, error) {
	c := &Content{
		pieces: pieces, unpin: s.pins.add(pieces),
		blob: func(sha256 string) (Blob, error) { return s.openBlob(ctx, sha256) },
	}
	var end int64
	for _, p := range pieces {
		end += p.Size
		c.ends = append(c.ends, end)
	}
	if len(pieces) > 0 {
		if _, err := c.reach(0); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, nil
}

// openBlob opens a blob that a record names, so it is our own fault if it is not there.
func (s *Service) openBlob(ctx context.Context, sha256 string) (Blob, error) {
	b, err := s.blobs.Open(ctx, sha256)
	if fault.Is(err, fault.NotFound, "") {
		return nil, fault.Errorf(fault.Internal, "blob", "content of an object is lost: %v", err)
	}
	return b, err
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
		at := offset + int64(n)
		want := min(int64(len(p)-n), c.ends[i]-at)
		read, err := c.readPiece(i, p[n:n+int(want)], at-c.begin(i))
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

// begin is the offset of a piece.
func (c *Content) begin(piece int) int64 { return c.ends[piece] - c.pieces[piece].Size }

// readPiece reads in a piece. The lock keeps its blob open meanwhile.
func (c *Content) readPiece(piece int, p []byte, offset int64) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	b, err := c.reach(piece)
	if err != nil {
		return 0, err
	}
	return b.ReadAt(p, offset)
}

// reach returns a piece's blob, and closes the one that was not read for longest if that makes too many.
func (c *Content) reach(piece int) (Blob, error) {
	if c.closed {
		return nil, errClosed
	}
	if len(c.near) > 0 && c.near[0].piece == piece {
		return c.near[0], nil
	}
	found := slices.IndexFunc(c.near, func(b nearBlob) bool { return b.piece == piece })
	if found > 0 {
		c.near[0], c.near[found] = c.near[found], c.near[0]
		return c.near[0], nil
	}
	b, err := c.blob(c.pieces[piece].SHA256)
	if err != nil {
		return nil, err
	}
	c.near = slices.Insert(c.near, 0, nearBlob{piece, b})
	if len(c.near) > nearBlobs {
		last := c.near[nearBlobs]
		c.near = c.near[:nearBlobs]
		if err := last.Close(); err != nil {
			return nil, fmt.Errorf("close a blob: %w", err)
		}
	}
	return b, nil
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
	return io.NewSectionReader(c, offset, length)
}

// Close closes the content. Calling it again does nothing.
func (c *Content) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	c.unpin()
	var errs []error
	for _, b := range c.near {
		errs = append(errs, b.Close())
	}
	c.near = nil
	return errors.Join(errs...)
}
