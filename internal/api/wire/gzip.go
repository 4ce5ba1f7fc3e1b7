package wire

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// unpack undoes the compression of a body; limit is what it may have unpacked, in bytes. Signatures are over what was
// sent, so they are checked before. Only the protocols that have all in the body know compressed ones: with the others
// the header is the caller's own, kept with an object or passed to a function.
func (r *Request) unpack(limit int64, called string) *Error {
	switch r.codec.(type) {
	case restJSON, restXML:
		return nil
	}
	if !strings.EqualFold(strings.TrimSpace(r.HTTP.Header.Get("Content-Encoding")), "gzip") {
		return nil
	}
	z, err := gzip.NewReader(bytes.NewReader(r.Body))
	if err != nil {
		return malformed("The request's body is not valid gzip.", http.StatusBadRequest)
	}
	plain, err := io.ReadAll(io.LimitReader(z, limit+1))
	switch {
	case int64(len(plain)) > limit:
		return tooLarge(limit, called)
	case err != nil:
		return malformed("The request's body is not valid gzip.", http.StatusBadRequest)
	}
	r.Body = plain
	return nil
}
