package sigv4

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// chunks reads a body in the aws-chunked encoding and checks each chunk's signature, and that of the trailer, as it
// ends. A reader may see a chunk's bytes before the error that they weren't signed: whoever reads has to wait for the
// end of the body before it acts on it.
type chunks struct {
	body     *bufio.Reader
	s        *Signature
	key      *signingKey
	check    bool // the signatures, where the encoding has them
	signed   bool
	trailed  bool
	previous string // the signature before: each signs the one before it
	sum      hash.Hash
	left     int64 // bytes of the current chunk still to come
	claimed  string
	open     bool        // inside a chunk
	trailers http.Header // what came after the last chunk
	err      error
}

// mostTrailers is how many trailing headers are kept.
const mostTrailers = 32

// line is the longest chunk header or trailer line accepted.
const line = 4096

func newChunks(body io.Reader, s *Signature, key *signingKey, check bool, trailers http.Header) *chunks {
	return &chunks{
		body: bufio.NewReaderSize(body, line), s: s, key: key, previous: s.signature, sum: sha256.New(), trailers: trailers,
		signed:  s.digest != streamingUnsignedFooter,
		trailed: strings.HasSuffix(s.digest, "-TRAILER"),
		check:   check && s.digest != streamingUnsignedFooter,
	}
}

func (c *chunks) Read(p []byte) (int, error) {
	for c.err == nil && c.left == 0 {
		c.err = c.advance()
	}
	if c.err != nil || len(p) == 0 {
		return 0, c.err
	}
	n, err := c.body.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	c.sum.Write(p[:n])
	if err != nil {
		c.err = c.cut(err)
	}
	return n, c.err
}

// advance ends the current chunk and begins the next. It returns io.EOF after the last.
func (c *chunks) advance() error {
	if c.open {
		if rest, err := c.readLine(); err != nil || rest != "" {
			return c.broken()
		}
		if err := c.verify("AWS4-HMAC-SHA256-PAYLOAD", true); err != nil {
			return err
		}
	}
	header, err := c.readLine()
	if err != nil {
		return c.cut(err)
	}
	size, extension, _ := strings.Cut(header, ";")
	if c.left, err = strconv.ParseInt(size, 16, 64); err != nil || c.left < 0 {
		return c.broken()
	}
	c.claimed, _ = strings.CutPrefix(extension, "chunk-signature=")
	c.open = true
	if c.left > 0 {
		return nil
	}
	if err := c.verify("AWS4-HMAC-SHA256-PAYLOAD", true); err != nil {
		return err
	}
	return c.trailer()
}

// trailer reads the lines after the last chunk, which end with an empty one.
func (c *chunks) trailer() error {
	var signature string
	for {
		text, err := c.readLine()
		if err != nil && !errors.Is(err, io.EOF) {
			return c.cut(err)
		}
		if text == "" {
			break
		}
		name, value, ok := strings.Cut(text, ":")
		switch {
		case !ok || !c.trailed:
			return c.broken()
		case name == "x-amz-trailer-signature":
			signature = value
		default:
			io.WriteString(c.sum, name+":"+strings.TrimSpace(value)+"\n")
			if len(c.trailers) < mostTrailers {
				c.trailers.Set(name, strings.TrimSpace(value))
			}
		}
	}
	if c.trailed && c.signed {
		c.claimed = signature
		if err := c.verify("AWS4-HMAC-SHA256-TRAILER", false); err != nil {
			return err
		}
	}
	return io.EOF
}

// verify compares the claimed signature with that of the bytes summed since the last call.
func (c *chunks) verify(kind string, headers bool) error {
	digest := c.sum.Sum(nil)
	c.sum.Reset()
	if !c.check {
		return nil
	}
	b := c.s.appendToSign(nil, kind)
	b = append(append(b, c.previous...), '\n')
	if headers { // a chunk has none, but their digest is part of what is signed
		empty := sha256.Sum256(nil)
		b = append(hex.AppendEncode(b, empty[:]), '\n')
	}
	b = hex.AppendEncode(b, digest)
	want := hex.EncodeToString(c.key.sum(nil, b))
	if subtle.ConstantTimeCompare([]byte(want), []byte(c.claimed)) != 1 {
		return mismatch()
	}
	c.previous = want
	return nil
}

func (c *chunks) readLine() (string, error) {
	text, err := c.body.ReadSlice('\n')
	return string(bytes.TrimRight(text, "\r\n")), err
}

// cut is the error of a body that ends too early.
func (c *chunks) cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
		return c.broken()
	}
	return err
}

func (c *chunks) broken() error {
	return &Error{Malformed, "The request body is not in the aws-chunked encoding that it declares."}
}
