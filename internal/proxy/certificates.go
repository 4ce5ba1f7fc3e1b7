package proxy

import (
	"crypto/tls"
	"sync"
	"time"
)

// mostCertificates is how many hosts' certificates are kept. Making one takes less than a millisecond, so which are dropped
// does not matter; that the number is bounded does.
const mostCertificates = 1000

// certificates keeps the certificates of hosts that were asked for. It is a goproxy.CertStorage.
type certificates struct {
	mu     sync.Mutex
	byHost map[string]*tls.Certificate
}

func (c *certificates) Fetch(host string, sign func() (*tls.Certificate, error)) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if kept := c.byHost[host]; kept != nil && !old(kept) {
		return kept, nil
	}
	made, err := sign()
	if err != nil {
		return nil, err
	}
	if len(c.byHost) >= mostCertificates {
		clear(c.byHost)
	}
	c.byHost[host] = made
	return made, nil
}

// old reports whether a certificate ends soon: a server may run for longer than a year.
func old(c *tls.Certificate) bool { return time.Until(c.Leaf.NotAfter) < 24*time.Hour }
