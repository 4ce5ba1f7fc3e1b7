package sigv4

import (
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"hash"
	"io"
)

// digested reads a body and fails at its end if it is not the one that was signed.
type digested struct {
	body io.Reader
	want string // SHA-256 in hexadecimal
	sum  hash.Hash
}

func (d *digested) Read(p []byte) (int, error) {
	n, err := d.body.Read(p)
	d.sum.Write(p[:n])
	if errors.Is(err, io.EOF) && subtle.ConstantTimeCompare([]byte(hex.EncodeToString(d.sum.Sum(nil))), []byte(d.want)) != 1 {
		return n, &Error{WrongDigest, "The provided 'x-amz-content-sha256' header does not match what was computed."}
	}
	return n, err
}
