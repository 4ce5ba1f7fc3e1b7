package functionurl

import (
	"crypto/rand"
	"time"

	"sluice/internal/function"
)

// Auth is who may call a URL, in AWS's words.
type Auth string

// The kinds of Auth. With either, the function's resource policy has a say.
const (
	AuthNone Auth = "NONE"    // whoever the resource policy allows without knowing them
	AuthIAM  Auth = "AWS_IAM" // whoever signs the request
)

// Mode is how an answer travels, in AWS's words. The zero Mode says that nobody chose one.
type Mode string

// The modes.
const (
	Buffered Mode = "BUFFERED"
	Streamed Mode = "RESPONSE_STREAM"
)

// OrDefault returns the mode that is in force.
func (m Mode) OrDefault() Mode {
	if m == "" {
		return Buffered
	}
	return m
}

// Config is a function URL: at most one for a function itself and one for each of its aliases.
type Config struct {
	Function  function.ID
	Qualifier string // an alias, or nothing: $LATEST
	// ID is the first label of the URL's host, 32 lower-case letters and digits. It never changes and is never given
	// out again.
	ID   string
	Auth Auth
	Mode Mode
	CORS *CORS `json:",omitempty"` // nil: the function itself answers to other origins
	// Created and Modified are to the microsecond, in UTC.
	Created, Modified time.Time
}

// ARN names the function or alias that the URL leads to.
func (c *Config) ARN() string { return c.Function.Qualified(c.Qualifier) }

// IDLength is how many letters and digits an ID has.
const IDLength = 32

const idAlphabet = "abcdefghijklmnopqrstuvwxyz234567"

// newID returns an ID that nobody can guess: a URL without authentication is as open as its address is known.
func newID() string {
	var id [IDLength]byte
	rand.Read(id[:]) // never fails
	for i, b := range id {
		id[i] = idAlphabet[int(b)%len(idAlphabet)] // 32 divides 256: no letter is likelier than another
	}
	return string(id[:])
}
