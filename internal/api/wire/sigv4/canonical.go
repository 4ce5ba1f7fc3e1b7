package sigv4

import (
	"net/http"
	"net/textproto"
	"path"
	"slices"
	"strconv"
	"strings"
)

// appendRequest writes the canonical request. It returns false if a signed header is missing or host isn't signed.
func appendRequest(b []byte, r *http.Request, s *Signature, path signedPath, digest string) ([]byte, bool) {
	b = append(append(b, r.Method...), '\n')
	b = append(path.append(b), '\n')
	b = append(appendQuery(b, r.URL.RawQuery), '\n')
	b, ok := appendHeaders(b, r, s.headers)
	b = append(append(b, '\n'), s.headers...)
	return append(append(b, '\n'), digest...), ok
}

// sentPath is the path as the client wrote it, with its escapes.
func sentPath(r *http.Request) string {
	uri := r.RequestURI
	if !strings.HasPrefix(uri, "/") { // absolute form, or a request that no server read
		return r.URL.EscapedPath()
	}
	if i := strings.IndexByte(uri, '?'); i >= 0 {
		return uri[:i]
	}
	return uri
}

// signedPath is a path as it may have been signed.
type signedPath struct {
	escaped string
	form    pathForm
}

type pathForm uint8

const (
	twice    pathForm = iota // the escaped path escaped again, by everybody but S3
	once                     // strictly escaped, by S3
	verbatim                 // as sent, by S3 clients that escape more than they must
)

// candidates are the forms of a sent path that SDKs sign, the usual one first. Some sign it without empty and dot
// segments, and send it with them.
func candidates(sent, service string) []signedPath {
	if service == "s3" {
		return []signedPath{{sent, once}, {sent, verbatim}}
	}
	if strings.Contains(sent, "//") || strings.Contains(sent, "/.") {
		tidy := path.Clean(sent)
		if tidy != "/" && strings.HasSuffix(sent, "/") {
			tidy += "/"
		}
		return []signedPath{{sent, twice}, {tidy, twice}}
	}
	return []signedPath{{sent, twice}}
}

func (p signedPath) append(b []byte) []byte {
	if p.escaped == "" {
		return append(b, '/')
	}
	if p.form == verbatim {
		return append(b, p.escaped...)
	}
	for i := 0; i < len(p.escaped); i++ {
		c := p.escaped[i]
		switch {
		case unreserved(c) || c == '/':
			b = append(b, c)
		case c == '%' && p.form == once && hexPair(p.escaped[i+1:]):
			b = appendDecoded(b, unhex(p.escaped[i+1])<<4|unhex(p.escaped[i+2]))
			i += 2
		default:
			b = appendEscaped(b, c)
		}
	}
	return b
}

type parameter struct{ name, value string }

// appendQuery writes the parameters but X-Amz-Signature, each escaped strictly, by name and value.
func appendQuery(b []byte, raw string) []byte {
	if raw == "" {
		return b
	}
	var room [8]parameter
	params := room[:0]
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		name, value, _ := strings.Cut(pair, "=")
		if pair == "" || name == "X-Amz-Signature" {
			continue
		}
		params = append(params, parameter{strict(name), strict(value)})
	}
	slices.SortFunc(params, func(x, y parameter) int {
		if c := strings.Compare(x.name, y.name); c != 0 {
			return c
		}
		return strings.Compare(x.value, y.value)
	})
	for i, p := range params {
		if i > 0 {
			b = append(b, '&')
		}
		b = append(append(append(b, p.name...), '='), p.value...)
	}
	return b
}

// strict escapes everything but the unreserved characters, whatever the client left or escaped.
func strict(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = unreserved(s[i])
	}
	if clean {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case unreserved(c):
			b = append(b, c)
		case c == '+':
			b = append(b, "%20"...)
		case c == '%' && hexPair(s[i+1:]):
			b = appendDecoded(b, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			b = appendEscaped(b, c)
		}
	}
	return string(b)
}

// appendHeaders writes the signed headers, which have to be there and include host.
func appendHeaders(b []byte, r *http.Request, names string) ([]byte, bool) {
	host := false
	for names != "" {
		var name string
		name, names, _ = strings.Cut(names, ";")
		b = append(append(b, name...), ':')
		switch values := r.Header[canonicalKey(name)]; {
		case name == "host":
			host = true
			b = appendTrimmed(b, r.Host)
		case len(values) > 0:
			for i, v := range values {
				if i > 0 {
					b = append(b, ',')
				}
				b = appendTrimmed(b, v)
			}
		case name == "content-length":
			b = strconv.AppendInt(b, max(r.ContentLength, 0), 10)
		case name == "transfer-encoding":
			b = append(b, strings.Join(r.TransferEncoding, ",")...)
		default:
			return b, false
		}
		b = append(b, '\n')
	}
	return b, host
}

// canonicalKey is the key of a header in http.Header. The usual ones cost no allocation.
func canonicalKey(name string) string {
	switch name {
	case "content-type":
		return "Content-Type"
	case "content-length":
		return "Content-Length"
	case "x-amz-date":
		return "X-Amz-Date"
	case "x-amz-content-sha256":
		return "X-Amz-Content-Sha256"
	case "x-amz-security-token":
		return "X-Amz-Security-Token"
	case "x-amz-target":
		return "X-Amz-Target"
	case "amz-sdk-invocation-id":
		return "Amz-Sdk-Invocation-Id"
	case "amz-sdk-request":
		return "Amz-Sdk-Request"
	}
	return textproto.CanonicalMIMEHeaderKey(name)
}

// appendTrimmed writes a header's value without outer spaces and with inner runs of spaces made one.
func appendTrimmed(b []byte, value string) []byte {
	value = strings.TrimSpace(value)
	if !strings.Contains(value, "  ") {
		return append(b, value...)
	}
	for i := 0; i < len(value); i++ {
		if value[i] != ' ' || value[i-1] != ' ' {
			b = append(b, value[i])
		}
	}
	return b
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' ||
		c == '~'
}

func appendDecoded(b []byte, c byte) []byte {
	if unreserved(c) {
		return append(b, c)
	}
	return appendEscaped(b, c)
}

func appendEscaped(b []byte, c byte) []byte {
	const upper = "0123456789ABCDEF"
	return append(b, '%', upper[c>>4], upper[c&15])
}

func hexPair(s string) bool { return len(s) >= 2 && isHex(s[0]) && isHex(s[1]) }

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}
