package wire

import (
	"encoding/hex"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"

	"sluice/internal/api/shape"
)

// maxLabels is how many labels a path template has at most.
const maxLabels = 6

// Request is a request whose signature was checked.
type Request struct {
	ID        string // a UUID, sent back as the request id
	Service   *shape.Model
	Operation *shape.Operation
	Account   string // of the signer, twelve digits
	Region    string // of the signature's scope
	Caller    Caller
	HTTP      *http.Request
	Body      []byte // all of it; the handler may keep it

	w        http.ResponseWriter
	endpoint *endpoint
	service  *Service
	codec    codec
	form     form // of the query protocol
	values   [maxLabels]string
	id       [1]string
}

// Caller is who signed a request.
type Caller struct {
	ARN   string // of the account, the user or the role's session
	KeyID string
	Token string // of the session, as it was sent; empty for a key that isn't temporary
}

// Label returns the value of a label of the operation's path, unescaped; empty if the path has no such label.
func (r *Request) Label(name string) string {
	if r.endpoint != nil {
		for i, label := range r.endpoint.labels {
			if label == name {
				return r.values[i]
			}
		}
	}
	return ""
}

// Query returns the first value of a parameter of the query string, unescaped, and whether there is one.
func (r *Request) Query(name string) (string, bool) {
	raw := r.HTTP.URL.RawQuery
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		key, value, _ := strings.Cut(pair, "=")
		if unescaped(key) == name {
			return unescaped(value), true
		}
	}
	return "", false
}

// queryAll returns all values of a parameter.
func (r *Request) queryAll(name string) []string {
	var all []string
	raw := r.HTTP.URL.RawQuery
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		if key, value, _ := strings.Cut(pair, "="); unescaped(key) == name {
			all = append(all, unescaped(value))
		}
	}
	return all
}

// unescaped is a query's name or value without escapes. What can't be unescaped stays as it is.
func unescaped(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

// Decode reads the request into the structure that in points to, and validates it against the model's constraints.
func (r *Request) Decode(in any) error {
	if err := r.codec.read(r, in); err != nil {
		return r.service.reworded(err)
	}
	violations := shape.Validate(r.Operation.Rules, in)
	if len(violations) == 0 {
		return nil
	}
	if r.service.Invalid == nil {
		return invalid(violations)
	}
	if err := r.service.Invalid(r.Operation, violations); err != nil {
		return err
	}
	return nil
}

// reworded is what could not be read, in the service's words if it has some.
func (s *Service) reworded(err error) error {
	unread, ok := err.(*Error) //nolint:errorlint // a codec's own
	if ok && unread.mistyped != nil && s.Mistyped != nil {
		unread.Message = s.Mistyped(*unread.mistyped)
	}
	return err
}

// newID makes a random UUID. Nobody has to be kept from guessing it, so it needs no secure source.
func newID() string {
	var raw [16]byte
	hi, lo := rand.Uint64(), rand.Uint64()
	for i := range 8 {
		raw[i], raw[8+i] = byte(hi>>(8*i)), byte(lo>>(8*i))
	}
	raw[6] = raw[6]&0x0f | 0x40
	raw[8] = raw[8]&0x3f | 0x80
	var text [36]byte
	hex.Encode(text[0:8], raw[0:4])
	text[8] = '-'
	hex.Encode(text[9:13], raw[4:6])
	text[13] = '-'
	hex.Encode(text[14:18], raw[6:8])
	text[18] = '-'
	hex.Encode(text[19:23], raw[8:10])
	text[23] = '-'
	hex.Encode(text[24:36], raw[10:16])
	return string(text[:])
}
