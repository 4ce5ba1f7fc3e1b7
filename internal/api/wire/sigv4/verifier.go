package sigv4

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"io"
	"net/http"
	"sync"
	"time"
)

// Skew is how far a request's time may be from the server's.
const Skew = 15 * time.Minute

// Verifier checks signatures. Its methods may be called by several goroutines at once.
type Verifier struct {
	Keys Keys
	// Anyone, if set, is who a request with a well-formed signature by an unknown key acts as. Then nothing is
	// checked but the form; not even the signatures of known keys.
	Anyone *Identity
	// Now is the time; nil means time.Now.
	Now func() time.Time

	keys keyring
}

// Verify checks the signature s of r, whose whole body is body, and returns who signed it. Every failure is an *Error.
func (v *Verifier) Verify(r *http.Request, s *Signature, body []byte) (Identity, error) {
	signer, err := v.Admit(s)
	if err != nil {
		return signer.Identity, err
	}
	return signer.Identity, v.Check(r, s, signer, body)
}

// Signer is who claims to have signed a request, with what the claim is checked by.
type Signer struct {
	Identity
	key *signingKey
}

// Admit checks what can be known of the signature s before its request's body is read: the key and the times. Every
// failure is an *Error.
func (v *Verifier) Admit(s *Signature) (Signer, error) {
	who, key, err := v.admit(s)
	return Signer{who, key}, err
}

// Check checks that the signature s of r, whose whole body is body, is the signer's. Every failure is an *Error.
func (v *Verifier) Check(r *http.Request, s *Signature, signer Signer, body []byte) error {
	if v.Anyone != nil {
		return nil
	}
	digest := s.digest
	if digest != unsigned {
		sum := sha256.Sum256(body)
		var text [64]byte
		hex.Encode(text[:], sum[:])
		if digest != "" && digest != string(text[:]) {
			return &Error{WrongDigest, "The provided 'x-amz-content-sha256' header does not match what was computed."}
		}
		if digest == "" {
			digest = string(text[:])
		}
	}
	return v.compare(r, s, signer.key, digest)
}

// Open checks the signature s of r before the body is read, by what it declares its body to be. It returns a reader of
// the body without its encoding, which fails where that isn't what was declared: at the end of a chunk if the body is
// Streamed, at its end if it is not. Trailing headers are in r.Trailer once the body has been read. A signature that
// declares nothing of the body is an Error with the reason Undeclared.
func (v *Verifier) Open(r *http.Request, s *Signature) (Identity, io.Reader, error) {
	who, key, err := v.admit(s)
	if err != nil {
		return who, nil, err
	}
	if s.digest == "" {
		return who, nil, &Error{Undeclared, "Missing required header for this request: x-amz-content-sha256"}
	}
	if v.Anyone == nil {
		if err := v.compare(r, s, key, s.digest); err != nil {
			return who, nil, err
		}
	}
	switch {
	case s.Streamed():
		r.Trailer = http.Header{}
		return who, newChunks(r.Body, s, key, v.Anyone == nil, r.Trailer), nil
	case s.digest == unsigned || v.Anyone != nil:
		return who, r.Body, nil
	}
	return who, &digested{body: r.Body, want: s.digest, sum: sha256.New()}, nil
}

// admit finds the signer and checks the times.
func (v *Verifier) admit(s *Signature) (Identity, *signingKey, error) {
	now := v.now()
	if v.Anyone != nil {
		who, known := v.Keys.Secret(s.AccessKeyID, s.Token)
		if !known {
			who = *v.Anyone
			who.AccessKeyID = s.AccessKeyID
		}
		return who, nil, nil
	}
	who, known := v.Keys.Secret(s.AccessKeyID, s.Token)
	if !known {
		return who, nil, &Error{UnknownKey, "The security token included in the request is invalid."}
	}
	if !who.Expires.IsZero() && now.After(who.Expires) {
		return who, nil, &Error{EndedToken, "The security token included in the request is expired"}
	}
	if err := s.timely(now); err != nil {
		return who, nil, err
	}
	return who, v.keys.get(who.Secret, s), nil
}

func (v *Verifier) now() time.Time {
	if v.Now != nil {
		return v.Now()
	}
	return time.Now()
}

func (s *Signature) timely(now time.Time) error {
	stamp := func(t time.Time) string { return t.UTC().Format(basicTime) }
	switch {
	case s.Time.After(now.Add(Skew)):
		return failure(Skewed, "Signature not yet current: %s is still later than %s (%s + 15 min.)",
			s.timestamp, stamp(now.Add(Skew)), stamp(now))
	case s.Presigned && now.After(s.Time.Add(s.Expires)):
		return &Error{Ended, "Request has expired"}
	case !s.Presigned && s.Time.Before(now.Add(-Skew)):
		return failure(Skewed, "Signature expired: %s is now earlier than %s (%s - 15 min.)",
			s.timestamp, stamp(now.Add(-Skew)), stamp(now))
	}
	return nil
}

// buffers hold canonical requests while they are hashed.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 2048); return &b }}

// compare computes the signature over each form of the path that an SDK may have signed.
func (v *Verifier) compare(r *http.Request, s *Signature, key *signingKey, digest string) error {
	for _, path := range candidates(sentPath(r), s.Service) {
		if matches(r, s, key, path, digest) {
			return nil
		}
	}
	return mismatch()
}

func matches(r *http.Request, s *Signature, key *signingKey, path signedPath, digest string) bool {
	var given [sha256.Size]byte
	if n, err := hex.Decode(given[:], []byte(s.signature[:min(len(s.signature), 64)])); err != nil || n != len(given) ||
		len(s.signature) != 64 {
		return false
	}
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	b, ok := appendRequest((*buf)[:0], r, s, path, digest)
	*buf = b
	if !ok {
		return false
	}
	sum := sha256.Sum256(b)
	b = s.appendToSign(b[:0], algorithm)
	b = hex.AppendEncode(b, sum[:])
	*buf = key.sum(b, b)
	return subtle.ConstantTimeCompare(given[:], (*buf)[len(b):]) == 1
}

// appendToSign begins a string to sign: what kind, when, in which scope.
func (s *Signature) appendToSign(b []byte, kind string) []byte {
	b = append(append(b, kind...), '\n')
	b = append(append(b, s.timestamp...), '\n')
	return append(s.appendScope(b), '\n')
}
