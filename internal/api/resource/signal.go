package resource

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// SignalPath is where the server has to serve Signals.
const SignalPath = "/_sluice/signals/"

// maxSignals is how many signals an address takes that nobody has read, and maxSent how many bytes of one are waited for.
const (
	maxSignals = 1000
	maxSent    = 16 << 20
)

// readTime is how long somebody may take to send a signal.
const readTime = time.Minute

// Signals are the addresses at which stacks are answered: by custom resources' functions, and by whoever knows the address of
// a wait condition's handle. An address is signed, so that nobody can make one up.
type Signals struct {
	base   string
	secret []byte
	kept   Kept

	mu    sync.Mutex
	boxes map[string]*box // by token
}

// box is what has come to an address.
type box struct {
	signals [][]byte
	changed chan struct{} // closed when there are more
}

// Kept keeps what came to addresses over restarts, by token. For one token it is asked by one goroutine at a time.
type Kept interface {
	// Append keeps a signal for good.
	Append(token string, signal []byte) error
	// Read returns what was kept, the oldest first.
	Read(token string) ([][]byte, error)
	Remove(token string) error
}

// NewSignals returns Signals for a server at an address (http://host:port), signed with a secret.
func NewSignals(server, secret string, kept Kept) *Signals {
	return &Signals{base: server + SignalPath, secret: []byte(secret), kept: kept, boxes: map[string]*box{}}
}

// URL is the address for a token, the same each time.
func (s *Signals) URL(token string) string { return s.base + token + "." + s.sign(token) }

// token returns the token of an address; empty if it is none.
func (s *Signals) token(url string) string {
	_, signed, found := strings.Cut(url, SignalPath)
	token, signature, _ := strings.Cut(signed, ".")
	if !found || !hmac.Equal([]byte(signature), []byte(s.sign(token))) {
		return ""
	}
	return token
}

func (s *Signals) sign(token string) string {
	h := hmac.New(sha256.New, s.secret)
	h.Write([]byte("signal\n" + token))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// box returns that of a token, with what was kept of it. The caller holds the lock.
func (s *Signals) box(token string) (*box, error) {
	if found := s.boxes[token]; found != nil {
		return found, nil
	}
	signals, err := s.kept.Read(token)
	if err != nil {
		return nil, err
	}
	found := &box{signals: signals, changed: make(chan struct{})}
	s.boxes[token] = found
	return found, nil
}

// next waits for the signal of a number, from 0 on, that comes to a token.
func (s *Signals) next(ctx context.Context, token string, number int) ([]byte, error) {
	for {
		signals, changed, err := s.look(token)
		if err != nil {
			return nil, err
		}
		if len(signals) > number {
			return signals[number], nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-changed:
		}
	}
}

// look returns what has come to a token, and what is closed when there is more.
func (s *Signals) look(token string) (signals [][]byte, changed <-chan struct{}, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.box(token)
	if err != nil {
		return nil, nil, err
	}
	return b.signals, b.changed, nil
}

// forget drops what came to a token.
func (s *Signals) forget(token string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.boxes, token)
	return s.kept.Remove(token)
}

// ServeHTTP takes a signal.
func (s *Signals) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := s.token(r.URL.Path)
	switch {
	case token == "":
		http.Error(w, "No stack gave this address out.", http.StatusForbidden)
		return
	case r.Method != http.MethodPut && r.Method != http.MethodPost:
		w.Header().Set("Allow", "PUT")
		http.Error(w, "Send the answer with PUT.", http.StatusMethodNotAllowed)
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readTime))
	body, err := readSignal(http.MaxBytesReader(w, r.Body, maxSent))
	if err == nil && strings.HasPrefix(token, handlePrefix) {
		_, err = readCondition(body)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	switch err := s.add(token, body); {
	case errors.Is(err, errTooMany):
		http.Error(w, "More answers came to this address than anybody waits for.", http.StatusTooManyRequests)
	case err != nil:
		http.Error(w, "The answer could not be kept. Send it again.", http.StatusServiceUnavailable)
	}
}

// readSignal reads what is sent. Of what is too long it keeps a byte more than allowed: who reads it can tell, and a stack
// need not wait for an answer that came.
func readSignal(sent io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(sent, maxAnswer+1))
	if err != nil {
		return nil, plainf("The answer could not be read.")
	}
	_, _ = io.Copy(io.Discard, sent) // so that the sender gets to read that it was taken
	return body, nil
}

var errTooMany = errors.New("too many signals")

// add keeps a signal before it tells of it.
func (s *Signals) add(token string, signal []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.box(token)
	if err != nil {
		return err
	}
	if len(b.signals) == maxSignals {
		return errTooMany
	}
	if err := s.kept.Append(token, signal); err != nil {
		return err
	}
	b.signals = append(b.signals, signal)
	close(b.changed)
	b.changed = make(chan struct{})
	return nil
}
