package workspace

import (
	"context"
	"errors"
	"net"
	"net/url"
	"syscall"
	"time"

	"sluice/internal/fault"
)

// reachTime bounds how long a server on this machine may take to accept a connection.
const reachTime = 2 * time.Second

// reach looks whether a server of this machine listens. Where none does a person learns it at once, and not after all the
// attempts that a network deserves. Servers elsewhere, and AWS, are not asked.
func reach(ctx context.Context, address string) error {
	at, err := url.Parse(address)
	if err != nil || !loopback(at.Hostname()) || at.Port() == "" {
		return nil
	}
	conn, err := (&net.Dialer{Timeout: reachTime}).DialContext(ctx, "tcp", at.Host)
	if errors.Is(err, syscall.ECONNREFUSED) {
		return fault.Errorf(fault.Unavailable, "endpoint",
			"no server listens on %s, where AWS_ENDPOINT_URL points: start one with `sluice up`, and then eval \"$(sluice env)\"", address)
	}
	if err != nil {
		return nil // the calls that come will say more
	}
	return conn.Close()
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
