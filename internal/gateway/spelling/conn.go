package spelling

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
)

// How much of what was read is remembered. When it is more than most, all but the newest bytes are forgotten: a head in them
// may be longer than one read.
const (
	most   = 16 << 10
	newest = 8 << 10
)

// memory is what was read of a connection last.
type memory struct {
	mu   sync.Mutex // the server reads ahead while a request is answered
	read []byte     // guarded by mu
}

func (m *memory) add(piece []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(piece) > most {
		piece = piece[len(piece)-most:]
	}
	if len(m.read)+len(piece) > most {
		kept := m.read[max(0, len(m.read)-min(newest, most-len(piece))):]
		m.read = m.read[:copy(m.read, kept)]
	}
	m.read = append(m.read, piece...)
}

// text returns a copy of what is remembered.
func (m *memory) text() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return string(m.read)
}

// listened is any connection that is listened to.
type listened struct {
	net.Conn
	*memory
}

func (c listened) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.add(p[:n])
	return n, err
}

// listenedTCP can also send files as the connection itself does.
type listenedTCP struct {
	*net.TCPConn
	*memory
}

func (c listenedTCP) Read(p []byte) (int, error) {
	n, err := c.TCPConn.Read(p)
	c.add(p[:n])
	return n, err
}

// listenedTLS is known to net/http as encrypted by its ConnectionState.
type listenedTLS struct {
	*tls.Conn
	*memory
}

func (c listenedTLS) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.add(p[:n])
	return n, err
}

// Wrap returns a connection that remembers what is read of it.
func Wrap(c net.Conn) net.Conn {
	switch c := c.(type) {
	case *net.TCPConn:
		return listenedTCP{c, &memory{}}
	case *tls.Conn:
		return listenedTLS{c, &memory{}}
	}
	return listened{c, &memory{}}
}

// Listener wraps the connections of another one.
type Listener struct{ net.Listener }

// Accept waits for a connection and wraps it.
func (l Listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return Wrap(c), nil
}

type contextKey struct{}

// Context lets Of find a wrapped connection by its requests; it is an http.Server's ConnContext.
func Context(ctx context.Context, c net.Conn) context.Context {
	if c, ok := c.(interface{ memories() *memory }); ok {
		return context.WithValue(ctx, contextKey{}, c.memories())
	}
	return ctx
}

func (m *memory) memories() *memory { return m }
