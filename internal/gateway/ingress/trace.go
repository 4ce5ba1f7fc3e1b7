package ingress

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

// SourceIP is where a request came from.
func SourceIP(r *http.Request) string {
	if ip, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		return ip
	}
	return r.RemoteAddr
}

// Trace is the trace that a request belongs to, or a new one that begins now.
func Trace(r *http.Request, now time.Time) string {
	if trace := r.Header.Get("X-Amzn-Trace-Id"); trace != "" {
		return trace
	}
	return fmt.Sprintf("Root=1-%08x-%s", now.Unix(), hex.EncodeToString(Random(12)))
}

// Random returns so many bytes for an identifier. They guard nothing: who guesses one has gained nothing.
func Random(length int) []byte {
	random := make([]byte, length)
	for i := range random {
		random[i] = byte(rand.Uint32())
	}
	return random
}
