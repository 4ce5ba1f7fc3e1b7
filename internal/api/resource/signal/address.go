package signal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
)

// Path is where the server has to serve Addresses.
const Path = "/_sluice/signals/"

// Addresses are those of one server. Its methods may be called by many goroutines at once.
type Addresses struct {
	base   string
	secret []byte
	kept   Kept

	mu    sync.Mutex // of the table alone: each box has a lock of its own
	boxes map[string]*box
}

// Kept keeps what came to addresses over restarts, by token. For one token it is asked by one goroutine at a time.
type Kept interface {
	// Append keeps a signal for good.
	Append(token string, signal []byte) error
	// Read returns what was kept, the oldest first.
	Read(token string) ([][]byte, error)
	Remove(token string) error
}

// New returns the addresses of a server (http://host:port), signed with a secret.
func New(server, secret string, kept Kept) *Addresses {
	return &Addresses{base: server + Path, secret: []byte(secret), kept: kept, boxes: map[string]*box{}}
}

// URL is the address for a token, the same each time.
func (a *Addresses) URL(token string) string { return a.base + token + "." + a.sign(token) }

// conditions is how the tokens of wait conditions' handles begin. What is sent to one is read at once: people send it by hand.
const conditions = "wait-"

// ConditionURL is the address of a wait condition's handle, which takes nothing but a Condition. Its token is not the one given.
func (a *Addresses) ConditionURL(token string) string { return a.URL(conditions + token) }

// Token returns the token of an address; empty if it is none of this server's.
func (a *Addresses) Token(url string) string {
	_, signed, found := strings.Cut(url, Path)
	token, signature, _ := strings.Cut(signed, ".")
	if !found || !hmac.Equal([]byte(signature), []byte(a.sign(token))) {
		return ""
	}
	return token
}

func (a *Addresses) sign(token string) string {
	h := hmac.New(sha256.New, a.secret)
	h.Write([]byte("signal\n" + token))
	return hex.EncodeToString(h.Sum(nil)[:16])
}
