package functionurl

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sluice/internal/fault"
)

// CORS says what scripts of other origins may do with a URL (AWS's page Cors). A nil member was not given. The zero
// CORS allows nothing.
type CORS struct {
	Credentials *bool    `json:",omitempty"`
	Headers     []string `json:",omitempty"` // that a request may have; * means any
	Methods     []string `json:",omitempty"` // * means any
	// Origins are whole origins such as https://example.com; * means any, and https://* or http://* any of that scheme.
	Origins []string `json:",omitempty"`
	Expose  []string `json:",omitempty"` // headers of an answer that scripts may read
	MaxAge  *int     `json:",omitempty"` // seconds for which a preflight's answer holds, 0 to 86400
}

// Empty reports whether nothing was given.
func (c *CORS) Empty() bool {
	return c == nil || c.Credentials == nil && c.Headers == nil && c.Methods == nil && c.Origins == nil && c.Expose == nil && c.MaxAge == nil
}

// check refuses what no header can hold: AWS's pattern for all of these texts is .*, whose dot stands for no end of a line
// (AWS's page Cors). That pattern leaves any method of up to 6 letters in, so those that no URL takes are kept, as by AWS.
func (c *CORS) check() error {
	if c == nil {
		return nil
	}
	for _, list := range []struct {
		name  string
		texts []string
	}{{"AllowHeaders", c.Headers}, {"AllowMethods", c.Methods}, {"AllowOrigins", c.Origins}, {"ExposeHeaders", c.Expose}} {
		for _, text := range list.texts {
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }) {
				return fault.Errorf(fault.Invalid, "CORS", "The value %q in %s of Cors must not contain control characters.", text, list.name)
			}
		}
	}
	return nil
}

// Header is a header of an answer.
type Header struct{ Name, Value string }

// Answer returns the headers that an answer to a request from an origin gets: none for an origin that is not allowed,
// or without one.
func (c *CORS) Answer(origin string) []Header {
	headers := c.admit(origin)
	if headers == nil || len(c.Expose) == 0 {
		return headers
	}
	return append(headers, Header{"Access-Control-Expose-Headers", strings.Join(c.Expose, ",")})
}

// Preflight returns the headers that the answer to a preflight gets, in which a browser asks whether it may send a
// method with some headers, separated by commas. It is the browser that compares them with what it wants to send.
func (c *CORS) Preflight(origin, method, headers string) []Header {
	answer := c.admit(origin)
	if answer == nil {
		return nil
	}
	if methods := named(c.Methods, method); methods != "" {
		answer = append(answer, Header{"Access-Control-Allow-Methods", methods})
	}
	if allowed := named(c.Headers, headers); allowed != "" {
		answer = append(answer, Header{"Access-Control-Allow-Headers", allowed})
	}
	if c.MaxAge != nil {
		answer = append(answer, Header{"Access-Control-Max-Age", strconv.Itoa(*c.MaxAge)})
	}
	return answer
}

// admit returns the headers that let an origin in, nil if it stays out.
func (c *CORS) admit(origin string) []Header {
	if c == nil || origin == "" || !slices.ContainsFunc(c.Origins, func(allowed string) bool { return covers(allowed, origin) }) {
		return nil
	}
	credentials := c.Credentials != nil && *c.Credentials
	if slices.Contains(c.Origins, "*") && !credentials {
		return []Header{{"Access-Control-Allow-Origin", "*"}}
	}
	headers := []Header{{"Access-Control-Allow-Origin", origin}, {"Vary", "Origin"}}
	if credentials {
		headers = append(headers, Header{"Access-Control-Allow-Credentials", "true"})
	}
	return headers
}

// covers reports whether an origin is one that was allowed. Schemes and hosts have no case.
func covers(allowed, origin string) bool {
	if scheme, any := strings.CutSuffix(allowed, "*"); any && (scheme == "" || scheme == "https://" || scheme == "http://") {
		return len(origin) > len(scheme) && strings.EqualFold(origin[:len(scheme)], scheme)
	}
	return strings.EqualFold(allowed, origin)
}

// named lists what is allowed. In place of * it has what was asked for: with credentials, browsers take * for a name.
func named(allowed []string, asked string) string {
	if slices.Contains(allowed, "*") && asked != "" {
		return asked
	}
	return strings.Join(allowed, ",")
}
