package proxy

import (
	"net"
	"sync"
)

// tunnels is the listener whose connections are clients' tunnels.
type tunnels struct {
	offered chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func newTunnels() *tunnels {
	return &tunnels{offered: make(chan net.Conn), closed: make(chan struct{})}
}

// offer hands a connection to whoever accepts, or closes it when nobody does any more.
func (t *tunnels) offer(c net.Conn) {
	select {
	case t.offered <- c:
	case <-t.closed:
		_ = c.Close()
	}
}

// Accept returns the next tunnel. Errors: net.ErrClosed after Close.
func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case c := <-t.offered:
		return c, nil
	case <-t.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (t *tunnels) Close() error {
	t.once.Do(func() { close(t.closed) })
	return nil
}

// Addr is not of this machine's network.
func (t *tunnels) Addr() net.Addr { return tunnelAddress{} }

type tunnelAddress struct{}

func (tunnelAddress) Network() string { return "tunnel" }
func (tunnelAddress) String() string  { return "proxy" }
