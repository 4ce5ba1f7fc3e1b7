package httpapi

import (
	"strings"
	"unicode"
)

const maxAge = 86_400

// check refuses what no header can hold.
func (c *CORS) check() error {
	if c == nil {
		return nil
	}
	if c.MaxAge != nil && (*c.MaxAge < -1 || *c.MaxAge > maxAge) {
		return bad("The CORS configuration's maxAge is %d: it has to be between -1 and %d", *c.MaxAge, maxAge)
	}
	for _, list := range []struct {
		name  string
		texts []string
	}{{"allowHeaders", c.Headers}, {"allowMethods", c.Methods}, {"allowOrigins", c.Origins}, {"exposeHeaders", c.Expose}} {
		for _, text := range list.texts {
			if text == "" || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }) {
				return bad("The CORS configuration's %s holds %q, which no header can.", list.name, text)
			}
		}
	}
	return nil
}
