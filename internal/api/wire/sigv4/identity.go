package sigv4

import "time"

// Identity is who holds an access key. It never prints its secret.
type Identity struct {
	AccessKeyID string
	Secret      string
	Account     string    // twelve digits
	ARN         string    // of the user or of the role's session
	Expires     time.Time // zero for a key without an end
}

// String names the identity for logs.
func (i Identity) String() string { return i.ARN }

// GoString keeps the secret out of %#v.
func (i Identity) GoString() string { return "sigv4.Identity{" + i.AccessKeyID + "}" }

// Keys knows the access keys. Implementations are called by many goroutines at once.
type Keys interface {
	// Secret returns the holder of an access key; false if there is no such key, or sessionToken, which is empty for
	// a key that isn't temporary, does not belong to it. Whether it has expired is for the caller to see.
	Secret(accessKeyID, sessionToken string) (Identity, bool)
}
