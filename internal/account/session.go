package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// FunctionTime is how long a function's session lives. AWS gives a function six to twelve hours; a process that lives
// longer than its session would fail, and a process here may idle for long.
const FunctionTime = 7 * 24 * time.Hour

// Grant says whose session is to be made.
type Grant struct {
	Role   string // ARN of the role; empty for a session of the account itself
	RoleID string // the role's unique ID, if it is known
	Name   string // of the session; a function's is the function's name
	Lasts  time.Duration
	Tags   map[string]string // of the session, handed on to the sessions that are made with it
}

// Session is a key pair for a while, as a function gets one.
type Session struct {
	Key
	Token   string // goes along with each request that the key signs
	Role    string // ARN
	Expires time.Time
}

// claims are what a session's token says of it. The token is signed, so nothing has to be stored.
type claims struct {
	KeyID   string            `json:"k"`
	Role    string            `json:"r,omitempty"`
	RoleID  string            `json:"i,omitempty"`
	Name    string            `json:"n,omitempty"`
	Tags    map[string]string `json:"t,omitempty"`
	Expires int64             `json:"e"` // seconds since 1970
}

// Keyring knows the server's key pair and its sessions.
type Keyring struct {
	account string
	root    Key
	signing []byte
}

// NewKeyring returns a keyring for one account. Sessions are derived from the root key's secret, so they outlive a
// restart of the server and end with the key.
func NewKeyring(account string, root Key) *Keyring {
	return &Keyring{account: account, root: root, signing: digest([]byte(root.Secret), "sluice session")}
}

// NewSession returns a session that begins now.
func (k *Keyring) NewSession(g Grant, now time.Time) Session {
	var id [10]byte
	rand.Read(id[:]) // never fails
	c := claims{
		KeyID: "ASIA" + base32.StdEncoding.EncodeToString(id[:]), Role: g.Role, RoleID: g.RoleID, Name: g.Name, Tags: g.Tags,
		Expires: now.Add(g.Lasts).Unix(),
	}
	body, _ := json.Marshal(c) // strings and a number: never fails
	text := base64.RawURLEncoding.EncodeToString(body)
	token := text + "." + base64.RawURLEncoding.EncodeToString(digest(k.signing, text))
	return Session{
		Key: Key{ID: c.KeyID, Secret: k.sessionSecret(c.KeyID)}, Token: token, Role: g.Role, Expires: time.Unix(c.Expires, 0).UTC(),
	}
}

// Holder returns whom a key ID belongs to, even if its time is over. A session's key is known only together with its
// own token.
func (k *Keyring) Holder(keyID, token string) (Holder, bool) {
	if token == "" {
		return Holder{Secret: k.root.Secret, Account: k.account}, keyID == k.root.ID
	}
	c, ok := k.parse(token)
	if !ok || c.KeyID != keyID {
		return Holder{}, false
	}
	return Holder{
		Secret: k.sessionSecret(keyID), Account: k.account, Temporary: true, Role: c.Role, RoleID: c.RoleID, Session: c.Name,
		Tags: c.Tags, Expires: time.Unix(c.Expires, 0).UTC(),
	}, true
}

func (k *Keyring) parse(token string) (c claims, ok bool) {
	text, signature, _ := strings.Cut(token, ".")
	given, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(given, digest(k.signing, text)) {
		return claims{}, false
	}
	body, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return claims{}, false
	}
	return c, json.Unmarshal(body, &c) == nil
}

func (k *Keyring) sessionSecret(keyID string) string {
	return base64.StdEncoding.EncodeToString(digest(k.signing, keyID))[:40]
}

func digest(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
