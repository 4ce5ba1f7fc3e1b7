package sigv4

import (
	"encoding/hex"
	"hash"
	"io"
)

// digested reads a body and fails at its end if the body isn't what the request declared.
type digested struct {
	body io.Reader
	sum  hash.Hash
	want string
}

func (d *digested) Read(p []byte) (int, error) {
	n, err := d.body.Read(p)
	d.sum.Write(p[:n])
	if err == io.EOF && hex.EncodeToString(d.sum.Sum(nil)) != d.want {
		return n, &Error{WrongDigest, "The provided 'x-amz-content-sha256' header does not match what was computed."}
	}
	return n, err
}
