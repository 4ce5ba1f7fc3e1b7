package account

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
)

// Key is a pair of an access key ID and its secret.
type Key struct {
	ID     string // AKIA and 16 of A–Z and 2–7
	Secret string // 40 characters
}

// String hides the secret.
func (k Key) String() string { return k.ID }

// GoString hides the secret.
func (k Key) GoString() string { return "account.Key{" + k.ID + "}" }

// NewKey returns a random key pair in the form of AWS's.
func NewKey() Key {
	var id [10]byte
	var secret [30]byte
	rand.Read(id[:]) // never fails
	rand.Read(secret[:])
	return Key{
		ID:     "AKIA" + base32.StdEncoding.EncodeToString(id[:]),
		Secret: base64.StdEncoding.EncodeToString(secret[:]),
	}
}
