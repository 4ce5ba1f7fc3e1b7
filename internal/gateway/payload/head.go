package payload

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// connection are the headers that concern a single connection (RFC 9110, 7.6.1), and so not the function.
var connection = []string{
	"Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Te", "Trailer",
	"Transfer-Encoding", "Upgrade", "Expect",
}

// ofConnection reports whether a header, in Go's spelling, concerns only the connection. named are the header's own
// additions, from its Connection header.
func ofConnection(name string, named []string) bool {
	for _, each := range connection {
		if name == each {
			return true
		}
	}
	for _, each := range named {
		if strings.EqualFold(name, each) {
			return true
		}
	}
	return false
}

// namedBy lists the headers that a Connection header names.
func namedBy(header http.Header) (named []string) {
	for _, value := range header["Connection"] {
		for name := range strings.SplitSeq(value, ",") {
			named = append(named, strings.TrimSpace(name))
		}
	}
	return named
}

// headers are a request's, with what AWS adds to them. Cookies have a member of
// their own too.
func headers(r *http.Request, length int, at *Place) map[string]string {
	all := make(map[string]string, len(r.Header)+5)
	named := namedBy(r.Header)
	for name, values := range r.Header {
		if name != "Cookie" && !ofConnection(name, named) {
			all[strings.ToLower(name)] = strings.Join(values, ",")
		}
	}
	if sent := cookies(r.Header); len(sent) > 0 && !at.HTTPAPI {
		all["cookie"] = strings.Join(sent, "; ")
	}
	all["host"] = r.Host
	if length > 0 || at.HTTPAPI {
		all["content-length"] = strconv.Itoa(length)
	}
	if at.TraceID != "" {
		all["x-amzn-trace-id"] = at.TraceID
	}
	if at.Port != "" {
		all["x-forwarded-port"] = at.Port
	}
	// AWS's front always encrypts and says how; a function may insist on it (recorded: test_lambda_url_echo_http_fixture_default).
	// HTTP APIs do not say it (capture in vokerhttp/testdata of github.com/hotsock/voker).
	if !at.HTTPAPI {
		all["x-amzn-tls-version"], all["x-amzn-tls-cipher-suite"] = "TLSv1.3", "TLS_AES_128_GCM_SHA256"
	}
	all["x-forwarded-proto"] = scheme(r)
	if before := all["x-forwarded-for"]; before != "" {
		all["x-forwarded-for"] = before + ", " + at.SourceIP
	} else {
		all["x-forwarded-for"] = at.SourceIP
	}
	return all
}

// cookies takes the Cookie headers apart.
func cookies(header http.Header) (all []string) {
	for _, value := range header["Cookie"] {
		for each := range strings.SplitSeq(value, ";") {
			if each = strings.TrimSpace(each); each != "" {
				all = append(all, each)
			}
		}
	}
	return all
}

// parameters reads a query string. The values of a name that comes more than once are joined by commas.
func parameters(query string) map[string]string {
	if query == "" {
		return nil
	}
	all := map[string]string{}
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, value = unescaped(name), unescaped(value)
		if before, again := all[name]; again {
			value = before + "," + value
		}
		all[name] = value
	}
	return all
}

// unescaped is a part of a query string without escapes. What can't be unescaped stays as it is.
func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// IsHeader reports whether a header can be sent.
func IsHeader(name, value string) bool { return isToken(name) && isField(value) }

// TimeOf writes a time as AWS does in events, such as 12/Mar/2020:19:03:58 +0000.
func TimeOf(t time.Time) string { return t.UTC().Format(timeLayout) }
