package host

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"io"
	"net/http/httputil"
	"strconv"
	"time"
)

// Limits of what a runtime may send. Real clients stay far below those of headers, save for the X-Ray cause that
// AWS's runtimes put into a header: up to 1 MB of JSON.
const (
	maxLine    = 8 << 10 // of a request line, or of a header that is looked at
	maxHeaders = 2 << 20 // of all headers together
	// maxResponse is AWS's: 6 MB and a little more (recording test_lambda_too_large_response).
	maxResponse = 6291556
	// maxDiscard is how much of a body that is too large is read and thrown away, so that the client gets to see the
	// answer instead of a broken connection.
	maxDiscard = 64 << 20
)

// Ways in which a request can be bad. Each is answered with 400 and the end of the connection.
var (
	errRequestLine = errors.New("the request line can't be read")
	errHeader      = errors.New("a header can't be read")
	errHeaderSize  = errors.New("the headers are too large")
	errLength      = errors.New("the body's length is not a number, or given twice")
	errBody        = errors.New("the body does not have the announced form")
	// errOversize is a body over maxResponse that was read to its end.
	errOversize = errors.New("the body is too large")
)

// request is a parsed request head. Its slices live until the next one is read.
type request struct {
	method, path []byte
	length       int64 // of the body; -1 if it is chunked, 0 if there is none
	expect       bool  // the client waits for 100 Continue
	last         bool  // the client wants the connection closed
	errorType    []byte
	hasLength    bool
	streaming    bool // the answer is written while the function works
	contentType  []byte
	// trailerType and trailerBody tell of an error after the body has begun.
	trailerType, trailerBody []byte
	line                     []byte // backs method and path
}

// readHead reads a request line and its headers. io.EOF means that the client closed the connection in between.
func (r *request) readHead(in *bufio.Reader) error {
	*r = request{
		line: r.line[:0], errorType: r.errorType[:0], contentType: r.contentType[:0],
		trailerType: r.trailerType[:0], trailerBody: r.trailerBody[:0],
	}
	line, err := in.ReadSlice('\n')
	if err != nil {
		if errors.Is(err, bufio.ErrBufferFull) || (errors.Is(err, io.EOF) && len(line) > 0) {
			return errRequestLine
		}
		return err
	}
	if err := r.parseLine(line); err != nil {
		return err
	}
	for total := 0; ; {
		line, size, err := readHeader(in)
		if err != nil {
			return err
		}
		if total += size; total > maxHeaders {
			return errHeaderSize
		}
		if len(line) == 0 && size <= 2 {
			return nil
		}
		if err := r.parseHeader(line); err != nil {
			return err
		}
	}
}

// readHeader returns a header line without its end, and its size. Of a line over maxLine only the size is given.
func readHeader(in *bufio.Reader) (line []byte, size int, err error) {
	line, err = in.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		size += len(line)
		if size > maxHeaders {
			return nil, size, errHeaderSize
		}
		line, err = in.ReadSlice('\n')
	}
	if err != nil {
		return nil, size, errHeader
	}
	if size > 0 {
		return nil, size + len(line), nil
	}
	return trimEnd(line), len(line), nil
}

func trimEnd(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
}

func (r *request) parseLine(line []byte) error {
	r.line = append(r.line, trimEnd(line)...)
	method, rest, ok1 := bytes.Cut(r.line, []byte(" "))
	path, version, ok2 := bytes.Cut(rest, []byte(" "))
	if !ok1 || !ok2 || len(method) == 0 || len(path) == 0 || path[0] != '/' {
		return errRequestLine
	}
	switch string(version) {
	case "HTTP/1.1":
	case "HTTP/1.0":
		r.last = true
	default:
		return errRequestLine
	}
	path, _, _ = bytes.Cut(path, []byte("?"))
	r.method, r.path = method, path
	return nil
}

func (r *request) parseHeader(line []byte) error {
	if len(line) == 0 {
		return nil // one that was too long to be of interest
	}
	name, value, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(name) == 0 || bytes.ContainsAny(name, " \t") {
		return errHeader
	}
	value = bytes.TrimSpace(value)
	switch {
	case equalFold(name, "content-length"):
		return r.setLength(value)
	case equalFold(name, "transfer-encoding"):
		if !equalFold(value, "chunked") {
			return errBody
		}
		r.length = -1
	case equalFold(name, "expect"):
		r.expect = equalFold(value, "100-continue")
	case equalFold(name, "connection"):
		r.last = equalFold(value, "close") || (r.last && !equalFold(value, "keep-alive"))
	case equalFold(name, "lambda-runtime-function-error-type"):
		r.errorType = append(r.errorType[:0], value...)
	case equalFold(name, "lambda-runtime-function-response-mode"):
		r.streaming = equalFold(value, "streaming")
	case equalFold(name, "content-type"):
		r.contentType = append(r.contentType[:0], value...)
	}
	return nil
}

func (r *request) setLength(value []byte) error {
	n, err := strconv.ParseUint(string(value), 10, 62)
	if err != nil || r.hasLength {
		return errLength
	}
	r.hasLength = true
	if r.length != -1 {
		r.length = int64(n)
	}
	return nil
}

// equalFold compares with a lower-case ASCII word.
func equalFold(b []byte, lower string) bool {
	if len(b) != len(lower) {
		return false
	}
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// readBody reads the body into memory of its own.
func (r *request) readBody(in *bufio.Reader) ([]byte, error) {
	if r.length < 0 {
		return r.readChunked(in)
	}
	if r.length > maxResponse {
		if r.length > maxDiscard {
			return nil, errBody
		}
		if _, err := io.CopyN(io.Discard, in, r.length); err != nil {
			return nil, errBody
		}
		return nil, errOversize
	}
	body := make([]byte, r.length)
	if _, err := io.ReadFull(in, body); err != nil {
		return nil, errBody
	}
	return body, nil
}

func (r *request) readChunked(in *bufio.Reader) ([]byte, error) {
	chunks := httputil.NewChunkedReader(in)
	body := make([]byte, 0, 512)
	for {
		if len(body) > maxResponse {
			if _, err := io.CopyN(io.Discard, chunks, maxDiscard); !errors.Is(err, io.EOF) {
				return nil, errBody
			}
			return nil, cmp.Or(r.readTrailer(in), errOversize)
		}
		if len(body) == cap(body) {
			body = append(body, 0)[:len(body)]
		}
		n, err := chunks.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		if errors.Is(err, io.EOF) {
			if len(body) > maxResponse {
				return nil, cmp.Or(r.readTrailer(in), errOversize)
			}
			return body, r.readTrailer(in)
		}
		if err != nil {
			return nil, errBody
		}
	}
}

// readTrailer reads what follows the last chunk: headers, of which those count that tell of an error, and an empty line.
func (r *request) readTrailer(in *bufio.Reader) error {
	for total := 0; ; {
		line, err := readLong(in, maxHeaders-total)
		if err != nil {
			return err
		}
		if total += len(line); len(line) <= 2 {
			return nil
		}
		name, value, _ := bytes.Cut(trimEnd(line), []byte(":"))
		switch {
		case equalFold(name, "lambda-runtime-function-error-type"):
			r.trailerType = append(r.trailerType[:0], bytes.TrimSpace(value)...)
		case equalFold(name, "lambda-runtime-function-error-body"):
			r.trailerBody = append(r.trailerBody[:0], bytes.TrimSpace(value)...)
		}
	}
}

// readLong reads a line of up to limit bytes. It is good until the next read.
func readLong(in *bufio.Reader, limit int) ([]byte, error) {
	line, err := in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line = bytes.Clone(line)
	}
	for errors.Is(err, bufio.ErrBufferFull) && len(line) <= limit {
		var more []byte
		more, err = in.ReadSlice('\n')
		line = append(line, more...)
	}
	switch {
	case len(line) > limit:
		return nil, errHeaderSize
	case err != nil:
		return nil, errHeader
	}
	return line, nil
}

// bodyReader reads the body up to its end; what follows the last chunk is left to readTrailer.
func (r *request) bodyReader(in io.Reader) io.Reader {
	if r.length < 0 {
		return httputil.NewChunkedReader(in)
	}
	return &exactReader{in, r.length}
}

// exactReader reads a body of known length; io.ErrUnexpectedEOF says that it ended before.
type exactReader struct {
	in   io.Reader
	left int64
}

func (r *exactReader) Read(b []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n, err := r.in.Read(b[:min(int64(len(b)), r.left)])
	if r.left -= int64(n); errors.Is(err, io.EOF) && r.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// piecemeal reports whether the body is an answer that comes piece by piece. AWS's library for Go writes every answer
// in chunks and says no more of it; others name the response mode.
func (r *request) piecemeal() bool { return r.streaming || r.length < 0 }

// failed reports whether an answer ended in an error.
func (r *request) failed() bool { return len(r.trailerType)+len(r.trailerBody) > 0 }

// failure is that error: its type is in one trailer, its JSON as base64 in another
// (AWS: lambda/latest/dg/runtimes-custom.html, "Response streaming").
func (r *request) failure(at time.Time) result {
	body, err := base64.StdEncoding.DecodeString(string(r.trailerBody))
	if err != nil {
		body = nil
	}
	return result{kind: refused, body: body, errorType: string(r.trailerType), at: at}
}
