package sigv4

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	algorithm = "AWS4-HMAC-SHA256"
	basicTime = "20060102T150405Z"

	unsigned                = "UNSIGNED-PAYLOAD"
	streaming               = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
	streamingTrailer        = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
	streamingUnsignedFooter = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
)

// Signature is what a request says about its signature, before anything is checked.
type Signature struct {
	AccessKeyID string
	Region      string
	Service     string // of the scope, such as "lambda"
	Token       string // the session token; empty for a key that isn't temporary
	Time        time.Time
	Expires     time.Duration // of a presigned URL; zero for a header
	Presigned   bool

	date      string // YYYYMMDD of the scope
	timestamp string // as sent
	headers   string // names, joined by semicolons
	signature string
	digest    string // of the body as declared; empty if not
}

// Parse reads the signature of r. A request with none is an Error with the reason Missing.
func Parse(r *http.Request) (Signature, error) {
	if header := r.Header["Authorization"]; len(header) > 0 && header[0] != "" {
		return parseHeader(r, header[0])
	}
	if strings.Contains(r.URL.RawQuery, "X-Amz-Algorithm=") {
		return parseQuery(r)
	}
	return Signature{}, &Error{Missing, "Missing Authentication Token"}
}

func parseHeader(r *http.Request, header string) (Signature, error) {
	rest, ok := strings.CutPrefix(header, algorithm)
	if !ok || rest == "" {
		return Signature{}, failure(Incomplete, "Unsupported AWS 'algorithm': '%.40s'.", cutSpace(header))
	}
	var s Signature
	var credential string
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, ",")
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			credential = value
		case "SignedHeaders":
			s.headers = value
		case "Signature":
			s.signature = value
		}
	}
	s.timestamp = first(r.Header, "X-Amz-Date")
	if s.timestamp == "" {
		s.timestamp = dateHeader(first(r.Header, "Date"))
	}
	s.Token = first(r.Header, "X-Amz-Security-Token")
	s.digest = first(r.Header, "X-Amz-Content-Sha256")
	if missing := s.missing(credential); missing != "" {
		return s, &Error{Incomplete, missing}
	}
	return s, s.complete(credential)
}

// missing words all that the Authorization header lacks, as AWS does.
func (s *Signature) missing(credential string) string {
	var b strings.Builder
	for _, part := range []struct{ name, value string }{
		{"Credential", credential}, {"Signature", s.signature}, {"SignedHeaders", s.headers},
	} {
		if part.value == "" {
			b.WriteString("Authorization header requires '" + part.name + "' parameter. ")
		}
	}
	if s.timestamp == "" {
		b.WriteString("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ")
	}
	return strings.TrimSuffix(b.String(), " ")
}

func parseQuery(r *http.Request) (Signature, error) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return Signature{}, failure(Incomplete, "The query string can't be read.")
	}
	for _, name := range []string{"X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature"} {
		if q.Get(name) == "" {
			return Signature{}, failure(Incomplete, "AWS query-string parameters must include '%s'. Re-examine the query-string parameters.", name)
		}
	}
	if q.Get("X-Amz-Algorithm") != algorithm {
		return Signature{}, failure(Incomplete, "Unsupported AWS 'algorithm': '%.40s'.", q.Get("X-Amz-Algorithm"))
	}
	s := Signature{
		Presigned: true, timestamp: q.Get("X-Amz-Date"), headers: q.Get("X-Amz-SignedHeaders"),
		signature: q.Get("X-Amz-Signature"), Token: q.Get("X-Amz-Security-Token"),
		digest: first(r.Header, "X-Amz-Content-Sha256"),
	}
	if s.digest == "" {
		s.digest = q.Get("X-Amz-Content-Sha256")
	}
	if s.Expires, err = lifetime(q.Get("X-Amz-Expires")); err != nil {
		return s, err
	}
	if err := s.complete(q.Get("X-Amz-Credential")); err != nil {
		return s, err
	}
	if s.digest == "" && s.Service == "s3" {
		s.digest = unsigned
	}
	return s, nil
}

// lifetime reads how many seconds a presigned URL lasts: up to a week, or 0 for one that never works. The texts are S3's, as
// users' reports quote them.
func lifetime(value string) (time.Duration, error) {
	seconds, err := strconv.Atoi(value)
	switch {
	case err != nil:
		return 0, failure(Incomplete, "X-Amz-Expires should be a number")
	case seconds < 0:
		return 0, failure(Incomplete, "X-Amz-Expires must be non-negative")
	case seconds > 7*24*60*60:
		return 0, failure(Incomplete, "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires "+
			"must be less than 604800 seconds")
	}
	return time.Duration(seconds) * time.Second, nil
}

// complete reads the credential, KEY/YYYYMMDD/region/service/aws4_request, and the time.
func (s *Signature) complete(credential string) error {
	parts := credential
	var ending string
	for _, to := range []*string{&ending, &s.Service, &s.Region, &s.date} {
		i := strings.LastIndexByte(parts, '/')
		if i < 0 {
			return failure(Incomplete, "Credential must have exactly 5 slash-delimited elements, e.g. "+
				"keyid/date/region/service/term.")
		}
		parts, *to = parts[:i], parts[i+1:]
	}
	s.AccessKeyID = parts
	if ending != "aws4_request" || s.AccessKeyID == "" || s.Region == "" || s.Service == "" {
		return failure(Mismatch, "Credential should be scoped with a valid terminator: 'aws4_request'.")
	}
	if !isRegion(s.Region) {
		return failure(Mismatch, "Credential should be scoped to a valid region.")
	}
	var err error
	if s.Time, err = time.Parse(basicTime, s.timestamp); err != nil {
		return failure(Incomplete, "Date must be in ISO-8601 'basic format'. Got '%.40s'. "+
			"See http://en.wikipedia.org/wiki/ISO_8601", s.timestamp)
	}
	if !strings.HasPrefix(s.timestamp, s.date) || len(s.date) != 8 {
		return failure(Mismatch, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "+
			"HTTP: '%.40s' != '%s', from '%s'.", s.date, s.timestamp[:8], s.timestamp)
	}
	return nil
}

// Streamed reports whether the body comes in signed or trailed chunks, so that it needs Verifier.Open.
func (s *Signature) Streamed() bool { return strings.HasPrefix(s.digest, "STREAMING-") }

func (s *Signature) appendScope(b []byte) []byte {
	b = append(append(b, s.date...), '/')
	b = append(append(b, s.Region...), '/')
	b = append(append(b, s.Service...), '/')
	return append(b, "aws4_request"...)
}

func first(h http.Header, name string) string {
	if v := h[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// dateHeader turns a Date header, which may stand in for X-Amz-Date, into the basic format.
func dateHeader(value string) string {
	if t, err := http.ParseTime(value); err == nil {
		return t.UTC().Format(basicTime)
	}
	return value
}

func cutSpace(s string) string {
	s, _, _ = strings.Cut(s, " ")
	return s
}

// isRegion reports whether a scope's region has a region's form. It becomes a part of names and records.
func isRegion(text string) bool {
	return len(text) <= 32 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
