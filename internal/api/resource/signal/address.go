package signal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
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

// handleKey is the parameter in which an address says whose it is.
const handleKey = "handle"

// ConditionURL is the address of a wait condition's handle, which takes nothing but a Condition. Its token is not the one given.
// handle is the handle's ARN: like AWS's addresses it shows it.
func (a *Addresses) ConditionURL(token, handle string) string {
	return a.URL(conditions+token) + "?" + url.Values{handleKey: {handle}}.Encode()
}

// Handle returns the ARN of the handle that an address is of; empty if it says none.
func Handle(address string) string {
	_, query, _ := strings.Cut(address, "?")
	values, _ := url.ParseQuery(query) // what could be read of it
	return values.Get(handleKey)
}

// Token returns the token of an address; empty if it is none of this server's.
func (a *Addresses) Token(address string) string {
	_, signed, found := strings.Cut(address, Path)
	signed, _, _ = strings.Cut(signed, "?")
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
