package signal

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// MaxLength is how long a signal may be, in bytes (page "Custom resource response objects"). Next returns a byte more of one
// that is longer, so that a stack need not wait for an answer that came.
const MaxLength = 4096

// maxSent is how many bytes of a signal are waited for, and readTime how long somebody may take to send it.
const (
	maxSent  = 16 << 20
	readTime = time.Minute
)

// ServeHTTP takes a signal.
func (a *Addresses) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := a.Token(r.URL.Path)
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
	body, err := read(http.MaxBytesReader(w, r.Body, maxSent))
	if err == nil && strings.HasPrefix(token, conditions) {
		_, err = ReadCondition(body)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	switch err := a.add(token, body); {
	case errors.Is(err, errTooMany):
		http.Error(w, "More answers came to this address than anybody waits for.", http.StatusTooManyRequests)
	case err != nil:
		http.Error(w, "The answer could not be kept. Send it again.", http.StatusServiceUnavailable)
	}
}

// read reads what is sent. Of what is too long it keeps a byte more than allowed: who reads it can tell.
func read(sent io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(sent, MaxLength+1))
	if err != nil {
		return nil, wrong("The answer could not be read.")
	}
	_, _ = io.Copy(io.Discard, sent) // so that the sender gets to read that it was taken
	return body, nil
}
