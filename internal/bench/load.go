package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// result is what a load measured.
type result struct {
	requests int
	failed   int
	elapsed  time.Duration
	p50, p99 time.Duration
}

func (r result) perSecond() float64 { return float64(r.requests) / r.elapsed.Seconds() }

// generate sends the same request on each of some connections, one after the other, for a time. It spends as little
// as it can on its own side: the request is written as it stands, and of an answer only status and length are read.
func generate(ctx context.Context, request *http.Request, body []byte, connections int, length time.Duration) (result, error) {
	raw, err := rawRequest(request, body)
	if err != nil {
		return result{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	callers := make([]*caller, connections)
	for i := range callers {
		if callers[i], err = dial(request.URL.Host, raw); err != nil {
			return result{}, err
		}
		defer func() { _ = callers[i].conn.Close() }()
	}
	began := time.Now()
	var wg sync.WaitGroup
	for _, c := range callers {
		wg.Go(func() { c.run(ctx) })
	}
	wg.Wait()
	return sum(callers, time.Since(began))
}

// rawRequest returns a request as it goes over the wire. The headers are those that were signed.
func rawRequest(r *http.Request, body []byte) ([]byte, error) {
	var b bytes.Buffer
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.ContentLength = int64(len(body))
	err := r.Write(&b)
	return b.Bytes(), err
}

type caller struct {
	conn   net.Conn
	in     *textproto.Reader
	raw    []byte
	took   []time.Duration
	failed int
	err    error
}

func dial(address string, raw []byte) (*caller, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &caller{conn: conn, in: textproto.NewReader(bufio.NewReader(conn)), raw: raw}, nil
}

func (c *caller) run(ctx context.Context) {
	for ctx.Err() == nil {
		began := time.Now()
		ok, err := c.call()
		if err != nil {
			c.err = err
			return
		}
		if !ok {
			c.failed++
		}
		c.took = append(c.took, time.Since(began))
	}
}

// call makes one request and reports whether it was answered with 200 and no function error.
func (c *caller) call() (ok bool, err error) {
	if _, err := c.conn.Write(c.raw); err != nil {
		return false, err
	}
	status, err := c.in.ReadLineBytes()
	if err != nil {
		return false, err
	}
	ok = bytes.HasPrefix(status, []byte("HTTP/1.1 200"))
	length := -1
	for {
		line, err := c.in.ReadLineBytes()
		if err != nil {
			return false, err
		}
		if len(line) == 0 {
			break
		}
		name, value, _ := strings.Cut(string(line), ":")
		switch strings.ToLower(name) {
		case "content-length":
			length, err = strconv.Atoi(strings.TrimSpace(value))
		case "x-amz-function-error":
			ok = false
		}
		if err != nil {
			return false, err
		}
	}
	if length < 0 {
		return false, errors.New("an answer has no Content-Length")
	}
	_, err = c.in.R.Discard(length)
	return ok, err
}

func sum(callers []*caller, elapsed time.Duration) (result, error) {
	r := result{elapsed: elapsed}
	var took []time.Duration
	for _, c := range callers {
		if c.err != nil {
			return r, fmt.Errorf("a connection broke: %w", c.err)
		}
		took = append(took, c.took...)
		r.failed += c.failed
	}
	r.requests = len(took)
	if r.requests == 0 {
		return r, errors.New("no request was answered")
	}
	slices.Sort(took)
	r.p50, r.p99 = took[len(took)/2], took[len(took)*99/100]
	return r, nil
}
