package account

import (
	"strings"
	"time"
)

// Holder is whom a key belongs to.
type Holder struct {
	Secret    string
	Account   string
	Temporary bool              // the key is a session's
	Role      string            // ARN of the session's role; empty for the account itself
	RoleID    string            // the role's unique ID; empty if the session was made without one
	Session   string            // the session's name
	Tags      map[string]string // that the session hands on
	Expires   time.Time         // zero for the root key, which has no end
}

// String leaves the secret out.
func (h Holder) String() string { return h.ARN() }

// GoString leaves the secret out.
func (h Holder) GoString() string { return "account.Holder{" + h.ARN() + "}" }

// ARN names the holder: the account itself, or the session of a role, in which the role's path is left out.
func (h Holder) ARN() string {
	if h.Role == "" {
		return RootARN(h.Account)
	}
	partition, account, name := splitRole(h.Role)
	if h.Session == "" { // made by a version of the server that gave sessions no names
		return h.Role
	}
	return "arn:" + partition + ":sts::" + account + ":assumed-role/" + name + "/" + h.Session
}

// RootARN names an account itself.
func RootARN(account string) string { return "arn:aws:iam::" + account + ":root" }

// splitRole takes a role's ARN apart: arn:aws:iam::123456789012:role/path/name.
func splitRole(arn string) (partition, account, name string) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 {
		return "aws", "", arn
	}
	return parts[1], parts[4], parts[5][strings.LastIndexByte(parts[5], '/')+1:]
}
