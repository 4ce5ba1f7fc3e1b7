package bucket

import (
	"context"
	"crypto/md5" // what S3 makes ETags of
	"encoding/base64"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	"sluice/internal/fault"
)

// receive keeps a body's content as a blob.
func (s *Service) receive(ctx context.Context, body Body) (Piece, Sums, error) {
	read := &received{from: body.From, md5: md5.New()}
	if body.Algorithm != "" {
		read.checksum = body.Algorithm.new()
	}
	read.done = func() error {
		read.sums = read.summed(body.Algorithm)
		if body.Verify == nil {
			return nil
		}
		return body.Verify(read.sums)
	}
	sum, size, err := s.blobs.Put(ctx, read)
	if err != nil {
		return Piece{}, Sums{}, err
	}
	return Piece{SHA256: sum, Size: size}, read.sums, nil
}

// received reads content, computes what it amounts to, and ends with an error in place of io.EOF if it is not to be kept.
type received struct {
	from     io.Reader
	md5      hash.Hash
	checksum hash.Hash // nil for none
	size     int64
	sums     Sums
	done     func() error
}

func (r *received) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	r.size += int64(n)
	r.md5.Write(p[:n])
	if r.checksum != nil {
		r.checksum.Write(p[:n])
	}
	if r.size > MaxObject {
		return n, tooLarge()
	}
	if errors.Is(err, io.EOF) {
		if refused := r.done(); refused != nil {
			return n, refused
		}
	}
	return n, err
}

func tooLarge() error {
	return fault.Errorf(fault.TooLarge, "object", "Your proposed upload exceeds the maximum allowed size")
}

func (r *received) summed(a Algorithm) Sums {
	s := Sums{MD5: hex.EncodeToString(r.md5.Sum(nil)), Size: r.size}
	if r.checksum != nil {
		s.Checksum = Checksum{Algorithm: a, Value: base64.StdEncoding.EncodeToString(r.checksum.Sum(nil))}
	}
	return s
}
