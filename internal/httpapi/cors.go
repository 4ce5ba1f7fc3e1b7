package httpapi

import (
	"slices"
	"strings"
	"unicode"
)

const maxAge = 86_400

// check refuses what no header can hold, and credentials for whoever asks (AWS's answer to that is cited in
// https://github.com/aws/aws-cdk/issues/9076).
func (c *CORS) check() error {
	if c == nil {
		return nil
	}
	if c.MaxAge != nil && (*c.MaxAge < -1 || *c.MaxAge > maxAge) {
		return bad("The CORS configuration's maxAge is %d: it has to be between -1 and %d", *c.MaxAge, maxAge)
	}
	if c.Credentials != nil && *c.Credentials && slices.Contains(c.Origins, "*") {
		return bad("allow-credentials is not supported if 'allow-origin' is *")
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
