package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"

	"sluice/internal/store"
)

// notListening tells why the server can't listen, without the address that net repeats, and whether it is because the user has
// started it already. An address file alone may be of a server that has ended, while one on another folder listens there.
func (c Config) notListening(ctx context.Context, err error) error {
	if found, unfound := FindAddress(ctx, c.Data); unfound == nil && samePort(found.URL, c.Listen) && store.InUse(c.Data) {
		return fmt.Errorf("listen on %s: a sluice runs there already, on the same data folder: use it, or stop it first", c.Listen)
	}
	var operation *net.OpError
	var number syscall.Errno
	switch {
	case errors.As(err, &number):
		err = number
	case errors.As(err, &operation):
		err = operation.Err
	}
	return fmt.Errorf("listen on %s: %w: choose another address with --listen", c.Listen, err)
}

func samePort(url, address string) bool {
	_, port, err := net.SplitHostPort(address)
	_, other, otherErr := net.SplitHostPort(strings.TrimPrefix(url, "http://"))
	return err == nil && otherErr == nil && port == other
}
