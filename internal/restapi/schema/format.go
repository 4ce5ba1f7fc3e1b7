package schema

import (
	"net/mail"
	"net/netip"
	"net/url"
	"regexp/syntax"
	"strings"
	"time"
)

// format is a form of texts: what fits it, and what is said of others.
type format struct {
	valid     func(text string) bool
	otherwise string
}

// formats are those that are checked; others mean nothing, as the draft allows.
var formats = map[string]format{
	"date-time": {isTime, `invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]`},
	"email":     {isEmail, "not a valid email address"},
	"hostname":  {isHostname, "not a valid hostname"},
	"ipv4":      {func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is4() }, "not a valid IPv4 address"},
	"ipv6":      {func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is6() && a.Zone() == "" }, "not a valid IPv6 address"},
	"regex":     {isRegex, "not a valid ECMA 262 regular expression"},
	"uri":       {func(s string) bool { u, err := url.Parse(s); return err == nil && u.IsAbs() }, "not a valid URI"},
}

func isTime(text string) bool {
	_, err := time.Parse(time.RFC3339, strings.ToUpper(text))
	return err == nil
}

func isEmail(text string) bool {
	address, err := mail.ParseAddress(text)
	return err == nil && address.Name == "" && address.Address == text
}

// isHostname follows RFC 1123: labels of letters, digits and dashes between.
func isHostname(text string) bool {
	if len(text) > 253 {
		return false
	}
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		if strings.Trim(label, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
			return false
		}
	}
	return true
}

// maxRegex is how many bytes a regular expression may have, which is read whole.
const maxRegex = 10_000

// isRegex only parses: the program of a short expression can fill the memory.
func isRegex(text string) bool {
	if len(text) > maxRegex {
		return false
	}
	_, err := syntax.Parse(text, syntax.Perl)
	return err == nil
}
