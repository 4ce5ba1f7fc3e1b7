package wire_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/api/wire"
)

const writeLimit = time.Minute

func TestAClientThatStandsStillIsLeft(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter) error{
		"in a write": func(w http.ResponseWriter) error {
			_, err := w.Write(make([]byte, 1<<20))
			return err
		},
		"in a flush": func(w http.ResponseWriter) error {
			_, _ = w.Write([]byte("x"))
			return http.NewResponseController(w).Flush()
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				failed := make(chan error, 1)
				_, _ = dialLimited(t, func(w http.ResponseWriter) { failed <- answer(w) })
				began := time.Now()
				if err := <-failed; err == nil {
					t.Error("what nobody reads was written")
				}
				if took := time.Since(began); took > writeLimit {
					t.Errorf("left after %v, want %v", took, writeLimit)
				}
			})
		})
	}
}

func TestTheRestOfAnAnswerIsLimitedToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn, _ := dialLimited(t, func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusNoContent)
			time.Sleep(2 * writeLimit) // on the bubble's clock
		})
		time.Sleep(4 * writeLimit) // longer than the handler takes and the end of its answer may
		if _, err := http.ReadResponse(bufio.NewReader(conn), nil); err == nil {
			t.Error("the answer waited for its reader beyond the limit")
		}
	})
}

func TestASlowClientGetsItAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		content := bytes.Repeat([]byte("0123456789abcdef"), 1<<16) // 1 MiB, sixteen pieces
		_, answer := dialLimited(t, func(w http.ResponseWriter) {
			if n, err := w.Write(content); n != len(content) || err != nil {
				t.Errorf("wrote %d bytes, %v", n, err)
			}
		})
		response := answer()
		defer response.Body.Close()
		got, began := bytes.Buffer{}, time.Now()
		for {
			if _, err := io.CopyN(&got, response.Body, 60<<10); err != nil {
				break
			}
			time.Sleep(writeLimit / 4)
		}
		if !bytes.Equal(got.Bytes(), content) || time.Since(began) < 4*writeLimit {
			t.Errorf("read %d bytes in %v, want all of %d in many times the limit", got.Len(), time.Since(began), len(content))
		}
	})
}

func TestAHandlerMayPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, answer := dialLimited(t, func(w http.ResponseWriter) {
			for range 3 {
				_, _ = w.Write([]byte("piece "))
				w.(http.Flusher).Flush()
				time.Sleep(2 * writeLimit)
			}
		})
		response := answer()
		defer response.Body.Close()
		if got, err := io.ReadAll(response.Body); string(got) != "piece piece piece " || err != nil {
			t.Errorf("read %q, %v", got, err)
		}
	})
}

func TestNoLimitIsNone(t *testing.T) {
	var given http.ResponseWriter
	recorder := httptest.NewRecorder()
	wire.LimitWrites(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { given = w }), 0).ServeHTTP(recorder, nil)
	if given != http.ResponseWriter(recorder) {
		t.Errorf("the handler got a %T", given)
	}
}

// dialLimited serves one connection without buffers, on which one request has been sent, and returns it and a function that
// reads the answer's head. All ends with the test.
func dialLimited(t *testing.T, handle func(http.ResponseWriter)) (net.Conn, func() *http.Response) {
	t.Helper()
	client, server := net.Pipe()
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { handle(w) })
	listener := &oneConn{conn: make(chan net.Conn, 1), closed: make(chan struct{})}
	listener.conn <- server
	s := &http.Server{Handler: wire.LimitWrites(handler, writeLimit)}
	var serving sync.WaitGroup
	serving.Go(func() { _ = s.Serve(listener) })
	t.Cleanup(func() {
		_ = client.Close()
		_ = s.Close()
		serving.Wait()
	})
	if _, err := client.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	return client, func() *http.Response {
		response, err := http.ReadResponse(bufio.NewReader(client), nil)
		if err != nil {
			t.Fatal(err)
		}
		return response
	}
}

// oneConn is a listener with one connection.
type oneConn struct {
	conn   chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *oneConn) Accept() (net.Conn, error) {
	select {
	case c := <-l.conn:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *oneConn) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *oneConn) Addr() net.Addr { return &net.TCPAddr{} }
